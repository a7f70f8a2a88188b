import { randomUUID } from "node:crypto";
import { mkdir } from "node:fs/promises";
import type { SettingsNotSaved } from "../shared/ipc";
import type { KeysFailure, KeysState, KitMade } from "../shared/keys";
import { failure, type Result } from "../shared/result";
import { adopt, type Adoption, type ToAdopt } from "./adoption";
import { HeldKeys, wipe, type KeyHolderOptions } from "./heldKeys";
import { hold, holdByItself } from "./holding";
import type { Keyring } from "./keyring";
import * as change from "./keyringChanges";
import type { NotebookKeys } from "./notebookKeys";
import { done, noKeychain, notNow, saved, tooShort, type Outcome } from "./outcome";
import { isTooShort, passphraseBytes } from "./passphraseHash";
import { placeOf } from "./place";
import { makeKit, recover, rehearse } from "./recoveryKit";
import { RootKey } from "./rootKey";
import { abandonRotation, beginRotation, finishRotation, rotationOf, type Rotation } from "./rotation";
import { isProtecting, sealingByKeychain, sealingByNothing, sealingByPassphrase, type Protecting } from "./sealing";
import { checkPassphrase, trySecret } from "./secretCheck";
import { setAside } from "./setAside";

export type { Adoption, ToAdopt } from "./adoption";
export type { KeyHolderOptions } from "./heldKeys";
export type { Rotation } from "./rotation";

/**
 * The root key of the notebook on this computer: who may open it, and when. One thing is done at a time, so attempts
 * cannot overtake each other. Nothing that is sealed is ever discarded because it cannot be opened.
 */
export class KeyHolder {
  readonly #keys: HeldKeys;
  /** What was there at start; the places of a notebook that is begun keep clear of it. */
  #planned: change.Taken = { ledgers: [], partitions: [] };

  private constructor(private readonly options: KeyHolderOptions) {
    this.#keys = new HeldKeys(options);
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
    return this.#keys.state();
  }

  /** The open notebook's, or null; another object after anything of it has changed. Deriving fails after locking. */
  keys(): NotebookKeys | null {
    return this.#keys.keys;
  }

  /**
   * Where the window is to run: with the store, open or not, or, where there is no notebook to speak of, with what it
   * will be once it is begun. A damaged keyring names none, and the window gets a place that leaves nothing behind.
   */
  partition(): string {
    const held = this.#keys.now;
    if ("keyring" in held) return held.keyring.partition;
    return held.kind === "undecided" ? change.placesOf(this.#planned).partition : "qiao-closed";
  }

  /** Tells every change; answers how to stop that. */
  onState(listener: (state: KeysState) => void): () => void {
    return this.#keys.onState(listener);
  }

  /** Where nothing was decided yet: seals by this passphrase, or (null) leaves the key unprotected. */
  begin(passphrase: string | null): Promise<Outcome> {
    return this.#keys.alone(async () => {
      if (this.#keys.now.kind !== "undecided") return notNow;
      if (passphrase !== null && isTooShort(passphrase)) return tooShort;
      const { hash } = this.options;
      const sealing = passphrase === null ? sealingByNothing() : await sealingByPassphrase(hash, passphrase);
      return saved(this.#create(sealing));
    });
  }

  unlock(passphrase: string): Promise<Outcome> {
    return this.#keys.alone(async () => {
      const held = this.#keys.now;
      const wrap = held.kind === "locked" ? held.keyring.wraps.passphrase : undefined;
      if (held.kind !== "locked" || !wrap) return notNow;
      const opened = await trySecret(this.#keys, held.keyring, wrap, passphraseBytes(passphrase));
      if (!opened.ok) return opened;
      const { root, sealing } = opened.value;
      if (!isProtecting(sealing)) return notNow;
      await hold(this.#keys, held.keyring, root, sealing);
      return done;
    });
  }

  /** Asks the keychain once more; `no-keychain` if it still does not open the notebook. */
  tryKeychain(): Promise<Outcome> {
    return this.#keys.alone(async () => {
      const held = this.#keys.now;
      if (held.kind === "damaged") {
        // Its file may have been put back meanwhile.
        await this.#start();
        return this.#keys.now.kind === "damaged" ? notNow : done;
      }
      if (held.kind !== "sealed") return notNow;
      return (await holdByItself(this.#keys, held.keyring)) ? done : noKeychain;
    });
  }

  /** Opens by the words of the kit, then seals by the passphrase or, where that is null, by the keychain. */
  recover(words: string, passphrase: string | null): Promise<Outcome> {
    return this.#keys.alone(() => recover(this.#keys, words, passphrase));
  }

  /** Wipes the keys; only with a passphrase. What uses them must have ended before. */
  lock(): Promise<Outcome> {
    return this.#keys.alone(() => {
      const held = this.#keys.now;
      if (held.kind !== "open" || held.sealing.kind !== "passphrase") return notNow;
      this.#keys.become({ kind: "locked", keyring: held.keyring });
      return done;
    });
  }

  /** Sets, changes or removes the passphrase: see `keys:set-passphrase`. Only wraps change, nothing is sealed anew. */
  setPassphrase(wanted: {
    readonly current: string | null;
    readonly next: string | null;
    readonly unprotected: boolean;
  }): Promise<Outcome> {
    return this.#keys.alone(async () => {
      const { current, next, unprotected } = wanted;
      const { hash, keychain } = this.options;
      const held = this.#keys.now;
      if (held.kind !== "open") return notNow;
      if (next !== null && isTooShort(next)) return tooShort;
      const checked = await checkPassphrase(this.#keys, held, current);
      if (!checked.ok) return checked;
      const sealing = next === null ? await sealingByKeychain(keychain) : await sealingByPassphrase(hash, next);
      if (!sealing && !unprotected) return noKeychain;
      const protecting = sealing ?? sealingByNothing();
      const keyring = change.resealed(held.keyring, protecting, held.root, held.nextRoot);
      const changed = await this.#keys.change(held, { keyring, sealing: protecting });
      if (!changed.ok) protecting.key.fill(0);
      return changed;
    });
  }

  /** Makes a recovery kit and answers its words; an earlier kit opens nothing any more. Not during a rotation. */
  makeKit(): Promise<Result<KitMade, KeysFailure>> {
    return this.#keys.alone(() => makeKit(this.#keys));
  }

  /** Tries the words of the kit, and keeps that it was done. */
  rehearse(words: string): Promise<Outcome> {
    return this.#keys.alone(() => rehearse(this.#keys, words));
  }

  /**
   * Makes another root key beside the present one; `passphrase` where there is one. It goes on with one that was begun
   * before. Until `finishRotation` the present root key and ledger are the ones that count.
   */
  beginRotation(passphrase: string | null): Promise<Outcome> {
    return this.#keys.alone(() => beginRotation(this.#keys, passphrase));
  }

  /** Both keys, while the root key is being changed. */
  rotation(): Rotation | null {
    return rotationOf(this.#keys);
  }

  /** Entries sealed anew, for the state. */
  rotationProgress(progress: { readonly done: number; readonly total: number }): void {
    this.#keys.progress = progress;
    this.#keys.tell();
  }

  /**
   * Everything is sealed by the next root key and on the disk: it takes over, at once or not at all. The kit opens
   * nothing any more. `keys()` answers the new ones; once the former ledger is closed, `removeLeftovers` removes it.
   */
  finishRotation(): Promise<Outcome> {
    return this.#keys.alone(() => finishRotation(this.#keys));
  }

  /** Gives the next root key up, with what was sealed by it. */
  abandonRotation(): Promise<Outcome> {
    return this.#keys.alone(() => abandonRotation(this.#keys));
  }

  /**
   * Begins to put a backup's notebook in the place of the present one, which holds nothing yet. What protects this
   * computer goes on doing so, except that a backup opened by its passphrase never ends up with less than that. Copies
   * what it needs of `opened`.
   */
  adopt(backup: ToAdopt): Promise<Result<Adoption, KeysFailure>> {
    return this.#keys.alone(() => adopt(this.#keys, backup));
  }

  /** Removes ledgers that nothing needs any more; where that fails, the log says so, and the next start tries again. */
  removeLeftovers(): Promise<void> {
    return this.#keys.alone(() => this.#keys.removeLeftovers());
  }

  /** Puts a notebook that does not open aside, whole, and begins a new one; answers the folder's new name. */
  setAside(): Promise<Result<{ readonly keptAs: string }, SettingsNotSaved>> {
    return this.#keys.alone(async () => {
      const keys = this.#keys;
      const { folder, now, log } = this.options;
      const { kind } = keys.now;
      if (kind === "open" || kind === "undecided") return failure({ kind: "settings-not-saved", detail: "not-now" });
      const aside = await setAside(folder, now());
      if (!aside.ok) return aside;
      keys.attempts = keys.attemptsOf(undefined);
      await this.#start().catch((error: unknown) => {
        // There is no notebook yet: it can be begun by a decision, or by the next start.
        log.error("new notebook not begun", error);
        keys.become({ kind: "undecided" });
      });
      return aside;
    });
  }

  /** Wipes the keys, at the end of the program. */
  close(): Promise<void> {
    return this.#keys.alone(() => {
      const held = this.#keys.now;
      this.#keys.hush();
      if (held.kind === "open") this.#keys.become({ kind: "locked", keyring: held.keyring });
    });
  }

  async #start(): Promise<void> {
    const keys = this.#keys;
    const read = await keys.file.read();
    if (read === null) {
      this.#planned = await keys.taken();
      const sealing = await sealingByKeychain(this.options.keychain);
      if (sealing) await this.#create(sealing);
      else keys.become({ kind: "undecided" });
      return;
    }
    if (read.kind === "damaged") {
      keys.become(read);
      return;
    }
    const { keyring } = read;
    keys.attempts = keys.attemptsOf(keyring.attempts);
    if (keyring.wraps.passphrase) keys.become({ kind: "locked", keyring });
    else if (!(await holdByItself(keys, keyring))) keys.become({ kind: "sealed", keyring });
  }

  /** Rejects with the file system's error; then nothing was begun. */
  async #create(sealing: Protecting): Promise<void> {
    const root = RootKey.random();
    const keyring = await this.#begun(root, sealing).catch((error: unknown) => {
      wipe(root, sealing);
      throw error;
    });
    await hold(this.#keys, keyring, root, sealing);
  }

  async #begun(root: RootKey, sealing: Protecting): Promise<Keyring> {
    const { file } = this.#keys;
    const notebook = randomUUID();
    await mkdir(file.folder, { recursive: true, mode: 0o700 });
    const place = await placeOf(file.folder, notebook);
    const keyring = change.begun(notebook, root, sealing, place, this.#planned);
    await file.write(keyring);
    return keyring;
  }
}
