import path from "node:path";
import type { Log } from "../log/log";
import { coverage, type Piece } from "./coverage";
import type { Disk } from "./format/disk";
import type { Clock, SealedKind } from "./format/header";
import type { NewSealedFile } from "./format/writer";
import type { HistoryFile, SnapshotFile } from "./ledgerFiles";

export interface LedgerPlace {
  readonly disk: Disk;
  /** Absolute. */
  readonly folder: string;
  /** The "ledger" key, 32 bytes. */
  readonly key: Buffer;
  /** Uuids. */
  readonly notebook: string;
  readonly ledger: string;
  readonly log: Pick<Log, "info"> | undefined;
}

/** The files of one ledger as the running program knows them. The one that is appended to is not among them. */
export class LedgerFolder {
  /** Positions: where the kept history begins. */
  begin: number;
  #history: readonly HistoryFile[];
  #snapshots: readonly SnapshotFile[];
  readonly #names: Set<string>;

  constructor(
    readonly place: LedgerPlace,
    files: {
      readonly begin: number;
      readonly history: readonly HistoryFile[];
      readonly snapshots: readonly SnapshotFile[];
      readonly names: ReadonlySet<string>;
    },
  ) {
    this.begin = files.begin;
    this.#history = files.history;
    this.#snapshots = files.snapshots;
    this.#names = new Set(files.names);
  }

  get history(): readonly HistoryFile[] {
    return this.#history;
  }

  /** Ascending by position. */
  get snapshots(): readonly SnapshotFile[] {
    return this.#snapshots;
  }

  get names(): ReadonlySet<string> {
    return this.#names;
  }

  path(name: string): string {
    return path.join(this.place.folder, name);
  }

  /** From which file each stretch of the kept history is read; `active` is the one that is appended to. */
  pieces(active: HistoryFile | null = null): readonly Piece[] {
    return coverage(active ? [...this.#history, active] : this.#history, this.begin);
  }

  newFile(kind: SealedKind, base: number, clock: Clock, link?: Buffer): NewSealedFile {
    const { key, notebook, ledger } = this.place;
    return { kind, key, notebook, ledger, base, begin: this.begin, clock, ...(link ? { link } : {}) };
  }

  isNamed(name: string): void {
    this.#names.add(name);
  }

  addHistory(files: readonly HistoryFile[]): void {
    this.#history = [...this.#history, ...files].sort((a, b) => a.base - b.base || b.end - a.end);
    for (const { name } of files) this.#names.add(name);
  }

  addSnapshot(file: SnapshotFile): void {
    const others = this.#snapshots.filter(({ name }) => name !== file.name);
    this.#snapshots = [...others, file].sort((a, b) => a.position - b.position);
    this.#names.add(file.name);
  }

  /** Forgets files, and then removes them: who is reading one meanwhile looks for the place again. */
  async remove(files: readonly { readonly name: string }[]): Promise<void> {
    if (files.length === 0) return;
    const names = new Set(files.map(({ name }) => name));
    this.#history = this.#history.filter(({ name }) => !names.has(name));
    this.#snapshots = this.#snapshots.filter(({ name }) => !names.has(name));
    for (const name of names) {
      await this.place.disk.remove(this.path(name));
      this.#names.delete(name);
    }
    await this.place.disk.syncFolder(this.place.folder);
  }
}
