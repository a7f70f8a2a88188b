import { randomBytes } from "node:crypto";
import path from "node:path";
import { writeAt, type Disk, type DiskFile } from "./disk";
import { frameTarget, linkLength, maxTextBytes, sealFrame, sealSmall, type FrameKind, type SealedFrame } from "./frame";
import { encodeHeader, type Clock, type FileKeys, type SealedHeader, type SealedKind } from "./header";
import { encodeEnd, encodePayload, rawEntry, stepOf, type RawEntry } from "./payload";

export interface NewSealedFile {
  readonly kind: SealedKind;
  /** 32 bytes, of the purpose that the file serves. */
  readonly key: Buffer;
  readonly notebook: string;
  readonly ledger: string;
  readonly base: number;
  /** 0 unless history was dropped. */
  readonly begin?: number;
  /** 16 zero bytes unless it continues another file's chain. */
  readonly link?: Buffer;
  readonly clear?: Buffer;
  readonly clock: Clock;
}

/** What a finished file holds. */
export interface Finished {
  /** Of the file. */
  readonly bytes: number;
  readonly end: number;
  readonly entries: number;
  readonly snapshotEntries: number;
}

/** Suffix of a file that is being written; one that is found at a start is what a crash left. */
export const draftSuffix = ".new";

export interface BegunFile {
  readonly file: DiskFile;
  readonly header: SealedHeader;
  readonly keys: FileKeys;
  /** Where its first frame belongs. */
  readonly size: number;
}

/** Begins a file and its header, without a sync. Rejects with the file system's error and leaves nothing behind. */
export async function beginFile(
  disk: Disk,
  draft: string,
  { kind, key, notebook, ledger, base, begin = 0, link = Buffer.alloc(linkLength), clear, clock }: NewSealedFile,
): Promise<BegunFile> {
  const salt = randomBytes(16);
  const header = { kind, notebook, ledger, salt, base, begin, link, clock, clear: clear ?? Buffer.alloc(0) };
  const { bytes, keys } = encodeHeader(header, key);
  await disk.remove(draft);
  const file = await disk.open(draft, "wx+");
  try {
    await writeAt(file, bytes, 0);
    return { file, header, keys, size: bytes.length };
  } catch (error) {
    await file.close();
    await disk.remove(draft).catch(() => undefined);
    throw error;
  }
}

/**
 * Writes one sealed file from front to back under its name with `.new`, and gives it its name once all of it is surely
 * on the disk. Memory holds about a mebibyte of it. Any method may reject with the file system's error; then `abandon`.
 */
export class SealedWriter {
  #kind: "entries" | "snapshot" = "entries";
  #waiting: RawEntry[] = [];
  #waitingBytes = 0;
  #link: Buffer;
  /** Before the first waiting entry, of history and of the snapshot. */
  #starts: { entries: number; snapshot: number };
  #counts = { entries: 0, snapshot: 0 };

  private constructor(
    private readonly disk: Disk,
    private readonly name: string,
    private readonly file: DiskFile,
    readonly header: SealedHeader,
    private readonly keys: FileKeys,
    private readonly now: () => number,
    private size: number,
  ) {
    this.#link = header.link;
    this.#starts = { entries: header.base, snapshot: 0 };
  }

  /** `name` is absolute; a file of that name is replaced at the end, not before. `now` answers ms. */
  static async create(disk: Disk, name: string, file: NewSealedFile, now: () => number): Promise<SealedWriter> {
    const begun = await beginFile(disk, `${name}${draftSuffix}`, file);
    return new SealedWriter(disk, name, begun.file, begun.header, begun.keys, now, begun.size);
  }

  /** Entries of history, after the last one or after `skipTo`. */
  addEntries(entries: readonly string[]): Promise<void> {
    return this.addRaw("entries", entries.map(rawEntry));
  }

  addSnapshotEntries(entries: readonly string[]): Promise<void> {
    return this.addRaw("snapshot", entries.map(rawEntry));
  }

  async addRaw(kind: "entries" | "snapshot", entries: readonly RawEntry[]): Promise<void> {
    for (const entry of entries) {
      if (entry.bytes.length > maxTextBytes) throw new RangeError("an entry is too large");
      if (kind !== this.#kind || this.#waitingBytes + entry.bytes.length > frameTarget) await this.#flush();
      this.#kind = kind;
      this.#waiting.push(entry);
      this.#waitingBytes += stepOf(entry);
    }
  }

  /** The next entry of history begins at `position`: what lies before it was lost already. */
  async skipTo(position: number): Promise<void> {
    await this.#flush();
    if (position < this.#starts.entries) throw new RangeError("positions only grow");
    this.#starts.entries = position;
  }

  /** Anything that JSON holds, at most a mebibyte of it. */
  async addFacts(facts: unknown): Promise<void> {
    await this.#flush();
    const payload = Buffer.from(JSON.stringify(facts), "utf8");
    if (payload.length > frameTarget) throw new RangeError("too many facts");
    await this.#write(await sealSmall(this.keys, this.#content("facts", payload)));
  }

  /**
   * Closes the file and gives it its name. `continues` is the link with which the next file's chain begins, where that
   * is not the end of this one's.
   */
  async finish(continues?: Buffer): Promise<Finished> {
    await this.#flush();
    const end = this.#starts.entries;
    const { entries, snapshot: snapshotEntries } = this.#counts;
    const payload = encodeEnd({ time: this.now(), end, entries, snapshotEntries, link: continues ?? this.#link });
    await this.#write(sealFrame(this.keys, this.#content("end", payload)));
    await this.file.sync();
    await this.file.close();
    await this.disk.rename(`${this.name}${draftSuffix}`, this.name);
    await this.disk.syncFolder(path.dirname(this.name));
    return { bytes: this.size, end, entries, snapshotEntries };
  }

  /** Removes what was written, as far as the disk allows; never rejects. A finished file stays. */
  async abandon(): Promise<void> {
    await this.file.close().catch(() => undefined);
    await this.disk.remove(`${this.name}${draftSuffix}`).catch(() => undefined);
  }

  /** Where the next entry of history would begin. */
  get position(): number {
    return this.#starts.entries + (this.#kind === "entries" ? this.#waitingBytes : 0);
  }

  /** How many entries of a snapshot were added. */
  async snapshotEntries(): Promise<number> {
    await this.#flush();
    return this.#counts.snapshot;
  }

  /** The end of the chain, all added entries in it. */
  async chainEnd(): Promise<Buffer> {
    await this.#flush();
    return this.#link;
  }

  async #flush(): Promise<void> {
    if (this.#waiting.length === 0) return;
    const payload = encodePayload(this.now(), this.#waiting);
    await this.#write(await sealSmall(this.keys, this.#content(this.#kind, payload)));
    this.#starts[this.#kind] += this.#waitingBytes;
    this.#counts[this.#kind] += this.#waiting.length;
    this.#waiting = [];
    this.#waitingBytes = 0;
  }

  #content(
    kind: FrameKind,
    payload: Buffer,
  ): { kind: FrameKind; last: true; start: number; link: Buffer; payload: Buffer } {
    const start = kind === "snapshot" ? this.#starts.snapshot : this.#starts.entries;
    return { kind, last: true, start, link: this.#link, payload };
  }

  async #write({ bytes, link }: SealedFrame): Promise<void> {
    await writeAt(this.file, bytes, this.size);
    this.size += bytes.length;
    this.#link = link;
  }
}
