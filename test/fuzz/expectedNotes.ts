import * as Y from "yjs";
import { NOTE_TEXT } from "../../src-renderer/domain/noteText";

/** What merges may delete of a text: markup that two people wrote at once (`repairMarkdown.ts`). */
const markup = new Set("#-*+[] xX0123456789.)");

/**
 * What every note should hold: all increments that any device has saved, in one document each. Every letter is typed
 * once only in a history, so a letter that is there twice was doubled.
 */
export class ExpectedNotes {
  readonly #notes = new Map<string, Y.Doc>();
  /** Units that somebody erased together with their note. */
  readonly #erased = new Map<string, Set<string>>();

  get ids(): readonly string[] {
    return [...this.#notes.keys()];
  }

  add(note: string, update: Uint8Array): void {
    const known = this.#notes.get(note);
    const doc = known ?? new Y.Doc({ guid: "expected" });
    if (!known) this.#notes.set(note, doc);
    Y.applyUpdate(doc, update);
  }

  erase(note: string): void {
    const units = this.#erased.get(note) ?? new Set();
    for (const unit of this.textOf(note)) units.add(unit);
    this.#erased.set(note, units);
  }

  textOf(note: string): string {
    return this.#notes.get(note)?.getText(NOTE_TEXT).toJSON() ?? "";
  }

  wasErased(note: string): boolean {
    return this.#erased.has(note);
  }

  /** What is wrong with a text; undefined if nothing is. */
  faultOf(note: string, text: string): string | undefined {
    const expected = this.textOf(note);
    if (text === expected) return undefined;
    const erased = this.#erased.get(note);
    const letters = [...text].filter((unit) => !markup.has(unit) && unit !== "\n");
    const doubled = letters.find((unit, index) => letters.indexOf(unit) !== index && count(expected, unit) < 2);
    if (doubled !== undefined) return `doubled ${show(doubled)}`;
    if (erased) {
      // What was deleted, moved or marked up in the copy that was erased, and nowhere else, is not to be seen any more.
      const lost = [...expected].find((unit) => !markup.has(unit) && !erased.has(unit) && !text.includes(unit));
      return lost === undefined ? undefined : `lost ${show(lost)} of ${show(expected)}: ${show(text)}`;
    }
    let place = 0;
    for (const unit of expected) {
      if (text[place] === unit) place += 1;
      else if (!markup.has(unit)) return `lost ${show(unit)} of ${show(expected)}: ${show(text)}`;
    }
    return place === text.length ? undefined : `invented at ${place} of ${show(text)}, expected ${show(expected)}`;
  }

  dispose(): void {
    for (const doc of this.#notes.values()) doc.destroy();
  }
}

function count(text: string, unit: string): number {
  return text.split(unit).length - 1;
}

function show(text: string): string {
  return JSON.stringify(text.length > 300 ? `${text.slice(0, 300)}…` : text);
}
