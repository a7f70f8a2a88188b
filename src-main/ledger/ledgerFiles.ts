import path from "node:path";
import type { Disk } from "./format/disk";
import type { SealedHeader } from "./format/header";
import { decodePayload, stepOf } from "./format/payload";
import { SealedFile, type OpenedFrame, type SealedFileProblem } from "./format/sealedFile";
import { draftSuffix } from "./format/writer";

/** A segment or pack of this ledger. What it is stands in its header; its name only sorts. */
export interface HistoryFile {
  readonly name: string;
  readonly header: SealedHeader;
  /** Positions: before its first entry and after its last. */
  readonly base: number;
  readonly end: number;
  /** Whether it was finished: nothing is appended to it any more. */
  readonly closed: boolean;
  /** With which the next file's chain begins. */
  readonly continues: Buffer;
  /** When it was last written to, as it says itself; null for a file without entries. */
  readonly time: number | null;
}

/** A file that nothing has closed yet, and how far it counts. */
export interface Unfinished {
  readonly sealed: SealedFile;
  readonly walked: Walked;
}

export interface SnapshotFile {
  readonly name: string;
  readonly header: SealedHeader;
  readonly position: number;
}

/** What a folder holds of one ledger. */
export interface Folder {
  readonly history: readonly HistoryFile[];
  /** Finished ones, ascending. */
  readonly snapshots: readonly SnapshotFile[];
  /** By name: files of history that have no end frame. */
  readonly unfinished: ReadonlyMap<string, Unfinished>;
  /** Names of files that were being written when the program ended. */
  readonly drafts: readonly string[];
  /** Names that look like history, and which cannot be read at all. */
  readonly unreadable: readonly { readonly name: string; readonly base: number; readonly size: number }[];
  /** All names that are taken. */
  readonly names: ReadonlySet<string>;
  /** Why some files did not open. */
  readonly problems: ReadonlySet<SealedFileProblem["kind"]>;
}

const sealedName = /^(?:segment|pack|snapshot)-/;

/** Positions as names hold them: they sort. */
const digits = (position: number): string => String(position).padStart(16, "0");
export const segmentName = (base: number): string => `segment-${digits(base)}`;
export const packName = (base: number, end: number): string => `pack-${digits(base)}-${digits(end)}`;
export const snapshotName = (position: number): string => `snapshot-${digits(position)}`;

/** A name that nothing has yet: what is there is never written over. */
export function freeName(wanted: string, names: ReadonlySet<string>): string {
  for (let count = 1; ; count++) {
    const name = count === 1 ? wanted : `${wanted}-${count}`;
    if (!names.has(name)) return name;
  }
}

interface OpenedSealed {
  readonly name: string;
  readonly header: SealedHeader;
  readonly history: HistoryFile | null;
  readonly finished: boolean;
  readonly unfinished: Unfinished | null;
}

/**
 * Reads what every file of a folder says of itself, and of files that were not finished all. Rejects with the file
 * system's error.
 */
export async function readFolder(disk: Disk, folder: string, key: Buffer, notebook?: string): Promise<Folder> {
  const names = await disk.list(folder);
  const problems = new Set<SealedFileProblem["kind"]>();
  const unreadable: { name: string; base: number; size: number }[] = [];
  const opened = await Promise.all(
    names
      .filter((name) => sealedName.test(name) && !name.endsWith(draftSuffix))
      .map(async (name): Promise<OpenedSealed | null> => {
        const file = await disk.open(path.join(folder, name), "r");
        try {
          const sealed = await SealedFile.over(file, key, notebook);
          if (sealed.ok) return await describe(name, sealed.value);
          problems.add(sealed.failure.kind);
          const base = Number(/^(?:segment|pack)-(\d{16})/.exec(name)?.[1] ?? NaN);
          const { size } = await file.stat();
          const lost = sealed.failure.kind === "damaged" || sealed.failure.kind === "not-ours";
          if (lost && Number.isSafeInteger(base) && size > 0) unreadable.push({ name, base, size });
          return null;
        } finally {
          await file.close();
        }
      }),
  );
  const ours = ofOneLedger(opened.filter((file) => file !== null));
  return {
    history: withoutDoubles(ours.flatMap(({ history }) => history ?? [])),
    snapshots: ours
      .filter(({ header, finished }) => header.kind === "snapshot" && finished)
      .map(({ name, header }) => ({ name, header, position: header.base }))
      .sort((a, b) => a.position - b.position),
    unfinished: new Map(ours.flatMap(({ name, unfinished }) => (unfinished ? [[name, unfinished]] : []))),
    drafts: names.filter((name) => name.endsWith(draftSuffix)),
    unreadable,
    names: new Set(names),
    problems,
  };
}

async function describe(name: string, file: SealedFile): Promise<OpenedSealed | null> {
  const { header } = file;
  if (header.kind === "backup") return null;
  const end = await file.end();
  const finished = end !== null;
  if (header.kind === "snapshot") return { name, header, history: null, finished, unfinished: null };
  const about = { name, header, base: header.base, closed: finished };
  if (end) {
    const history = { ...about, end: end.end, continues: end.link, time: end.time };
    return { name, header, history, finished, unfinished: null };
  }
  const walked = await walk(file);
  const history = { ...about, end: walked.end, continues: walked.link, time: walked.time };
  return { name, header, history, finished, unfinished: { sealed: file, walked } };
}

/** The end of what counts in a file that may have more behind it. */
export interface Walked {
  /** The position after the last entry of the last complete append. */
  readonly end: number;
  /** Where that ends in the file. */
  readonly size: number;
  readonly link: Buffer;
  /** The instant of its writing; null where there is none. */
  readonly time: number | null;
}

/**
 * Finds the last complete append: along the heads of the frames, which nothing proves, then from the last one back
 * until one opens; and what lies behind that is searched through. What is left was never answered as saved.
 */
export async function walk(file: SealedFile): Promise<Walked> {
  const closings: number[] = [];
  for (let head = await file.headFrom(file.framesAt); head; head = await file.headFrom(head.at + head.length)) {
    if (head.last && head.kind === "entries") closings.push(head.at);
  }
  let last: Walked = { end: file.header.base, size: file.framesAt, link: file.header.link, time: null };
  for (const place of closings.reverse()) {
    const closing = walkedTo(await file.frameAt(place));
    if (!closing) continue;
    last = closing;
    break;
  }
  for (let frame = await file.nextFrame(last.size); frame; frame = await file.nextFrame(frame.next)) {
    if (frame.last) last = walkedTo(frame) ?? last;
  }
  return last;
}

function walkedTo(frame: OpenedFrame | null): Walked | null {
  const payload = frame?.kind === "entries" ? decodePayload(frame.payload) : null;
  if (!frame || !payload) return null;
  const end = payload.entries.reduce((position, entry) => position + stepOf(entry), frame.start);
  return { end, size: frame.next, link: frame.linkAfter, time: payload.time };
}

/** Positions of two ledgers must not be mixed: the one with more files is meant, or the one begun later. */
function ofOneLedger(files: readonly OpenedSealed[]): readonly OpenedSealed[] {
  const byLedger = new Map<string, OpenedSealed[]>();
  for (const file of files) byLedger.set(file.header.ledger, [...(byLedger.get(file.header.ledger) ?? []), file]);
  const begun = (group: readonly OpenedSealed[]): number =>
    Math.max(...group.map(({ header }) => header.clock.written));
  const [first] = [...byLedger.values()].sort((a, b) => b.length - a.length || begun(b) - begun(a));
  return first ?? [];
}

/** Copies of one file have its salt; the one that holds most counts, and of equal ones that with the usual name. */
function withoutDoubles(files: readonly HistoryFile[]): readonly HistoryFile[] {
  const bySalt = new Map<string, HistoryFile>();
  const usual = ({ name, base }: HistoryFile): boolean => name === segmentName(base);
  for (const file of files) {
    const salt = file.header.salt.toString("hex");
    const known = bySalt.get(salt);
    const better = !known || file.end > known.end || (file.end === known.end && !usual(known) && usual(file));
    if (better) bySalt.set(salt, file);
  }
  return [...bySalt.values()].sort((a, b) => a.base - b.base || b.end - a.end);
}
