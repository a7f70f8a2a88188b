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

/**
 * Knows whether undo belongs to the text field that has the focus. The browser keeps a history for a field while the person
 * types in it; what the program puts there ends that history. A field that was taken back to where it began still has
 * undo until it is left, so that the same words do not come back by the notebook's own undo.
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
      if (!watched || event.target !== watched.element) return;
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

  owns(direction: Direction): boolean {
    const watched = this.#watched;
    if (!watched?.element.isConnected || watched.element !== watched.element.ownerDocument.activeElement) return false;
    const { element, last, atFocus, undone } = watched;
    if (element.value !== last) return false;
    return direction === "redo" ? undone > 0 : last !== atFocus || undone > 0;
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
