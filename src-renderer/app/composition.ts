/** Whether an input method composes anywhere in the document. What the person does meanwhile is the input method's. */
export class Composition {
  #isUnderWay = false;

  get isUnderWay(): boolean {
    return this.#isUnderWay;
  }

  /** Returns the way out. */
  watch(document: Document): () => void {
    const controller = new AbortController();
    const listen = (type: string, isUnderWay: (event: Event) => boolean): void => {
      const onEvent = (event: Event): void => {
        this.#isUnderWay = isUnderWay(event);
      };
      document.addEventListener(type, onEvent, { capture: true, signal: controller.signal });
    };
    listen("compositionstart", () => true);
    listen("compositionend", () => false);
    // A composition can be thrown away without its end (ui/composing.ts); the next plain input says so.
    listen("input", (event) => this.#isUnderWay && event instanceof InputEvent && event.isComposing);
    // The field may also have gone from the screen in the middle of one.
    listen("focusin", () => false);
    return () => {
      controller.abort();
    };
  }
}
