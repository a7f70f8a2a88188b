import type { SaveFailure } from "../../domain/saveFailure";
import { Listeners } from "../../platform/listeners";
import type { NotebookSession } from "../../platform/notebook";

/** What stands in the field for attendees of one meeting and is not among them yet. */
export interface TypedNames {
  readonly text: string;
  /** Why it was refused; null while it is only typed. */
  readonly failure: SaveFailure | null;
}

const nothing: TypedNames = { text: "", failure: null };

/**
 * The typed names of all meetings. They outlive the field on screen, so that a refused name is found again when its
 * meeting is, and the window does not close over it in silence.
 */
export class AllTypedNames {
  readonly #held = new Map<string, TypedNames>();
  readonly #adders = new Map<string, () => Promise<void>>();
  readonly #listeners = new Listeners();
  readonly subscribe = this.#listeners.add;

  of(meeting: string): TypedNames {
    return this.#held.get(meeting) ?? nothing;
  }

  set(meeting: string, typed: TypedNames): void {
    if (typed.text === "") this.#held.delete(meeting);
    else this.#held.set(meeting, typed);
    this.#listeners.notify();
  }

  /** How what stands in the field becomes attendees; kept when the field goes, for what may still be in it. */
  follow(meeting: string, add: () => Promise<void>): void {
    this.#adders.set(meeting, add);
  }

  get unsaved(): boolean {
    return [...this.#held.values()].some(({ text }) => text.trim() !== "");
  }

  async flush(): Promise<void> {
    await Promise.all([...this.#held.keys()].map((meeting) => this.#adders.get(meeting)?.() ?? Promise.resolve()));
  }
}

const known = new WeakMap<NotebookSession, AllTypedNames>();

export function allTypedNames(session: NotebookSession): AllTypedNames {
  const made = known.get(session) ?? new AllTypedNames();
  if (!known.has(session)) {
    known.set(session, made);
    // As long as the session: a field that has gone may have left a refused name.
    session.drafts.register({ flush: () => made.flush(), unsaved: () => made.unsaved });
  }
  return made;
}
