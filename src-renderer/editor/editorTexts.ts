import { Facet } from "@codemirror/state";

/** The few words that stand inside the text area, in the language of the interface. */
export interface EditorTexts {
  /** The accessible name of a check box. */
  readonly checkBox: string;
  /** Shown when the pointer rests on a link. */
  readonly openLink: string;
}

export const editorTexts = Facet.define<EditorTexts, EditorTexts>({
  combine: (given) => given[0] ?? { checkBox: "", openLink: "" },
});
