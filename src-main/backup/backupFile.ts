import { constants, open, stat, type FileHandle } from "node:fs/promises";
import { headerOf, SealedFile } from "../ledger/format/sealedFile";
import type { SealedHeader } from "../ledger/format/header";
import { parseClear, type ClearFacts } from "./backupFacts";
import { reading } from "./fileFailure";
import { Refused } from "./refused";

/** A file that says it is a backup. Nothing in it is proven before it is unlocked and verified. */
export class BackupFile {
  private constructor(
    readonly path: string,
    private readonly handle: FileHandle,
    readonly header: SealedHeader,
    readonly clear: ClearFacts,
  ) {}

  /** Throws `Refused` for whatever is no backup of a format that is known here. */
  static async open(file: string): Promise<BackupFile> {
    const handle = await reading(file, () => openPlain(file));
    try {
      const read = await reading(file, () => headerOf(handle));
      if (!read.ok) {
        switch (read.failure.kind) {
          case "not-ours":
            throw new Refused({ kind: "no-backup", path: file });
          case "newer-format":
            throw new Refused({ kind: "newer-format", path: file });
          case "damaged":
            throw new Refused({ kind: "damaged", path: file, detail: "header" });
        }
      }
      const { header } = read.value;
      if (header.kind !== "backup") throw new Refused({ kind: "no-backup", path: file });
      const clear = parseClear(header.clear);
      if (!clear) throw new Refused({ kind: "damaged", path: file, detail: "ways to open it" });
      return new BackupFile(file, handle, header, clear);
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  /** With the notebook's `backup` key; null where that is not the key it was made with. */
  async unlock(key: Buffer): Promise<SealedFile | null> {
    const opened = await reading(this.path, () => SealedFile.over(this.handle, key));
    if (opened.ok) return opened.value;
    if (opened.failure.kind === "wrong-key") return null;
    throw new Refused({ kind: "damaged", path: this.path, detail: "header" });
  }

  async close(): Promise<void> {
    await this.handle.close().catch(() => undefined);
  }
}

/**
 * Only a regular file: a pipe would be waited for without end, a device might never end. It is looked at before it is
 * opened, since opening alone moves some devices, and again afterwards, since it may have been exchanged.
 */
async function openPlain(file: string): Promise<FileHandle> {
  if (!(await stat(file)).isFile()) throw new Refused({ kind: "no-backup", path: file });
  const handle = await open(file, constants.O_RDONLY | nonBlocking);
  if ((await handle.stat()).isFile()) return handle;
  await handle.close();
  throw new Refused({ kind: "no-backup", path: file });
}

/** Not on Windows, where no pipe is opened by a path in a folder. */
const nonBlocking = "O_NONBLOCK" in constants ? constants.O_NONBLOCK : 0;
