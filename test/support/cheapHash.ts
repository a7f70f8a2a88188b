import { argon2Key } from "../../src-main/keys/argon2Key";
import type { PassphraseHash } from "../../src-main/keys/passphraseHash";

/** The real Argon2id at the least cost there is, in this thread: for tests in which many secrets are tried. */
export const cheapHash: PassphraseHash = {
  cost: { memory: 8, passes: 1, lanes: 1 },
  derive: async (secret, salt, cost) => Buffer.from(await argon2Key(secret, salt, cost)),
};
