import { failure, success, type Result } from "../shared/result";
import type { SnapshotPage } from "../shared/ledger";
import type { LedgerFailure } from "../shared/ledgerFailure";
import { Containing } from "./containing";
import { diskFailure } from "./diskFailure";
import type { Clock } from "./format/header";
import { decodePayload, textOf } from "./format/payload";
import { SealedFile, type OpenedFrame } from "./format/sealedFile";
import { SealedWriter } from "./format/writer";
import { snapshotName } from "./ledgerFiles";
import type { LedgerFolder } from "./ledgerFolder";
import { Pause } from "./pause";

/** A page with `containing` looks through so much of the file, in bytes. */
const searchedBytes = 8 * 1024 * 1024;

/** The snapshot that is being written. */
export class SnapshotDraft {
  private constructor(
    private readonly folder: LedgerFolder,
    private readonly name: string,
    private readonly position: number,
    private readonly writer: SealedWriter,
  ) {}

  static async begin(folder: LedgerFolder, position: number, clock: Clock, now: () => number): Promise<SnapshotDraft> {
    const name = snapshotName(position);
    const file = folder.newFile("snapshot", position, clock);
    const writer = await SealedWriter.create(folder.place.disk, folder.path(name), file, now);
    return new SnapshotDraft(folder, name, position, writer);
  }

  add(entries: readonly string[]): Promise<void> {
    return this.writer.addSnapshotEntries(entries);
  }

  async end(): Promise<void> {
    await this.writer.finish();
    this.folder.addSnapshot({ name: this.name, header: this.writer.header, position: this.position });
  }

  abandon(): Promise<void> {
    return this.writer.abandon();
  }
}

/**
 * Reads snapshots, a frame a page. A place that is given out is twice the frame's place in the file; one more says that
 * who asks was told of what is missing before it.
 */
export class SnapshotReader {
  /** The chain behind the page given last, and where the next one begins. */
  #chain: { readonly name: string; readonly at: number; readonly link: Buffer } | null = null;

  constructor(private readonly folder: LedgerFolder) {}

  async page(
    position: number,
    from: number,
    containing?: readonly string[],
  ): Promise<Result<SnapshotPage, LedgerFailure>> {
    const snapshot = this.folder.snapshots.find((one) => one.position === position);
    if (!snapshot) return failure({ kind: "ledger-damaged", at: from });
    try {
      const opened = await SealedFile.open(
        this.folder.place.disk,
        this.folder.path(snapshot.name),
        this.folder.place.key,
      );
      if (!opened.ok) return failure({ kind: "ledger-damaged", at: from });
      try {
        return await this.#read(opened.value, snapshot.name, from, containing ? new Containing(containing) : null);
      } finally {
        await opened.value.close();
      }
    } catch (error) {
      return failure(diskFailure(error));
    }
  }

  async #read(
    file: SealedFile,
    name: string,
    from: number,
    wanted: Containing | null,
  ): Promise<Result<SnapshotPage, LedgerFailure>> {
    const begin = from === 0 ? file.framesAt : Math.floor(from / 2);
    const told = from % 2 === 1;
    let at = begin;
    const pause = new Pause();
    for (;;) {
      const frame = await file.frameAt(at);
      // What is wrong behind matches that were passed over is found by who asks on from there.
      const isFirst = at === begin;
      if (!frame) return isFirst ? await damaged(file, from, at) : success({ entries: [], next: at * 2 });
      if (!(isFirst && told) && !this.#follows(file, name, frame)) {
        return isFirst
          ? failure({ kind: "ledger-damaged", at: from, resume: at * 2 + 1 })
          : success({ entries: [], next: at * 2 });
      }
      this.#chain = { name, at: frame.next, link: frame.linkAfter };
      if (frame.kind === "end") return success({ entries: [], next: null });
      const payload = frame.kind === "snapshot" ? decodePayload(frame.payload) : null;
      if (payload) {
        const any = wanted === null || wanted.mayBeIn(frame.payload, payload);
        const matching = any ? payload.entries.filter((entry) => wanted === null || wanted.matches(entry)) : [];
        if (wanted === null || matching.length > 0 || frame.next - begin > searchedBytes) {
          const isLast = frame.next < file.size && (await this.#isEnd(file, name, frame.next));
          return success({ entries: matching.map(textOf), next: isLast ? null : frame.next * 2 });
        }
      }
      at = frame.next;
      await pause.ifLong();
    }
  }

  async #isEnd(file: SealedFile, name: string, at: number): Promise<boolean> {
    const frame = await file.frameAt(at);
    return frame?.kind === "end" && this.#follows(file, name, frame);
  }

  /** Whether nothing is missing between the page given before, if it is known, and a frame. */
  #follows(file: SealedFile, name: string, frame: OpenedFrame): boolean {
    if (frame.at === file.framesAt) return frame.link.equals(file.header.link);
    const chain = this.#chain;
    return chain?.name !== name || chain.at !== frame.at || chain.link.equals(frame.link);
  }
}

async function damaged(file: SealedFile, from: number, at: number): Promise<Result<never, LedgerFailure>> {
  const next = await file.nextFrame(at + 1);
  return failure({ kind: "ledger-damaged", at: from, ...(next ? { resume: next.at * 2 + 1 } : {}) });
}
