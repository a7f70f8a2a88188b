import { argon2id } from "hash-wasm";
import type { HashCost } from "./passphraseHash";
import { KEY_BYTES } from "./rootKey";

/** Argon2id, version 0x13 (RFC 9106), 32 bytes. Takes all of a thread's time while it runs. */
export async function argon2Key(secret: Uint8Array, salt: Uint8Array, cost: HashCost): Promise<Uint8Array> {
  return argon2id({
    password: secret,
    salt,
    memorySize: cost.memory,
    iterations: cost.passes,
    parallelism: cost.lanes,
    hashLength: KEY_BYTES,
    outputType: "binary",
  });
}
