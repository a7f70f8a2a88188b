export type Direction = "undo" | "redo";
type TextControl = HTMLInputElement | HTMLTextAreaElement;

interface Watched {
  readonly element: TextControl;
  atFocus: string;
  /** After the last input by the person; anything else was put there by the program. */
  last: string;
  /** Steps taken back by the browser and not yet done again. */
  undone: number;
}

/** Whose a step is: the field's own, the notebook's, or nobody's, since the field has been taken back to where it began. */
export type Owner = "field" | "notebook" | "nobody";

/**
 * Knows whether undo belongs to the text field that has the focus: the browser keeps a history of what the person types;
 * what the program puts into a field ends it. A field that was taken back to where it began keeps undo until it is left:
 * one step more of the browser's would be in another field (Chromium has one history for the whole page), and one of the
 * notebook's would bring the same words back.
 */
export class FieldHistory {
  #watched: Watched | null = null;

  /** Watches the fields of the document. Returns the way out. */
  watch(document: Document): () => void {
    const onFocus = ({ target }: Event): void => {
      this.#watched = isTextControl(target)
        ? { element: target, atFocus: target.value, last: target.value, undone: 0 }
        : null;
    };
    const onInput = (event: Event): void => {
      const watched = this.#watched;
      if (watched === null) return;
      if (event.target !== watched.element) return;
      const { value } = watched.element;
      const inputType = event instanceof InputEvent ? event.inputType : null;
      if (inputType === null) watched.atFocus = value;
      watched.undone =
        inputType === "historyUndo"
          ? watched.undone + 1
          : inputType === "historyRedo"
            ? Math.max(0, watched.undone - 1)
            : 0;
      watched.last = value;
    };
    document.addEventListener("focusin", onFocus);
    // Before a field that stops the event, and before its screen answers to it.
    document.addEventListener("input", onInput, { capture: true });
    return () => {
      document.removeEventListener("focusin", onFocus);
      document.removeEventListener("input", onInput, { capture: true });
      this.#watched = null;
    };
  }

  ownerOf(direction: Direction): Owner {
    const watched = this.#watched;
    if (!watched?.element.isConnected || watched.element !== watched.element.ownerDocument.activeElement) {
      return "notebook";
    }
    const { element, last, atFocus, undone } = watched;
    if (element.value !== last) return "notebook";
    if (direction === "redo") return undone > 0 ? "field" : last === atFocus ? "notebook" : "nobody";
    if (last !== atFocus) return "field";
    return undone > 0 ? "nobody" : "notebook";
  }
}

/** Whether a character typed now would go into a text. */
export function takesText(target: EventTarget | null): boolean {
  return isTextControl(target) || (target instanceof HTMLElement && target.isContentEditable);
}

/** Inputs that hold no text of their own. */
const notText = new Set(["button", "checkbox", "color", "file", "image", "radio", "range", "reset", "submit"]);

function isTextControl(target: EventTarget | null): target is TextControl {
  return target instanceof HTMLTextAreaElement || (target instanceof HTMLInputElement && !notText.has(target.type));
}
