import type { Keychain } from "../../src-main/keys/keychain";

/** A keychain for tests: what it protects can be revealed only by one with the same key. */
export function testKeychain(options: { readonly isAvailable?: boolean; readonly key?: string } = {}): Keychain {
  const prefix = `${options.key ?? "usual"}:`;
  return {
    isAvailable: () => Promise.resolve(options.isAvailable ?? true),
    protect: (text) => Promise.resolve(Buffer.from(prefix + text).toString("base64")),
    reveal: (protectedText) => {
      const text = Buffer.from(protectedText, "base64").toString();
      return Promise.resolve(text.startsWith(prefix) ? text.slice(prefix.length) : null);
    },
  };
}
