import { readdir, rm } from "node:fs/promises";
import path from "node:path";
import type { Log } from "../log/log";
import type { SettingsNotSaved } from "../shared/ipc";
import type { KeysState } from "../shared/keys";
import type { Result } from "../shared/result";
import { Attempts } from "./attempts";
import type { Keychain } from "./keychain";
import { ledgersOf, type Keyring } from "./keyring";
import * as change from "./keyringChanges";
import { KeyringFile } from "./keyringFile";
import type { ComingKeys, NotebookKeys } from "./notebookKeys";
import { saved, type Outcome } from "./outcome";
import { PARTITIONS } from "./partitions";
import type { PassphraseHash } from "./passphraseHash";
import { placeOf } from "./place";
import type { RootKey } from "./rootKey";
import type { Protecting } from "./sealing";

export interface KeyHolderOptions {
  /** The profile folder; the keyring lies in its `notebook`. */
  readonly folder: string;
  readonly keychain: Keychain;
  readonly hash: PassphraseHash;
  readonly now: () => Date;
  readonly log: Log;
  /** Milliseconds of a clock that never jumps; the process's own unless told. */
  readonly ticks?: () => number;
}

export type Held =
  | { readonly kind: "undecided" }
  | { readonly kind: "damaged"; readonly detail: string }
  | { readonly kind: "locked" | "sealed"; readonly keyring: Keyring }
  | {
      readonly kind: "open";
      readonly keyring: Keyring;
      readonly root: RootKey;
      readonly sealing: Protecting;
      /** The root key of `keyring.rotation`. */
      readonly nextRoot: RootKey | null;
    };
export type Open = Held & { readonly kind: "open" };

/** The keys as they are held right now, and the keyring on the disk; what becomes of them others decide. */
export class HeldKeys {
  readonly file: KeyringFile;
  attempts: Attempts;
  /** Whether this system has a keychain that could hold the key. */
  hasKeychain = false;
  /** Of a rotation, in entries. */
  progress = { done: 0, total: 0 };
  /** The ledger of an adoption under way: named as left over in case it is never finished, but not to be removed. */
  comingLedger: string | null = null;
  readonly #listeners = new Set<(state: KeysState) => void>();
  #now: Held = { kind: "undecided" };
  #keys: NotebookKeys | null = null;
  /** Of the notebook folder; null where the system does not tell. */
  #place: string | null = null;
  #last: Promise<unknown> = Promise.resolve();

  constructor(readonly options: KeyHolderOptions) {
    this.file = new KeyringFile(options.folder);
    this.attempts = this.attemptsOf(undefined);
  }

  get now(): Held {
    return this.#now;
  }

  get keys(): NotebookKeys | null {
    return this.#keys;
  }

  state(): KeysState {
    const held = this.#now;
    switch (held.kind) {
      case "undecided":
      case "damaged":
        return held;
      case "locked":
      case "sealed":
        return { kind: held.kind, kit: held.keyring.wraps.recovery !== undefined };
      case "open":
        return {
          kind: "open",
          protection: held.sealing.kind,
          kit: held.keyring.kit ?? null,
          keychain: this.hasKeychain,
          rotation: held.nextRoot && this.progress,
        };
    }
  }

  onState(listener: (state: KeysState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  tell(): void {
    for (const listener of this.#listeners) listener(this.state());
  }

  /** Nobody is told anything any more. */
  hush(): void {
    this.#listeners.clear();
  }

  /** Does one thing at a time. */
  alone<Value>(work: () => Value | Promise<Value>): Promise<Value> {
    const result = this.#last.then(work);
    this.#last = result.catch(() => undefined);
    return result;
  }

  /** Takes over the keys of `held`, wipes those that it has not, and tells it. */
  become(held: Held): void {
    const before = this.#now;
    this.#now = held;
    if (before.kind === "open") {
      const kept = held.kind === "open" ? held : null;
      if (before.root !== kept?.root) before.root.drop();
      if (before.nextRoot !== kept?.root && before.nextRoot !== kept?.nextRoot) before.nextRoot?.drop();
      if (before.sealing !== kept?.sealing) before.sealing.key.fill(0);
    }
    this.#keys = held.kind === "open" ? this.#notebookKeys(held) : null;
    this.tell();
  }

  attemptsOf(kept: Keyring["attempts"]): Attempts {
    const ticks = this.options.ticks ?? ((): number => performance.now());
    return new Attempts(kept, this.options.now(), ticks);
  }

  /** With the present count of wrong attempts. */
  write(keyring: Keyring): Promise<Result<null, SettingsNotSaved>> {
    const { attempts: _before, ...rest } = keyring;
    const { kept } = this.attempts;
    return saved(this.file.write({ ...(rest as Keyring), ...(kept ? { attempts: kept } : {}) }));
  }

  /** Writes, and only then holds. */
  async change(held: Open, changes: Partial<Open> & { readonly keyring: Keyring }): Promise<Outcome> {
    const written = await this.write(changes.keyring);
    if (written.ok) this.become({ ...held, ...changes });
    return written;
  }

  async taken(): Promise<change.Taken> {
    const names = (folder: string): Promise<string[]> => readdir(folder).catch(() => []);
    const [ledgers, partitions] = await Promise.all([
      names(this.file.folder),
      names(path.join(this.options.folder, PARTITIONS)),
    ]);
    return { ledgers, partitions: partitions.map((name) => `persist:${name}`) };
  }

  /** Removes ledgers that nothing needs any more; where that fails, the log says so, and the next start tries again. */
  async removeLeftovers(): Promise<void> {
    const held = this.#now;
    if (held.kind !== "open" || !held.keyring.leftover) return;
    const { leftover, ...keyring } = held.keyring;
    const needed = [...ledgersOf(keyring), this.comingLedger];
    const staying = leftover.filter((name) => name === this.comingLedger);
    try {
      for (const name of leftover.filter((each) => !needed.includes(each))) {
        await rm(path.join(this.file.folder, name), { recursive: true, force: true });
      }
      const kept = staying.length > 0 ? { leftover: staying } : {};
      await this.change(held, { keyring: { ...(keyring as Keyring), ...kept } });
    } catch (error) {
      this.options.log.error("former ledger not removed", error);
    }
  }

  /** Looks where the notebook is now. */
  async findPlace(keyring: Keyring): Promise<string | null> {
    this.#place = await placeOf(this.file.folder, keyring.notebook).catch(() => null);
    return this.#place;
  }

  comingKeys(keyring: Keyring, root: RootKey): ComingKeys {
    const { passphrase, recovery } = keyring.wraps;
    const kit = recovery && { ...recovery, madeAt: keyring.kit?.madeAt };
    return {
      notebook: keyring.notebook,
      ledgerFolder: path.join(this.file.folder, keyring.ledger),
      partition: keyring.partition,
      derive: (purpose) => root.derive(purpose),
      portable: () => [passphrase, kit].filter((wrap) => wrap !== undefined),
    };
  }

  #notebookKeys({ keyring, root }: Open): NotebookKeys {
    return {
      ...this.comingKeys(keyring, root),
      copied: this.#place !== null && this.#place !== keyring.place,
      placeTaken: () => this.#amend(async (present) => ({ ...present, place: await this.findPlace(present) })),
      renewStore: () => this.#amend(async (present) => change.withStoreRenewed(present, await this.taken())),
    };
  }

  /** Rejects where the notebook is not open any more, or with what kept the keyring from being written. */
  #amend(amended: (keyring: Keyring) => Promise<Keyring>): Promise<void> {
    return this.alone(async () => {
      const held = this.#now;
      if (held.kind !== "open") throw new Error("the notebook is not open");
      const written = await this.change(held, { keyring: await amended(held.keyring) });
      if (!written.ok) throw new Error(`keyring not written: ${written.failure.kind}`);
    });
  }
}

export function wipe(root: RootKey, sealing: Protecting): void {
  root.drop();
  sealing.key.fill(0);
}
