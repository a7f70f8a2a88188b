import { failure, success } from "../../src-main/shared/result";
import { aboutOf, isIdOf, typeOfId, type AuthorId } from "../domain/ids";
import type { Content } from "../domain/record";
import type { QuarantineEntry } from "../domain/syncStatus";
import type { Arrived } from "./arrivals";
import type { Clock } from "./clock";
import { outcomesOf } from "./entryOutcome";
import type { LedgerEntry, PulledOutcome, SyncedRow } from "./ledgerEntries";
import type { NotebookState } from "./notebookState";
import { createPace } from "./pace";
import type { RecordStore } from "./recordStore";
import type { Roster } from "./roster";
import { isReservedType, MAX_ID_LENGTH } from "./row";
import { isPrivate, updatedBy, writeOf, type StoredRecord } from "./storedRecord";
import type { Accepted, Arrival, Decision, ErasedState, LocalState, PulledPage, SyncStore } from "./syncStore";
import type { WriteDoor } from "./writeDoor";

export interface SyncStoreParts {
  readonly door: WriteDoor;
  readonly store: RecordStore;
  readonly roster: Pick<Roster, "row">;
  readonly state: NotebookState;
  readonly clock: Clock;
}

/** The door as the sync engine uses it. */
export function createSyncStore({ door, store, roster, state, clock }: SyncStoreParts): SyncStore {
  /** What was offered to be pushed last: reading it again to mark it as accepted would cost as much as the push. */
  let offered: ReadonlyMap<string, { readonly version: string; readonly record: StoredRecord }> = new Map();

  function local(record: StoredRecord): LocalState {
    const { id, content, rev, dirty, base } = record;
    return { id, content, rev: rev === "" ? undefined : rev, dirty, base, version: door.versionOf(id) };
  }

  function erasedState(id: string): ErasedState | undefined {
    const erasure = door.erasures.get(id);
    return erasure && { id, rev: erasure.rev, version: door.versionOf(id) };
  }

  function isSetAside(id: string): boolean {
    return state.quarantine.has(id, "push");
  }

  function isToSend(id: string): boolean {
    return door.waiting.has(id) || door.waiting.isWithdrawn(id) || door.erasures.get(id) !== undefined;
  }

  /** Records whose only news is typed text that is not folded yet. */
  function unfoldedOnly(): number {
    return door.notes.unfolded().filter((note) => !door.waiting.has(note) && !door.notes.isPrivate(note)).length;
  }

  /**
   * A note is as private as what it is about, also one that a colleague wrote before hearing of that: the text is kept
   * here, and deleted on the server.
   */
  function heldBack(id: string, decision: Decision): Decision {
    if (decision.kind !== "take" && decision.kind !== "merged") return decision;
    if (!isIdOf("note", id) || roster.row(aboutOf(id))?.private !== true) return decision;
    const { content, rev } = decision;
    if (content.kind !== "known") return decision;
    const kept: Content = { kind: "known", record: { ...content.record, visibility: "private" } };
    return { kind: "merged", content: kept, rev, base: decision.kind === "take" ? content : decision.base };
  }

  /** What the decisions come to, without those that change nothing. */
  async function decidePage(
    page: PulledPage,
    found: ReadonlyMap<string, StoredRecord>,
    decide: Parameters<SyncStore["writePulled"]>[2],
  ): Promise<Decided> {
    const pace = createPace();
    const news = new Map<string, AuthorId>();
    const outcomes: PulledOutcome[] = [];
    const quarantined: QuarantineEntry[] = [...(page.quarantined ?? [])];
    const latest = new Map(found);
    for (const arrival of page.arrivals) {
      const refused = refusalOf(arrival, clock.now());
      if (refused) {
        quarantined.push(refused);
        continue;
      }
      const { id } = arrival;
      const before = latest.get(id);
      const erased = before ? undefined : erasedState(id);
      const decision = heldBack(id, decide(arrival, before && local(before), erased));
      await pace();
      if (decision.kind === "keep") continue;
      const outcome: PulledOutcome = { ...decision, id };
      const known = { record: () => before, erasure: () => (erased ? door.erasures.get(id) : undefined) };
      const [after] = outcomesOf(pulledEntry("", [outcome]), known);
      if (!after) continue;
      const [, state] = after;
      if (!("erasure" in state)) {
        const write = writeOf(before, id, state);
        if (!write.row && write.side === "keep") continue;
        latest.set(id, write.record);
        const by = write.row ? changedBy(outcome) : undefined;
        if (by) news.set(id, by);
      }
      outcomes.push(outcome);
    }
    return { outcomes, quarantined, news: [...news].map(([id, by]) => ({ id, by })) };
  }

  /** The colleague whose change an outcome brings here; undefined for what this computer made, or another removed. */
  function changedBy(outcome: PulledOutcome): AuthorId | undefined {
    if (outcome.kind !== "take" && outcome.kind !== "merged") return undefined;
    const by = updatedBy(outcome.kind === "take" ? outcome.content : outcome.base);
    return by?.device === state.identity?.device ? undefined : by?.author;
  }

  return {
    device: () => state.identity?.device ?? "",

    serverState: (notebook) => Promise.resolve(state.server(notebook)),

    setServerState: (notebook, server) =>
      door.save((turn) => turn.commit([{ kind: "server", notebook, state: server }])),

    forgetServer: (notebook) => door.save((turn) => turn.commit([{ kind: "forgotten", notebook }])),

    writePulled: (notebook, page, decide) =>
      door.save(async (turn) => {
        if (!(await store.room())) return failure({ kind: "store-failed", detail: "storing is behind" });
        const found = await turn.load([...new Set(page.arrivals.map(({ id }) => id))]);
        const { outcomes, quarantined, news } = await decidePage(page, found, decide);
        if (outcomes.length === 0 && quarantined.length === 0 && page.checkpoint === undefined) return success(null);
        const entry = { ...pulledEntry(notebook, outcomes, page.checkpoint, quarantined), at: clock.now() };
        const arrived = page.first === true || news.length === 0 ? undefined : { at: clock.now(), records: news };
        return turn.commit([{ ...entry, arrived }], found);
      }),

    waiting: (limit) =>
      door.run(async (turn) => {
        await turn.fold(door.notes.unfolded());
        const ids: string[] = [];
        for (const id of door.waiting.ids()) {
          if (ids.length >= limit) break;
          if (!isSetAside(id)) ids.push(id);
        }
        const found = await turn.load(ids);
        offered = new Map([...found].map(([id, record]) => [id, { version: door.versionOf(id), record }]));
        return ids.flatMap((id) => {
          const record = found.get(id);
          return record?.dirty && !isPrivate(record.content) ? local(record) : [];
        });
      }),

    erased: (limit) =>
      door.run(() => {
        const states: ErasedState[] = [];
        for (const { id, rev } of door.erasures.list()) {
          if (states.length >= limit) break;
          if (!isSetAside(id)) states.push({ id, rev, version: door.versionOf(id) });
        }
        return Promise.resolve(states);
      }),

    withdrawals: (limit) =>
      door.run(() => {
        const open = door.waiting.withdrawals().filter(({ id }) => !isSetAside(id));
        return Promise.resolve(open.slice(0, limit).map(({ id, rev }) => ({ id, rev, version: door.versionOf(id) })));
      }),

    waitingCount: () =>
      door.waiting.size +
      door.erasures.size +
      door.waiting.withdrawn -
      state.quarantine.count("push", isToSend) +
      unfoldedOnly(),

    accept: (rows) =>
      door.save(async (turn) => {
        const ids = rows.map(({ id }) => id);
        await turn.fold(ids);
        const unchanged = new Map<string, StoredRecord>();
        for (const id of ids) {
          const before = offered.get(id);
          if (before?.version === door.versionOf(id)) unchanged.set(id, before.record);
        }
        const loaded = await turn.load(ids.filter((id) => !unchanged.has(id)));
        const found = new Map([...loaded, ...unchanged]);
        const synced = rows.map((row) => acceptedRow(row, door.versionOf(row.id)));
        return synced.length === 0
          ? success(null)
          : turn.commit([{ kind: "synced", rows: synced, at: clock.now() }], found);
      }),

    quarantine: () => Promise.resolve(state.quarantine.list()),

    setAside: (entries) => door.save((turn) => turn.commit([{ kind: "setAside", entries }])),

    release: (ids, direction) =>
      door.save((turn) => {
        const set = ids.filter((id) => state.quarantine.has(id, direction));
        return set.length === 0
          ? Promise.resolve(success(null))
          : turn.commit([{ kind: "released", ids: set, direction }]);
      }),

    onWaiting: (listener) => door.onWaiting(listener),
  };
}

interface Decided {
  readonly outcomes: readonly PulledOutcome[];
  readonly quarantined: readonly QuarantineEntry[];
  readonly news: Arrived["records"];
}

/** Changed since it was sent: what was sent is what the next change is compared with. */
function acceptedRow({ id, rev, version, content }: Accepted, now: string): SyncedRow {
  if (content === null) return { id, rev, base: undefined, erased: true };
  return { id, rev, base: version === now ? undefined : content };
}

function pulledEntry(
  notebook: string,
  outcomes: readonly PulledOutcome[],
  checkpoint?: string,
  quarantined: readonly QuarantineEntry[] = [],
): Extract<LedgerEntry, { kind: "pulled" }> {
  return { kind: "pulled", notebook, outcomes, checkpoint, quarantined };
}

/** Ids that cannot be stored: too long, or of the store's own rows. */
function refusalOf({ id }: Arrival, now: number): QuarantineEntry | undefined {
  if (id.length <= MAX_ID_LENGTH && !isReservedType(typeOfId(id))) return undefined;
  const since = new Date(now).toISOString();
  return {
    id: id.slice(0, MAX_ID_LENGTH),
    direction: "pull",
    reason: "bad-id",
    detail: "the id cannot be stored",
    since,
  };
}
