/**
 * The outcome of something that can be expected to fail. Expected failures are values with a `kind` that the
 * caller can switch on; bugs are exceptions. Texts for people are made from the kind, never stored in it.
 */
export type Result<Value, Failure extends { readonly kind: string }> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly failure: Failure };

export function success<Value>(value: Value): { readonly ok: true; readonly value: Value } {
  return { ok: true, value };
}

export function failure<Failure extends { readonly kind: string }>(
  reason: Failure,
): { readonly ok: false; readonly failure: Failure } {
  return { ok: false, failure: reason };
}

/** Marks the place that no value can reach; the compiler names the case that was forgotten. */
export function assertNever(value: never): never {
  throw new Error(`Unexpected value: ${JSON.stringify(value)}`);
}
