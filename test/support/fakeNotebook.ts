import { failure, success, type Result } from "../../src-main/shared/result";
import type { Answer, Args, Client, EventName, Parsed, Payload, RequestName } from "../../src-main/shared/rpc";
import { applyEdit } from "../../src-renderer/domain/applyEdit";
import type { Edit } from "../../src-renderer/domain/edit";
import type { Visibility } from "../../src-renderer/domain/envelope";
import { typeOfId, type RecordId, type RecordType } from "../../src-renderer/domain/ids";
import { sameJson } from "../../src-renderer/domain/jsonValue";
import type { AnyRecord, DataOf, RecordOf } from "../../src-renderer/domain/record";
import { recordKind } from "../../src-renderer/domain/recordKinds";
import type { MeetingRow, RosterRow } from "../../src-renderer/domain/rosterRow";
import { openValues } from "../../src-renderer/domain/kept";
import { mergeRecords } from "../../src-renderer/domain/merge";
import { rowOf } from "../../src-renderer/domain/rowOf";
import type { SaveFailure } from "../../src-renderer/domain/saveFailure";
import type { QuarantineEntry, SyncStatus } from "../../src-renderer/domain/syncStatus";
import { circleMade, superiorOf } from "../../src-renderer/domain/superior";
import {
  notebookContract,
  type Arrival,
  type HistoryOutcome,
  type HistoryState,
  type HistoryStep,
  type NotebookContract,
  type OutlineRow,
  type Rebuilt,
  type WaitingRow,
} from "../../src-renderer/ports/notebook";
import type { RecordSync } from "../../src-renderer/ports/recordSync";
import type { AsideFacts, AsideFailure } from "../../src-renderer/ports/setAside";
import { FakeVersions } from "./fakeVersions";

type Name = RequestName<NotebookContract>;
type Listener = (payload: never) => void;

export interface FakeNotebook extends Client<NotebookContract> {
  /** Names of all requests, in order. */
  readonly requests: readonly string[];
  /** Every edit asked for, in order, also those refused. */
  readonly edits: readonly Edit[];
  /** The record under an id as stored now. */
  stored<T extends RecordType>(id: `${T}:${string}`): RecordOf<T> | undefined;
  all<T extends RecordType>(type: T): readonly RecordOf<T>[];
  /** Puts a record there as if it had always been there. */
  put<T extends RecordType>(type: T, slug: string, data: Partial<DataOf<T>>): RecordOf<T>;
  /** Ships a record with the app: what is edited then is a change to it. */
  ship<T extends RecordType>(type: T, slug: string, data: Partial<DataOf<T>>): RecordOf<T>;
  /** Applies an edit as if it came from another computer. */
  fromElsewhere(edit: Edit): void;
  /**
   * What another computer made of the record before it had the last edit from here comes: both are joined. `minutes`: how
   * long after the last edit here, or before it, the other one was.
   */
  mergesWith<T extends RecordType>(
    type: T,
    slug: string,
    base: Partial<DataOf<T>>,
    theirs: Partial<DataOf<T>>,
    minutes: number,
  ): void;
  /** The record is private here, which overruled what another computer made it. */
  mergesVisibility(type: RecordType, slug: string, theirs: Visibility): void;
  /** The record was written by a newer version of the app. */
  setNewer(id: RecordId): void;
  /** From now on edits are refused with this, until null. */
  failWith(reason: SaveFailure | null): void;
  /** The store fails from now on, until null. */
  setTrouble(failure: SaveFailure | null): void;
  /** The database is made anew: how far that is, and what came of it. */
  tellRebuilding(done: number, total: number): void;
  tellRebuilt(rebuilt: Rebuilt): void;
  /** Tells what the sync does from now on. */
  setSyncStatus(status: SyncStatus): void;
  /** What came from other computers, newest first. */
  setArrived(arrived: readonly Arrival[]): void;
  /** Reasons why records wait, by id; `not-connected` for the others. */
  setWaitingReasons(reasons: Readonly<Record<string, WaitingRow["reason"]>>): void;
  /** The server has these records. */
  setOnServer(...ids: readonly RecordId[]): void;
  setQuarantine(entries: readonly QuarantineEntry[]): void;
  setSyncLog(lines: readonly string[]): void;
  /** Of what the server's version was taken, in order. */
  readonly takenFromServer: readonly string[];
  /** Where a record is; nothing is said of the others. */
  setRecordSync(id: RecordId, state: RecordSync): void;
  setAsideFacts(facts: AsideFacts): void;
  /** Documents that were set aside cannot be fetched, until null. */
  failToFetch(reason: AsideFailure | null): void;
  /** What comparing both stores answers, and putting right what differs; a promise keeps it under way. */
  setVerification(verified: Verified, putRight?: Verified): void;
  tellVerifying(done: number, total: number): void;
  /** What comparing the open backup answers. */
  setBackupPreview(preview: Answer<NotebookContract, "backupPreview">): void;
  /** The note about a record has this text from then on. */
  writeNote(about: RecordId, text: string, by?: { readonly at?: string; readonly device?: string }): void;
  /** What is remembered of a record's versions. */
  versionsOf(id: RecordId): FakeVersions;
  /** What was asked to be tried again, in order. */
  readonly retried: readonly string[];
  /** The readings answered for a text, the proposed one first. */
  setReadings(text: string, readings: readonly string[]): void;
}

type Verified = Answer<NotebookContract, "verify"> | Promise<Answer<NotebookContract, "verify">>;

interface Listed {
  readonly type: RosterRow["type"];
  readonly filter: string;
  readonly linkedTo?: RecordId | undefined;
}

/** One edit, or many at once, and the records before and after it. */
interface Step {
  readonly step: HistoryStep;
  readonly before: ReadonlyMap<string, AnyRecord | undefined>;
  readonly after: ReadonlyMap<string, AnyRecord | undefined>;
}

const SHIPPED_AT = "2026-11-01T00:00:00.000Z";
const SHIPPED_BY = { author: "author:qiao", device: "shipped" } as const;

/** A notebook in memory, without worker and ledger: edits go through the same `applyEdit` as in the real one. */
export function createFakeNotebook(): FakeNotebook {
  const records = new Map<string, AnyRecord>();
  /** As they ship. */
  const bases = new Map<string, AnyRecord>();
  const newer = new Set<string>();
  const done: Step[] = [];
  const undone: Step[] = [];
  const versions = new Map<string, FakeVersions>();
  const listeners = new Map<string, Set<Listener>>();
  const readings = new Map<string, readonly string[]>();
  const requests: string[] = [];
  const edits: Edit[] = [];
  const retried: string[] = [];
  let arrived: readonly Arrival[] = [];
  let reasons: Readonly<Record<string, WaitingRow["reason"]>> = {};
  const onServer = new Set<string>();
  let quarantine: readonly QuarantineEntry[] = [];
  let syncLog: readonly string[] = [];
  const asideFacts = new Map<string, AsideFacts>();
  const taken: string[] = [];
  const syncOf = new Map<string, RecordSync>();
  let asideFailure: AsideFailure | null = null;
  let verified: Verified = failure({ kind: "not-connected" });
  let rightened: Verified = failure({ kind: "not-verified" });
  const none = { total: 0, byType: {}, rows: [] };
  let backupPreview: Answer<NotebookContract, "backupPreview"> = success({
    parts: { back: none, joined: none, away: none, stays: none },
    same: 0,
    notUnderstood: 0,
  });
  let rebuiltOnce: Rebuilt | null = null;
  let refusal: SaveFailure | null = null;
  let syncStatus: SyncStatus = { kind: "not-connected", waiting: 0 };
  let clock = Date.parse("2026-11-22T01:00:00.000Z");

  function apply(edit: Edit, device: string): Result<null, SaveFailure> {
    clock += 1000;
    const by = { author: "author:me", device } as const;
    const context = { now: new Date(clock).toISOString(), by };
    const applied = edit.kind === "return" ? returned(edit) : applyEdit(records.get(edit.id), edit, context);
    if (!applied.ok) return failure(applied.failure);
    const circle = circleMade(records.get(edit.id), applied.value, (id) => {
      const record = records.get(id);
      return record && superiorOf(record);
    });
    if (circle) return failure(circle);
    if (applied.value !== records.get(edit.id)) {
      versionsOf(edit.id).add(applied.value, device === "here" ? "edited" : "taken");
    }
    store(edit.id, applied.value, device === "here" ? "local" : "remote");
    return success(null);
  }

  function versionsOf(id: string): FakeVersions {
    const known = versions.get(id) ?? new FakeVersions("here");
    versions.set(id, known);
    return known;
  }

  function writeNote(about: RecordId, text: string, by: { readonly at?: string; readonly device?: string } = {}): void {
    clock += 1000;
    versionsOf(about).write(text, by.at ?? new Date(clock).toISOString(), by.device ?? "here");
    emit("changed", { records: [{ id: `note:${about}`, type: "note", origin: "local" }] });
  }

  function returned({ id, fields }: Extract<Edit, { kind: "return" }>): Result<AnyRecord, SaveFailure> {
    const [current, base] = [records.get(id), bases.get(id)];
    if (!current || !base) return failure({ kind: "not-found", id });
    if (fields === undefined) return success(base);
    const shipped = base.data as Readonly<Record<string, unknown>>;
    const data = { ...current.data, ...Object.fromEntries(fields.map((field) => [field, shipped[field]])) };
    return success({ ...current, data } as AnyRecord);
  }

  function store(id: string, record: AnyRecord | undefined, origin: "local" | "remote"): void {
    if (record) records.set(id, record);
    else records.delete(id);
    queueMicrotask(() => {
      emit("changed", { records: [{ id, type: typeOfId(id), origin }] });
    });
  }

  /** All edits or none, as one step. */
  function applyStep(edits: readonly Edit[]): Result<null, SaveFailure> {
    const before = new Map(edits.map(({ id }) => [id, records.get(id)]));
    for (const edit of edits) {
      const applied = apply(edit, "here");
      if (applied.ok) continue;
      for (const [id, record] of before) store(id, record, "local");
      return applied;
    }
    const after = new Map([...before.keys()].map((id) => [id, records.get(id)]));
    done.push({ step: stepOf(edits), before, after });
    undone.length = 0;
    tellHistory();
    return success(null);
  }

  /** Takes the last step from one pile and puts it on the other. */
  function takeBack(from: Step[], to: Step[], part: "before" | "after"): Result<HistoryOutcome | null, SaveFailure> {
    if (refusal) return failure(refusal);
    const last = from.pop();
    if (!last) return success(null);
    to.push(last);
    for (const [id, record] of last[part]) {
      if (record) versionsOf(id).add(record, "edited");
      store(id, record, "local");
    }
    tellHistory();
    return success({ step: last.step, left: 0 });
  }

  function history(): HistoryState {
    return { undo: done.at(-1)?.step ?? null, redo: undone.at(-1)?.step ?? null };
  }

  function tellHistory(): void {
    emit("history", { state: history() });
  }

  function shownRow(id: string): RosterRow | null {
    const record = records.get(id);
    const base = bases.get(id);
    const bin = record?.deletedAt !== undefined;
    const row =
      record &&
      rowOf(record, {
        bin,
        newer: newer.has(id),
        shipped: base !== undefined,
        changed: base !== undefined && differs(record, base),
      });
    const open = record ? openValues(record).length : 0;
    return row ? { ...row, waiting: record !== base, ...(open > 0 && { review: open }) } : null;
  }

  function differs(record: AnyRecord, base: AnyRecord): boolean {
    return changedFields(record, base).length > 0;
  }

  /** Rows of one type that match, in the order of the list. */
  function listed({ type, filter, linkedTo }: Listed): readonly RosterRow[] {
    return [...records.values()]
      .filter((record) => record.type === type && record.deletedAt === undefined)
      .filter((record) => linkedTo === undefined || linksOf(record).includes(linkedTo))
      .flatMap(({ id }) => shownRow(id) ?? [])
      .filter((row) => searchText(row).includes(filter.trim().toLowerCase()))
      .sort(inListOrder);
  }

  function outline(type: "organisation" | "area", collapsed: readonly string[]): readonly OutlineRow[] {
    const rows = listed({ type, filter: "" }).filter((row) => row.type === "organisation" || row.type === "area");
    const known = new Set<string>(rows.map(({ id }) => id));
    const shown: OutlineRow[] = [];
    const show = (parent: string | undefined, depth: number, visible: boolean): number => {
      let below = 0;
      for (const row of rows) {
        if ((row.parentId !== undefined && known.has(row.parentId) ? row.parentId : undefined) !== parent) continue;
        const place = shown.length;
        if (visible) shown.push({ row, depth, below: 0 });
        const under = show(row.id, depth + 1, visible && !collapsed.includes(row.id));
        if (visible) shown[place] = { row, depth, below: under };
        below += 1 + under;
      }
      return below;
    };
    show(undefined, 0, true);
    return shown;
  }

  function emit<N extends EventName<NotebookContract>>(event: N, payload: Payload<NotebookContract, N>): void {
    for (const listener of [...(listeners.get(event) ?? [])]) listener(payload as never);
  }

  const answers: {
    readonly [N in Name]: (
      args: Parsed<NotebookContract, N>,
    ) => Answer<NotebookContract, N> | Promise<Answer<NotebookContract, N>>;
  } = {
    open: () => ({
      kind: "open",
      identity: { author: "author:me", name: "Me", device: "here" },
      replayed: 0,
      damagedFiles: [],
      rebuilt: rebuiltOnce,
      isRebuilding: false,
    }),
    begin: ({ name }) => success({ author: "author:me", name, device: "here" }),
    backupPreview: () => backupPreview,
    backupJoin: ({ bringBack }) => {
      if (refusal) return failure(refusal);
      if (!backupPreview.ok) return failure({ kind: "no-preview" });
      const { back, joined, away } = backupPreview.value.parts;
      return success({ added: back.total, joined: joined.total, broughtBack: bringBack ? away.total : 0 });
    },
    backupLeave: () => null,
    list: ({ offset, limit, ...query }) => page(listed(query), offset, limit),
    ids: (query) => listed(query).map(({ id }) => id),
    place: ({ id, ...query }) => placeOf(listed(query), id),
    outline: ({ type, collapsed, offset, limit }) => page(outline(type, collapsed), offset, limit),
    outlinePlace: ({ type, collapsed, id }) =>
      placeOf(
        outline(type, collapsed).map(({ row }) => row),
        id,
      ),
    bin: ({ filter, offset, limit }) => {
      const deleted = [...records.values()]
        .flatMap(({ id }) => shownRow(id) ?? [])
        .filter((row) => row.bin && searchText(row).includes(filter.trim().toLowerCase()))
        .sort((one, other) => (other.deletedAt ?? "").localeCompare(one.deletedAt ?? ""));
      return page(deleted, offset, limit);
    },
    emptyBin: ({ ids }) => {
      const erased = [...records.values()].filter(
        ({ id, deletedAt }) => deletedAt !== undefined && !bases.has(id) && (ids?.includes(id) ?? true),
      );
      for (const { id } of erased) store(id, undefined, "local");
      return success({ erased: erased.length });
    },
    today: ({ now }) => {
      const meetings = listed({ type: "meeting", filter: "" }).filter((row) => row.type === "meeting");
      const isOver = ({ startsAt, endsAt }: MeetingRow): boolean => Date.parse(endsAt ?? startsAt ?? "") < now;
      const waiting = [...records.keys()].flatMap((id) => shownRow(id) ?? []).filter((row) => row.waiting && !row.bin);
      const next = meetings.filter((row) => row.startsAt !== undefined && !isOver(row)).reverse();
      return {
        next: next.slice(0, 5),
        nextTotal: next.length,
        last: meetings.filter(isOver),
        arrived,
        arrivedTotal: arrived.length,
        waiting,
        waitingTotal: waiting.length,
      };
    },
    waiting: ({ offset, limit }) => {
      const rows = [...records.keys()].flatMap((id) => shownRow(id) ?? []).filter((row) => row.waiting);
      const waiting = rows.map((row) => ({
        row,
        id: row.id,
        note: false,
        reason: reasons[row.id] ?? "not-connected",
      }));
      return page(waiting, offset, limit);
    },
    rows: ({ ids }) => ids.map(shownRow),
    read: ({ id }) => {
      const [record, row, base] = [records.get(id), shownRow(id), bases.get(id) ?? null];
      if (!record || !row) return null;
      const changed = base ? changedFields(record, base) : [];
      const shipped = base !== null && changed.length === 0 && !row.bin;
      return { record, row, shipped, base, changed, onServer: onServer.has(id), names: linksOf(record) };
    },
    edit: ({ edit }) => {
      edits.push(edit);
      return refusal ? failure(refusal) : applyStep([edit]);
    },
    editMany: ({ edits: many }) => {
      edits.push(...many);
      return refusal ? failure(refusal) : applyStep(many);
    },
    undo: () => takeBack(done, undone, "before"),
    redo: () => takeBack(undone, done, "after"),
    history,
    readings: ({ text }) => readings.get(text) ?? [],
    versions: ({ id }) => success(versionsOf(id).list()),
    version: ({ id, key, against }) => versionsOf(id).view(key, against),
    restoreVersion: ({ id, key, side }) => {
      if (refusal) return failure(refusal);
      const way = versionsOf(id).wayTo(key, side);
      if (!way) return failure({ kind: "not-found", id });
      if ("text" in way) writeNote(id, way.text);
      else if (way.edits.length > 0) return applyStep(way.edits);
      return success(null);
    },
    review: ({ id, offset, limit }) => {
      const found = [...records.values()]
        .filter((record) => id === undefined || record.id === id)
        .sort((one, other) => other.updatedAt.localeCompare(one.updatedAt))
        .flatMap((record) => {
          const [row, values] = [shownRow(record.id), openValues(record)];
          return row && values.length > 0 ? [{ row, values }] : [];
        });
      return { total: found.length, records: found.slice(offset, offset + limit) };
    },
    openNote: () => ({ state: new Uint8Array([0, 0]) }),
    updateNote: () => success(null),
    closeNote: () => null,
    flush: () => null,
    syncStatus: () => syncStatus,
    syncNow: () => null,
    quarantine: () => quarantine,
    retry: ({ id, direction }) => {
      retried.push(`${direction} ${id}`);
      return null;
    },
    syncLog: () => syncLog,
    recordSync: ({ id, since }) => {
      const state = syncOf.get(id);
      return state ? { ...state, since: since ? state.since : null } : null;
    },
    asideFacts: ({ ids }) => ids.map((id) => asideFacts.get(id) ?? { id, bytes: 1_400, hasServers: false }),
    asideText: ({ id, direction }) => {
      if (asideFailure) return failure(asideFailure);
      return success(JSON.stringify({ _id: id, direction }));
    },
    takeServers: ({ id }) => {
      if (refusal) return failure(refusal);
      taken.push(id);
      return success(null);
    },
    keepAside: ({ id, direction }) => {
      quarantine = quarantine.map((entry) =>
        entry.id === id && entry.direction === direction ? { ...entry, kept: true } : entry,
      );
      emit("quarantine", {});
      return success(null);
    },
    verify: () => verified,
    putRight: () => rightened,
  };

  return {
    requests,
    edits,
    stored: (id) => records.get(id) as never,
    all: (type) => [...records.values()].filter((record) => record.type === type) as never,
    put: (type, slug, data) => {
      const id = `${type}:${slug}`;
      const changes = Object.entries<unknown>(data).map(([field, value]) => ({ op: "set", field, value }) as const);
      const result = apply({ kind: "create", id, type, visibility: "project", changes }, "elsewhere");
      if (!result.ok) throw new Error(`the fake refuses ${id}: ${JSON.stringify(result.failure)}`);
      return records.get(id) as never;
    },
    ship: (type, slug, data) => {
      const id = `${type}:${slug}`;
      const base = {
        id,
        type,
        v: 1,
        createdAt: SHIPPED_AT,
        createdBy: SHIPPED_BY,
        updatedAt: SHIPPED_AT,
        updatedBy: SHIPPED_BY,
        visibility: "public",
        data: recordKind(type).schema.parse(data),
      } as unknown as AnyRecord;
      bases.set(id, base);
      versionsOf(id).add(base, "shipped");
      store(id, base, "local");
      return base as never;
    },
    fromElsewhere: (edit) => {
      const result = apply(edit, "elsewhere");
      if (!result.ok) throw new Error(`the fake refuses ${edit.id}: ${JSON.stringify(result.failure)}`);
    },
    mergesWith: (type, slug, base, theirs, minutes) => {
      const id = `${type}:${slug}`;
      const mine = records.get(id);
      if (!mine) throw new Error(`there is no ${id}`);
      const parsed = (data: object): AnyRecord =>
        ({ ...mine, kept: undefined, data: recordKind(type).schema.parse({ ...mine.data, ...data }) }) as AnyRecord;
      const other = {
        ...parsed({ ...base, ...theirs }),
        updatedAt: new Date(Date.parse(mine.updatedAt) + minutes * 60_000).toISOString(),
        updatedBy: { author: "author:bing", device: "elsewhere" },
      } as AnyRecord;
      const merged = mergeRecords(parsed(base), mine, other);
      versionsOf(id).addMerge(merged, other);
      store(id, merged, "remote");
    },
    mergesVisibility: (type, slug, theirs) => {
      const id = `${type}:${slug}`;
      const mine = records.get(id);
      if (!mine) throw new Error(`there is no ${id}`);
      const hidden = { ...mine, visibility: "private" } as AnyRecord;
      const other = { ...mine, visibility: theirs, updatedBy: { author: "author:bing", device: "elsewhere" } };
      const merged = mergeRecords({ ...mine, visibility: "partners" }, hidden, other as AnyRecord);
      versionsOf(id).addMerge(merged, other as AnyRecord);
      store(id, merged, "remote");
    },
    setNewer: (id) => {
      newer.add(id);
      store(id, records.get(id), "remote");
    },
    failWith: (reason) => {
      refusal = reason;
    },
    setTrouble: (trouble) => {
      emit("trouble", { failure: trouble });
    },
    tellRebuilding: (done, total) => {
      emit("rebuilding", { done, total });
    },
    tellRebuilt: (rebuilt) => {
      rebuiltOnce = rebuilt;
      emit("rebuilt", { rebuilt });
    },
    setSyncStatus: (status) => {
      syncStatus = status;
      emit("syncStatus", { status });
    },
    writeNote,
    versionsOf,
    retried,
    setArrived: (arrivals) => {
      arrived = arrivals;
      emit("changed", { records: arrivals.map(({ row: { id, type } }) => ({ id, type, origin: "remote" })) });
    },
    setWaitingReasons: (given) => {
      reasons = given;
      emit("syncStatus", { status: syncStatus });
    },
    setOnServer: (...ids) => {
      for (const id of ids) onServer.add(id);
    },
    setQuarantine: (entries) => {
      quarantine = entries;
      emit("quarantine", {});
    },
    setSyncLog: (lines) => {
      syncLog = lines;
    },
    takenFromServer: taken,
    setRecordSync: (id, state) => {
      syncOf.set(id, state);
      emit("syncStatus", { status: syncStatus });
    },
    setAsideFacts: (facts) => {
      asideFacts.set(facts.id, facts);
    },
    failToFetch: (reason) => {
      asideFailure = reason;
    },
    setVerification: (answer, putRight = answer) => {
      [verified, rightened] = [answer, putRight];
    },
    tellVerifying: (done, total) => {
      emit("verifyProgress", { done, total });
    },
    setBackupPreview: (preview) => {
      backupPreview = preview;
    },
    setReadings: (text, found) => {
      readings.set(text, found);
    },
    request: async <N extends Name>(name: N, args: Args<NotebookContract, N>) => {
      requests.push(name);
      const parsed = notebookContract.requests[name].args.parse(args) as Parsed<NotebookContract, N>;
      await Promise.resolve();
      return answers[name](parsed);
    },
    on: (event, listener) => {
      const set = listeners.get(event) ?? new Set<Listener>();
      listeners.set(event, set);
      set.add(listener);
      return () => set.delete(listener);
    },
    dispose: () => {
      listeners.clear();
    },
  };
}

function page<Row>(rows: readonly Row[], offset: number, limit: number): { total: number; rows: readonly Row[] } {
  return { total: rows.length, rows: rows.slice(offset, offset + limit) };
}

function placeOf(rows: readonly RosterRow[], id: string): number | null {
  const place = rows.findIndex((row) => row.id === id);
  return place < 0 ? null : place;
}

function stepOf(edits: readonly Edit[]): HistoryStep {
  const [first] = edits;
  if (!first) throw new Error("a step of no edits");
  const ids = [...new Set(edits.map(({ id }) => id as RecordId))];
  const decides = first.kind === "share" || first.kind === "switch" || first.kind === "settle";
  return {
    kind: decides ? "change" : first.kind,
    type: typeOfId(first.id) as RecordType,
    ids: ids.slice(0, 10),
    count: ids.length,
  };
}

function changedFields(record: AnyRecord, base: AnyRecord): readonly string[] {
  const [now, was] = [record.data, base.data] as unknown as Readonly<Record<string, unknown>>[];
  return Object.keys({ ...was, ...now }).filter((field) => !sameJson(now?.[field], was?.[field]));
}

function linksOf(record: AnyRecord): readonly RecordId[] {
  return recordKind(record.type).links(record.data);
}

function searchText(row: RosterRow): string {
  return Object.values(row)
    .filter((value) => typeof value === "string")
    .join("\n")
    .toLowerCase();
}

function inListOrder(one: RosterRow, other: RosterRow): number {
  if (one.type === "meeting" && other.type === "meeting") {
    return (other.startsAt ?? "").localeCompare(one.startsAt ?? "");
  }
  return searchText(one).localeCompare(searchText(other));
}
