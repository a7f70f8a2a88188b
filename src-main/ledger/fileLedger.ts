import { mkdir, open, type FileHandle } from "node:fs/promises";
import path from "node:path";
import { atomicWrite } from "../files/atomicWrite";
import { errorCode } from "../files/errorCode";
import { syncFolder } from "../files/syncFolder";
import type { LedgerPage } from "../shared/ledger";
import type { LedgerFailure } from "../shared/ledgerFailure";
import { failure, success, type Result } from "../shared/result";
import { diskFailure } from "./diskFailure";
import { encodeAppend } from "./frame";
import { findEnd, FrameReader } from "./frameReader";
import { defaultPageBytes, type Ledger } from "./ledger";

type Appended = Result<{ readonly position: number }, LedgerFailure>;

interface Waiting {
  readonly bytes: Buffer;
  readonly answer: (result: Appended) => void;
}

interface OpenFile {
  readonly handle: FileHandle;
  readonly writable: boolean;
  /** The position after the last entry that is surely on the disk. */
  end: number;
  /** Whether bytes may lie behind `end`, which must be put aside or cut off before the next append. */
  tail: "none" | "torn" | "failed-append";
}

const refusesWriting = new Set(["EROFS", "EACCES", "EPERM"]);

/** A ledger in one file, `ledger.log` in `folder`. The format is described in README.md beside this. */
export class FileLedger implements Pick<Ledger, "append" | "read" | "end" | "close"> {
  readonly #folder: string;
  readonly #file: string;
  #waiting: Waiting[] = [];
  #writing: Promise<void> | null = null;
  #opening: Promise<OpenFile> | null = null;
  #closed = false;

  constructor(folder: string) {
    this.#folder = folder;
    this.#file = path.join(folder, "ledger.log");
  }

  append(entries: readonly string[]): Promise<Appended> {
    if (this.#closed) return Promise.resolve(failure({ kind: "ledger-unavailable", detail: "closed" }));
    return new Promise((answer) => {
      this.#waiting.push({ bytes: Buffer.concat(encodeAppend(entries)), answer });
      this.#writing ??= this.#writeAll().finally(() => (this.#writing = null));
    });
  }

  async read(from: number, bytes = defaultPageBytes): Promise<Result<LedgerPage, LedgerFailure>> {
    try {
      const { handle, end } = await this.#open();
      if (from > end) return failure({ kind: "ledger-damaged", at: end, resume: end });
      const reader = new FrameReader(handle, end);
      const entries: { entry: string; position: number }[] = [];
      let position = from;
      while (position < end && (entries.length === 0 || position - from < bytes)) {
        const frame = await reader.frameAt(position);
        if (!frame) {
          if (entries.length > 0) break;
          const next = await reader.nextFrame(position + 1);
          return failure({ kind: "ledger-damaged", at: position, resume: next?.start ?? end });
        }
        entries.push({ entry: frame.text(), position: frame.end });
        position = frame.end;
      }
      return success({ entries, next: position < end ? position : null });
    } catch (error) {
      return failure(diskFailure(error));
    }
  }

  async end(): Promise<Appended> {
    try {
      return success({ position: (await this.#open()).end });
    } catch (error) {
      return failure(diskFailure(error));
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#writing;
    const opening = this.#opening;
    this.#opening = null;
    await opening?.then(
      ({ handle }) => handle.close(),
      () => undefined,
    );
  }

  /** Appends that arrive while the disk is busy share the next write and its sync. */
  async #writeAll(): Promise<void> {
    while (this.#waiting.length > 0) {
      const group = this.#waiting;
      this.#waiting = [];
      const written = await this.#write(Buffer.concat(group.map(({ bytes }) => bytes)));
      let position = written.ok ? written.value.position : 0;
      for (const { bytes, answer } of group) {
        position += bytes.length;
        answer(written.ok ? success({ position }) : written);
      }
    }
  }

  /** Writes behind the last good entry, all or nothing; answers the position where the bytes begin. */
  async #write(bytes: Buffer): Promise<Appended> {
    let file: OpenFile | null = null;
    try {
      file = await this.#openForWriting();
      await this.#clearTail(file);
      const start = file.end;
      file.tail = "failed-append";
      await writeAt(file.handle, bytes, start);
      await file.handle.datasync();
      file.end = start + bytes.length;
      file.tail = "none";
      return success({ position: start });
    } catch (error) {
      if (file?.tail === "failed-append") await this.#clearTail(file).catch(() => undefined);
      return failure(diskFailure(error));
    }
  }

  #open(): Promise<OpenFile> {
    this.#opening ??= this.#openFile().catch((error: unknown) => {
      this.#opening = null;
      throw error;
    });
    return this.#opening;
  }

  /** A file opened while the disk was read-only is opened again: the disk may be writable by now. */
  async #openForWriting(): Promise<OpenFile> {
    const file = await this.#open();
    if (file.writable) return file;
    this.#opening = null;
    await file.handle.close();
    const again = await this.#open();
    if (!again.writable) throw Object.assign(new Error("read-only"), { code: "EROFS" });
    return again;
  }

  async #openFile(): Promise<OpenFile> {
    const { handle, writable } = await this.#openHandle();
    try {
      const { size } = await handle.stat();
      const end = await findEnd(new FrameReader(handle, size));
      const file: OpenFile = { handle, writable, end, tail: end < size ? "torn" : "none" };
      // Where there is no room to put the tail aside, reading works all the same, and the next append tries again.
      if (writable) await this.#clearTail(file).catch(() => undefined);
      return file;
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  async #openHandle(): Promise<{ handle: FileHandle; writable: boolean }> {
    try {
      await mkdir(this.#folder, { recursive: true, mode: 0o700 });
      const handle = await openOrCreate(this.#file);
      await syncFolder(this.#folder);
      return { handle, writable: true };
    } catch (error) {
      if (!refusesWriting.has(errorCode(error))) throw error;
      return { handle: await open(this.#file, "r"), writable: false };
    }
  }

  /** Cuts off what lies behind the last good entry. A tail found at opening is kept in a file of its own first. */
  async #clearTail(file: OpenFile): Promise<void> {
    if (file.tail === "none") return;
    if (file.tail === "torn") await this.#keepTail(file);
    await file.handle.truncate(file.end);
    await file.handle.datasync();
    file.tail = "none";
  }

  async #keepTail({ handle, end }: OpenFile): Promise<void> {
    const { size } = await handle.stat();
    const tail = Buffer.alloc(size - end);
    const { bytesRead } = await handle.read(tail, 0, tail.length, end);
    const name = `ledger.torn-${new Date().toISOString().replaceAll(/[:.]/g, "-")}-at-${end}.log`;
    await atomicWrite(path.join(this.#folder, name), tail.subarray(0, bytesRead));
  }
}

async function openOrCreate(file: string): Promise<FileHandle> {
  try {
    return await open(file, "r+");
  } catch (error) {
    if (errorCode(error) === "ENOENT") return open(file, "wx+", 0o600);
    throw error;
  }
}

async function writeAt(handle: FileHandle, bytes: Buffer, position: number): Promise<void> {
  let written = 0;
  while (written < bytes.length) {
    const { bytesWritten } = await handle.write(bytes, written, bytes.length - written, position + written);
    written += bytesWritten;
  }
}
