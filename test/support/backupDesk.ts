import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { startComputer, type BackupComputer } from "./backupComputer";

/** Computers and a USB stick, in a folder of their own. */
export interface BackupDesk {
  readonly folder: string;
  readonly stick: string;
  /** Every one that was started, in that order. */
  readonly computers: readonly BackupComputer[];
  /** The program on a computer of that name. */
  readonly start: (name: string, options?: Parameters<typeof startComputer>[1]) => Promise<BackupComputer>;
  /** Ends all programs and removes everything. */
  readonly clear: () => Promise<void>;
}

export async function backupDesk(): Promise<BackupDesk> {
  const folder = await mkdtemp(path.join(tmpdir(), "qiao-desk-"));
  const stick = path.join(folder, "stick");
  await mkdir(stick);
  const computers: BackupComputer[] = [];
  return {
    folder,
    stick,
    computers,
    start: async (name, options) => {
      const computer = await startComputer(path.join(folder, name), options);
      computers.push(computer);
      return computer;
    },
    clear: async () => {
      for (const computer of computers) await computer.end();
      await rm(folder, { recursive: true });
    },
  };
}
