import { Listeners } from "./listeners";

/** A history that a screen keeps for itself while it has the focus: a note's. */
export interface OwnHistory {
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  readonly undo: () => void;
  readonly redo: () => void;
}

/** The own history that has the focus; the window's Undo and Redo lead to it. There is one focus, so there is one of this. */
class FocusedHistory {
  readonly #listeners = new Listeners();
  readonly subscribe = this.#listeners.add;
  #owner: object | null = null;
  #history: OwnHistory | null = null;

  readonly snapshot = (): OwnHistory | null => this.#history;

  /** Called when `owner` gets the focus, and whenever what it can do changes. */
  enter(owner: object, history: OwnHistory): void {
    const before = this.#history;
    const isSame = this.#owner === owner && before?.canUndo === history.canUndo && before.canRedo === history.canRedo;
    if (isSame) return;
    this.#owner = owner;
    this.#history = history;
    this.#listeners.notify();
  }

  leave(owner: object): void {
    if (this.#owner !== owner) return;
    this.#owner = null;
    this.#history = null;
    this.#listeners.notify();
  }
}

export const focusedHistory = new FocusedHistory();
