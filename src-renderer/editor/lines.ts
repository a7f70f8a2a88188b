import type { EditorState, Line, SelectionRange } from "@codemirror/state";

/** What stands before the text of a line: indentation, then a heading, list or check mark, then space. */
export interface LinePrefix {
  readonly kind: "plain" | "heading" | "bullet" | "number" | "check";
  /** Spaces before the mark. */
  readonly indent: number;
  /** Where the mark begins and where the text behind it begins, counted from the line's start. */
  readonly markFrom: number;
  readonly textFrom: number;
  /** 1 to 6 for a heading, the written number for a numbered item, 1 for a ticked check, otherwise 0. */
  readonly value: number;
}

const PREFIX = /^(\s*)(?:(#{1,6})(?:[ \t]+|$)|(?:([-*+])|(\d{1,9})[.)])(?:[ \t]+|$)(?:\[([ xX])\](?:[ \t]+|$))?)/;

export function linePrefix(text: string): LinePrefix {
  const match = PREFIX.exec(text);
  if (!match) {
    const indent = /^\s*/.exec(text)?.[0].length ?? 0;
    return { kind: "plain", indent, markFrom: indent, textFrom: indent, value: 0 };
  }
  const [all, space = "", hashes, , number, tick] = match;
  const at = { indent: space.length, markFrom: space.length, textFrom: all.length };
  if (hashes !== undefined) return { kind: "heading", ...at, value: hashes.length };
  if (tick !== undefined) return { kind: "check", ...at, value: tick === " " ? 0 : 1 };
  if (number !== undefined) return { kind: "number", ...at, value: Number(number) };
  return { kind: "bullet", ...at, value: 0 };
}

export function isListLine(text: string): boolean {
  const { kind } = linePrefix(text);
  return kind === "bullet" || kind === "number" || kind === "check";
}

/** The lines a selection covers; a line is not covered when only its very start is the end of the selection. */
export function linesOf(state: EditorState, range: SelectionRange): readonly Line[] {
  const lines: Line[] = [];
  for (let at = range.from; at <= range.to;) {
    const line = state.doc.lineAt(at);
    if (range.empty || line.from < range.to) lines.push(line);
    at = line.to + 1;
  }
  return lines;
}
