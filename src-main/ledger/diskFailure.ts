import { errorCode } from "../files/errorCode";
import type { LedgerFailure } from "../shared/ledgerFailure";

/** The ledger's word for an error of the file system. */
export function diskFailure(error: unknown): LedgerFailure {
  const code = errorCode(error);
  switch (code) {
    case "ENOSPC":
    case "EDQUOT":
      return { kind: "disk-full" };
    case "EROFS":
    case "EACCES":
    case "EPERM":
      return { kind: "read-only" };
    default:
      return { kind: "ledger-unavailable", detail: code };
  }
}
