import { randomUUID } from "node:crypto";
import { errorCode } from "../files/errorCode";
import type { Log } from "../log/log";
import type { LedgerPage, SnapshotPage, Stretch } from "../shared/ledger";
import type { LedgerFailure } from "../shared/ledgerFailure";
import { failure, success, type Result } from "../shared/result";
import { rawAppend, type RawAppend } from "./activeSegment";
import { Compaction } from "./compaction";
import { diskFailure } from "./diskFailure";
import { nodeDisk, type Disk } from "./format/disk";
import { HistoryReader } from "./historyReader";
import { defaultPageBytes, type Ledger, type LedgerState } from "./ledger";
import { damagedStretches, missingStretches } from "./ledgerCheck";
import { type LedgerFolder } from "./ledgerFolder";
import { openFolder } from "./openFolder";
import { SegmentRow } from "./segmentRow";
import { SnapshotDraft, SnapshotReader } from "./snapshots";

type Appended = Result<{ readonly position: number }, LedgerFailure>;

interface Waiting {
  readonly append: RawAppend;
  readonly answer: (result: Appended) => void;
}

export interface SegmentedLedgerOptions {
  /** Absolute; holds the ledger's files alone. */
  readonly folder: string;
  /** The "ledger" key, 32 bytes. */
  readonly key: Buffer;
  /** The notebook's uuid. */
  readonly notebook: string;
  /** Answers ms. */
  readonly now: () => number;
  readonly log?: Pick<Log, "info">;
  readonly disk?: Disk;
}

/** How often a page is tried again whose file was packed while it was read. */
const readAttempts = 4;

/** A ledger of sealed segments, packs and snapshots in one folder. README.md beside this describes it. */
export class SegmentedLedger implements Ledger {
  readonly #history: HistoryReader;
  readonly #snapshots: SnapshotReader;
  readonly #compaction: Compaction;
  readonly #stop = new AbortController();
  #waiting: Waiting[] = [];
  #writing: Promise<void> | null = null;
  #draft: SnapshotDraft | null = null;
  #compacting: Promise<void> = Promise.resolve();
  #checking: Promise<unknown> = Promise.resolve();
  #closed = false;

  private constructor(
    private readonly folder: LedgerFolder,
    private readonly segments: SegmentRow,
    private readonly now: () => number,
  ) {
    const { disk, key } = folder.place;
    this.#history = new HistoryReader(disk, folder.place.folder, key);
    this.#snapshots = new SnapshotReader(folder);
    this.#compaction = new Compaction(folder, {
      clock: () => segments.clockAt(this.now()),
      roll: () => segments.roll(this.now()),
    });
  }

  /**
   * Opens the ledger in a folder, or begins one. Files that the key does not open, of another notebook or of a newer
   * format, are an answer (`ledger-unavailable`, with `wrong-key`, `other-notebook`, `newer-format` or `damaged`), and
   * nothing is changed.
   */
  static async open(options: SegmentedLedgerOptions): Promise<Result<SegmentedLedger, LedgerFailure>> {
    const { folder, key, notebook, log, disk = nodeDisk } = options;
    // A clock before 1970 must not stop anything.
    const now = (): number => Math.max(0, Math.floor(options.now()));
    try {
      const opened = await openFolder({ disk, folder, key, notebook, ledger: randomUUID(), log }, now);
      if (!opened.ok) return failure({ kind: "ledger-unavailable", detail: opened.failure.kind });
      const { files, active, end, link, clock } = opened.value;
      const segments = new SegmentRow(files, active, end, link, clock);
      await segments.beginFirst(now());
      return success(new SegmentedLedger(files, segments, now));
    } catch (error) {
      return failure(diskFailure(error));
    }
  }

  async start(): Promise<Result<LedgerState, LedgerFailure>> {
    await Promise.resolve();
    if (this.#closed) return closedFailure;
    const { begin, place } = this.folder;
    const { end } = this.segments;
    const positions = this.folder.snapshots.map(({ position }) => position);
    return success({
      ledger: place.ledger,
      begin,
      end,
      snapshots: positions.filter((position) => position >= begin && position <= end),
      gaps: missingStretches(this.folder, this.segments),
    });
  }

  append(entries: readonly string[]): Promise<Appended> {
    if (this.#closed) return Promise.resolve(closedFailure);
    const append = rawAppend(entries);
    if (!append) return Promise.resolve(failure({ kind: "ledger-unavailable", detail: "entry too large" }));
    return new Promise((answer) => {
      this.#waiting.push({ append, answer });
      this.#writing ??= this.#writeAll();
    });
  }

  async read(
    from: number,
    bytes = defaultPageBytes,
    containing?: readonly string[],
  ): Promise<Result<LedgerPage, LedgerFailure>> {
    for (let attempt = 1; ; attempt++) {
      const { end } = this.segments;
      const { begin } = this.folder;
      if (from > end) return failure({ kind: "ledger-damaged", at: end, resume: end });
      if (from < begin) return failure({ kind: "ledger-damaged", at: from, resume: begin });
      try {
        return await this.#history.page(this.segments.pieces(), from, end, bytes, containing);
      } catch (error) {
        if (errorCode(error) !== "ENOENT" || attempt === readAttempts) return failure(diskFailure(error));
      }
    }
  }

  async end(): Promise<Appended> {
    await Promise.resolve();
    return success({ position: this.segments.end });
  }

  async check(signal: AbortSignal): Promise<Result<{ readonly gaps: readonly Stretch[] }, LedgerFailure>> {
    if (this.#closed) return closedFailure;
    const isOver = AbortSignal.any([signal, this.#stop.signal]);
    try {
      const checking = damagedStretches(this.folder, this.segments, isOver);
      this.#checking = Promise.all([this.#checking, checking.catch(() => undefined)]);
      const gaps = await checking;
      if (gaps.length > 0) this.folder.place.log?.info("the ledger is damaged", { stretches: gaps.length });
      return success({ gaps });
    } catch (error) {
      return isOver.aborted ? closedFailure : failure(diskFailure(error));
    }
  }

  readSnapshot(
    position: number,
    from: number,
    containing?: readonly string[],
  ): Promise<Result<SnapshotPage, LedgerFailure>> {
    return this.#snapshots.page(position, from, containing);
  }

  async beginSnapshot(position: number): Promise<Result<null, LedgerFailure>> {
    if (this.#closed) return closedFailure;
    await this.abandonSnapshot();
    const { begin } = this.folder;
    if (position < begin) return failure({ kind: "ledger-damaged", at: begin, resume: begin });
    const { end } = this.segments;
    if (position > end) return failure({ kind: "ledger-damaged", at: end, resume: end });
    try {
      await this.segments.roll(this.now());
      this.#draft = await SnapshotDraft.begin(this.folder, position, this.segments.clockAt(this.now()), this.now);
      return success(null);
    } catch (error) {
      return failure(diskFailure(error));
    }
  }

  addToSnapshot(entries: readonly string[]): Promise<Result<null, LedgerFailure>> {
    return this.#withDraft((draft) => draft.add(entries));
  }

  async endSnapshot(): Promise<Result<null, LedgerFailure>> {
    const ended = await this.#withDraft((draft) => draft.end());
    if (ended.ok) {
      this.#draft = null;
      this.#compact();
    }
    return ended;
  }

  async abandonSnapshot(): Promise<void> {
    const draft = this.#draft;
    this.#draft = null;
    await draft?.abandon();
  }

  /** Waits until nothing is done in the background. */
  async settled(): Promise<void> {
    await this.#compacting;
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#stop.abort();
    await this.#writing;
    await this.abandonSnapshot();
    await this.#compacting;
    await this.#checking;
    await this.segments.close();
  }

  /** Appends that arrive while the disk is busy share the next write and its sync. */
  async #writeAll(): Promise<void> {
    while (this.#waiting.length > 0) {
      const group = this.#waiting;
      this.#waiting = [];
      try {
        const appends = group.map(({ append }) => append);
        const positions = await this.segments.append(appends, this.now());
        for (const [index, { answer }] of group.entries()) answer(success({ position: positions[index] ?? 0 }));
      } catch (error) {
        for (const { answer } of group) answer(failure(diskFailure(error)));
      }
    }
    // At once: an append that comes in the next turn must not wait for a writer that has ended.
    this.#writing = null;
  }

  async #withDraft(use: (draft: SnapshotDraft) => Promise<void>): Promise<Result<null, LedgerFailure>> {
    if (!this.#draft) return failure({ kind: "ledger-unavailable", detail: "no snapshot was begun" });
    try {
      await use(this.#draft);
      return success(null);
    } catch (error) {
      await this.abandonSnapshot();
      return failure(diskFailure(error));
    }
  }

  #compact(): void {
    this.#compacting = this.#compacting.then(() => this.#compaction.run(this.#stop.signal));
  }
}

const closedFailure = failure({ kind: "ledger-unavailable", detail: "closed" } as const);
