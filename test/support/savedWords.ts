import type { Page } from "@playwright/test";

/** What a meeting's form shows at one moment. */
export interface Seen {
  /** The record's save state, as it is shown. */
  readonly isSaved: boolean;
  readonly note: string;
  readonly place: string;
}

/** Words apart by one space: where the editor breaks lines says nothing. */
function plain(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

/** Reads the form in one task of the page, so that the save state is that of just these texts. Null: no form is shown. */
export async function look(page: Page, placeLabel: string): Promise<Seen | null> {
  const seen = await page.evaluate((label) => {
    const state = document.querySelector("[data-save-state]");
    const editor = document.querySelector(".cm-content");
    const inputs = [...document.querySelectorAll("input")];
    const place = inputs.find(({ labels }) => labels?.[0]?.textContent.trim() === label);
    if (!state || !editor || !place) return null;
    const lines = [...editor.querySelectorAll(".cm-line")].filter((line) => !line.querySelector(".cm-placeholder"));
    return {
      isSaved: state.getAttribute("data-save-state") === "saved",
      note: lines.map((line) => line.textContent).join("\n"),
      place: place.value,
    };
  }, placeLabel);
  return seen && { ...seen, note: plain(seen.note), place: plain(seen.place) };
}

/** One meeting's texts: what was typed, and how much of it has been shown as saved. */
export class SavedWords {
  #typedNote = "";
  #savedNote = "";
  readonly #places = [""];
  #savedPlace = 0;

  constructor(readonly title: string) {}

  /** Characters shown as saved. */
  get savedCharacters(): number {
    return this.#savedNote.length + (this.#places[this.#savedPlace] ?? "").length;
  }

  /** The same texts, to be found in another installation. */
  copy(): SavedWords {
    const copied = new SavedWords(this.title);
    copied.#typedNote = this.#typedNote;
    copied.#savedNote = this.#savedNote;
    copied.#places.push(...this.#places.slice(1));
    copied.#savedPlace = this.#savedPlace;
    return copied;
  }

  /** Called before the keys are pressed. */
  typesIntoNote(word: string): void {
    this.#typedNote = plain(`${this.#typedNote} ${word}`);
  }

  typesPlace(place: string): void {
    this.#places.push(place);
  }

  noticed({ isSaved, note, place }: Seen): void {
    if (!isSaved) return;
    this.#savedNote = note;
    // A field may show the value before the one that was typed last, never one that nobody typed.
    this.#savedPlace = Math.max(this.#savedPlace, this.#places.lastIndexOf(place));
  }

  /** How many characters that were shown as saved are not there; throws where there is what nobody typed. */
  lostIn({ note, place }: Seen): number {
    const lostOfNote = this.#savedNote.length - commonStart(note, this.#savedNote);
    const at = this.#places.lastIndexOf(place);
    const savedPlace = this.#places[this.#savedPlace] ?? "";
    const lostOfPlace = at >= this.#savedPlace ? 0 : savedPlace.length - commonStart(place, savedPlace);
    if (lostOfNote + lostOfPlace > 0) return lostOfNote + lostOfPlace;
    if (!this.#typedNote.startsWith(note)) {
      throw new Error(`${this.title} holds what nobody typed: “${note}”, where “${this.#typedNote}” was typed`);
    }
    return 0;
  }

  /** What had not been saved is gone with the page that held it: typing goes on after what is there. */
  goOnFrom({ note }: Seen): void {
    this.#typedNote = note;
  }
}

function commonStart(one: string, other: string): number {
  let length = 0;
  while (length < one.length && length < other.length && one[length] === other[length]) length += 1;
  return length;
}
