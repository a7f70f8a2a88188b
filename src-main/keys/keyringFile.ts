import { randomBytes } from "node:crypto";
import { mkdir, open, readFile, readdir, rename, rm, type FileHandle } from "node:fs/promises";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { errorCode } from "../files/errorCode";
import { syncFolder } from "../files/syncFolder";
import { parseKeyring, partitionsOf, type Keyring, type ParsedKeyring } from "./keyring";

/** Everything of the notebook but the browser's store, in the profile folder. */
export function notebookFolderOf(profile: string): string {
  return path.join(profile, "notebook");
}

const keyringName = "keyring.json";
const draftName = "keyring.json.new";

/** The files that may hold keys, in the notebook's folder. */
export const KEYRING_NAMES: readonly string[] = [keyringName, draftName];

/**
 * `keyring.json` of a profile folder. It is replaced as a whole, by a draft that was read back from the disk first: a
 * crash or a full disk at any step leaves the former one or the new one, each whole. No former version is kept beside
 * it, since one could still be opened by a passphrase that was changed or a keychain that shall open it no more.
 */
export class KeyringFile {
  readonly folder: string;
  readonly #file: string;
  readonly #draft: string;

  constructor(profile: string) {
    this.folder = notebookFolderOf(profile);
    this.#file = path.join(this.folder, keyringName);
    this.#draft = path.join(this.folder, draftName);
  }

  /** Null where there is none and no ledger either: a new notebook. What cannot be read is left as it is. */
  async read(): Promise<ParsedKeyring | null> {
    // A draft of a write that was cut short may hold a wrap that was on its way out.
    await scrubFile(this.#draft).catch(() => undefined);
    try {
      return parseKeyring(await readFile(this.#file, "utf8"));
    } catch (error) {
      if (errorCode(error) !== "ENOENT") return { kind: "damaged", detail: errorCode(error) };
      // Sealed data whose keys are missing must not be mixed with those of a new notebook.
      return (await this.#hasLedger()) ? { kind: "damaged", detail: "missing" } : null;
    }
  }

  /**
   * Rejects with the file system's error, and the former content stays; resolves once the new one is what a start would
   * read. Only a power cut in the moment after a folder could not be synchronised may bring the former one back.
   */
  async write(keyring: Keyring): Promise<void> {
    const content = `${JSON.stringify(keyring, null, 2)}\n`;
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    try {
      await writeThrough(this.#draft, content);
      if ((await readFile(this.#draft, "utf8")) !== content) throw new Error("the disk gives back something else");
      await this.#replace();
    } catch (error) {
      await scrubFile(this.#draft).catch(() => undefined);
      throw error;
    }
  }

  async #replace(): Promise<void> {
    const former = await this.#openFormer();
    try {
      await rename(this.#draft, this.#file);
      await syncFolder(this.folder)
        .then(() => former && overwrite(former, 0))
        .catch(() => undefined);
    } finally {
      await former?.close().catch(() => undefined);
    }
  }

  /** To overwrite it once it has no name any more, so that its wraps are gone. Windows replaces no open file. */
  async #openFormer(): Promise<FileHandle | null> {
    if (process.platform === "win32") return null;
    return open(this.#file, "r+").catch(() => null);
  }

  async #hasLedger(): Promise<boolean> {
    const names = await readdir(this.folder).catch(() => []);
    for (const name of names.filter((each) => each.startsWith("ledger-"))) {
      if ((await readdir(path.join(this.folder, name)).catch(() => [])).length > 0) return true;
    }
    return false;
  }
}

/**
 * The partitions that the keyring of a profile folder names: none where there is no keyring, null where one is there
 * that cannot be understood. Synchronous, since it is asked before Electron is ready.
 */
export function namedPartitions(profile: string): readonly string[] | null {
  const file = path.join(notebookFolderOf(profile), keyringName);
  if (!existsSync(file)) return [];
  try {
    const parsed = parseKeyring(readFileSync(file, "utf8"));
    return parsed.kind === "keyring" ? partitionsOf(parsed.keyring) : null;
  } catch {
    return null;
  }
}

async function writeThrough(file: string, content: string): Promise<void> {
  const handle = await open(file, "w", 0o600);
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/**
 * Best effort: a disk that writes elsewhere (flash, copy on write) keeps the old bytes until it needs the room, which
 * is why a passphrase that was told is answered by a new root key and not by a new passphrase alone.
 */
async function overwrite(handle: FileHandle, names: number): Promise<void> {
  const { size, nlink } = await handle.stat();
  // A file with a name more is also someone's copy, as of a backup by links.
  if (nlink > names) return;
  await handle.write(randomBytes(size), 0, size, 0);
  await handle.sync();
}

async function scrubFile(file: string): Promise<void> {
  if (!existsSync(file)) return;
  try {
    const handle = await open(file, "r+");
    await overwrite(handle, 1).finally(() => handle.close());
  } finally {
    await rm(file, { force: true });
  }
}
