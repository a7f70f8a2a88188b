import path from "node:path";
import { errorCode } from "../files/errorCode";
import { readAt, writeAt, type Disk, type DiskFile } from "./format/disk";
import { frameTarget, maxTextBytes, sealFrame } from "./format/frame";
import type { FileKeys, SealedHeader } from "./format/header";
import { encodeEnd, encodePayload, rawEntry, stepOf, type RawEntry } from "./format/payload";
import type { SealedFile } from "./format/sealedFile";
import type { HistoryFile, Walked } from "./ledgerFiles";
import { Pause } from "./pause";

/** Whether the file system refuses writing for now, or for good. */
export function refusesWriting(error: unknown): boolean {
  return ["EROFS", "EACCES", "EPERM"].includes(errorCode(error));
}

/** Entries of one append, ready to be sealed. */
export type RawAppend = readonly RawEntry[];

/** Null where an entry is larger than a ledger takes. */
export function rawAppend(entries: readonly string[]): RawAppend | null {
  const raw = entries.map(rawEntry);
  return raw.every(({ bytes }) => bytes.length <= maxTextBytes) ? raw : null;
}

/**
 * The segment that is written to. All bytes of a group of appends go out in one write and one sync; if either fails,
 * the file is cut back to where it was. Calls must not overlap.
 */
export class ActiveSegment {
  #closed = false;
  #tail: "none" | "torn" | "failed-append";

  private constructor(
    private readonly disk: Disk,
    private readonly folder: string,
    readonly name: string,
    readonly header: SealedHeader,
    private readonly keys: FileKeys,
    private readonly framesAt: number,
    private file: DiskFile,
    private writable: boolean,
    private size: number,
    private position: number,
    private link: Buffer,
    tail: "none" | "torn",
  ) {
    this.#tail = tail;
  }

  /** The one that the program wrote to last; what a crash left behind its last complete append is put aside. */
  static async reopen(
    disk: Disk,
    folder: string,
    name: string,
    sealed: SealedFile,
    walked: Walked,
    now: () => number,
  ): Promise<ActiveSegment> {
    const { file, writable } = await openFile(disk, path.join(folder, name));
    const tail = walked.size < sealed.size ? "torn" : "none";
    const { header, framesAt, keys } = sealed;
    const { size, end, link } = walked;
    const made = new ActiveSegment(disk, folder, name, header, keys, framesAt, file, writable, size, end, link, tail);
    // Where there is no room to put the tail aside, reading works all the same, and the next append tries again.
    if (writable) await made.#clearTail(now()).catch(() => undefined);
    return made;
  }

  /** A new one, whose header is on the disk. */
  static async over(
    disk: Disk,
    folder: string,
    name: string,
    header: SealedHeader,
    keys: FileKeys,
    framesAt: number,
  ): Promise<ActiveSegment> {
    const file = await disk.open(path.join(folder, name), "r+");
    const { base, link } = header;
    return new ActiveSegment(disk, folder, name, header, keys, framesAt, file, true, framesAt, base, link, "none");
  }

  get end(): number {
    return this.position;
  }

  /** Of the file. */
  get bytes(): number {
    return this.size;
  }

  get isEmpty(): boolean {
    return this.size === this.framesAt;
  }

  /** As a file to read: up to what is surely on the disk. */
  get asFile(): HistoryFile {
    const { name, header, position: end, link: continues } = this;
    return { name, header, base: header.base, end, closed: this.#closed, continues, time: null };
  }

  /** Writes whole appends, all or none; answers the position after each. Rejects with the file system's error. */
  async write(appends: readonly RawAppend[], time: number): Promise<readonly number[]> {
    await this.#makeWritable(time);
    const frames: Buffer[] = [];
    const ends: number[] = [];
    const pause = new Pause();
    let { position, link } = this;
    for (const append of appends) {
      const parts = divided(append);
      for (const [index, part] of parts.entries()) {
        const last = index === parts.length - 1;
        const payload = encodePayload(time, part);
        const sealed = sealFrame(this.keys, { kind: "entries", last, start: position, link, payload });
        frames.push(sealed.bytes);
        link = sealed.link;
        position = part.reduce((sum, entry) => sum + stepOf(entry), position);
        await pause.ifLong();
      }
      ends.push(position);
    }
    await this.#put(Buffer.concat(frames), time);
    this.position = position;
    this.link = link;
    return ends;
  }

  /** Writes the frame that says that nothing more follows. */
  async finish(time: number, entries: number): Promise<HistoryFile> {
    if (!this.#closed) {
      await this.#makeWritable(time);
      const { position: end, link } = this;
      const payload = encodeEnd({ time, end, entries, snapshotEntries: 0, link });
      await this.#put(sealFrame(this.keys, { kind: "end", last: true, start: end, link, payload }).bytes, time);
      this.#closed = true;
    }
    await this.file.close().catch(() => undefined);
    return this.asFile;
  }

  async close(): Promise<void> {
    if (!this.#closed) await this.file.close();
  }

  async #put(bytes: Buffer, time: number): Promise<void> {
    this.#tail = "failed-append";
    try {
      await writeAt(this.file, bytes, this.size);
      await this.file.datasync();
    } catch (error) {
      await this.#clearTail(time).catch(() => undefined);
      throw error;
    }
    this.size += bytes.length;
    this.#tail = "none";
  }

  /** A file opened while the disk was read-only is opened again: the disk may be writable by now. */
  async #makeWritable(time: number): Promise<void> {
    if (!this.writable) {
      const { file, writable } = await openFile(this.disk, path.join(this.folder, this.name));
      await this.file.close();
      this.file = file;
      this.writable = writable;
      if (!writable) throw Object.assign(new Error("read-only"), { code: "EROFS" });
    }
    await this.#clearTail(time);
  }

  /** Cuts off what lies behind the last good entry. A tail found at opening is kept in a file of its own first. */
  async #clearTail(time: number): Promise<void> {
    if (this.#tail === "none") return;
    if (this.#tail === "torn") await this.#keepTail(time);
    await this.file.truncate(this.size);
    await this.file.datasync();
    this.#tail = "none";
  }

  async #keepTail(time: number): Promise<void> {
    const { size } = await this.file.stat();
    const tail = await readAt(this.file, this.size, size - this.size);
    const name = `torn-${new Date(time).toISOString().replaceAll(/[:.]/g, "-")}-at-${this.position}`;
    const draft = path.join(this.folder, `${name}.new`);
    await this.disk.remove(draft);
    const kept = await this.disk.open(draft, "wx+");
    try {
      await writeAt(kept, tail, 0);
      await kept.sync();
    } catch (error) {
      await kept.close();
      await this.disk.remove(draft).catch(() => undefined);
      throw error;
    }
    await kept.close();
    await this.disk.rename(draft, path.join(this.folder, name));
    await this.disk.syncFolder(this.folder);
  }
}

async function openFile(disk: Disk, file: string): Promise<{ readonly file: DiskFile; readonly writable: boolean }> {
  try {
    return { file: await disk.open(file, "r+"), writable: true };
  } catch (error) {
    if (!refusesWriting(error)) throw error;
    return { file: await disk.open(file, "r"), writable: false };
  }
}

/** Entries by frames of about `frameTarget`. */
function divided(append: RawAppend): readonly RawAppend[] {
  const parts: RawEntry[][] = [];
  let bytes = Infinity;
  for (const entry of append) {
    if (bytes + entry.bytes.length > frameTarget) {
      parts.push([]);
      bytes = 0;
    }
    parts.at(-1)?.push(entry);
    bytes += entry.bytes.length;
  }
  return parts;
}
