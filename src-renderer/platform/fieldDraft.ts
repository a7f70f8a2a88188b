import type { Result } from "../../src-main/shared/result";
import type { SaveFailure } from "../domain/saveFailure";
import { Listeners } from "./listeners";
import { isWorthRetrying, retryDelay, type SaveStates } from "./saveStates";

/** Rest after the last key before a field is saved, in ms. */
export const COMMIT_AFTER = 300;
/** Longest time that typing without a rest stays unsaved, in ms. */
export const COMMIT_WITHIN = 900;
/** How long a saved draft is still shown while the record with it is on its way back, in ms. */
const SETTLE_FOR = 1_000;

export type Commit = (text: string) => Promise<Result<null, SaveFailure>>;

/** What holds typed text of its own: closing the window waits for it, and asks if it stays unsaved. */
export interface HoldsText {
  readonly flush: () => Promise<void>;
  readonly unsaved: () => boolean;
}

interface Owner {
  readonly saves: SaveStates;
  /** Called when nothing is unsaved in it any more. */
  settled(draft: FieldDraft): void;
}

/**
 * What is typed in one text field and not yet known to be on disk. It outlives the field on screen: leaving a record
 * while the disk is full loses nothing, and coming back finds the text again.
 *
 * It is committed after a rest, and at once when the field is left. While an input method composes, only the text from
 * before the composition may be committed: raw pinyin is not what the person wrote.
 */
export class FieldDraft {
  readonly recordId: string;
  readonly field: string;
  readonly #owner: Owner;
  readonly #listeners = new Listeners();
  readonly subscribe = this.#listeners.add;
  #commit: Commit | undefined;
  #text: string | undefined;
  #beforeComposing: string | undefined;
  #composing = false;
  #committed: string | undefined;
  #underWay: Promise<void> | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #unsavedSince: number | undefined;
  #attempt = 0;
  #failure: SaveFailure | null = null;
  #stored = "";

  constructor(owner: Owner, recordId: string, field: string) {
    this.#owner = owner;
    this.recordId = recordId;
    this.field = field;
  }

  /** The text typed and not yet seen in the record; undefined when the record's own value is to be shown. */
  get text(): string | undefined {
    return this.#text;
  }
  get failure(): SaveFailure | null {
    return this.#failure;
  }
  get unsaved(): boolean {
    return this.#text !== undefined && this.#text !== this.#committed;
  }

  /** Follows the field on screen: its way to save, and the record's value now. */
  follow(commit: Commit, stored: string): void {
    this.#commit = commit;
    const changed = stored !== this.#stored;
    this.#stored = stored;
    // The saved text has come back with the record (or something newer has): the record speaks again.
    if (changed) this.settle();
  }

  type(text: string): void {
    this.#text = text;
    this.#committed = undefined;
    this.#failure = null;
    this.#attempt = 0;
    this.#owner.saves.set(this.recordId, `draft ${this.field}`, { kind: "saving" });
    this.#unsavedSince ??= Date.now();
    const left = this.#unsavedSince + COMMIT_WITHIN - Date.now();
    if (!this.#composing) this.#after(Math.max(0, Math.min(COMMIT_AFTER, left)));
    this.#listeners.notify();
  }

  composeStart(): void {
    this.#composing = true;
    this.#beforeComposing = this.#text;
    clearTimeout(this.#timer);
  }

  composeEnd(): void {
    this.#composing = false;
    this.#beforeComposing = undefined;
    if (this.unsaved) this.#after(COMMIT_AFTER);
  }

  /** Shows the record's own value again, unless something typed is not on disk. */
  settle(): void {
    if (this.#text !== undefined && !this.unsaved && !this.#underWay) this.#release();
  }

  /** Saves what is unsaved now and settles with the answer. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    while (this.#underWay) await this.#underWay;
    const text = this.#composing ? this.#beforeComposing : this.#text;
    if (!this.#commit || text === undefined || text === this.#committed) return;
    this.#unsavedSince = undefined;
    this.#underWay = this.#save(this.#commit, text);
    await this.#underWay;
  }

  async #save(commit: Commit, text: string): Promise<void> {
    const result = await commit(text);
    this.#underWay = undefined;
    if (!result.ok) {
      this.#failure = result.failure;
      this.#owner.saves.set(this.recordId, `draft ${this.field}`, { kind: "not-saved", failure: result.failure });
      if (isWorthRetrying(result.failure)) this.#after(retryDelay(this.#attempt++));
      this.#listeners.notify();
      return;
    }
    this.#committed = text;
    this.#failure = null;
    this.#attempt = 0;
    if (this.unsaved) {
      if (!this.#composing) this.#after(COMMIT_AFTER);
      return;
    }
    this.#owner.saves.set(this.recordId, `draft ${this.field}`, { kind: "saved" });
    if (this.#stored === text) this.#release();
    else {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => {
        if (!this.unsaved) this.#release();
      }, SETTLE_FOR);
      this.#listeners.notify();
    }
  }

  #after(delay: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), delay);
  }

  #release(): void {
    clearTimeout(this.#timer);
    this.#text = undefined;
    this.#committed = undefined;
    this.#owner.settled(this);
    this.#listeners.notify();
  }
}

/** All drafts of the window, by field; `flushDrafts` is what closing the window waits for. */
export class Drafts {
  readonly #drafts = new Map<string, FieldDraft>();
  readonly #onScreen = new Set<FieldDraft>();
  readonly #others = new Set<HoldsText>();
  readonly #saves: SaveStates;

  constructor(saves: SaveStates) {
    this.#saves = saves;
  }

  of(recordId: string, field: string): FieldDraft {
    const key = keyOf(recordId, field);
    const known = this.#drafts.get(key);
    if (known) return known;
    const settled = (draft: FieldDraft): void => {
      if (!this.#onScreen.has(draft)) this.#drafts.delete(key);
    };
    const draft = new FieldDraft({ saves: this.#saves, settled }, recordId, field);
    this.#drafts.set(key, draft);
    return draft;
  }

  /** The field is on screen; the way out saves at once and lets a settled draft go. */
  show(draft: FieldDraft): () => void {
    const key = keyOf(draft.recordId, draft.field);
    this.#drafts.set(key, draft);
    this.#onScreen.add(draft);
    return () => {
      this.#onScreen.delete(draft);
      if (draft.text === undefined) this.#drafts.delete(key);
      else void draft.flush();
    };
  }

  /** Something else that holds what was typed (open notes). Returns the way out. */
  register(holder: HoldsText): () => void {
    this.#others.add(holder);
    return () => {
      this.#others.delete(holder);
    };
  }

  /** Whether any text, on screen or left behind, is not on disk. */
  get unsaved(): boolean {
    return (
      [...this.#drafts.values()].some((draft) => draft.unsaved) || [...this.#others].some((holder) => holder.unsaved())
    );
  }

  /** What is saved is shown as it is in the records: something else than typing (an undo) has changed them. */
  settle(): void {
    for (const draft of [...this.#drafts.values()]) draft.settle();
  }

  /** Saves everything typed anywhere; settles when every answer is there, whatever it says. */
  async flushDrafts(): Promise<void> {
    const drafts = [...this.#drafts.values()].map((draft) => draft.flush());
    await Promise.allSettled([...drafts, ...[...this.#others].map((holder) => holder.flush())]);
  }
}

function keyOf(recordId: string, field: string): string {
  return `${recordId} ${field}`;
}
