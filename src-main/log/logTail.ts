import { open } from "node:fs/promises";
import path from "node:path";

/** Read from the end of one file, in bytes: far more than the lines asked for take. */
const maxBytes = 128 * 1024;

/**
 * The last lines of the log in `folder`, oldest first, with those from before the file was last changed for a new one
 * where it holds too few. Places of errors name files, so the person's own folder is written as `~`: its name is often
 * the person's.
 */
export async function tailOfLog(folder: string, lines: number, home: string): Promise<readonly string[]> {
  const newest = await lastLines(path.join(folder, "main.log"));
  const older = newest.length < lines ? await lastLines(path.join(folder, "main.old.log")) : [];
  return [...older, ...newest].slice(-lines).map((line) => withoutHome(line, home));
}

/** Whole lines at the end of a file; none of a file that is not there or cannot be read. */
async function lastLines(file: string): Promise<readonly string[]> {
  try {
    const handle = await open(file, "r");
    try {
      const { size } = await handle.stat();
      const from = Math.max(0, size - maxBytes);
      const bytes = Buffer.alloc(size - from);
      const { bytesRead } = await handle.read(bytes, 0, bytes.length, from);
      const found = bytes.toString("utf8", 0, bytesRead).split("\n");
      // Reading may have begun within a line.
      return found.slice(from === 0 ? 0 : 1).filter((line) => line !== "");
    } finally {
      await handle.close();
    }
  } catch {
    return [];
  }
}

/** Also as a file address, and as JSON writes a path of Windows. */
function withoutHome(line: string, home: string): string {
  if (home.length < 3) return line;
  const slashed = home.replaceAll("\\", "/");
  const forms = [home, JSON.stringify(home).slice(1, -1), slashed, encodeURI(slashed)];
  return [...new Set(forms)].reduce((text, form) => text.replaceAll(form, "~"), line);
}
