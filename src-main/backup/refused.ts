import type { BackupFailure } from "../shared/backup";
import { failure, type Result } from "../shared/result";

/** Ends reading or writing a backup from deep inside; it never leaves this folder, `answered` makes a value of it. */
export class Refused extends Error {
  constructor(readonly failure: BackupFailure) {
    super(failure.kind);
  }
}

/** Runs work whose expected ends are `Refused` or an aborted signal; every other error is a bug and goes on. */
export async function answered<Value>(
  work: () => Promise<Result<Value, BackupFailure>>,
): Promise<Result<Value, BackupFailure>> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Refused) return failure(error.failure);
    if (error instanceof Error && error.name === "AbortError") return failure({ kind: "cancelled" });
    throw error;
  }
}
