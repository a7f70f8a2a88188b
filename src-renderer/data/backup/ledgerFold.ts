import { edited, forgotten, outcomesOf, type Erased, type Outcomes } from "../entryOutcome";
import { Erasures } from "../erasures";
import { idsOfEntry, type LedgerEntry } from "../ledgerEntries";
import { NoteBuffer } from "../noteBuffer";
import { noteOf, writeOf, type RecordState, type StoredRecord } from "../storedRecord";

/** Notes with increments that are kept open at once. */
const OPEN_NOTES = 100;

/**
 * Makes the records of a ledger from its entries, in memory, without touching the notebook that is open. The same
 * `outcomesOf` as in the notebook's own door, so that a backup comes to what its notebook was.
 */
export class LedgerFold {
  private readonly byId = new Map<string, StoredRecord>();
  private readonly erasures = new Erasures();
  private readonly typed = new Map<string, NoteBuffer>();

  take(entry: LedgerEntry): void {
    if (entry.kind === "noteUpdate") {
      this.typeInto(entry);
      return;
    }
    const ids = entry.kind === "forgotten" ? [...this.byId.keys()] : idsOfEntry(entry);
    for (const id of ids) this.fold(id);
    this.apply(entry.kind === "forgotten" ? this.forgotten() : outcomesOf(entry, this.known));
  }

  /** Every record with everything typed in it. */
  records(): ReadonlyMap<string, StoredRecord> {
    for (const id of [...this.typed.keys()]) this.fold(id);
    return this.byId;
  }

  private readonly known = {
    record: (id: string) => this.byId.get(id),
    erasure: (id: string) => this.erasures.get(id),
  };

  private typeInto(entry: Extract<LedgerEntry, { kind: "noteUpdate" }>): void {
    const { note } = entry;
    const before = this.byId.get(note);
    // A newer version of the app has written the note: what was typed before lies in a state it has.
    if (before && !noteOf(before)) return;
    const buffer = this.typed.get(note) ?? new NoteBuffer(note, noteOf(before), entry.visibility);
    buffer.add(entry, 0);
    this.typed.set(note, buffer);
    const [oldest] = this.typed.keys();
    if (this.typed.size > OPEN_NOTES && oldest !== undefined) this.fold(oldest);
  }

  private fold(id: string): void {
    const buffer = this.typed.get(id);
    if (!buffer) return;
    this.typed.delete(id);
    const before = this.byId.get(id);
    const record = buffer.fold(noteOf(before));
    if (record) this.apply([[id, edited({ kind: "known", record }, before, this.erasures.get(id))]]);
    buffer.dispose();
  }

  private forgotten(): Outcomes {
    return [
      ...[...this.byId].map(([id, record]) => [id, forgotten(record)] as const),
      ...this.erasures.list().map(({ id }) => [id, { erasure: undefined }] as const),
    ];
  }

  private apply(outcomes: Outcomes): void {
    for (const [id, after] of outcomes) this.set(id, after);
  }

  private set(id: string, after: RecordState | Erased): void {
    if ("erasure" in after) {
      this.byId.delete(id);
      if (after.erasure) this.erasures.set(after.erasure);
      else this.erasures.delete(id);
      return;
    }
    this.byId.set(id, writeOf(this.byId.get(id), id, after, this.erasures.get(id)).record);
    this.erasures.delete(id);
  }
}
