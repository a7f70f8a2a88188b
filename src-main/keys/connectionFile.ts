import { readFile, rm } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { atomicWrite } from "../files/atomicWrite";
import { errorCode } from "../files/errorCode";
import { moveAside } from "../files/moveAside";
import type { ConnectionInfo } from "../shared/gateway";
import { passwordStorage, type Notice, type PasswordStorage, type SettingsNotSaved } from "../shared/ipc";
import { assertNever, failure, success, type Result } from "../shared/result";
import type { Keychain } from "./keychain";

const stored = z.object({
  address: z.string(),
  database: z.string(),
  user: z.string(),
  passwordStorage,
  /** As `passwordStorage` says: protected by the keychain (base64), as it is, or not here at all. */
  password: z.string().optional(),
});
type Stored = z.infer<typeof stored>;

export interface Connection {
  readonly info: ConnectionInfo;
  readonly passwordStorage: PasswordStorage;
  /**
   * Asks the keychain at the first call. Null when the password must be typed again: it was only to be kept until
   * quitting, or the keychain does not open it.
   */
  password(): Promise<string | null>;
}

/** The connection of this computer, in `connection.json`; the password is where the user wanted it. */
export class ConnectionFile {
  private constructor(
    private readonly file: string,
    private readonly keychain: Keychain,
    private current: Connection | null,
  ) {}

  /** Opens the file; one that cannot be understood is put aside and reported, and there is no connection. */
  static async open(
    folder: string,
    keychain: Keychain,
    now: Date,
  ): Promise<{ connections: ConnectionFile; notices: readonly Notice[] }> {
    const file = path.join(folder, "connection.json");
    const text = await readFile(file, "utf8").catch((error: unknown) => {
      if (errorCode(error) === "ENOENT") return null;
      throw error;
    });
    if (text === null) return { connections: new ConnectionFile(file, keychain, null), notices: [] };
    const parsed = parseConnection(text, keychain);
    if (parsed) return { connections: new ConnectionFile(file, keychain, parsed), notices: [] };
    const keptAs = await moveAside(file, now);
    return {
      connections: new ConnectionFile(file, keychain, null),
      notices: [{ kind: "settings-corrupt", keptAs }],
    };
  }

  read(): Connection | null {
    return this.current;
  }

  /** Whether a password can be kept as wanted; if not, nothing may be stored. */
  async canKeep(storage: PasswordStorage): Promise<Result<null, { readonly kind: "no-keychain" }>> {
    if (storage === "keychain" && !(await this.keychain.isAvailable())) return failure({ kind: "no-keychain" });
    return success(null);
  }

  async keep(
    info: ConnectionInfo,
    password: string,
    storage: PasswordStorage,
  ): Promise<Result<null, SettingsNotSaved>> {
    try {
      const kept = await this.#secret(password, storage);
      const content: Stored = { ...info, passwordStorage: storage, ...(kept === null ? {} : { password: kept }) };
      await atomicWrite(this.file, `${JSON.stringify(content, null, 2)}\n`);
    } catch (error) {
      return failure({ kind: "settings-not-saved", detail: errorCode(error) });
    }
    this.current = { info, passwordStorage: storage, password: () => Promise.resolve(password) };
    return success(null);
  }

  /** Removes the file; where that fails the connection stays, since the next start would find it again. */
  async forget(): Promise<Result<null, SettingsNotSaved>> {
    try {
      await rm(this.file, { force: true });
    } catch (error) {
      return failure({ kind: "settings-not-saved", detail: errorCode(error) });
    }
    this.current = null;
    return success(null);
  }

  /** What of the password goes into the file. */
  async #secret(password: string, storage: PasswordStorage): Promise<string | null> {
    switch (storage) {
      case "keychain":
        return this.keychain.protect(password);
      case "plain":
        return password;
      case "memory":
        return null;
      default:
        return assertNever(storage);
    }
  }
}

function parseConnection(text: string, keychain: Keychain): Connection | null {
  let content: Stored;
  try {
    content = stored.parse(JSON.parse(text));
  } catch {
    return null;
  }
  const { address, database, user, passwordStorage: storage, password = null } = content;
  let revealed: Promise<string | null> | null = null;
  return {
    info: { address, database, user },
    passwordStorage: storage,
    password: () =>
      (revealed ??=
        storage === "keychain" && password !== null ? keychain.reveal(password) : Promise.resolve(password)),
  };
}
