import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import type { Purpose } from "./notebookKeys";

/** Of the root key, of every derived key and of every key that wraps, in bytes. */
export const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** How a wrapped root key was sealed; part of what is authenticated, so that one cannot stand in for another. */
export type WrapKind = "keychain" | "none" | "passphrase" | "recovery";

/**
 * The one key of a notebook from which all others are derived. It never leaves this object except wrapped, and its
 * bytes are wiped when it is dropped; using it afterwards is a bug.
 */
export class RootKey {
  #bytes: Buffer | null;

  private constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  static random(): RootKey {
    return new RootKey(randomBytes(KEY_BYTES));
  }

  /** Takes over 32 bytes: they are wiped with this object. */
  static of(bytes: Buffer): RootKey {
    if (bytes.length !== KEY_BYTES) throw new Error("not a root key");
    return new RootKey(bytes);
  }

  /** HKDF-SHA-256 (RFC 5869) without salt; `info` names version and purpose. 32 bytes, the caller's to wipe. */
  derive(purpose: Purpose): Buffer {
    return Buffer.from(hkdfSync("sha256", this.#use(), Buffer.alloc(0), `qiao/v1/${purpose}`, KEY_BYTES));
  }

  /** Sealed by a key of 32 bytes: nonce, ciphertext and tag as base64. */
  wrap(key: Buffer, notebook: string, kind: WrapKind): string {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(bound(notebook, kind));
    return Buffer.concat([nonce, cipher.update(this.#use()), cipher.final(), cipher.getAuthTag()]).toString("base64");
  }

  /** Null if this key did not wrap it, or not for this notebook and kind, or it was changed. */
  static unwrap(wrapped: string, key: Buffer, notebook: string, kind: WrapKind): RootKey | null {
    const bytes = Buffer.from(wrapped, "base64");
    if (bytes.length !== NONCE_BYTES + KEY_BYTES + TAG_BYTES) return null;
    const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES });
    decipher.setAAD(bound(notebook, kind)).setAuthTag(bytes.subarray(-TAG_BYTES));
    const root = decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES));
    try {
      decipher.final();
      return new RootKey(root);
    } catch {
      root.fill(0);
      return null;
    }
  }

  equals(other: RootKey): boolean {
    return this.#use().equals(other.#use());
  }

  /** A copy with a life of its own. */
  copy(): RootKey {
    return new RootKey(Buffer.from(this.#use()));
  }

  /** Wipes the bytes. Dropping twice is harmless. */
  drop(): void {
    this.#bytes?.fill(0);
    this.#bytes = null;
  }

  #use(): Buffer {
    if (!this.#bytes) throw new Error("the root key was dropped");
    return this.#bytes;
  }
}

/** NIST SP 800-38D: what is authenticated without being secret. The parts cannot run into each other. */
function bound(notebook: string, kind: WrapKind): Buffer {
  return Buffer.from(JSON.stringify(["qiao/v1/wrap", notebook, kind]));
}
