import { randomUUID } from "node:crypto";
import { mkdir, readdir, rm } from "node:fs/promises";
import path from "node:path";
import { errorCode } from "../files/errorCode";
import type { Log } from "../log/log";
import type { SettingsNotSaved } from "../shared/ipc";
import { SHORTEST_PASSPHRASE, type KeysFailure, type KeysState } from "../shared/keys";
import { failure, success, type Result } from "../shared/result";
import { Attempts } from "./attempts";
import type { Keychain } from "./keychain";
import { ledgersOf, type Keyring } from "./keyring";
import * as change from "./keyringChanges";
import { KeyringFile } from "./keyringFile";
import type { ComingKeys, NotebookKeys, PortableWrap } from "./notebookKeys";
import { isTooShort, passphraseBytes, type PassphraseHash } from "./passphraseHash";
import { placeOf } from "./place";
import { dropOpened, openBySecret, type OpenedPortable } from "./portableWrap";
import { newRecoveryKey, recoveryKeyOf, wordsOf } from "./recoveryWords";
import { RootKey } from "./rootKey";
import {
  isProtecting,
  sealingByKeychain,
  sealingByKit,
  sealingByNothing,
  sealingByPassphrase,
  storedSealing,
  unwrapBy,
  type Protecting,
} from "./sealing";
import { setAside } from "./setAside";

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

type Held =
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
type Open = Held & { readonly kind: "open" };

type Outcome = Result<null, KeysFailure>;
const done = success(null);
const notNow = failure({ kind: "not-now" } as const);
const tooShort = failure({ kind: "too-short", limit: SHORTEST_PASSPHRASE } as const);
const noKeychain = failure({ kind: "no-keychain" } as const);

/** The notebook of a backup, opened by the given secret of it, or (null) by the present root key. */
export interface ToAdopt {
  readonly notebook: string;
  readonly portable: readonly PortableWrap[];
  readonly opened: OpenedPortable | null;
}

/** A backup's notebook that is to take the place of an empty one. */
export interface Adoption {
  /** Of the notebook to come; nothing lies in its `ledgerFolder` yet. */
  readonly keys: ComingKeys;
  /** Switches to it, at once or not at all: the former root key is wiped, the former ledger can be removed. */
  finish(): Promise<Outcome>;
  /** Gives it up, and removes what was written. */
  abandon(): Promise<void>;
}

/** The present root key's notebook and the one that is to take over. */
export interface Rotation {
  readonly present: NotebookKeys;
  readonly next: ComingKeys;
}

/**
 * The root key of the notebook on this computer: who may open it, and when. One thing is done at a time, so attempts
 * cannot overtake each other. Nothing that is sealed is ever discarded because it cannot be opened.
 */
export class KeyHolder {
  readonly #file: KeyringFile;
  readonly #options: KeyHolderOptions;
  readonly #ticks: () => number;
  readonly #listeners = new Set<(state: KeysState) => void>();
  #held: Held = { kind: "undecided" };
  #keys: NotebookKeys | null = null;
  #attempts: Attempts;
  /** Of the notebook folder now; null where the system does not tell. */
  #place: string | null = null;
  #hasKeychain = false;
  /** What was there at start; the places of a notebook that is begun keep clear of it. */
  #planned: change.Taken = { ledgers: [], partitions: [] };
  /** The ledger of an adoption under way: named as left over in case it is never finished, but not to be removed. */
  #comingLedger: string | null = null;
  #progress = { done: 0, total: 0 };
  #last: Promise<unknown> = Promise.resolve();

  private constructor(options: KeyHolderOptions) {
    this.#options = options;
    this.#file = new KeyringFile(options.folder);
    this.#ticks = options.ticks ?? ((): number => performance.now());
    this.#attempts = new Attempts(undefined, options.now(), this.#ticks);
  }

  /**
   * Reads the keyring and opens it as far as that needs no secret (the keychain may ask for a person). A new notebook is
   * begun where there is a keychain; elsewhere nothing is written until it is decided. Rejects if a new notebook cannot
   * be written at all.
   */
  static async open(options: KeyHolderOptions): Promise<KeyHolder> {
    const holder = new KeyHolder(options);
    await holder.#start();
    return holder;
  }

  state(): KeysState {
    const held = this.#held;
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
          keychain: this.#hasKeychain,
          rotation: held.nextRoot && this.#progress,
        };
    }
  }

  /** The open notebook's, or null; another object after anything of it has changed. Deriving fails after locking. */
  keys(): NotebookKeys | null {
    return this.#keys;
  }

  /**
   * Where the window is to run: with the store, open or not, or, where there is no notebook to speak of, with what it
   * will be once it is begun. A damaged keyring names none, and the window gets a place that leaves nothing behind.
   */
  partition(): string {
    const held = this.#held;
    if ("keyring" in held) return held.keyring.partition;
    return held.kind === "undecided" ? change.placesOf(this.#planned).partition : "qiao-closed";
  }

  /** Tells every change; answers how to stop that. */
  onState(listener: (state: KeysState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Where nothing was decided yet: seals by this passphrase, or (null) leaves the key unprotected. */
  begin(passphrase: string | null): Promise<Outcome> {
    return this.#alone(async () => {
      if (this.#held.kind !== "undecided") return notNow;
      if (passphrase !== null && isTooShort(passphrase)) return tooShort;
      const { hash } = this.#options;
      const sealing = passphrase === null ? sealingByNothing() : await sealingByPassphrase(hash, passphrase);
      return saved(this.#create(sealing));
    });
  }

  unlock(passphrase: string): Promise<Outcome> {
    return this.#alone(async () => {
      const held = this.#held;
      const wrap = held.kind === "locked" ? held.keyring.wraps.passphrase : undefined;
      if (held.kind !== "locked" || !wrap) return notNow;
      const opened = await this.#try(held.keyring, wrap, passphraseBytes(passphrase));
      if (!opened.ok) return opened;
      const { root, sealing } = opened.value;
      if (!isProtecting(sealing)) return notNow;
      await this.#hold(held.keyring, root, sealing);
      return done;
    });
  }

  /** Asks the keychain once more; `no-keychain` if it still does not open the notebook. */
  tryKeychain(): Promise<Outcome> {
    return this.#alone(async () => {
      const held = this.#held;
      if (held.kind !== "sealed") return notNow;
      return (await this.#holdByItself(held.keyring)) ? done : noKeychain;
    });
  }

  /** Opens by the words of the kit, then seals by the passphrase or, where that is null, by the keychain. */
  recover(words: string, passphrase: string | null): Promise<Outcome> {
    return this.#alone(async () => {
      const held = this.#held;
      if (held.kind !== "locked" && held.kind !== "sealed") return notNow;
      const { hash, keychain, now } = this.#options;
      const { wraps, kit } = held.keyring;
      if (!wraps.recovery) return notNow;
      if (passphrase !== null && isTooShort(passphrase)) return tooShort;
      if (passphrase === null && !(await keychain.isAvailable())) return noKeychain;
      const key = recoveryKeyOf(words);
      if (!key.ok) return key;
      const opened = await this.#try(held.keyring, wraps.recovery, key.value);
      if (!opened.ok) return opened;
      opened.value.sealing.key.fill(0);
      const { root } = opened.value;
      const sealing =
        passphrase === null ? await sealingByKeychain(keychain) : await sealingByPassphrase(hash, passphrase);
      if (!sealing) {
        root.drop();
        return noKeychain;
      }
      const rehearsed = kit && { kit: { ...kit, rehearsedAt: now().toISOString() } };
      const next = { ...change.resealed(held.keyring, sealing, root, null), ...rehearsed };
      const written = await this.#write(next);
      if (written.ok) await this.#hold(next, root, sealing);
      else wipe(root, sealing);
      return written;
    });
  }

  /** Wipes the keys; only with a passphrase. What uses them must have ended before. */
  lock(): Promise<Outcome> {
    return this.#alone(() => {
      const held = this.#held;
      if (held.kind !== "open" || held.sealing.kind !== "passphrase") return notNow;
      this.#become({ kind: "locked", keyring: held.keyring });
      return done;
    });
  }

  /** Sets, changes or removes the passphrase: see `keys:set-passphrase`. Only wraps change, nothing is sealed anew. */
  setPassphrase(wanted: {
    readonly current: string | null;
    readonly next: string | null;
    readonly unprotected: boolean;
  }): Promise<Outcome> {
    return this.#alone(async () => {
      const { current, next, unprotected } = wanted;
      const { hash, keychain } = this.#options;
      const held = this.#held;
      if (held.kind !== "open") return notNow;
      if (next !== null && isTooShort(next)) return tooShort;
      const checked = await this.#check(held, current);
      if (!checked.ok) return checked;
      const sealing = next === null ? await sealingByKeychain(keychain) : await sealingByPassphrase(hash, next);
      if (!sealing && !unprotected) return noKeychain;
      return this.#reseal(held, sealing ?? sealingByNothing());
    });
  }

  /** Makes a recovery kit and answers its words; an earlier kit opens nothing any more. Not during a rotation. */
  makeKit(): Promise<Result<{ readonly words: string }, KeysFailure>> {
    return this.#alone(async () => {
      const held = this.#held;
      if (held.kind !== "open" || held.nextRoot) return notNow;
      const recoveryKey = newRecoveryKey();
      const words = wordsOf(recoveryKey);
      const sealing = await sealingByKit(this.#options.hash, recoveryKey).finally(() => recoveryKey.fill(0));
      const kit = { madeAt: this.#options.now().toISOString(), rehearsedAt: null };
      const next = change.withKit(held.keyring, sealing, held.root, kit);
      sealing.key.fill(0);
      const written = await this.#write(next);
      if (!written.ok) return written;
      this.#become({ ...held, keyring: next });
      return success({ words });
    });
  }

  /** Tries the words of the kit, and keeps that it was done. */
  rehearse(words: string): Promise<Outcome> {
    return this.#alone(async () => {
      const held = this.#held;
      if (held.kind !== "open" || !held.keyring.kit || !held.keyring.wraps.recovery) return notNow;
      const key = recoveryKeyOf(words);
      if (!key.ok) return key;
      const opened = await this.#try(held.keyring, held.keyring.wraps.recovery, key.value);
      if (!opened.ok) return opened;
      dropOpened(opened.value);
      const kit = { ...held.keyring.kit, rehearsedAt: this.#options.now().toISOString() };
      return this.#change(held, { ...held.keyring, kit });
    });
  }

  /**
   * Makes another root key beside the present one; `passphrase` where there is one. It goes on with one that was begun
   * before. Until `finishRotation` the present root key and ledger are the ones that count.
   */
  beginRotation(passphrase: string | null): Promise<Outcome> {
    return this.#alone(async () => {
      const held = this.#held;
      if (held.kind !== "open") return notNow;
      const checked = await this.#check(held, passphrase);
      if (!checked.ok) return checked;
      if (held.nextRoot) return done;
      const nextRoot = RootKey.random();
      const next = change.withRotation(held.keyring, held.sealing, nextRoot, await this.#taken());
      const written = await this.#write(next);
      if (!written.ok) nextRoot.drop();
      else {
        this.#progress = { done: 0, total: 0 };
        this.#become({ ...held, keyring: next, nextRoot });
      }
      return written;
    });
  }

  /** Both keys, while the root key is being changed. */
  rotation(): Rotation | null {
    const held = this.#held;
    if (held.kind !== "open" || !held.nextRoot || !held.keyring.rotation || !this.#keys) return null;
    return {
      present: this.#keys,
      next: this.#comingKeys(change.rotated(held.keyring, held.keyring.rotation), held.nextRoot),
    };
  }

  /** Entries sealed anew, for the state. */
  rotationProgress(progress: { readonly done: number; readonly total: number }): void {
    this.#progress = progress;
    this.#tell();
  }

  /**
   * Everything is sealed by the next root key and on the disk: it takes over, at once or not at all. The kit opens
   * nothing any more. `keys()` answers the new ones; once the former ledger is closed, `removeLeftovers` removes it.
   */
  finishRotation(): Promise<Outcome> {
    return this.#alone(async () => {
      const held = this.#held;
      const rotation = held.kind === "open" ? held.keyring.rotation : undefined;
      if (held.kind !== "open" || !held.nextRoot || !rotation) return notNow;
      const next = change.rotated(held.keyring, rotation);
      const written = await this.#write(next);
      if (written.ok) this.#become({ ...held, keyring: next, root: held.nextRoot, nextRoot: null });
      return written;
    });
  }

  /** Gives the next root key up, with what was sealed by it. */
  abandonRotation(): Promise<Outcome> {
    return this.#alone(async () => {
      const held = this.#held;
      if (held.kind !== "open" || !held.keyring.rotation) return notNow;
      const next = change.withoutRotation(held.keyring);
      const written = await this.#write(next);
      if (!written.ok) return written;
      this.#become({ ...held, keyring: next, nextRoot: null });
      await this.#removeLeftovers();
      return done;
    });
  }

  /**
   * Begins to put a backup's notebook in the place of the present one, which holds nothing yet. What protects this
   * computer goes on doing so, except that a backup opened by its passphrase never ends up with less than that. Copies
   * what it needs of `opened`.
   */
  adopt(backup: ToAdopt): Promise<Result<Adoption, KeysFailure>> {
    return this.#alone(async () => {
      const held = this.#held;
      if (held.kind !== "open") return notNow;
      const { opened, notebook, portable } = backup;
      const root = opened ? opened.root.copy() : held.root.copy();
      const brought = opened && isProtecting(opened.sealing) && held.sealing.kind !== "passphrase";
      const sealing = brought ? copyOf(opened.sealing) : copyOf(held.sealing);
      const recovery = portable.find(({ kind }) => kind === "recovery");
      const now = this.#options.now().toISOString();
      const kit = recovery && {
        madeAt: recovery.madeAt ?? now,
        rehearsedAt: opened?.sealing.kind === "recovery" ? now : null,
      };
      const coming = change.adopting(held.keyring, { notebook, root, sealing, recovery, kit }, await this.#taken());
      this.#comingLedger = coming.ledger;
      const written = await this.#change(held, change.withLeftover(held.keyring, coming.ledger));
      if (!written.ok) {
        wipe(root, sealing);
        return written;
      }
      return success({
        keys: this.#comingKeys(coming, root),
        finish: () => this.#alone(() => this.#finishAdoption(held.sealing, coming, root, sealing)),
        abandon: async () => {
          wipe(root, sealing);
          this.#comingLedger = null;
          await this.removeLeftovers();
        },
      });
    });
  }

  /** Removes ledgers that nothing needs any more, and says so in the log where that fails; tried again at each start. */
  removeLeftovers(): Promise<void> {
    return this.#alone(() => this.#removeLeftovers());
  }

  /** Puts a notebook that does not open aside, whole, and begins a new one; answers the folder's new name. */
  setAside(): Promise<Result<{ readonly keptAs: string }, SettingsNotSaved>> {
    return this.#alone(async () => {
      const { folder, now, log } = this.#options;
      const { kind } = this.#held;
      if (kind === "open" || kind === "undecided") return failure({ kind: "settings-not-saved", detail: "not-now" });
      const aside = await setAside(folder, now());
      if (!aside.ok) return aside;
      this.#attempts = new Attempts(undefined, now(), this.#ticks);
      this.#become({ kind: "undecided" });
      // Where it fails there is no notebook yet, and the next start begins one.
      await this.#start().catch((error: unknown) => log.error("new notebook not begun", error));
      return aside;
    });
  }

  /** Wipes the keys, at the end of the program. */
  close(): Promise<void> {
    return this.#alone(() => {
      this.#listeners.clear();
      if (this.#held.kind === "open") this.#become({ kind: "locked", keyring: this.#held.keyring });
    });
  }

  async #start(): Promise<void> {
    const { keychain } = this.#options;
    const read = await this.#file.read();
    if (read === null) {
      this.#planned = await this.#taken();
      const sealing = await sealingByKeychain(keychain);
      if (sealing) await this.#create(sealing);
      else this.#become({ kind: "undecided" });
      return;
    }
    if (read.kind === "damaged") {
      this.#become(read);
      return;
    }
    const { keyring } = read;
    this.#attempts = new Attempts(keyring.attempts, this.#options.now(), this.#ticks);
    if (keyring.wraps.passphrase) this.#become({ kind: "locked", keyring });
    else if (!(await this.#holdByItself(keyring))) this.#become({ kind: "sealed", keyring });
  }

  /** Rejects with the file system's error; then nothing was begun. */
  async #create(sealing: Protecting): Promise<void> {
    const root = RootKey.random();
    const notebook = randomUUID();
    try {
      await mkdir(this.#file.folder, { recursive: true, mode: 0o700 });
      const place = await placeOf(this.#file.folder, notebook);
      const keyring = change.begun(notebook, root, sealing, place, this.#planned);
      await this.#file.write(keyring);
      await this.#hold(keyring, root, sealing);
    } catch (error) {
      wipe(root, sealing);
      throw error;
    }
  }

  /** Opens what needs no secret; false if it does not open. */
  async #holdByItself(keyring: Keyring): Promise<boolean> {
    const sealing = await storedSealing(keyring.wraps, this.#options.keychain);
    const root = sealing && unwrapBy(sealing, keyring.wraps, keyring.notebook);
    if (!sealing || !root) return false;
    await this.#hold(keyring, root, sealing);
    return true;
  }

  async #hold(keyring: Keyring, root: RootKey, sealing: Protecting): Promise<void> {
    const { keychain, log } = this.#options;
    this.#hasKeychain = await keychain.isAvailable();
    await this.#findPlace(keyring);
    const nextRoot = keyring.rotation ? unwrapBy(sealing, keyring.rotation.wraps, keyring.notebook) : null;
    this.#progress = { done: 0, total: 0 };
    this.#become({ kind: "open", keyring, root, sealing, nextRoot });
    await this.#removeLeftovers();
    log.info("keys open", { protection: sealing.kind });
  }

  /** Right or wrong, the bytes of the secret are wiped. */
  async #try(keyring: Keyring, wrap: PortableWrap, secret: Buffer): Promise<Result<OpenedPortable, KeysFailure>> {
    const { waitMs } = this.#attempts;
    if (waitMs > 0) {
      secret.fill(0);
      return failure({ kind: "too-soon", waitMs });
    }
    const opened = await openBySecret(this.#options.hash, keyring.notebook, wrap, secret);
    const before = this.#attempts.kept;
    if (opened) this.#attempts.right();
    else this.#attempts.wrong(this.#options.now());
    // A disk that refuses it only forgets the pause at the next start.
    if (this.#attempts.kept !== before) await this.#write(keyring);
    if (opened) return success(opened);
    const kind = wrap.kind === "passphrase" ? "wrong-passphrase" : "wrong-words";
    return failure({ kind, waitMs: this.#attempts.waitMs });
  }

  /** Whether the passphrase is the present one, or null where there is none. */
  async #check(held: Open, passphrase: string | null): Promise<Outcome> {
    const wrap = held.keyring.wraps.passphrase;
    if (!wrap || passphrase === null) return wrap || passphrase !== null ? notNow : done;
    const opened = await this.#try(held.keyring, wrap, passphraseBytes(passphrase));
    if (!opened.ok) return opened;
    dropOpened(opened.value);
    return done;
  }

  async #reseal(held: Open, sealing: Protecting): Promise<Outcome> {
    const next = change.resealed(held.keyring, sealing, held.root, held.nextRoot);
    const written = await this.#write(next);
    if (written.ok) this.#become({ ...held, keyring: next, sealing });
    else sealing.key.fill(0);
    return written;
  }

  /** Where the sealing changed meanwhile, what is coming would be opened by the former one: then it is not taken. */
  async #finishAdoption(before: Protecting, coming: Keyring, root: RootKey, sealing: Protecting): Promise<Outcome> {
    const held = this.#held;
    if (held.kind !== "open" || held.sealing !== before || held.nextRoot) return notNow;
    const written = await this.#write(coming);
    if (written.ok) this.#become({ kind: "open", keyring: coming, root, sealing, nextRoot: null });
    return written;
  }

  async #change(held: Open, keyring: Keyring): Promise<Outcome> {
    const written = await this.#write(keyring);
    if (written.ok) this.#become({ ...held, keyring });
    return written;
  }

  async #removeLeftovers(): Promise<void> {
    const held = this.#held;
    if (held.kind !== "open" || !held.keyring.leftover) return;
    const { leftover, ...keyring } = held.keyring;
    const needed = [...ledgersOf(keyring), this.#comingLedger];
    const staying = leftover.filter((name) => name === this.#comingLedger);
    try {
      for (const name of leftover.filter((each) => !needed.includes(each))) {
        await rm(path.join(this.#file.folder, name), { recursive: true, force: true });
      }
      await this.#change(held, { ...(keyring as Keyring), ...(staying.length > 0 ? { leftover: staying } : {}) });
    } catch (error) {
      this.#options.log.error("former ledger not removed", error);
    }
  }

  /** With the present count of wrong attempts. */
  #write(keyring: Keyring): Promise<Result<null, SettingsNotSaved>> {
    const { attempts: _before, ...rest } = keyring;
    const { kept } = this.#attempts;
    return saved(this.#file.write({ ...(rest as Keyring), ...(kept ? { attempts: kept } : {}) }));
  }

  async #taken(): Promise<change.Taken> {
    const names = (folder: string): Promise<string[]> => readdir(folder).catch(() => []);
    const [ledgers, partitions] = await Promise.all([
      names(this.#file.folder),
      names(path.join(this.#options.folder, "Partitions")),
    ]);
    return { ledgers, partitions: partitions.map((name) => `persist:${name}`) };
  }

  #comingKeys(keyring: Keyring, root: RootKey): ComingKeys {
    const { passphrase, recovery } = keyring.wraps;
    const kit = recovery && { ...recovery, madeAt: keyring.kit?.madeAt };
    return {
      notebook: keyring.notebook,
      ledgerFolder: path.join(this.#file.folder, keyring.ledger),
      partition: keyring.partition,
      derive: (purpose) => root.derive(purpose),
      portable: () => [passphrase, kit].filter((wrap) => wrap !== undefined),
    };
  }

  #notebookKeys({ keyring, root }: Open): NotebookKeys {
    return {
      ...this.#comingKeys(keyring, root),
      copied: this.#place !== null && this.#place !== keyring.place,
      placeTaken: () => this.#amend(async (present) => ({ ...present, place: await this.#findPlace(present) })),
      renewStore: () => this.#amend(async (present) => change.withStoreRenewed(present, await this.#taken())),
    };
  }

  /** Rejects where the notebook is not open any more, or with the file system's error. */
  #amend(amended: (keyring: Keyring) => Promise<Keyring>): Promise<void> {
    return this.#alone(async () => {
      const held = this.#held;
      if (held.kind !== "open") throw new Error("the notebook is not open");
      const written = await this.#change(held, await amended(held.keyring));
      if (!written.ok) throw new Error(`keyring not written: ${written.failure.kind}`);
    });
  }

  async #findPlace(keyring: Keyring): Promise<string | null> {
    this.#place = await placeOf(this.#file.folder, keyring.notebook).catch(() => null);
    return this.#place;
  }

  #become(held: Held): void {
    const before = this.#held;
    this.#held = held;
    if (before.kind === "open") {
      const kept = held.kind === "open" ? held : null;
      if (before.root !== kept?.root) before.root.drop();
      if (before.nextRoot !== kept?.root && before.nextRoot !== kept?.nextRoot) before.nextRoot?.drop();
      if (before.sealing !== kept?.sealing) before.sealing.key.fill(0);
    }
    this.#keys = held.kind === "open" ? this.#notebookKeys(held) : null;
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener(this.state());
  }

  #alone<Value>(work: () => Value | Promise<Value>): Promise<Value> {
    const result = this.#last.then(work);
    this.#last = result.catch(() => undefined);
    return result;
  }
}

function wipe(root: RootKey, sealing: Protecting): void {
  root.drop();
  sealing.key.fill(0);
}

function copyOf(sealing: Protecting): Protecting {
  return { ...sealing, key: Buffer.from(sealing.key) };
}

async function saved(writing: Promise<void>): Promise<Result<null, SettingsNotSaved>> {
  try {
    await writing;
    return done;
  } catch (error) {
    return failure({ kind: "settings-not-saved", detail: errorCode(error) });
  }
}
