import type { SaveFailure } from "./saveFailure";

/** Whether what was typed is on disk. Set only by the answer of the ledger, never by hope or by a timer. */
export type SaveState =
  | { readonly kind: "saved" }
  | { readonly kind: "saving" }
  /** The text is kept in the editor and tried again; `failure` is what the last attempt said. */
  | { readonly kind: "not-saved"; readonly failure: SaveFailure };

export const saved: SaveState = { kind: "saved" };
export const saving: SaveState = { kind: "saving" };
