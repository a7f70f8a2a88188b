import { readFile, rm } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { atomicWrite } from "../files/atomicWrite";
import { errorCode } from "../files/errorCode";
import { moveAside } from "../files/moveAside";
import type { ConnectionInfo } from "../shared/gateway";
import { passwordStorage, type Notice, type PasswordStorage, type SettingsNotSaved } from "../shared/ipc";
import { failure, success, type Result } from "../shared/result";
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
  /** Null when it must be typed again: it was only to be kept until quitting, or the keychain does not open it. */
  readonly password: string | null;
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
  canKeep(storage: PasswordStorage): Result<null, { readonly kind: "no-keychain" }> {
    if (storage === "keychain" && !this.keychain.isAvailable()) return failure({ kind: "no-keychain" });
    return success(null);
  }

  async keep(
    info: ConnectionInfo,
    password: string,
    storage: PasswordStorage,
  ): Promise<Result<null, SettingsNotSaved>> {
    const secret = { keychain: () => this.keychain.protect(password), plain: () => password, memory: () => undefined };
    const kept = secret[storage]();
    const content: Stored = { ...info, passwordStorage: storage, ...(kept === undefined ? {} : { password: kept }) };
    try {
      await atomicWrite(this.file, `${JSON.stringify(content, null, 2)}\n`);
    } catch (error) {
      return failure({ kind: "settings-not-saved", detail: errorCode(error) });
    }
    this.current = { info, passwordStorage: storage, password };
    return success(null);
  }

  async forget(): Promise<void> {
    await rm(this.file, { force: true });
    this.current = null;
  }
}

function parseConnection(text: string, keychain: Keychain): Connection | null {
  let content: Stored;
  try {
    content = stored.parse(JSON.parse(text));
  } catch {
    return null;
  }
  const { address, database, user, passwordStorage: storage, password } = content;
  return { info: { address, database, user }, passwordStorage: storage, password: reveal(storage, password, keychain) };
}

function reveal(storage: PasswordStorage, password: string | undefined, keychain: Keychain): string | null {
  if (password === undefined) return null;
  return storage === "keychain" ? keychain.reveal(password) : password;
}
