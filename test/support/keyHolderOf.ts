import type { Keychain } from "../../src-main/keys/keychain";
import { KeyHolder, type KeyHolderOptions } from "../../src-main/keys/keyHolder";
import type { Log } from "../../src-main/log/log";
import { cheapHash } from "./cheapHash";
import { testKeychain } from "./testKeychain";

export const silentLog: Log = { info: () => {}, error: () => {} };
export const withoutKeychain: Keychain = testKeychain({ isAvailable: false });
/** Of the same system after its keychain was reset. */
export const resetKeychain: Keychain = testKeychain({ key: "another" });

/** The keys of a profile folder, with a keychain and the cheapest Argon2id unless told otherwise. */
export function keyHolderOf(folder: string, options: Partial<KeyHolderOptions> = {}): Promise<KeyHolder> {
  return KeyHolder.open({
    folder,
    keychain: testKeychain(),
    hash: cheapHash,
    now: () => new Date(),
    log: silentLog,
    ...options,
  });
}

/** What tells one root key from another. */
export function keyOf(holder: KeyHolder): string | undefined {
  return holder.keys()?.derive("store").toString("hex");
}
