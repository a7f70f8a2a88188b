import { ensureSyntaxTree } from "@codemirror/language";
import { EditorSelection, EditorState } from "@codemirror/state";
import { describe, expect, it } from "vitest";
import { activeMarks } from "../../../src-renderer/editor/activeMarks";
import {
  commandOf,
  indentList,
  insertLink,
  outdentList,
  toggleCheck,
  toggleHeading,
  toggleInline,
  toggleList,
  type NoteEdit,
} from "../../../src-renderer/editor/commands";
import { noteLanguageSupport } from "../../../src-renderer/editor/noteLanguage";

/** Reads a note in which `|` is the caret, or two of them the ends of the selection. */
function read(marked: string): EditorState {
  const [before = "", selected = "", after] = marked.split("|");
  const doc = before + selected + (after ?? "");
  const end = after === undefined ? before.length : before.length + selected.length;
  const state = EditorState.create({
    doc,
    selection: EditorSelection.single(before.length, end),
    extensions: noteLanguageSupport,
  });
  ensureSyntaxTree(state, doc.length, 1_000);
  return state;
}

function write(state: EditorState): string {
  const text = state.doc.toString();
  const { from, to, empty } = state.selection.main;
  return empty
    ? `${text.slice(0, from)}|${text.slice(from)}`
    : `${text.slice(0, from)}|${text.slice(from, to)}|${text.slice(to)}`;
}

/** The note after the command; "-" where the command leaves the key to others. */
function run(edit: NoteEdit, marked: string): string {
  let result = read(marked);
  const isHandled = commandOf(edit)({
    state: result,
    dispatch: (transaction) => {
      result = transaction.state;
    },
  });
  return isHandled ? write(result) : "-";
}

describe("Bold and italic", () => {
  const [bold, italic] = [toggleInline("**"), toggleInline("*")];
  it.each([
    ["go around the selection", bold, "a |word| b", "a **|word|** b"],
    ["leave spaces outside", bold, "a| word |b", "a **|word|** b"],
    ["are taken away again", bold, "a **|word|** b", "a |word| b"],
    ["are taken away where the selection is only a part", bold, "**one |two|**", "one |two|"],
    ["open a pair to type in", bold, "a |", "a **|**"],
    ["close the pair that is still empty", bold, "a **|**", "a |"],
    ["step out at the end", bold, "**word|** b", "**word**| b"],
    ["italic opens a pair of its own inside bold", italic, "**a |b| c**", "**a *|b|* c**"],
    ["italic opens a pair", italic, "|", "*|*"],
    ["italic is taken away inside bold", italic, "***|x|***", "**|x|**"],
    ["leave the marks of lines outside", bold, "|- one\n2. two\n# three|", "- **|one**\n2. **two**\n# **three|**"],
    ["leave empty lines alone", bold, "|one\n\ntwo|", "**|one**\n\n**two|**"],
    ["work on Chinese beside punctuation", bold, "**|决定：|**同意", "|决定：|同意"],
  ])("%s", (_what, edit, before, after) => {
    expect(run(edit, before)).toBe(after);
  });

  it("do nothing to a selection of blank lines", () => {
    expect(run(bold, "a|\n\n|b")).toBe("-");
  });
});

describe("Headings", () => {
  it.each([
    ["a line becomes one", 2, "wo|rd", "## wo|rd"],
    ["another level replaces the first", 3, "# wo|rd", "### wo|rd"],
    ["the same level is taken away", 3, "### wo|rd", "wo|rd"],
    ["a list item becomes one", 1, "  - [x] it|em", "# it|em"],
    ["an empty line becomes one, and the caret goes behind the mark", 1, "|\n", "# |\n"],
    ["blank lines between are left", 1, "|a\n\nb|", "# |a\n\n# b|"],
  ])("%s", (_what, level, before, after) => {
    expect(run(toggleHeading(level), before)).toBe(after);
  });
});

describe("Lists", () => {
  it.each([
    ["lines become bullets", "bullet", "|one\ntwo|", "- |one\n- two|"],
    ["bullets become lines", "bullet", "- |one\n- two|", "|one\ntwo|"],
    ["bullets become numbers", "number", "- |one\n- two\n- three|", "1. |one\n2. two\n3. three|"],
    ["numbers become checks", "check", "1. |one\n2. two|", "- [ ] |one\n- [ ] two|"],
    ["ticks stay when only some lines are checks", "check", "- [x] |one\ntwo|", "- [x] |one\n- [ ] two|"],
    ["levels stay", "bullet", "  1. on|e", "  - on|e"],
    ["a heading becomes an item", "bullet", "## on|e", "- on|e"],
    ["a line below the selection's end is left", "bullet", "|one\n|two", "- |one\n|two"],
  ] as const)("%s", (_what, kind, before, after) => {
    expect(run(toggleList(kind), before)).toBe(after);
  });

  it.each([
    ["an item goes under the one above", "- a\n- |b", "- a\n  - |b"],
    ["under a number it goes as far as its text", "1. a\n2. |b", "1. a\n   2. |b"],
    ["no deeper than Markdown nests", "- a\n  - |b", "- a\n  - |b"],
    ["the first item stays", "- |a", "- |a"],
    ["text leaves the key to others", "text|", "-"],
  ])("Tab: %s", (_what, before, after) => {
    expect(run(indentList, before)).toBe(after);
  });

  it.each([
    ["an item goes up to its parent's level", "1. a\n   - |b", "1. a\n- |b"],
    ["a third level goes to the second", "- a\n  - b\n    - |c", "- a\n  - b\n  - |c"],
    ["text leaves the key to others", "text|", "-"],
  ])("Shift+Tab: %s", (_what, before, after) => {
    expect(run(outdentList, before)).toBe(after);
  });

  it.each([
    ["ticks", "- [ ] a|", "- [x] a|"],
    ["unticks", "1. [X] a|", "1. [ ] a|"],
    ["ticks all where some are open", "|- [x] a\n- [ ] b|", "|- [x] a\n- [x] b|"],
    ["leaves other lines to others", "- a|", "-"],
  ])("Mod-Enter %s", (_what, before, after) => {
    expect(run(toggleCheck, before)).toBe(after);
  });
});

describe("Links", () => {
  it.each([
    ["the selection becomes the text", "see |CEN| now", "see [CEN](|) now"],
    ["an address becomes the address", "|https://cen.eu|", "[|](https://cen.eu)"],
    ["nothing selected: the text comes first", "|", "[|]()"],
    ["inside a link its address is selected", "[C|EN](https://cen.eu)", "[CEN](|https://cen.eu|)"],
    ["several lines are left alone", "|a\nb|", "-"],
  ])("%s", (_what, before, after) => {
    expect(run(insertLink, before)).toBe(after);
  });
});

describe("A command", () => {
  it("does nothing in a note that cannot be changed", () => {
    const state = EditorState.create({ doc: "x", extensions: EditorState.readOnly.of(true) });
    expect(commandOf(toggleHeading(1))({ state, dispatch: () => expect.unreachable() })).toBe(false);
  });
});

describe("What the toolbar shows as pressed", () => {
  it.each([
    ["**a|**", { bold: true }],
    ["*一|二*", { italic: true }],
    ["***b|***", { bold: true, italic: true }],
    ["## |x", { heading: 2 }],
    ["- [ ] |x", { list: "check" }],
    ["3. |x", { list: "number" }],
    ["- |x", { list: "bullet" }],
    ["[x|](https://cen.eu)", { link: true }],
    ["plain |text", {}],
    ["**决定：**|同意", { bold: true }],
    ["**决定：**同|意", {}],
  ])("%s", (marked, expected) => {
    const none = { heading: 0, list: null, bold: false, italic: false, link: false };
    expect(activeMarks(read(marked))).toEqual({ ...none, ...expected });
  });

  it("is the same object while nothing differs", () => {
    const first = activeMarks(read("**a|b**"));
    expect(activeMarks(read("**ab|**"), first)).toBe(first);
  });
});
