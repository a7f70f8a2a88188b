import { failure, success, type Result } from "../../src-main/shared/result";
import type { Answer, Args, Client, EventName, Parsed, Payload, RequestName } from "../../src-main/shared/rpc";
import { applyEdit } from "../../src-renderer/domain/applyEdit";
import type { Edit } from "../../src-renderer/domain/edit";
import type { RecordId, RecordType } from "../../src-renderer/domain/ids";
import type { AnyRecord, DataOf, RecordOf } from "../../src-renderer/domain/record";
import type { RosterRow } from "../../src-renderer/domain/rosterRow";
import type { SaveFailure } from "../../src-renderer/domain/saveFailure";
import type { SyncStatus } from "../../src-renderer/domain/syncStatus";
import { notebookContract, type NotebookContract } from "../../src-renderer/ports/notebook";

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
  /** Applies an edit as if it came from another computer. */
  fromElsewhere(edit: Edit): void;
  /** From now on edits are refused with this, until null. */
  failWith(reason: SaveFailure | null): void;
  /** Tells what the sync does from now on. */
  setSyncStatus(status: SyncStatus): void;
  /** The readings answered for a text, the proposed one first. */
  setReadings(text: string, readings: readonly string[]): void;
}

/** A notebook in memory, without worker and ledger: edits go through the same `applyEdit` as in the real one. */
export function createFakeNotebook(): FakeNotebook {
  const records = new Map<string, AnyRecord>();
  const listeners = new Map<string, Set<Listener>>();
  const readings = new Map<string, readonly string[]>();
  const requests: string[] = [];
  const edits: Edit[] = [];
  let refusal: SaveFailure | null = null;
  let syncStatus: SyncStatus = { kind: "not-connected", waiting: 0 };
  let clock = Date.parse("2026-11-22T01:00:00.000Z");

  function apply(edit: Edit, device: string): Result<null, SaveFailure> {
    clock += 1000;
    const by = { author: "author:me", device } as const;
    const applied = applyEdit(records.get(edit.id), edit, { now: new Date(clock).toISOString(), by });
    if (!applied.ok) return failure(applied.failure);
    records.set(edit.id, applied.value);
    const change = { id: edit.id, type: applied.value.type, origin: device === "here" ? "local" : "remote" } as const;
    queueMicrotask(() => {
      emit("changed", { records: [change] });
    });
    return success(null);
  }

  function emit<N extends EventName<NotebookContract>>(event: N, payload: Payload<NotebookContract, N>): void {
    for (const listener of [...(listeners.get(event) ?? [])]) listener(payload as never);
  }

  const answers: { readonly [N in Name]: (args: Parsed<NotebookContract, N>) => Answer<NotebookContract, N> } = {
    open: () => ({ kind: "open", identity: { author: "author:me", name: "Me", device: "here" }, replayed: 0 }),
    begin: ({ name }) => success({ author: "author:me", name, device: "here" }),
    list: ({ type, filter, offset, limit, linkedTo }) => {
      const matching = [...records.values()]
        .filter((record) => record.type === type && record.deletedAt === undefined)
        .map(rowOf)
        .filter((row) => row !== null)
        .filter((row) => searchText(row).includes(filter.trim().toLowerCase()))
        .filter((row) => linkedTo === undefined || linksOf(records.get(row.id)).includes(linkedTo))
        .sort(inListOrder);
      return { total: matching.length, rows: matching.slice(offset, offset + limit) };
    },
    rows: ({ ids }) =>
      ids.map((id) => {
        const record = records.get(id);
        return record ? rowOf(record) : null;
      }),
    read: ({ id }) => {
      const record = records.get(id);
      const row = record && rowOf(record);
      return record && row ? { record, row, shipped: false } : null;
    },
    edit: ({ edit }) => {
      edits.push(edit);
      return refusal ? failure(refusal) : apply(edit, "here");
    },
    readings: ({ text }) => readings.get(text) ?? [],
    openNote: () => ({ state: new Uint8Array([0, 0]) }),
    updateNote: () => success(null),
    closeNote: () => null,
    flush: () => null,
    syncStatus: () => syncStatus,
    syncNow: () => null,
    quarantine: () => [],
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
    fromElsewhere: (edit) => {
      const result = apply(edit, "elsewhere");
      if (!result.ok) throw new Error(`the fake refuses ${edit.id}: ${JSON.stringify(result.failure)}`);
    },
    failWith: (reason) => {
      refusal = reason;
    },
    setSyncStatus: (status) => {
      syncStatus = status;
      emit("syncStatus", { status });
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

function rowOf(record: AnyRecord): RosterRow | null {
  const base = { bin: record.deletedAt !== undefined, waiting: true };
  switch (record.type) {
    case "organisation": {
      const { nameEn, nameZh, abbreviation, shortZh, level } = record.data;
      return { ...base, type: "organisation", id: record.id, nameEn, nameZh, abbreviation, shortZh: shortZh[0], level };
    }
    case "contact": {
      const { nameZh, nameLatin, pinyin, posts } = record.data;
      const post = posts.find((each) => each.to === undefined);
      const organisationId = post?.organisationId;
      const jobTitle = post?.title;
      return {
        ...base,
        type: "contact",
        id: record.id,
        nameZh,
        nameLatin,
        pinyin: pinyin?.value,
        organisationId,
        jobTitle,
      };
    }
    case "meeting": {
      const { title, startsAt, endsAt, place, organisationIds, attendees } = record.data;
      const attendeeCount = attendees.length;
      return {
        ...base,
        type: "meeting",
        id: record.id,
        title,
        startsAt,
        endsAt,
        place,
        organisationIds,
        attendeeCount,
      };
    }
    case "author":
      return { ...base, type: "author", id: record.id, name: record.data.name };
    case "note":
      return null;
  }
}

function linksOf(record: AnyRecord | undefined): readonly (RecordId | undefined)[] {
  if (record?.type === "contact") return record.data.posts.map((post) => post.organisationId);
  if (record?.type !== "meeting") return [];
  return [...record.data.organisationIds, ...record.data.attendees.map((attendee) => attendee.contactId)];
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
