import type { LedgerFailure } from "../../src-main/shared/ledgerFailure";
import type { EditFailure } from "./edit";

/** Why something typed is not on disk. The text stays in the field and is tried again. */
export type SaveFailure = EditFailure | LedgerFailure | { readonly kind: "store-failed"; readonly detail: string };
