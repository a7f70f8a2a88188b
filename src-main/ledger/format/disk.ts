import { mkdir, open, readdir, rename, rm } from "node:fs/promises";
import { syncFolder } from "../../files/syncFolder";

/** An open file; a `FileHandle` of Node is one. */
export interface DiskFile {
  read(target: Buffer, offset: number, length: number, position: number): Promise<{ readonly bytesRead: number }>;
  write(bytes: Buffer, offset: number, length: number, position: number): Promise<{ readonly bytesWritten: number }>;
  truncate(length: number): Promise<void>;
  datasync(): Promise<void>;
  sync(): Promise<void>;
  stat(): Promise<{ readonly size: number }>;
  close(): Promise<void>;
}

/** The few things that sealed files ask of a file system. Everything rejects with the system's error. */
export interface Disk {
  /** `r+` never creates; `wx+` only creates, readable by its owner alone. */
  open(file: string, flags: "r" | "r+" | "wx+"): Promise<DiskFile>;
  rename(from: string, to: string): Promise<void>;
  /** A file that is not there is no error. */
  remove(file: string): Promise<void>;
  list(folder: string): Promise<readonly string[]>;
  makeFolder(folder: string): Promise<void>;
  /** Brings new, renamed and removed names in `folder` to the disk. */
  syncFolder(folder: string): Promise<void>;
}

export const nodeDisk: Disk = {
  open: (file, flags) => open(file, flags, 0o600),
  rename,
  remove: (file) => rm(file, { force: true }),
  list: (folder) => readdir(folder),
  makeFolder: async (folder) => {
    await mkdir(folder, { recursive: true, mode: 0o700 });
  },
  syncFolder,
};

export async function writeAt(file: DiskFile, bytes: Buffer, position: number): Promise<void> {
  let written = 0;
  while (written < bytes.length) {
    const { bytesWritten } = await file.write(bytes, written, bytes.length - written, position + written);
    written += bytesWritten;
  }
}

/** Up to `length` bytes at `position`: fewer at the end of the file. */
export async function readAt(file: DiskFile, position: number, length: number): Promise<Buffer> {
  const target = Buffer.allocUnsafe(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await file.read(target, filled, length - filled, position + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return target.subarray(0, filled);
}
