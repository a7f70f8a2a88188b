import { StateEffect, type Extension } from "@codemirror/state";
import { ViewPlugin, type EditorView, type ViewUpdate } from "@codemirror/view";
import { finalNewline } from "./tidyInput";

/** Who waits while an input method is composing. */
export interface CompositionListener {
  compositionStarted(): void;
  compositionEnded(): void;
}

/** Sent when a composition is over and its text is in the document: what stood still may be drawn again. */
export const compositionSettled = StateEffect.define();

/** CodeMirror reads the committed text within 50 ms of `compositionend`; nothing may touch the line before that. */
const SETTLE_MS = 60;

/**
 * Tells of the input method's work on the editor. One composition right after another counts as one for changes from
 * elsewhere, but the listener hears of each beginning, so that what was committed in between can go to disk. `onTyped`
 * is called right before the repairs that belong to what was composed.
 */
export function watchComposition(listener: CompositionListener, onTyped: () => void): Extension {
  return ViewPlugin.fromClass(
    class {
      readonly #view: EditorView;
      #timer: ReturnType<typeof setTimeout> | null = null;
      #hasTyped = false;
      #isComposing = false;

      constructor(view: EditorView) {
        this.#view = view;
      }

      start(): void {
        this.#stopTimer();
        this.#isComposing = true;
        listener.compositionStarted();
      }

      end(): void {
        this.#stopTimer();
        this.#isComposing = false;
        this.#timer = setTimeout(() => {
          this.#timer = null;
          this.#settle();
        }, SETTLE_MS);
      }

      /** A composition thrown away (by Ctrl+Z in the middle of it) has no `compositionend`, only the input after it. */
      input(event: Event): void {
        if (this.#isComposing && event instanceof InputEvent && !event.isComposing) this.end();
      }

      update(update: ViewUpdate): void {
        this.#hasTyped ||= update.transactions.some((transaction) => transaction.isUserEvent("input.type.compose"));
      }

      destroy(): void {
        this.#stopTimer();
        listener.compositionEnded();
      }

      #settle(): void {
        if (this.#hasTyped) onTyped();
        const changes = this.#hasTyped ? finalNewline(this.#view.state.doc) : [];
        this.#hasTyped = false;
        this.#view.dispatch({ changes, effects: compositionSettled.of(null) });
        listener.compositionEnded();
      }

      #stopTimer(): void {
        if (this.#timer !== null) clearTimeout(this.#timer);
        this.#timer = null;
      }
    },
    {
      eventObservers: {
        compositionstart() {
          this.start();
        },
        compositionend() {
          this.end();
        },
        input(event) {
          this.input(event);
        },
      },
    },
  );
}
