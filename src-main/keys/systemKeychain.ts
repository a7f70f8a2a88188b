import { app, safeStorage } from "electron";
import type { Keychain } from "./keychain";

/** Linux without a keychain: the "encryption" has a key that is the same everywhere. */
const unprotected = new Set(["basic_text", "unknown"]);

export const systemKeychain: Keychain = {
  isAvailable: () => {
    if (!safeStorage.isEncryptionAvailable()) return false;
    return process.platform !== "linux" || !unprotected.has(safeStorage.getSelectedStorageBackend());
  },
  protect: (text) => safeStorage.encryptString(text).toString("base64"),
  reveal: (protectedText) => {
    try {
      return safeStorage.decryptString(Buffer.from(protectedText, "base64"));
    } catch {
      return null;
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
