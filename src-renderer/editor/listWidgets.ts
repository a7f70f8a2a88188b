import { WidgetType } from "@codemirror/view";
import type { EditorTexts } from "./editorTexts";

/** The space in front of an item's text, as wide as the level is deep. */
function leadOf(mark: HTMLElement): HTMLElement {
  const lead = document.createElement("span");
  lead.className = "qn-lead";
  lead.append(mark);
  return lead;
}

/** The box in front of an item of a check list. It is text to Markdown and a check box to people and screen readers. */
export class CheckBoxWidget extends WidgetType {
  readonly #isTicked: boolean;
  readonly #texts: EditorTexts;

  constructor(isTicked: boolean, texts: EditorTexts) {
    super();
    this.#isTicked = isTicked;
    this.#texts = texts;
  }

  override eq(other: CheckBoxWidget): boolean {
    return other.#isTicked === this.#isTicked && other.#texts === this.#texts;
  }

  override toDOM(): HTMLElement {
    const box = document.createElement("span");
    box.className = "qn-check";
    box.setAttribute("role", "checkbox");
    box.setAttribute("aria-checked", String(this.#isTicked));
    box.setAttribute("aria-label", this.#texts.checkBox);
    return leadOf(box);
  }

  override ignoreEvent(): boolean {
    return false;
  }
}

class BulletWidget extends WidgetType {
  override eq(): boolean {
    return true;
  }

  override toDOM(): HTMLElement {
    const bullet = document.createElement("span");
    bullet.className = "qn-bullet";
    bullet.textContent = "•";
    return leadOf(bullet);
  }

  override ignoreEvent(): boolean {
    return false;
  }
}

export const bulletWidget: WidgetType = new BulletWidget();
