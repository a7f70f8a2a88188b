import type { Piece } from "./coverage";
import { decodeEnd, decodePayload, stepOf, type RawEntry } from "./format/payload";
import { SealedFile } from "./format/sealedFile";
import { SealedWriter } from "./format/writer";
import { LedgerClock } from "./ledgerClock";
import { freeName, packName, type HistoryFile } from "./ledgerFiles";
import type { LedgerFolder } from "./ledgerFolder";
import type { PackUnit } from "./packPlan";
import { Pause } from "./pause";

/** A file is not as it was written: it is left as it is, for whoever may yet save something of it. */
export class DamagedSource extends Error {
  constructor(readonly file: string) {
    super("damaged");
  }
}

/** Entries of one frame of a file. */
interface Batch {
  readonly start: number;
  readonly time: number;
  readonly entries: readonly RawEntry[];
}

/**
 * Writes the packs of a unit, each with its name on the disk when the next is begun, and removes the sources at last.
 * Rejects with `DamagedSource`, the file system's error or the signal's reason; sources then stay.
 */
export async function pack(folder: LedgerFolder, unit: PackUnit, signal: AbortSignal): Promise<void> {
  const batches = unitBatches(folder, unit.sources, signal);
  const made: HistoryFile[] = [];
  try {
    await writePacks(folder, unit, batches, made);
  } finally {
    await batches.return(undefined);
    folder.addHistory(made);
  }
  await folder.remove(unit.sources.map(({ file }) => file));
}

type Batches = ReturnType<typeof unitBatches>;

async function writePacks(
  folder: LedgerFolder,
  { sources, packs }: PackUnit,
  batches: Batches,
  made: HistoryFile[],
): Promise<void> {
  let batch = await batches.next();
  let rest: Batch | null = batch.done ? null : batch.value.batch;
  let clock: LedgerClock | null = batch.done ? null : batch.value.clock;
  let link = linkBefore(folder, sources);
  for (const { from, to } of packs) {
    let written = batch.done ? 0 : batch.value.file.header.clock.written;
    const header = folder.newFile("pack", from, clock?.at(written) ?? { written, newest: 0, lived: 0 }, link);
    const name = freeName(packName(from, to), folder.names);
    const writer = await SealedWriter.create(folder.place.disk, folder.path(name), header, () => written);
    try {
      while (rest && writer.position < to) {
        written = Math.max(written, rest.time);
        const { here, behind } = divide(rest, from, to);
        await writer.addRaw("entries", here);
        clock?.pass(rest.time);
        rest = behind;
        if (rest) continue;
        batch = await batches.next();
        rest = batch.done ? null : batch.value.batch;
        clock = batch.done ? clock : batch.value.clock;
      }
      if (writer.position !== to) throw new DamagedSource(sources[0]?.file.name ?? name);
      const end = sources.find((piece) => piece.to === to)?.file.continues ?? (await writer.chainEnd());
      await writer.finish(end);
      link = end;
      made.push({ name, header: writer.header, base: from, end: to, closed: true, continues: end, time: written });
      folder.isNamed(name);
    } catch (error) {
      await writer.abandon();
      throw error;
    }
  }
}

/** The chain in front of a unit: where the file before it ended, or else where the first source began. */
function linkBefore(folder: LedgerFolder, sources: readonly Piece[]): Buffer | undefined {
  const [first] = sources;
  if (!first || first.from === first.file.base) return first?.file.header.link;
  return folder.history.find(({ end }) => end === first.from)?.continues;
}

async function* unitBatches(
  folder: LedgerFolder,
  sources: readonly Piece[],
  signal: AbortSignal,
): AsyncGenerator<{ readonly file: SealedFile; readonly batch: Batch; readonly clock: LedgerClock }> {
  for (const piece of sources) {
    const { disk, key } = folder.place;
    const opened = await SealedFile.open(disk, folder.path(piece.file.name), key);
    if (!opened.ok) throw new DamagedSource(piece.file.name);
    const file = opened.value;
    const clock = new LedgerClock(file.header.clock);
    try {
      for await (const batch of batchesOf(file, piece, signal)) {
        if (batch.start + lengthOf(batch.entries) > piece.from) yield { file, batch, clock };
        else clock.pass(batch.time);
      }
    } finally {
      await file.close();
    }
  }
}

/** All of a finished file, which must be whole. */
async function* batchesOf(file: SealedFile, piece: Piece, signal: AbortSignal): AsyncGenerator<Batch> {
  const pause = new Pause();
  let { link, base: position } = file.header;
  let at = file.framesAt;
  for (;;) {
    signal.throwIfAborted();
    await pause.ifLong();
    const frame = await file.frameAt(at);
    if (!frame?.link.equals(link) || frame.start !== position) throw new DamagedSource(piece.file.name);
    link = frame.linkAfter;
    at = frame.next;
    if (frame.kind === "end") {
      if (decodeEnd(frame.payload)?.end !== position) throw new DamagedSource(piece.file.name);
      return;
    }
    const payload = frame.kind === "entries" ? decodePayload(frame.payload) : null;
    if (!payload) throw new DamagedSource(piece.file.name);
    yield { start: frame.start, ...payload };
    position += lengthOf(payload.entries);
  }
}

function lengthOf(entries: readonly RawEntry[]): number {
  return entries.reduce((sum, entry) => sum + stepOf(entry), 0);
}

/** The entries of a batch that lie in a stretch, and the batch of those behind it. */
function divide(
  { start, time, entries }: Batch,
  from: number,
  to: number,
): { readonly here: readonly RawEntry[]; readonly behind: Batch | null } {
  const here: RawEntry[] = [];
  let position = start;
  for (const [index, entry] of entries.entries()) {
    if (position >= to) return { here, behind: { start: position, time, entries: entries.slice(index) } };
    if (position >= from) here.push(entry);
    position += stepOf(entry);
  }
  return { here, behind: null };
}
