/** Why the ledger could not keep or give back entries. */
export type LedgerFailure =
  | { readonly kind: "disk-full" }
  | { readonly kind: "read-only" }
  /**
   * No whole entry begins at `at`. `resume` is where the next whole one begins (the end, if none does): reading may go
   * on from there. A position behind the end, as after the file was replaced, is answered with the end as both.
   */
  | { readonly kind: "ledger-damaged"; readonly at: number; readonly resume?: number }
  | { readonly kind: "ledger-unavailable"; readonly detail: string };
