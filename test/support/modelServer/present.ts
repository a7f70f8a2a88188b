/** A value that is certainly there; that it is not is a bug. */
export function present<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw new Error("a value that is always there is not");
  return value;
}
