import type * as Fs from "node:fs";
import type * as FsPromises from "node:fs/promises";

/**
 * What becomes of the disk at a step. `killed`: that step is done by half, and nothing after it is done at all, as when
 * the program is killed. `refused`: that step alone fails. `full`: from that step on nothing can be written.
 */
export type Fault = "killed" | "refused" | "full";

let fault: Fault | null = null;
let failAt = 0;
let steps = 0;

/** For `vi.mock("node:fs/promises", …)` and `vi.mock("node:fs", …)`: a disk that fails when and how a test says. */
export const failingDisk = {
  /** Counted from 1; reading counts as a step too. */
  failFrom(step: number, kind: Fault): void {
    [fault, failAt, steps] = [kind, step, 0];
  },
  /** Whole again; answers whether the step was reached. */
  heal(): boolean {
    const wasReached = fault !== null && steps >= failAt;
    fault = null;
    return wasReached;
  },
};

function failureOf(code: string): Error {
  return Object.assign(new Error(`${code}: as the test wants it`), { code });
}

/** Throws where the step must fail; true where it is the one that is cut short. */
function step(writes: boolean): boolean {
  if (!fault) return false;
  steps += 1;
  if (steps < failAt) return false;
  switch (fault) {
    case "killed":
      if (steps === failAt) return true;
      throw failureOf("EKILLED");
    case "refused":
      if (steps === failAt) throw failureOf("EIO");
      return false;
    case "full":
      if (writes) throw failureOf("ENOSPC");
      return false;
  }
}

const halfOf = (content: string | Uint8Array): string | Uint8Array => content.slice(0, Math.floor(content.length / 2));

function failingHandle(handle: FsPromises.FileHandle): FsPromises.FileHandle {
  return new Proxy(handle, {
    get: (target, name) => {
      const member: unknown = Reflect.get(target, name, target);
      if (typeof member !== "function") return member;
      return async (...args: unknown[]): Promise<unknown> => {
        // A program that is killed leaves no handle open.
        if (name === "close") return target.close();
        const isWrite = name === "writeFile" || name === "write";
        if (!step(isWrite)) return Reflect.apply(member, target, args) as Promise<unknown>;
        if (name === "writeFile") await target.writeFile(halfOf(args[0] as string | Uint8Array));
        throw failureOf("EKILLED");
      };
    },
  });
}

const writing = new Set(["mkdir", "writeSync"]);

/** Opening, closing, making a folder, renaming, removing, reading; what else a handle does, see above. */
export function failingPromises(real: typeof FsPromises): typeof FsPromises {
  const wrap =
    <Args extends unknown[], Value>(name: string, call: (...args: Args) => Promise<Value>) =>
    async (...args: Args): Promise<Value> => {
      if (!step(writing.has(name))) return call(...args);
      throw failureOf("EKILLED");
    };
  return {
    ...real,
    open: async (file, flags, mode) => {
      if (step(flags !== "r" && flags !== "r+")) throw failureOf("EKILLED");
      return failingHandle(await real.open(file, flags, mode));
    },
    mkdir: wrap("mkdir", real.mkdir) as typeof real.mkdir,
    rename: wrap("rename", real.rename),
    rm: wrap("rm", real.rm),
    readdir: wrap("readdir", real.readdir) as typeof real.readdir,
    readFile: wrap("readFile", real.readFile) as typeof real.readFile,
  };
}

/** The same of the calls that wait; removing a folder is one step. */
export function failingSync(real: typeof Fs): typeof Fs {
  const wrap =
    <Args extends unknown[], Value>(name: string, call: (...args: Args) => Value) =>
    (...args: Args): Value => {
      if (!step(writing.has(name))) return call(...args);
      throw failureOf("EKILLED");
    };
  return {
    ...real,
    openSync: (file, flags, mode) => {
      if (step(flags !== "r" && flags !== "r+")) throw failureOf("EKILLED");
      return real.openSync(file, flags, mode);
    },
    writeSync: wrap("writeSync", real.writeSync as (...args: unknown[]) => number),
    fsyncSync: wrap("fsyncSync", real.fsyncSync),
    rmSync: wrap("rmSync", real.rmSync),
  };
}
