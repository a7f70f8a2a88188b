import { app, safeStorage } from "electron";
import type { Keychain } from "./keychain";

/** Linux without a keychain: the "encryption" has a key that is the same everywhere. */
const unprotected = new Set(["basic_text", "unknown"]);

/**
 * The calls that both the shipped Electron (45) and the one of closed networks (33) have. The newer one prefers calls
 * that can wait, and they read what these wrote: when 33 goes, take those.
 */
interface CommonSafeStorage {
  isEncryptionAvailable(): boolean;
  encryptString(text: string): Buffer;
  decryptString(encrypted: Buffer): string;
}

function cipher(): CommonSafeStorage {
  return safeStorage;
}

function isProtecting(): boolean {
  if (!cipher().isEncryptionAvailable()) return false;
  return process.platform !== "linux" || !unprotected.has(safeStorage.getSelectedStorageBackend());
}

/**
 * Which back end it is, Chromium decides once per run: one that was missing at the start is found by the next start
 * only, while one that was merely locked asks its person again at each call.
 */
export const systemKeychain: Keychain = {
  isAvailable: () => Promise.resolve(isProtecting()),
  protect: (text) => Promise.resolve(cipher().encryptString(text).toString("base64")),
  reveal: (protectedText) => {
    try {
      return Promise.resolve(cipher().decryptString(Buffer.from(protectedText, "base64")));
    } catch {
      return Promise.resolve(null);
    }
  },
};

/** Desktops of which Chromium knows which keychain they have. */
const knownDesktops = /gnome|unity|kde|xfce|cinnamon|deepin|pantheon|ukui/i;

/**
 * On other Linux desktops Chromium would not look for a keychain at all, although most run one behind the
 * freedesktop.org Secret Service interface: this makes it look there. Must come before `ready`.
 */
export function useSecretService(): void {
  if (process.platform !== "linux" || app.commandLine.hasSwitch("password-store")) return;
  if (knownDesktops.test(process.env["XDG_CURRENT_DESKTOP"] ?? "")) return;
  app.commandLine.appendSwitch("password-store", "gnome-libsecret");
}
