import { assertNever } from "../../src-main/shared/result";
import { stamp, type Stamp } from "../domain/envelope";
import { isShippedId } from "../domain/ids";
import type { Content, RecordOf } from "../domain/record";
import { MAX_ORDER } from "../domain/recordKind";
import { recordKind } from "../domain/recordKinds";
import type { Erasure } from "./erasures";
import { envelopeField, keptText, readKept, type Label } from "./keptContent";
import type { RowWrite } from "./recordsCollection";
import { sideIdOf, type Row, type SideType } from "./row";
import type { Sealer } from "./sealer";

/** A record with its sync state, as it stands after every write that the ledger has. */
export interface StoredRecord {
  readonly id: string;
  readonly content: Content;
  /** A tombstone of another client arrived: hidden here, restorable, never pushed back. */
  readonly gone: boolean;
  /** The server's revision this content descends from; empty if the server never had it. */
  readonly rev: string;
  readonly dirty: boolean;
  /** The content as of `rev`, while dirty; undefined for a record the server never had. */
  readonly base: Content | undefined;
  /** What the stored row says as its own revision; a side row is kept only where this is not all there is to say. */
  readonly ownRev: string;
  readonly hasSide: boolean;
}

/** Which rows a change of one record touches. */
export interface RecordWrite {
  readonly id: string;
  /** Null for one that was erased. */
  readonly record: StoredRecord | null;
  /** What the side row says where there is no record any more. */
  readonly erasure?: Erasure | undefined;
  /** The row of the record itself; false when only its sync state changed. */
  readonly row: boolean;
  readonly fresh: boolean;
  readonly side: "put" | "put-fresh" | "remove" | "keep";
}

export interface RecordPut extends RecordWrite {
  readonly record: StoredRecord;
}

/** What is true of a record, apart from how its rows lie. */
export type RecordState = Pick<StoredRecord, "content" | "gone" | "rev" | "dirty" | "base">;

/**
 * The write that turns `before` into `after`. A record is rewritten only when its content (or its place in the bin)
 * changed; its own revision is renewed then, so that most records need no side row. `erasure`: what is left of an earlier
 * record of this id.
 */
export function writeOf(
  before: StoredRecord | undefined,
  id: string,
  after: RecordState,
  erasure?: Erasure,
): RecordPut {
  const row = before?.content !== after.content || before.gone !== after.gone;
  const ownRev = row ? after.rev : before.ownRev;
  const hasSide = after.dirty || after.rev !== ownRev;
  const record: StoredRecord = { ...after, id, ownRev, hasSide };
  const side = erasure ? (hasSide ? "put" : "remove") : sideOf(before, record);
  return { id, record, row, fresh: !before, side };
}

/** The write that erases what there is under an id, save the `erasure` that is to stay; `left` is what an earlier one left. */
export function eraseWrite(
  id: string,
  before: StoredRecord | undefined,
  left: Erasure | undefined,
  erasure: Erasure | undefined,
): RecordWrite {
  const hasSide = left !== undefined || before?.hasSide === true;
  const side = erasure ? (hasSide ? "put" : "put-fresh") : hasSide ? "remove" : "keep";
  return { id, record: null, erasure, row: before !== undefined, fresh: false, side };
}

function sideOf(before: StoredRecord | undefined, after: StoredRecord): RecordWrite["side"] {
  if (!before?.hasSide) return after.hasSide ? "put-fresh" : "keep";
  if (!after.hasSide) return "remove";
  const same = before.rev === after.rev && before.base === after.base && sideTypeOf(before) === sideTypeOf(after);
  return same ? "keep" : "put";
}

/** Two writes of one record in one transaction are one; it was the first that knew what is stored. */
export function joinWrites(first: RecordWrite, second: RecordWrite): RecordWrite {
  const side = joinSides(first.side, second.side);
  return { ...second, row: first.row || second.row, fresh: first.fresh, side };
}

function joinSides(first: RecordWrite["side"], second: RecordWrite["side"]): RecordWrite["side"] {
  if (second === "keep") return first;
  if (first === "put-fresh") return second === "remove" ? "keep" : "put-fresh";
  return second === "put-fresh" ? "put" : second;
}

export async function rowsOf(write: RecordWrite, sealer: Sealer): Promise<readonly RowWrite[]> {
  const { record } = write;
  const rows: RowWrite[] = [];
  if (write.row && !record && !write.fresh) rows.push({ kind: "remove", id: write.id });
  if (write.row && record) {
    const label = labelOf(record.content);
    rows.push({
      kind: "put",
      fresh: write.fresh,
      row: {
        ...label,
        bin: binOf(record),
        order: orderOf(record.content),
        rev: record.ownRev,
        sealed: await sealer.seal(keptText(record.content), label),
      },
    });
  }
  const id = sideIdOf(write.id);
  switch (write.side) {
    case "keep":
      break;
    case "remove":
      rows.push({ kind: "remove", id });
      break;
    case "put":
    case "put-fresh": {
      const row = record ? await sideRow(id, record, sealer) : write.erasure && erasureRow(id, write.erasure);
      if (row) rows.push({ kind: "put", fresh: write.side === "put-fresh", row });
      break;
    }
    default:
      assertNever(write.side);
  }
  return rows;
}

async function sideRow(id: string, record: StoredRecord, sealer: Sealer): Promise<Row> {
  const label = { id, type: sideTypeOf(record), v: 1 };
  const sealed = record.base === undefined ? "" : await sealer.seal(keptText(record.base), label);
  return { ...label, bin: 0, order: sideOrderOf(record.content), rev: record.rev, sealed };
}

function erasureRow(id: string, { rev, order }: Erasure): Row {
  return { id, type: "sync-erased", v: 1, bin: 0, order, rev, sealed: "" };
}

function readStored(text: string, label: Label): Content {
  return readKept(text) ?? { kind: "opaque", ...label, json: text };
}

/** What is inside the rows of one record. */
export interface OpenedRows {
  readonly row: Row;
  readonly side: Row | undefined;
  readonly text: string;
  readonly baseText: string | undefined;
}

/** Opens the row of a record and its side row, if it has one. Rejects when either does not open. */
export async function openRows(row: Row, side: Row | undefined, sealer: Sealer): Promise<OpenedRows> {
  const [text, baseText] = await Promise.all([
    sealer.open(row.sealed, row),
    side === undefined || side.sealed === "" ? undefined : sealer.open(side.sealed, side),
  ]);
  return { row, side, text, baseText };
}

export function recordOf({ row, side, text, baseText }: OpenedRows): StoredRecord {
  const label = { id: row.id, type: row.type, v: row.v };
  return {
    id: row.id,
    content: readStored(text, label),
    gone: row.bin === 2,
    rev: side?.rev ?? row.rev,
    dirty: side !== undefined && side.type !== "sync-known",
    base: baseText === undefined ? undefined : readStored(baseText, label),
    ownRev: row.rev,
    hasSide: side !== undefined,
  };
}

export function labelOf(content: Content): Label {
  const { id, type, v } = content.kind === "opaque" ? content : content.record;
  return { id, type, v };
}

/** Never leaves this computer. A content of a newer version is read for this one field only. */
export function isPrivate(content: Content): boolean {
  if (content.kind !== "opaque") return content.record.visibility === "private";
  return envelopeField(content.json, "visibility") === "private";
}

/**
 * Private here, while the server still has what it was before: that is to be deleted there. Changes to a shipped record
 * are everybody's under the same id, so what others have of them stays.
 */
export function isToWithdraw(record: Pick<StoredRecord, "id" | "content" | "gone" | "rev" | "dirty">): boolean {
  return record.dirty && !record.gone && isWithdrawable(record.id, record.rev) && isPrivate(record.content);
}

/** Of what is private. */
export function isWithdrawable(id: string, rev: string): boolean {
  return rev !== "" && !isShippedId(id);
}

/** Who changed it last; undefined where that cannot be read. */
export function updatedBy(content: Content): Stamp | undefined {
  if (content.kind !== "opaque") return content.record.updatedBy;
  return stamp.safeParse(envelopeField(content.json, "updatedBy")).data;
}

export function isInBin(record: Pick<StoredRecord, "content" | "gone">): boolean {
  return binOf(record) !== 0;
}

function binOf({ content, gone }: Pick<StoredRecord, "content" | "gone">): Row["bin"] {
  if (gone) return 2;
  const deletedAt = content.kind === "opaque" ? envelopeField(content.json, "deletedAt") : content.record.deletedAt;
  return deletedAt === undefined ? 0 : 1;
}

/** An overlay has no place of its own: where it stands depends on what ships. */
function orderOf(content: Content): number {
  return content.kind === "known" ? recordKind(content.record.type).order(content.record.data) : MAX_ORDER;
}

/** Newest first, so that what waits is pushed in that order; held for the time from 1970 on. */
export function sideOrderOf(content: Content): number {
  const at = content.kind === "opaque" ? envelopeField(content.json, "updatedAt") : content.record.updatedAt;
  const epoch = typeof at === "string" ? Date.parse(at) : Number.NaN;
  return Number.isNaN(epoch) ? MAX_ORDER : Math.min(MAX_ORDER, Math.max(0, MAX_ORDER - epoch));
}

function sideTypeOf(record: StoredRecord): SideType {
  if (!record.dirty) return "sync-known";
  return isPrivate(record.content) || record.gone ? "sync-held" : "sync-waiting";
}

export function isWaiting(record: StoredRecord): boolean {
  return record.dirty && sideTypeOf(record) === "sync-waiting";
}

/** The note in a stored record, if this version can read it. */
export function noteOf(record: StoredRecord | undefined): RecordOf<"note"> | undefined {
  if (record?.content.kind !== "known" || record.content.record.type !== "note") return undefined;
  return record.content.record;
}
