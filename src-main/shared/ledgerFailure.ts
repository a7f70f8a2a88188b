/** Why the ledger could not keep or give back entries. */
export type LedgerFailure =
  | { readonly kind: "disk-full" }
  | { readonly kind: "read-only" }
  | { readonly kind: "ledger-damaged"; readonly at: number }
  | { readonly kind: "ledger-unavailable"; readonly detail: string };
