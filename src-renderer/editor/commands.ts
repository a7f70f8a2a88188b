import { syntaxTree } from "@codemirror/language";
import {
  EditorSelection,
  type ChangeSpec,
  type EditorState,
  type Line,
  type StateCommand,
  type TransactionSpec,
} from "@codemirror/state";
import type { SyntaxNode } from "@lezer/common";
import { linePrefix, linesOf, isListLine, type LinePrefix } from "./lines";
import { linkNodeAt } from "./links";

/** An edit of the note as a pure function; null where there is nothing to do here. */
export type NoteEdit = (state: EditorState) => TransactionSpec | null;

/** Runs an edit and says whether it did anything, so that a key without effect goes on to whoever else wants it. */
export function commandOf(edit: NoteEdit): StateCommand {
  return ({ state, dispatch }) => {
    if (state.readOnly) return false;
    const spec = edit(state);
    if (!spec) return false;
    dispatch(state.update(spec, { userEvent: "input.format", scrollIntoView: true }));
    return true;
  };
}

export type ListKind = "bullet" | "number" | "check";
const inlineNodes = { "**": "StrongEmphasis", "*": "Emphasis" } as const;
export type InlineMark = keyof typeof inlineNodes;

/** The emphasis that wholly covers the selection. */
export function inlineNodeAt(state: EditorState, mark: InlineMark): SyntaxNode | null {
  const { from, to } = state.selection.main;
  for (const side of [1, -1] as const) {
    let node: SyntaxNode | null = syntaxTree(state).resolveInner(from, side);
    for (; node; node = node.parent)
      if (node.name === inlineNodes[mark] && node.from <= from && node.to >= to) return node;
  }
  return null;
}

/**
 * Bold (`**`) or italic (`*`): taken away where the selection already is so, otherwise put around the text of each
 * selected line, marks of lists and headings left out. Without a selection it opens an empty pair to type in, and at the
 * end of such text it steps out, so that one key both begins and ends it.
 */
export function toggleInline(mark: InlineMark): NoteEdit {
  return (state) => {
    const range = state.selection.main;
    const size = mark.length;
    const node = inlineNodeAt(state, mark);
    if (node) {
      if (range.empty && range.from === node.to - size) return { selection: EditorSelection.cursor(node.to) };
      return {
        changes: [
          { from: node.from, to: node.from + size },
          { from: node.to - size, to: node.to },
        ],
      };
    }
    if (range.empty) return toggleEmptyPair(state, mark);
    const spans = linesOf(state, range).flatMap((line) => textSpan(line, range.from, range.to));
    const [first, last] = [spans[0], spans.at(-1)];
    if (!first || !last) return null;
    const changes = spans.flatMap(({ from, to }) => [
      { from, insert: mark },
      { from: to, insert: mark },
    ]);
    const lastShift = size * (2 * spans.length - 1);
    return { changes, selection: EditorSelection.range(first.from + size, last.to + lastShift) };
  };
}

function toggleEmptyPair(state: EditorState, mark: InlineMark): TransactionSpec {
  const at = state.selection.main.head;
  const size = mark.length;
  const isEmptyPair =
    state.sliceDoc(at - size, at) === mark &&
    state.sliceDoc(at, at + size) === mark &&
    state.sliceDoc(at - size - 1, at - size) !== "*" &&
    state.sliceDoc(at + size, at + size + 1) !== "*";
  if (isEmptyPair) return { changes: { from: at - size, to: at + size } };
  return { changes: { from: at, insert: mark + mark }, selection: EditorSelection.cursor(at + size) };
}

/** The part of a line between two positions without its mark and without spaces at the ends, which would undo bold. */
function textSpan(line: Line, from: number, to: number): { readonly from: number; readonly to: number }[] {
  const start = Math.max(from, line.from + linePrefix(line.text).textFrom);
  const text = line.text.slice(start - line.from, Math.max(start, Math.min(to, line.to)) - line.from);
  if (text.trim() === "") return [];
  return [{ from: start + text.length - text.trimStart().length, to: start + text.trimEnd().length }];
}

/** Makes the selected lines headings of that level (1 to 6), or plain text where all of them are so already. */
export function toggleHeading(level: number): NoteEdit {
  return (state) => {
    const lines = linesToMark(state);
    const isOn = lines.every(({ prefix }) => prefix.kind === "heading" && prefix.value === level);
    return replaceMarks(state, lines, () => (isOn ? "" : `${"#".repeat(level)} `), "drop indent");
  };
}

/** Makes the selected lines items of a list of that kind, or plain text where all of them are so already. */
export function toggleList(kind: ListKind): NoteEdit {
  return (state) => {
    const lines = linesToMark(state);
    const isOn = lines.every(({ prefix }) => prefix.kind === kind);
    const marks = {
      bullet: () => "- ",
      check: (prefix: LinePrefix) => (prefix.kind === "check" && prefix.value === 1 ? "- [x] " : "- [ ] "),
      number: (_prefix: LinePrefix, index: number) => `${String(index + 1)}. `,
    };
    return replaceMarks(state, lines, isOn ? () => "" : marks[kind], "keep indent");
  };
}

interface MarkedLine {
  readonly line: Line;
  readonly prefix: LinePrefix;
}

/** The selected lines with text, or the one line that the caret is in. */
function linesToMark(state: EditorState): readonly MarkedLine[] {
  const lines = linesOf(state, state.selection.main);
  const withText = lines.filter((line) => line.text.trim() !== "");
  return (withText.length > 0 ? withText : lines.slice(0, 1)).map((line) => ({ line, prefix: linePrefix(line.text) }));
}

function replaceMarks(
  state: EditorState,
  lines: readonly MarkedLine[],
  mark: (prefix: LinePrefix, index: number) => string,
  indent: "keep indent" | "drop indent",
): TransactionSpec {
  const changes = state.changes(
    lines.map(({ line, prefix }, index) => ({
      from: line.from + (indent === "keep indent" ? prefix.markFrom : 0),
      to: line.from + prefix.textFrom,
      insert: mark(prefix, index),
    })),
  );
  // A caret at the line's start goes behind the new mark, where the text will be typed.
  return { changes, selection: state.selection.map(changes, 1) };
}

/** Ticks the check boxes of the selected lines, or unticks them where all are ticked. */
export const toggleCheck: NoteEdit = (state) => {
  const checks = linesOf(state, state.selection.main)
    .map((line) => ({ line, prefix: linePrefix(line.text) }))
    .filter(({ prefix }) => prefix.kind === "check");
  if (checks.length === 0) return null;
  const tick = checks.every(({ prefix }) => prefix.value === 1) ? " " : "x";
  return { changes: checks.map(({ line }) => tickChange(line, tick)) };
};

/** Ticks or unticks the check box of the line at a position. */
export function toggleCheckAt(position: number): NoteEdit {
  return (state) => {
    const line = state.doc.lineAt(position);
    const prefix = linePrefix(line.text);
    return prefix.kind === "check" ? { changes: tickChange(line, prefix.value === 1 ? " " : "x") } : null;
  };
}

function tickChange(line: Line, tick: " " | "x"): ChangeSpec {
  const at = line.from + line.text.indexOf("[") + 1;
  return { from: at, to: at + 1, insert: tick };
}

/** Makes the selection a link and puts the caret where its address, or its text, is to be typed. */
export const insertLink: NoteEdit = (state) => {
  const { from, to, head } = state.selection.main;
  const url = linkNodeAt(state, head)?.getChild("URL");
  if (url) return { selection: EditorSelection.range(url.from, url.to) };
  const text = state.sliceDoc(from, to);
  if (text.includes("\n")) return null;
  const isAddress = /^(https?:\/\/|mailto:|www\.)\S+$/i.test(text);
  const insert = isAddress ? `[](${text})` : `[${text}]()`;
  const caret = isAddress || text === "" ? from + 1 : from + insert.length - 1;
  return { changes: { from, to, insert }, selection: EditorSelection.cursor(caret) };
};

/**
 * One level deeper under the item above, as far as Markdown nests: to the column where that item's text begins. Null
 * where no list item is selected, so that Tab leaves the editor there.
 */
export const indentList: NoteEdit = (state) => {
  const lines = listLines(state);
  const [first] = lines;
  if (!first) return null;
  const above = itemAbove(state, first, (indent) => indent <= linePrefix(first.text).indent);
  const room = above ? above.indent + above.markWidth - linePrefix(first.text).indent : 0;
  return room > 0 ? { changes: lines.map((line) => ({ from: line.from, insert: " ".repeat(room) })) } : {};
};

/** One level up, to the mark of the item it is under; null where no list item is selected. */
export const outdentList: NoteEdit = (state) => {
  const lines = listLines(state);
  if (lines.length === 0) return null;
  return {
    changes: lines.map((line) => {
      const { indent } = linePrefix(line.text);
      const parent = itemAbove(state, line, (aboveIndent) => aboveIndent < indent);
      return { from: line.from, to: line.from + indent - (parent?.indent ?? 0) };
    }),
  };
};

function listLines(state: EditorState): readonly Line[] {
  return linesOf(state, state.selection.main).filter((line) => isListLine(line.text));
}

/** The nearest item above in the same list whose indentation fits; `markWidth` is 2 for a bullet, 3 for `1.`. */
function itemAbove(
  state: EditorState,
  line: Line,
  fits: (indent: number) => boolean,
): { readonly indent: number; readonly markWidth: number } | null {
  for (let number = line.number - 1; number >= 1; number -= 1) {
    const { text } = state.doc.line(number);
    if (!isListLine(text)) return null;
    const { indent } = linePrefix(text);
    if (fits(indent)) return { indent, markWidth: (/^\s*(\d+[.)]|[-*+])\s/.exec(text)?.[1] ?? "-").length + 1 };
  }
  return null;
}
