import { errorCode } from "../files/errorCode";
import { ActiveSegment, refusesWriting, type RawAppend } from "./activeSegment";
import type { Piece } from "./coverage";
import type { Clock } from "./format/header";
import { SealedFile } from "./format/sealedFile";
import { beginFile, draftSuffix } from "./format/writer";
import { countEntries } from "./countEntries";
import type { LedgerClock } from "./ledgerClock";
import { freeName, segmentName } from "./ledgerFiles";
import type { LedgerFolder } from "./ledgerFolder";

/** A segment is closed beyond so many bytes. */
const segmentBytes = 4 * 1024 * 1024;

/** The end of the ledger: one segment after another, one of them open. What is asked of it is done one by one. */
export class SegmentRow {
  #last: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly folder: LedgerFolder,
    private active: ActiveSegment | null,
    /** The position after the last entry that is surely on the disk. */
    private position: number,
    /** The end of the chain there. */
    private link: Buffer,
    private readonly clock: LedgerClock,
  ) {}

  get end(): number {
    return this.position;
  }

  pieces(): readonly Piece[] {
    return this.folder.pieces(this.active?.asFile ?? null);
  }

  clockAt(instant: number): Clock {
    return this.clock.at(instant);
  }

  /** Begins the first segment of a new ledger; where the disk refuses, the first append tries again. */
  async beginFirst(time: number): Promise<void> {
    if (this.active || this.folder.history.length > 0) return;
    try {
      this.active = await this.#begin(time);
    } catch (error) {
      if (!refusesWriting(error) && errorCode(error) !== "ENOSPC") throw error;
    }
  }

  /** Appends a group, all or none; answers the position after each. Rejects with the file system's error. */
  append(appends: readonly RawAppend[], time: number): Promise<readonly number[]> {
    return this.#inTurn(async () => {
      if (this.active && this.#isDue(this.active, time)) await this.#close(time);
      this.active ??= await this.#begin(time);
      const positions = await this.active.write(appends, time);
      this.clock.pass(time);
      this.position = this.active.end;
      this.link = this.active.asFile.continues;
      return positions;
    });
  }

  /** Begins a new segment, unless the open one is empty and says what a new one would. */
  roll(time: number): Promise<void> {
    return this.#inTurn(async () => {
      if (this.active?.isEmpty && this.active.header.begin === this.folder.begin) return;
      await this.#close(time);
      this.active = await this.#begin(time);
    });
  }

  async close(): Promise<void> {
    await this.#inTurn(async () => this.active?.close());
  }

  #isDue(active: ActiveSegment, time: number): boolean {
    if (active.isEmpty) return false;
    if (active.bytes >= segmentBytes) return true;
    // What was known of the time would be forgotten if the program ended now.
    return this.clock.isBehind(time) && active.header.clock.newest < this.clock.at(time).newest;
  }

  async #close(time: number): Promise<void> {
    const { active } = this;
    if (!active) return;
    if (active.isEmpty) {
      await active.close();
      this.active = null;
      await this.folder.remove([active]);
      return;
    }
    const { disk, key } = this.folder.place;
    const opened = await SealedFile.open(disk, this.folder.path(active.name), key);
    const entries = opened.ok ? await countEntries(opened.value).finally(() => opened.value.close()) : 0;
    const file = await active.finish(time, entries);
    this.active = null;
    this.folder.addHistory([file]);
  }

  async #begin(time: number): Promise<ActiveSegment> {
    const { folder } = this;
    const { disk } = folder.place;
    const name = freeName(segmentName(this.position), folder.names);
    const draft = `${folder.path(name)}${draftSuffix}`;
    const wanted = folder.newFile("segment", this.position, this.clock.at(time), this.link);
    const { file, header, keys, size } = await beginFile(disk, draft, wanted);
    try {
      await file.sync();
    } catch (error) {
      await file.close();
      await disk.remove(draft).catch(() => undefined);
      throw error;
    }
    await file.close();
    await disk.rename(draft, folder.path(name));
    folder.isNamed(name);
    await disk.syncFolder(folder.place.folder);
    return ActiveSegment.over(disk, folder.place.folder, name, header, keys, size);
  }

  #inTurn<Value>(work: () => Promise<Value>): Promise<Value> {
    const turn = this.#last.then(work);
    this.#last = turn.catch(() => undefined);
    return turn;
  }
}
