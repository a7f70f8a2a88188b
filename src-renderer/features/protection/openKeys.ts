import type { KeysState } from "../../../src-main/shared/keys";

/** The state of the keys while the notebook is open: the only one in which its settings are shown. */
export type OpenKeys = Extract<KeysState, { kind: "open" }>;
