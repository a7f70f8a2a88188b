import { randomBytes } from "node:crypto";
import { z } from "zod";
import type { Protection } from "../shared/keys";
import { assertNever } from "../shared/result";
import type { Keychain } from "./keychain";
import { passphraseBytes, type PassphraseHash } from "./passphraseHash";
import { hashedKey, newHashed, portableWrap, wrappedKey, type HashedSealing } from "./portableWrap";
import { KEY_BYTES, RootKey } from "./rootKey";

/** The root key in every way that opens it; `keychain`, `none` and `passphrase` exclude each other. */
export const wraps = z.object({
  /** The key that wraps, protected by the keychain. */
  keychain: z.object({ key: z.base64(), wrapped: wrappedKey }).optional(),
  /** The key that wraps, as it is. */
  none: z.object({ key: z.base64().length(44), wrapped: wrappedKey }).optional(),
  passphrase: portableWrap.optional(),
  recovery: portableWrap.optional(),
});
export type Wraps = z.infer<typeof wraps>;

/**
 * A key that wraps root keys, with what must be stored to have it again. It is kept while the notebook is open, so that
 * a new root key can be sealed in the same way without asking for the passphrase once more.
 */
export type Sealing =
  | { readonly kind: "keychain"; readonly key: Buffer; readonly protectedKey: string }
  | { readonly kind: "none"; readonly key: Buffer }
  | HashedSealing;

/** A sealing that is what protects the notebook, beside which there may be a kit. */
export type Protecting = Sealing & { readonly kind: Protection };

export function isProtecting(sealing: Sealing): sealing is Protecting {
  return sealing.kind !== "recovery";
}

/** Null where the system has no keychain, or one that does not give back what it is given. */
export async function sealingByKeychain(keychain: Keychain): Promise<Protecting | null> {
  if (!(await keychain.isAvailable())) return null;
  const key = randomBytes(KEY_BYTES);
  const text = key.toString("base64");
  const protectedKey = await keychain.protect(text).catch(() => null);
  if (protectedKey !== null && (await keychain.reveal(protectedKey)) === text) {
    return { kind: "keychain", key, protectedKey };
  }
  key.fill(0);
  return null;
}

export function sealingByNothing(): Protecting {
  return { kind: "none", key: randomBytes(KEY_BYTES) };
}

export async function sealingByPassphrase(hash: PassphraseHash, passphrase: string): Promise<Protecting> {
  const secret = passphraseBytes(passphrase);
  const hashed = newHashed("passphrase", hash);
  const key = await hashedKey(hash, hashed, secret).finally(() => secret.fill(0));
  return { kind: "passphrase", key, argon2: hashed.argon2 };
}

/** `recoveryKey` stays the caller's to wipe. */
export async function sealingByKit(hash: PassphraseHash, recoveryKey: Buffer): Promise<Sealing> {
  const hashed = newHashed("recovery", hash);
  return { kind: "recovery", key: await hashedKey(hash, hashed, recoveryKey), argon2: hashed.argon2 };
}

/** The key of a stored sealing that needs no person but, maybe, to unlock the keychain; null if it is not given. */
export async function storedSealing(stored: Wraps, keychain: Keychain): Promise<Protecting | null> {
  if (stored.keychain) {
    const text = await keychain.reveal(stored.keychain.key);
    const key = text === null ? null : Buffer.from(text, "base64");
    return key?.length === KEY_BYTES ? { kind: "keychain", key, protectedKey: stored.keychain.key } : null;
  }
  return stored.none ? { kind: "none", key: Buffer.from(stored.none.key, "base64") } : null;
}

/** The part of `Wraps` that holds this root key under this sealing. */
export function wrapBy(sealing: Sealing, root: RootKey, notebook: string): Wraps {
  const wrapped = root.wrap(sealing.key, notebook, sealing.kind);
  switch (sealing.kind) {
    case "keychain":
      return { keychain: { key: sealing.protectedKey, wrapped } };
    case "none":
      return { none: { key: sealing.key.toString("base64"), wrapped } };
    case "passphrase":
      return { passphrase: { kind: "passphrase", argon2: sealing.argon2, wrapped } };
    case "recovery":
      return { recovery: { kind: "recovery", argon2: sealing.argon2, wrapped } };
    default:
      return assertNever(sealing);
  }
}

/** The root key that this sealing opens of the stored ones; null if it does not fit. */
export function unwrapBy(sealing: Sealing, stored: Wraps, notebook: string): RootKey | null {
  const wrapped = stored[sealing.kind]?.wrapped;
  return wrapped === undefined ? null : RootKey.unwrap(wrapped, sealing.key, notebook, sealing.kind);
}
