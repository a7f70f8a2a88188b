import { randomBytes } from "node:crypto";
import { z } from "zod";
import { assertNever } from "../shared/result";
import type { PortableWrap } from "./notebookKeys";
import { hashCost, passphraseBytes, type PassphraseHash } from "./passphraseHash";
import { recoveryKeyOf } from "./recoveryWords";
import { RootKey } from "./rootKey";

const SALT_BYTES = 16;

/** A wrapped root key, as base64 of nonce, key and tag. */
export const wrappedKey = z.base64().length(80);

/** As it stands in a keyring or, untrusted, in a backup. */
export const portableWrap = z.object({
  kind: z.enum(["passphrase", "recovery"]),
  argon2: hashCost.and(z.object({ salt: z.base64().min(24).max(88) })),
  wrapped: wrappedKey,
  madeAt: z.iso.datetime().optional(),
});

/** What a backup may carry at most; each costs one Argon2id to try. */
export const portableWraps = z.array(portableWrap).max(4);

type Hashed = Pick<PortableWrap, "kind" | "argon2">;

/** Costs and a salt of its own for a secret that is set now. */
export function newHashed(kind: PortableWrap["kind"], hash: PassphraseHash): Hashed {
  return { kind, argon2: { ...hash.cost, salt: randomBytes(SALT_BYTES).toString("base64") } };
}

/** The key that a secret gives by the stored costs and salt; 32 bytes, the caller's to wipe. */
export function hashedKey(hash: PassphraseHash, { argon2 }: Hashed, secret: Buffer): Promise<Buffer> {
  const { salt, ...cost } = argon2;
  return hash.derive(secret, Buffer.from(salt, "base64"), cost);
}

/** The key that a secret gives for a wrap, whether it fits or not; what must be stored to have it again beside it. */
export interface HashedSealing extends Hashed {
  readonly key: Buffer;
}

/** A root key that a secret opened, and how. Of whoever asked for it, who ends it by `dropOpened`. */
export interface OpenedPortable {
  readonly root: RootKey;
  readonly sealing: HashedSealing;
}

/**
 * Tries a passphrase or the words of a recovery kit, as typed, on the wraps that a backup carries; null if it opens
 * none. `notebook` is the uuid that the wraps were made for. Takes as long as Argon2id does, per wrap that fits.
 */
export async function openPortable(
  hash: PassphraseHash,
  notebook: string,
  wraps: readonly PortableWrap[],
  typed: string,
): Promise<OpenedPortable | null> {
  for (const wrap of wraps) {
    const secret = secretFor(wrap.kind, typed);
    if (!secret) continue;
    const opened = await openBySecret(hash, notebook, wrap, secret);
    if (opened) return opened;
  }
  return null;
}

/** Tries the bytes of a secret, which are wiped, on one wrap. */
export async function openBySecret(
  hash: PassphraseHash,
  notebook: string,
  wrap: PortableWrap,
  secret: Buffer,
): Promise<OpenedPortable | null> {
  // Nothing is sealed by an empty secret, and hash-wasm takes none.
  if (secret.length === 0) return null;
  const key = await hashedKey(hash, wrap, secret).finally(() => secret.fill(0));
  const root = RootKey.unwrap(wrap.wrapped, key, notebook, wrap.kind);
  if (root) return { root, sealing: { kind: wrap.kind, argon2: wrap.argon2, key } };
  key.fill(0);
  return null;
}

export function dropOpened({ root, sealing }: OpenedPortable): void {
  root.drop();
  sealing.key.fill(0);
}

/** What was typed, as the bytes that are hashed; null if it cannot be such a secret. */
function secretFor(kind: PortableWrap["kind"], typed: string): Buffer | null {
  switch (kind) {
    case "passphrase":
      return passphraseBytes(typed);
    case "recovery": {
      const key = recoveryKeyOf(typed);
      return key.ok ? key.value : null;
    }
    default:
      return assertNever(kind);
  }
}
