import { nodeDisk, type Disk, type DiskFile } from "../../src-main/ledger/format/disk";

/** A disk that a kill takes away: after so many steps nothing is done any more, tidying up included. */
export interface DyingDisk extends Disk {
  readonly steps: () => number;
}

export class Killed extends Error {}

export function dyingDisk(stepsToLive: number): DyingDisk {
  let steps = 0;
  const step = async <Value>(act: () => Promise<Value>): Promise<Value> => {
    if (steps >= stepsToLive) throw new Killed();
    steps++;
    return act();
  };
  const dyingFile = (file: DiskFile): DiskFile => ({
    read: (...args) => step(() => file.read(...args)),
    // Half of what is being written when the kill comes may still reach the disk.
    write: async (bytes, offset, length, position) => {
      if (steps === stepsToLive) await file.write(bytes, offset, Math.floor(length / 2), position);
      return step(() => file.write(bytes, offset, length, position));
    },
    truncate: (length) => step(() => file.truncate(length)),
    datasync: () => step(() => file.datasync()),
    sync: () => step(() => file.sync()),
    stat: () => step(() => file.stat()),
    close: () => file.close(),
  });
  return {
    steps: () => steps,
    open: async (file, flags) => dyingFile(await step(() => nodeDisk.open(file, flags))),
    rename: (from, to) => step(() => nodeDisk.rename(from, to)),
    remove: (file) => step(() => nodeDisk.remove(file)),
    list: (folder) => step(() => nodeDisk.list(folder)),
    makeFolder: (folder) => step(() => nodeDisk.makeFolder(folder)),
    syncFolder: (folder) => step(() => nodeDisk.syncFolder(folder)),
  };
}
