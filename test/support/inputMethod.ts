import type { CDPSession, Page } from "@playwright/test";

const control = 2;

/** Chinese input methods as Chromium knows them, at work on the focused field. */
export class InputMethod {
  private constructor(
    private readonly page: Page,
    private readonly session: CDPSession,
  ) {}

  static async on(page: Page): Promise<InputMethod> {
    return new InputMethod(page, await page.context().newCDPSession(page));
  }

  /** Shows raw letters, one key after the other. */
  async compose(letters: string): Promise<void> {
    for (let length = 1; length <= letters.length; length += 1) {
      await this.key("Process", 229);
      await this.session.send("Input.imeSetComposition", {
        text: letters.slice(0, length),
        selectionStart: length,
        selectionEnd: length,
      });
    }
  }

  /** A key that the input method has taken: key code 229, as browsers tell it. */
  async key(key: string, code: number, modifiers = 0): Promise<void> {
    const event = { key, windowsVirtualKeyCode: code, modifiers };
    await this.session.send("Input.dispatchKeyEvent", { type: "rawKeyDown", ...event });
    await this.session.send("Input.dispatchKeyEvent", { type: "keyUp", ...event });
  }

  /** Everything that means something elsewhere in the window, pressed in the middle of a composition. */
  async pressAllKeys(): Promise<void> {
    // Digits choose among the characters; `?` and Ctrl+Z are the input method's too.
    for (const key of ["Enter", "Escape", "ArrowDown", "Backspace", "?", "1", "2"]) await this.key(key, 229);
    for (const key of ["z", "y"]) await this.key(key, 229, control);
    // Some systems pass keys with Ctrl on with their own code; only `isComposing` tells of the input method then.
    for (const key of ["n", "f", "1", "2", "3", "4", "b"]) {
      await this.key(key, key.toUpperCase().charCodeAt(0), control);
      await this.key(key, 229, control);
    }
  }

  /** The chosen characters take the place of the letters. */
  async commit(text: string): Promise<void> {
    await this.session.send("Input.insertText", { text });
    // The Enter or space that chose them arrives after the composition has ended.
    await this.page.keyboard.up("Enter");
    await this.key("Enter", 229);
  }
}
