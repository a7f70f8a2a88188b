import path from "node:path";
import { Attempts } from "../keys/attempts";
import type { Adoption, ToAdopt } from "../keys/keyHolder";
import type { NotebookKeys } from "../keys/notebookKeys";
import type { PassphraseHash } from "../keys/passphraseHash";
import type { ReadableLedger } from "../ledger/ledger";
import type { Log } from "../log/log";
import type { BackupFacts, BackupFailure, BackupInterval, BackupState } from "../shared/backup";
import type { KeysFailure } from "../shared/keys";
import type { LedgerFailure } from "../shared/ledgerFailure";
import { failure, success, type Result } from "../shared/result";
import { backupName } from "./backupName";
import type { BackupDialogs } from "./dialogs";
import { Jobs, type Job } from "./jobs";
import { freeName, makeBackup } from "./makeBackup";
import { openBackup, type OpenedBackup } from "./openForRestore";
import { restoreBackup } from "./restoreBackup";
import { removeOldest } from "./retention";
import { Schedule } from "./schedule";
import type { ScheduleFile } from "./scheduleFile";

export interface BackupParts {
  readonly file: ScheduleFile;
  readonly dialogs: BackupDialogs;
  /** Of the open notebook; null while it is locked. */
  readonly keys: () => NotebookKeys | null;
  readonly ledger: () => Promise<Result<ReadableLedger, LedgerFailure>>;
  /** Brings what is being typed to the ledger. */
  readonly flush: () => Promise<void>;
  readonly hash: PassphraseHash;
  readonly adopt: (backup: ToAdopt) => Promise<Result<Adoption, KeysFailure>>;
  /**
   * Ends the worker and its ports, closes the ledger, then calls `finish`, and replaces the window whatever came of it.
   * Answers what `finish` answered.
   */
  readonly switchOver: <Value>(finish: () => Promise<Value>) => Promise<Value>;
  readonly appVersion: string;
  readonly now: () => Date;
  /** In ms; never jumps, whatever happens to the clock. */
  readonly steady: () => number;
  readonly idleSeconds: () => number;
  readonly onState: (state: BackupState) => void;
  readonly log: Log;
}

type Outcome<Value> = Promise<Result<Value, BackupFailure>>;

/** All about backups: making them by hand and by themselves, verifying, and opening one for being restored. */
export class Backups {
  readonly #jobs: Jobs;
  readonly #schedule: Schedule;
  readonly #attempts: Attempts;
  #failure: BackupFailure | null = null;
  #chosen: string | null = null;
  #open: OpenedBackup | null = null;
  #isLocking = false;

  constructor(private readonly parts: BackupParts) {
    const { file, now, steady, idleSeconds, keys } = parts;
    this.#jobs = new Jobs(() => this.#tell(), steady);
    this.#attempts = new Attempts(undefined, now(), steady);
    this.#schedule = new Schedule({
      file,
      notebook: () => keys()?.notebook ?? null,
      make: () => this.#makeByItself(),
      now,
      steady,
      idleSeconds,
    });
  }

  state(): BackupState {
    const { folder, every, last } = this.parts.file.read();
    return { folder, every, last, failure: this.#failure, progress: this.#jobs.progress };
  }

  /** The backup that is open for being restored. */
  opened(): ReadableLedger | null {
    return this.#open?.backup ?? null;
  }

  /** From now on backups are made by themselves; call it once the program runs. */
  start(): void {
    this.#schedule.start();
  }

  /** The computer woke up, or something was plugged in: what is due or failed is tried now. */
  wake(): Promise<void> {
    return this.#schedule.tryAgain();
  }

  /** Before the keys are dropped: gives up what is under way, and forgets what was opened. */
  async lock(): Promise<void> {
    this.#isLocking = true;
    await this.#jobs.end();
    await this.close();
    this.#isLocking = false;
  }

  /** At the end of the program. */
  async end(): Promise<void> {
    this.#schedule.stop();
    await this.lock();
    await this.parts.file.settled();
  }

  cancel(): void {
    this.#jobs.cancel();
  }

  /** Lets go of the open backup and of the one that was chosen. */
  async close(): Promise<void> {
    this.#chosen = null;
    const opened = this.#open;
    this.#open = null;
    await opened?.close();
  }

  async chooseFolder(): Promise<BackupState | null> {
    const folder = await this.parts.dialogs.folder();
    if (folder === null) return null;
    return this.#changeSchedule({ folder });
  }

  async setInterval(every: BackupInterval | null): Promise<BackupState> {
    return this.#changeSchedule({ every });
  }

  async make(where: "ask" | "folder"): Outcome<BackupFacts | null> {
    const { keys, dialogs, file, now } = this.parts;
    const open = keys();
    if (!open) return failure({ kind: "not-now" });
    if (open.portable().length === 0) return failure({ kind: "no-way-to-open" });
    const { folder } = file.read();
    if (where === "folder") {
      if (folder === null) return failure({ kind: "folder-missing", path: "" });
      return this.#makeIn(folder, "hand");
    }
    const name = backupName(now());
    const target = await dialogs.newFile(folder === null ? name : path.join(folder, name));
    if (target === null) return success(null);
    return this.#jobs.run("making", (job) => this.#make(target, "hand", job));
  }

  async verify(): Outcome<BackupFacts | null> {
    return this.#choose((job, file) => this.#verify(file, job));
  }

  /** `secret` null: asks for the file; otherwise opens the one chosen before. */
  async open(secret: string | null): Outcome<BackupFacts | null> {
    if (!this.parts.keys()) return failure({ kind: "not-now" });
    if (secret === null) return this.#choose((job, file) => this.#openChosen(file, null, job));
    const chosen = this.#chosen;
    if (chosen === null) return failure({ kind: "not-now" });
    return this.#jobs.run("verifying", (job) => this.#openChosen(chosen, secret, job));
  }

  async restore(): Outcome<null> {
    if (!this.#open || !this.parts.keys()) return failure({ kind: "not-now" });
    const restored = await this.#jobs.run("restoring", async (job) => {
      const opened = this.#open;
      if (!opened) return failure({ kind: "not-now" });
      return restoreBackup(opened, this.parts, job);
    });
    if (restored.ok) await this.close();
    return restored;
  }

  async #choose(then: (job: Job, file: string) => Outcome<BackupFacts>): Outcome<BackupFacts | null> {
    if (!this.parts.keys()) return failure({ kind: "not-now" });
    const file = await this.parts.dialogs.file();
    if (file === null) return success(null);
    await this.close();
    this.#chosen = file;
    return this.#jobs.run("verifying", (job) => then(job, file));
  }

  async #verify(file: string, job: Job): Outcome<BackupFacts> {
    const opened = await openBackup(file, null, { ...this.parts, attempts: this.#attempts }, job);
    await opened.close();
    return success(opened.facts);
  }

  async #openChosen(file: string, secret: string | null, job: Job): Outcome<BackupFacts> {
    const opened = await openBackup(file, secret, { ...this.parts, attempts: this.#attempts }, job);
    // The person has closed it, or chosen another, while it was being read.
    if (this.#chosen !== file) {
      await opened.close();
      return failure({ kind: "cancelled" });
    }
    const before = this.#open;
    this.#open = opened;
    await before?.close();
    return success(opened.facts);
  }

  #makeIn(folder: string, by: "itself" | "hand"): Outcome<BackupFacts> {
    return this.#jobs.run("making", async (job) => {
      const at = this.parts.now();
      const made = await this.#make(await freeName(folder, at), by, job);
      if (!made.ok) return made;
      this.#failure = null;
      const { keys, file } = this.parts;
      const notebook = keys()?.notebook;
      if (notebook !== undefined) await file.change({ inFolder: { at: made.value.madeAt, notebook } });
      return made;
    });
  }

  async #make(target: string, by: "itself" | "hand", job: Job): Outcome<BackupFacts> {
    const { keys, ledger, file, flush, appVersion, now, log } = this.parts;
    const open = keys();
    if (!open) return failure({ kind: "not-now" });
    if (open.portable().length === 0) return failure({ kind: "no-way-to-open" });
    await flush();
    const read = await ledger();
    if (!read.ok) return failure({ kind: "not-written", path: target, detail: read.failure.kind });
    const making = { keys: open, ledger: read.value, file, app: appVersion, now, by };
    const { facts, whole } = await makeBackup(target, making, job);
    await file.change({ last: { at: facts.madeAt, path: facts.path, bytes: facts.bytes } });
    if (by === "itself" && whole) {
      await removeOldest(path.dirname(target), { notebook: open.notebook, maker: file.read().maker }, target);
    }
    const { bytes, snapshotEntries, entries } = facts;
    log.info("backup made", { by, whole, bytes, snapshotEntries, entries });
    return success(facts);
  }

  async #makeByItself(): Promise<BackupFailure | null> {
    const { folder } = this.parts.file.read();
    if (folder === null) return null;
    const made = await this.#makeIn(folder, "itself");
    // Locked meanwhile: it is made when the notebook is open again.
    if (!made.ok && (made.failure.kind === "not-now" || this.#isLocking)) return null;
    this.#failure = made.ok ? null : made.failure;
    if (!made.ok) this.parts.log.info("backup not made", { reason: made.failure.kind });
    this.#tell();
    return this.#failure;
  }

  async #changeSchedule(changes: {
    readonly folder?: string;
    readonly every?: BackupInterval | null;
  }): Promise<BackupState> {
    const { file } = this.parts;
    const kept = await file.change(changes);
    this.#failure = kept.ok ? null : { kind: "not-written", path: file.path, detail: kept.failure.detail };
    this.#tell();
    void this.#schedule.tryAgain();
    return this.state();
  }

  #tell(): void {
    this.parts.onState(this.state());
  }
}
