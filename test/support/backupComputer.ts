import { mkdir } from "node:fs/promises";
import { Backups } from "../../src-main/backup/backups";
import { ScheduleFile } from "../../src-main/backup/scheduleFile";
import { KeyHolder } from "../../src-main/keys/keyHolder";
import type { Ledger } from "../../src-main/ledger/ledger";
import { SegmentedLedger } from "../../src-main/ledger/segmentedLedger";
import type { BackupFacts, BackupFailure, BackupState } from "../../src-main/shared/backup";
import type { LedgerFailure } from "../../src-main/shared/ledgerFailure";
import { failure, type Result } from "../../src-main/shared/result";
import { cheapHash } from "./cheapHash";
import { readAll } from "./ledgerReading";
import { testKeychain } from "./testKeychain";

export const passphrase = "correct horse";
const silent = { info: () => undefined, error: () => undefined };

/** The main process of one computer as far as backups need it: profile, keychain, keys and ledger. */
export interface BackupComputer {
  readonly holder: KeyHolder;
  readonly file: ScheduleFile;
  readonly backups: Backups;
  /** What the person answers to the system's dialogs. */
  readonly answers: { newFile: string | null; file: string | null; folder: string | null };
  /** The computer's clock in ms, and one that never jumps. */
  readonly time: { clock: number; steady: number };
  readonly states: BackupState[];
  /** How often the window was replaced. */
  readonly windows: () => number;
  readonly ledger: () => Promise<Ledger>;
  /** Ends the program. */
  end(): Promise<void>;
}

/**
 * Starts the program in a profile; its notebook is begun, or opens by the keychain. `beforeSwitch` runs between the
 * building of a restored ledger and its taking over.
 */
export async function startComputer(
  profile: string,
  options: {
    readonly beforeSwitch?: () => Promise<void>;
    readonly onState?: (state: BackupState) => void;
    /** Of which profile; its own unless told. */
    readonly keychain?: string;
  } = {},
): Promise<BackupComputer> {
  await mkdir(profile, { recursive: true });
  const time = { clock: Date.parse("2026-03-02T08:00:00.000Z"), steady: 0 };
  const now = (): Date => new Date(time.clock);
  const steady = (): number => time.steady;
  const keychain = testKeychain({ key: options.keychain ?? profile });
  const holder = await KeyHolder.open({ folder: profile, keychain, hash: cheapHash, now, log: silent, ticks: steady });
  const { file } = await ScheduleFile.open(profile, now());
  const answers: BackupComputer["answers"] = { newFile: null, file: null, folder: null };
  const states: BackupState[] = [];
  let windows = 0;
  let opening: { readonly folder: string; readonly ledger: Promise<Result<Ledger, LedgerFailure>> } | null = null;

  const closeLedger = async (): Promise<void> => {
    const opened = await opening?.ledger;
    opening = null;
    if (opened?.ok) await opened.value.close();
  };
  const openLedger = async (): Promise<Result<Ledger, LedgerFailure>> => {
    const keys = holder.keys();
    if (!keys) return failure({ kind: "ledger-unavailable", detail: "locked" });
    const { ledgerFolder: folder, notebook } = keys;
    if (opening?.folder !== folder) {
      await closeLedger();
      const key = keys.derive("ledger");
      opening = { folder, ledger: SegmentedLedger.open({ folder, key, notebook, now: () => time.clock }) };
    }
    return opening.ledger;
  };
  const backups = new Backups({
    file,
    dialogs: {
      newFile: () => Promise.resolve(answers.newFile),
      file: () => Promise.resolve(answers.file),
      folder: () => Promise.resolve(answers.folder),
    },
    keys: () => holder.keys(),
    ledger: openLedger,
    flush: () => Promise.resolve(),
    hash: cheapHash,
    adopt: (backup) => holder.adopt(backup),
    switchOver: async (finish) => {
      await options.beforeSwitch?.();
      const finished = await finish();
      await closeLedger();
      await holder.removeLeftovers();
      windows++;
      return finished;
    },
    appVersion: "1.2.3",
    now,
    steady,
    idleSeconds: () => 60,
    onState: (state) => {
      states.push(state);
      options.onState?.(state);
    },
    log: silent,
  });
  return {
    holder,
    file,
    backups,
    answers,
    time,
    states,
    windows: () => windows,
    ledger: async () => valueOf(await openLedger()),
    end: async () => {
      await backups.end();
      await closeLedger();
      await holder.close();
    },
  };
}

/** Sets a passphrase, which is one way to open a backup, on a notebook that has none. */
export async function protect({ holder }: BackupComputer): Promise<void> {
  valueOf(await holder.setPassphrase({ current: null, next: passphrase, unprotected: false }));
}

/** Appends entries one by one. */
export async function write(computer: BackupComputer, ...entries: readonly string[]): Promise<number> {
  const ledger = await computer.ledger();
  let position = 0;
  for (const entry of entries) ({ position } = valueOf(await ledger.append([entry])));
  return position;
}

export async function snapshotOf(
  computer: BackupComputer,
  position: number,
  entries: readonly string[],
): Promise<void> {
  const ledger = await computer.ledger();
  valueOf(await ledger.beginSnapshot(position));
  valueOf(await ledger.addToSnapshot(entries));
  valueOf(await ledger.endSnapshot());
}

/** All entries of history. */
export async function historyOf(computer: BackupComputer): Promise<readonly string[]> {
  return readAll(await computer.ledger());
}

/** Makes a backup where the person says, and answers its facts. */
export async function backUp(computer: BackupComputer, target: string): Promise<BackupFacts> {
  computer.answers.newFile = target;
  const facts = valueOf(await computer.backups.make("ask"));
  if (!facts) throw new Error("the person thought better of it");
  return facts;
}

/** Chooses a file to be opened for being restored. */
export function choose(
  computer: BackupComputer,
  file: string,
  secret: string | null = null,
): Promise<Result<BackupFacts | null, BackupFailure>> {
  computer.answers.file = file;
  return computer.backups.open(secret);
}

export function valueOf<Value>(result: Result<Value, { readonly kind: string }>): Value {
  if (result.ok) return result.value;
  throw new Error(JSON.stringify(result.failure));
}
