import type { LedgerFailure } from "../../src-main/shared/ledgerFailure";
import { success, type Result } from "../../src-main/shared/result";
import { recordTypes } from "../domain/ids";
import { keptText } from "./keptContent";
import { entryText, type KeptRecord, type LedgerEntry } from "./ledgerEntries";
import type { NotebookState } from "./notebookState";
import { ask, type LedgerClient } from "./replay";
import type { RecordStore } from "./recordStore";
import type { Roster } from "./roster";
import type { StoredRecord } from "./storedRecord";
import type { WriteDoor } from "./writeDoor";

export interface SnapshotParts {
  readonly ledger: LedgerClient;
  readonly door: WriteDoor;
  readonly store: RecordStore;
  readonly roster: Roster;
  readonly state: NotebookState;
}

/** What became of a snapshot. `not-now`: nothing is wrong, it is tried again later. */
export type SnapshotOutcome =
  | { readonly kind: "written"; readonly position: number; readonly size: number }
  | { readonly kind: "not-now" }
  | { readonly kind: "failed"; readonly failure: LedgerFailure };

/** Characters of one entry, and of those handed to the ledger in one request. */
const ENTRY = 48 * 1024;
const REQUEST = 192 * 1024;
/** Records of every type that come first: what the first screen of a list shows. */
const SHOWN_FIRST = 100;

/**
 * Writes a snapshot of the whole notebook to the ledger: every record with its sync state, private ones and changes to
 * shipped records included, what is left of erased ones, and the states. It holds the door for a moment only; people and
 * sync go on meanwhile, and what they change is written as it was before.
 *
 * It must be exact, as of one position: an entry that is replayed over a record that is newer already would work out
 * another merge base than the one that was there (`edited` takes the record it finds as the base), and the next merge
 * would take a change for undone.
 */
export async function writeLedgerSnapshot(parts: SnapshotParts, isOver: () => boolean): Promise<SnapshotOutcome> {
  const { ledger, door, state, roster } = parts;
  const frozen = await door.run(async (turn) => {
    await turn.fold(door.notes.unfolded());
    // A note that a newer version has rewritten keeps its increments in the ledger: they must stay to be replayed.
    if (door.notes.unfoldedFrom() !== undefined) return undefined;
    const { before, stop } = door.keepBefore();
    return {
      before,
      stop,
      position: door.position,
      erasures: door.erasures.list(),
      // A copy: the states are texts that are parsed anew.
      states: state.states(),
      records: roster.size,
      first: await idsShownFirst(roster),
    };
  });
  if (!frozen) return { kind: "not-now" };
  try {
    const begun = await ask(() => ledger.request("beginSnapshot", { position: frozen.position }));
    if (!begun.ok) return { kind: "failed", failure: begun.failure };
    const written = await writeAll(parts, frozen, isOver);
    if (written.kind === "written") return written;
    await ledger.request("abandonSnapshot", {}).catch(() => null);
    return written;
  } finally {
    frozen.stop();
  }
}

interface Frozen {
  readonly before: ReadonlyMap<string, StoredRecord | undefined>;
  readonly position: number;
  readonly erasures: Extract<LedgerEntry, { kind: "kept" }>["erasures"];
  readonly states: Readonly<Record<string, unknown>>;
  readonly records: number;
  readonly first: readonly string[];
}

async function writeAll(
  { ledger, store }: SnapshotParts,
  { before, position, erasures, states, records, first }: Frozen,
  isOver: () => boolean,
): Promise<SnapshotOutcome> {
  const writer = new Writer(ledger);
  const done = new Set<string>();
  const keep = async (id: string, now: StoredRecord | undefined): Promise<Result<null, LedgerFailure>> => {
    if (done.has(id)) return success(null);
    done.add(id);
    const then = before.has(id) ? before.get(id) : now;
    return then ? writer.add(then) : success(null);
  };
  const steps = async function* (): AsyncGenerator<Result<null, LedgerFailure>> {
    yield writer.addEntry({ kind: "notebook", states, records });
    yield writer.addEntry({ kind: "kept", records: [], erasures });
    for (const [id, record] of await store.load(first)) yield keep(id, record);
    yield writer.endEntry();
    for await (const part of store.scan()) for (const record of part) yield keep(record.id, record);
    // Erased meanwhile, so that no scan finds them.
    for (const id of [...before.keys()]) yield keep(id, undefined);
    yield writer.end();
  };
  // What is not stored yet no scan of the rows would find; from here on all that there was at the position is.
  if (!(await store.settled())) return { kind: "not-now" };
  for await (const step of steps()) {
    if (!step.ok) return { kind: "failed", failure: step.failure };
    if (isOver()) return { kind: "not-now" };
  }
  const ended = await ask(() => ledger.request("endSnapshot", {}));
  return ended.ok ? { kind: "written", position, size: writer.size } : { kind: "failed", failure: ended.failure };
}

/** Gathers records into entries, and entries into requests. */
class Writer {
  private records: KeptRecord[] = [];
  private recordsSize = 0;
  private texts: string[] = [];
  private textsSize = 0;
  size = 0;

  constructor(private readonly ledger: LedgerClient) {}

  async add({ content, gone, rev, dirty, base }: StoredRecord): Promise<Result<null, LedgerFailure>> {
    this.records.push({ content, gone, rev, dirty, base });
    this.recordsSize += keptText(content).length + (base === undefined ? 0 : keptText(base).length);
    return this.recordsSize < ENTRY ? success(null) : this.endEntry();
  }

  async endEntry(): Promise<Result<null, LedgerFailure>> {
    if (this.records.length === 0) return success(null);
    const { records } = this;
    this.records = [];
    this.recordsSize = 0;
    return this.addEntry({ kind: "kept", records });
  }

  async addEntry(entry: LedgerEntry): Promise<Result<null, LedgerFailure>> {
    const text = await entryText(entry);
    this.texts.push(text);
    this.textsSize += text.length;
    this.size += text.length;
    return this.textsSize < REQUEST ? success(null) : this.send();
  }

  async end(): Promise<Result<null, LedgerFailure>> {
    const ended = await this.endEntry();
    return ended.ok ? this.send() : ended;
  }

  private async send(): Promise<Result<null, LedgerFailure>> {
    const entries = this.texts;
    if (entries.length === 0) return success(null);
    this.texts = [];
    this.textsSize = 0;
    return ask(() => this.ledger.request("addToSnapshot", { entries }));
  }
}

/** What a person sees first after a rebuild has begun: the top of every list. */
async function idsShownFirst(roster: Roster): Promise<readonly string[]> {
  const ids: string[] = [];
  for (const type of recordTypes) {
    if (type === "note") continue;
    const { rows } = await roster.list({ type, filter: "", offset: 0, limit: SHOWN_FIRST });
    ids.push(...rows.map(({ id }) => id));
  }
  return ids;
}
