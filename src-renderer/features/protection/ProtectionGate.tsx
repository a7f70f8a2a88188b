import type { ReactNode } from "react";
import type { KeysState } from "../../../src-main/shared/keys";
import { DamagedScreen } from "./DamagedScreen";
import { FirstChoice } from "./FirstChoice";
import { LockScreen } from "./LockScreen";
import { SealedScreen } from "./SealedScreen";

/** What is shown instead of the notebook while its keys are not there. */
export function ProtectionGate(props: {
  readonly state: KeysState;
  /** Where the notebook lies. */
  readonly folder: string;
}): ReactNode {
  const { state, folder } = props;
  switch (state.kind) {
    case "undecided":
      return <FirstChoice />;
    case "locked":
      return <LockScreen kit={state.kit} />;
    case "sealed":
      return <SealedScreen kit={state.kit} folder={folder} />;
    case "damaged":
      return <DamagedScreen detail={state.detail} folder={folder} />;
    case "open":
      return null;
  }
}
