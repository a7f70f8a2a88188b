import type { EditorState } from "@codemirror/state";
import { inlineNodeAt, type ListKind } from "./commands";
import { linePrefix } from "./lines";
import { linkNodeAt } from "./links";

/** What the text at the caret is; the toolbar shows it as pressed. */
export interface ActiveMarks {
  /** 0 for text that is no heading. */
  readonly heading: number;
  readonly list: ListKind | null;
  readonly bold: boolean;
  readonly italic: boolean;
  readonly link: boolean;
}

export const noMarks: ActiveMarks = { heading: 0, list: null, bold: false, italic: false, link: false };

/** The same object as `previous` when nothing differs. */
export function activeMarks(state: EditorState, previous: ActiveMarks = noMarks): ActiveMarks {
  const { head } = state.selection.main;
  const { kind, value } = linePrefix(state.doc.lineAt(head).text);
  const marks: ActiveMarks = {
    heading: kind === "heading" ? value : 0,
    list: kind === "bullet" || kind === "number" || kind === "check" ? kind : null,
    bold: inlineNodeAt(state, "**") !== null,
    italic: inlineNodeAt(state, "*") !== null,
    link: linkNodeAt(state, head) !== null,
  };
  const isSame = (Object.keys(marks) as (keyof ActiveMarks)[]).every((name) => marks[name] === previous[name]);
  return isSame ? previous : marks;
}
