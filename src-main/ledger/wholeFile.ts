import { readItems } from "./format/readItems";
import { SealedFile } from "./format/sealedFile";
import type { LedgerFolder } from "./ledgerFolder";
import { Pause } from "./pause";

/**
 * Whether a finished file can be read from front to back and lacks nothing. Rejects with the file system's error or the
 * signal's reason.
 */
export async function isWhole(folder: LedgerFolder, name: string, signal: AbortSignal): Promise<boolean> {
  const { disk, key } = folder.place;
  const opened = await SealedFile.open(disk, folder.path(name), key);
  if (!opened.ok) return false;
  try {
    const pause = new Pause();
    let last = "";
    for await (const { kind } of readItems(opened.value, signal)) {
      if (kind === "damage" || kind === "gap") return false;
      last = kind;
      await pause.ifLong();
    }
    return last === "end";
  } finally {
    await opened.value.close();
  }
}
