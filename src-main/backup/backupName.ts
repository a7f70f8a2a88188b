export const EXTENSION = ".qiao";
const part = ".part";

const ours = /^Qiao backup \d{4}-\d{2}-\d{2} \d{2}-\d{2}(?: \(\d+\))?\.qiao$/;

/**
 * `Qiao backup 2026-11-22 18-05.qiao`, in the computer's own time; from the second of a minute on with ` (2)`. Without
 * colons, which Windows and the file systems of sticks do not take.
 */
export function backupName(at: Date, count = 1): string {
  const two = (value: number): string => String(value).padStart(2, "0");
  const day = `${String(at.getFullYear()).padStart(4, "0")}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `Qiao backup ${day} ${two(at.getHours())}-${two(at.getMinutes())}${count > 1 ? ` (${count})` : ""}${EXTENSION}`;
}

/** Whether the program itself would call a backup so; what a person renamed is theirs alone. */
export function isBackupName(name: string): boolean {
  return ours.test(name);
}

/** What a backup is called until it is whole. `token`: 16 hexadecimal digits, so that the name was never there before. */
export function unfinishedPath(file: string, token: string): string {
  return `${file}.${token}${part}`;
}

/** Whether the path is one of `unfinishedPath`; a hand may have named the file itself as it liked. */
export function isUnfinishedPath(file: string): boolean {
  return /\.[0-9a-f]{16}\.part$/.test(file);
}
