/** The system's code of an error, such as `ENOSPC`; `unknown` for an error that has none. */
export function errorCode(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "unknown";
}
