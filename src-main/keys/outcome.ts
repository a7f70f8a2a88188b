import { errorCode } from "../files/errorCode";
import type { SettingsNotSaved } from "../shared/ipc";
import { SHORTEST_PASSPHRASE, type KeysFailure } from "../shared/keys";
import { failure, success, type Result } from "../shared/result";

/** Of what is asked of the keys. */
export type Outcome = Result<null, KeysFailure>;

export const done = success(null);
export const notNow = failure({ kind: "not-now" } as const);
export const tooShort = failure({ kind: "too-short", limit: SHORTEST_PASSPHRASE } as const);
export const noKeychain = failure({ kind: "no-keychain" } as const);

/** A write that the file system may refuse. */
export async function saved(writing: Promise<void>): Promise<Result<null, SettingsNotSaved>> {
  try {
    await writing;
    return done;
  } catch (error) {
    return failure({ kind: "settings-not-saved", detail: errorCode(error) });
  }
}
