import { base64ToUint8Array } from "uint8array-extras";
import { aboutOf, isShippedId, typeOfId, type NoteId } from "../../src-renderer/domain/ids";
import { ExpectedNotes } from "./expectedNotes";
import { doubledItems, tokensIn, type Held } from "./tokens";

/** What may have become of a value that was set. */
interface Value {
  readonly record: string;
  readonly device: string;
  /** Somebody who saw it put something else in its place, or removed it. */
  isReplaced: boolean;
  /** Somebody who saw it put its record into the bin. */
  isBinned: boolean;
  /** Somebody who saw it emptied the bin of its record. */
  isErased: boolean;
  /** How often it was set; more than once by undo. */
  times: number;
}

/** Entries of a ledger as far as the oracle reads them. */
type Entry =
  | { readonly kind: "put"; readonly content: Held | string; readonly gone: boolean }
  | { readonly kind: "puts"; readonly records: readonly { readonly content: Held | string; readonly gone: boolean }[] }
  | { readonly kind: "noteUpdate"; readonly note: string; readonly update: string }
  | {
      readonly kind: "pulled";
      readonly outcomes: readonly { readonly kind: string; readonly id: string; readonly content?: Held | string }[];
    }
  | { readonly kind: "erased"; readonly ids: readonly string[] }
  | { readonly kind: "synced" | "server" | "forgotten" | "setAside" | "released" | "identity" };

const ANOTHER = "another client";

/**
 * Knows everything that was ever saved, from the ledgers: what a person set, and what they saw when they set it. From
 * that follows what must be somewhere at the end.
 */
export class Oracle {
  readonly notes = new ExpectedNotes();
  readonly faults: string[] = [];
  readonly #values = new Map<string, Value>();
  readonly #views = new Map<string, Map<string, Held>>();
  readonly #erasedRecords = new Set<string>();
  /** Since when a device holds a record as private. */
  readonly #privateSince = new Map<string, number>();
  /** Values that came to a device from the server. */
  readonly #pulled = new Set<string>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** The records of a device as its ledger has them, notes left out. */
  view(device: string): ReadonlyMap<string, Held> {
    return this.#viewOf(device);
  }

  /** Entries that a device's ledger has taken. */
  appended(device: string, entries: readonly string[]): void {
    for (const text of entries) this.#take(device, JSON.parse(text) as Entry);
  }

  /** A change that another client made on the server: from what it saw to what it wrote. */
  foreign(before: Held, after: Held): void {
    this.#edited(ANOTHER, before, after);
  }

  /** The database is another one: what only the one before had is gone with it. */
  serverReplaced(): void {
    for (const [token, value] of this.#values)
      if (value.device === ANOTHER && !this.#pulled.has(token)) value.isErased = true;
  }

  /** What a device sends: nothing that has been private here for more than a second may be in it. */
  sent(device: string, body: string): void {
    const { docs } = JSON.parse(body) as { docs: readonly { readonly _id: string; readonly _deleted?: boolean }[] };
    for (const { _id: id, _deleted: isDeleted } of docs) {
      const record = typeOfId(id) === "note" ? aboutOf(id as NoteId) : id;
      const since = this.#privateSince.get(`${device} ${record}`);
      if (since !== undefined && this.#now() - since > 1_000 && isDeleted !== true)
        this.faults.push(`leaked: ${device} sent ${id}, which is private`);
    }
  }

  /** Compares what is stored at the end: by device, its records. */
  judge(stores: ReadonlyMap<string, ReadonlyMap<string, Held>>): readonly string[] {
    const present = new Map<string, Set<string>>();
    for (const [device, records] of stores) {
      for (const held of records.values()) {
        const seen = present.get(held.id) ?? new Set();
        present.set(held.id, seen);
        const shown = tokensIn(held.data);
        for (const token of [...shown, ...tokensIn(held.kept)]) seen.add(token);
        for (const token of shown.filter((one, index) => shown.indexOf(one) !== index)) {
          if ((this.#values.get(token)?.times ?? 0) < 2)
            this.faults.push(`doubled: ${token} in ${held.id} on ${device}`);
        }
        for (const item of doubledItems(held.data))
          this.faults.push(`doubled: item ${item} in ${held.id} on ${device}`);
      }
    }
    for (const [token, value] of this.#values) {
      if (present.get(value.record)?.has(token) || value.isReplaced || value.isErased) continue;
      if (value.isBinned && this.#erasedRecords.has(value.record)) continue;
      this.faults.push(`lost: ${token} of ${value.record}, set on ${value.device}`);
    }
    return this.faults;
  }

  #viewOf(device: string): Map<string, Held> {
    const view = this.#views.get(device) ?? new Map<string, Held>();
    this.#views.set(device, view);
    return view;
  }

  #take(device: string, entry: Entry): void {
    const view = this.#viewOf(device);
    switch (entry.kind) {
      case "put":
        this.#put(device, entry.content);
        return;
      case "puts":
        for (const { content } of entry.records) this.#put(device, content);
        return;
      case "noteUpdate":
        this.notes.add(entry.note, base64ToUint8Array(entry.update));
        return;
      case "pulled":
        for (const outcome of entry.outcomes) {
          // Of what another client removed, the last version stays: it may still be edited and restored.
          if (typeof outcome.content !== "object") continue;
          this.#hold(device, outcome.content);
          for (const token of tokensIn([outcome.content.data, outcome.content.kept])) this.#pulled.add(token);
        }
        return;
      case "erased":
        for (const id of entry.ids) this.#erase(view, id);
        return;
      default:
        return;
    }
  }

  #put(device: string, content: Held | string): void {
    if (typeof content === "string") return;
    this.#edited(device, this.#viewOf(device).get(content.id), content);
    this.#hold(device, content);
  }

  #hold(device: string, held: Held): void {
    const key = `${device} ${held.id}`;
    if (held.visibility !== "private") this.#privateSince.delete(key);
    else if (!this.#privateSince.has(key)) this.#privateSince.set(key, this.#now());
    if (held.type !== "note") this.#viewOf(device).set(held.id, held);
  }

  #edited(device: string, before: Held | undefined, after: Held): void {
    const [was, is] = [new Set(tokensIn(before?.data)), new Set(tokensIn(after.data))];
    for (const token of is) {
      if (was.has(token)) continue;
      const known = this.#values.get(token);
      if (known) known.times += 1;
      else {
        const value = { record: after.id, device, isReplaced: false, isErased: false, times: 1 };
        this.#values.set(token, { ...value, isBinned: after.deletedAt !== undefined });
      }
    }
    for (const token of was) if (!is.has(token)) this.#with(token, (value) => (value.isReplaced = true));
    // Giving up all changes to a shipped record gives up what is kept beside them as well.
    if (isShippedId(after.id) && Object.keys(after.data).length === 0)
      for (const token of tokensIn(before?.kept)) this.#with(token, (value) => (value.isReplaced = true));
    if (after.deletedAt !== undefined && before?.deletedAt === undefined)
      for (const token of [...was, ...tokensIn(before?.kept)]) this.#with(token, (value) => (value.isBinned = true));
  }

  #erase(view: Map<string, Held>, id: string): void {
    if (typeOfId(id) === "note") this.notes.erase(id);
    this.#erasedRecords.add(id);
    const held = view.get(id);
    for (const token of [...tokensIn(held?.data), ...tokensIn(held?.kept)])
      this.#with(token, (value) => (value.isErased = true));
    view.delete(id);
  }

  #with(token: string, change: (value: Value) => void): void {
    const value = this.#values.get(token);
    if (value) change(value);
  }
}
