import { open, rename, rm } from "node:fs/promises";
import path from "node:path";
import { syncFolder } from "./syncFolder";

/**
 * Replaces `file` as a whole: after a crash it holds either the old content or the new one. Rejects with the
 * file system's error and leaves the old content. Readable by its owner only.
 */
export async function atomicWrite(file: string, content: string | Buffer): Promise<void> {
  const draft = `${file}.new`;
  try {
    const handle = await open(draft, "w", 0o600);
    try {
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true }).catch(() => undefined);
    throw error;
  }
  await syncFolder(path.dirname(file));
}
