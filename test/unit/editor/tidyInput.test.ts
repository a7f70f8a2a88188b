// @vitest-environment happy-dom
import { EditorState, type TransactionSpec } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { ySyncAnnotation, yCollab, YSyncConfig } from "y-codemirror.next";
import { describe, expect, it } from "vitest";
import * as Y from "yjs";
import { tidyInput } from "../../../src-renderer/editor/tidyInput";

function stateOf(doc: string, caret = doc.length): EditorState {
  return EditorState.create({
    doc,
    selection: { anchor: caret },
    extensions: [EditorState.lineSeparator.of("\n"), tidyInput],
  });
}

function after(doc: string, spec: TransactionSpec, caret?: number): { text: string; caret: number } {
  const { state } = stateOf(doc, caret).update(spec);
  return { text: state.doc.toString(), caret: state.selection.main.head };
}

/** The ranges of the old text that a change touches. */
function touched(doc: string, spec: TransactionSpec): [number, number][] {
  const ranges: [number, number][] = [];
  stateOf(doc)
    .update(spec)
    .changes.iterChanges((from, to) => ranges.push([from, to]));
  return ranges;
}

describe("The final line break", () => {
  it("is added behind the caret when text is typed into an empty note", () => {
    const typed = { changes: { from: 0, insert: "a" }, selection: { anchor: 1 } };
    expect(after("", typed)).toEqual({ text: "a\n", caret: 1 });
  });

  it("is there once, however much is typed before it", () => {
    expect(after("a\n", { changes: { from: 1, insert: "b" }, selection: { anchor: 2 } }, 1)).toEqual({
      text: "ab\n",
      caret: 2,
    });
  });

  it("follows text typed on the empty last line", () => {
    expect(after("a\n", { changes: { from: 2, insert: "b" } }).text).toBe("a\nb\n");
  });

  it("stays where it is when it is deleted, so that nothing at all changes", () => {
    const spec = { changes: { from: 3, to: 4 }, selection: { anchor: 3 } };
    expect(after("abc\n", spec, 4)).toEqual({ text: "abc\n", caret: 3 });
    expect(touched("abc\n", spec)).toEqual([]);
  });

  it("stays where it is when everything is typed over", () => {
    const spec = { changes: { from: 0, to: 4, insert: "x" }, selection: { anchor: 1 } };
    expect(after("abc\n", spec)).toEqual({ text: "x\n", caret: 1 });
    expect(touched("abc\n", spec)).toEqual([[0, 3]]);
  });

  it("goes with the last text: an emptied note is empty", () => {
    expect(after("abc\n", { changes: { from: 0, to: 4 } }).text).toBe("");
  });

  it("waits while an input method is composing", () => {
    expect(after("", { changes: { from: 0, insert: "ni" }, userEvent: "input.type.compose.start" }).text).toBe("ni");
  });

  it("is never added in answer to a change from elsewhere", () => {
    const remote = ySyncAnnotation.of(new YSyncConfig(new Y.Doc().getText(), null));
    expect(after("", { changes: { from: 0, insert: "theirs" }, annotations: remote }).text).toBe("theirs");
  });

  it("keeps the lines of two notes begun apart from being glued together", () => {
    const [here, there] = ["今天", "Today"].map((text) => {
      const doc = new Y.Doc();
      doc.getText().insert(0, after("", { changes: { from: 0, insert: text } }).text);
      return doc;
    });
    if (!here || !there) throw new Error("two notes");
    Y.applyUpdate(here, Y.encodeStateAsUpdate(there));
    expect(here.getText().toJSON().split("\n").sort()).toEqual(["", "Today", "今天"]);
  });
});

describe("Line breaks", () => {
  it("become \\n whatever was pasted", () => {
    expect(after("", { changes: { from: 0, insert: "a\r\nb\rc\n" } }).text).toBe("a\nb\nc\n");
  });
});

describe("Surrogate pairs", () => {
  // 😀 and 😁, 𠮷 and 𠮸 share their first halves: an input method that replaces one changes the second half alone.
  it.each([
    ["the second half", "a😀b\n", { from: 2, to: 3, insert: "😁".charAt(1) }, "a😁b\n", [1, 3]],
    ["the second half of a rare character", "𠮷\n", { from: 1, to: 2, insert: "𠮸".charAt(1) }, "𠮸\n", [0, 2]],
    ["the first half", "a😀b\n", { from: 1, to: 2, insert: "\ud83c" }, "a\ud83c\ude00b\n", [1, 3]],
    ["from half to half", "😀x😁\n", { from: 1, to: 4 }, "😁\n", [0, 5]],
    ["more text between the halves", "😀\n", { from: 1, to: 1, insert: "\ude01x\ud83d" }, "😁x😀\n", [0, 2]],
  ] as const)("are replaced whole when a change touches %s", (_what, doc, changes, text, [from, to]) => {
    expect(after(doc, { changes }).text).toBe(text);
    const ranges = touched(doc, { changes });
    expect(ranges[0]?.[0]).toBe(from);
    expect(ranges.at(-1)?.[1]).toBe(to);
  });

  it("a half that lost its partner becomes the replacement character here as it would on every other computer", () => {
    expect(after("a😀b\n", { changes: { from: 2, to: 3 } }).text).toBe("a\ufffdb\n");
  });

  it("whole characters are left alone", () => {
    expect(touched("a😀b\n", { changes: { from: 1, to: 3, insert: "𠮷" } })).toEqual([[1, 3]]);
  });

  it("arrive whole on the other computer, increment by increment", () => {
    const here = new Y.Doc();
    const there = new Y.Doc();
    here.on("update", (update: Uint8Array) => {
      Y.applyUpdate(there, update);
      expect(there.getText().toJSON()).toBe(here.getText().toJSON());
    });
    const view = new EditorView({ extensions: [yCollab(here.getText(), null), tidyInput] });
    view.dispatch({ changes: { from: 0, insert: "x😀y" } });
    view.dispatch({ changes: { from: 2, to: 3, insert: "😁".charAt(1) } });
    view.dispatch({ changes: { from: 1, to: 2, insert: "😂".charAt(0) } });
    view.dispatch({ changes: { from: 1, to: 3, insert: "𠮷" } });
    view.dispatch({ changes: { from: 2, to: 3, insert: "𠮸".charAt(1) } });
    expect(there.getText().toJSON()).toBe("x𠮸y\n");
    view.destroy();
  });
});
