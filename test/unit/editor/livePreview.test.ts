// @vitest-environment happy-dom
import { ensureSyntaxTree } from "@codemirror/language";
import { EditorState } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { afterEach, describe, expect, it } from "vitest";
import { editorTexts } from "../../../src-renderer/editor/editorTexts";
import { livePreview, previewOf } from "../../../src-renderer/editor/livePreview";
import { noteLanguageSupport } from "../../../src-renderer/editor/noteLanguage";

const views: EditorView[] = [];
afterEach(() => {
  for (const view of views.splice(0)) view.destroy();
  document.body.replaceChildren();
});

function show(
  doc: string,
  caret: number | null = null,
  onOpenLink: (url: string) => void = () => undefined,
): EditorView {
  const view = new EditorView({
    parent: document.body,
    state: EditorState.create({
      doc,
      selection: { anchor: caret ?? 0 },
      extensions: [
        noteLanguageSupport,
        livePreview(onOpenLink),
        editorTexts.of({ checkBox: "Done", openLink: "Ctrl+click opens it" }),
      ],
    }),
  });
  views.push(view);
  ensureSyntaxTree(view.state, doc.length, 1_000);
  // The focus of a page that is not shown cannot be relied on: it is given here as the test means it.
  Object.defineProperty(view, "hasFocus", { get: () => caret !== null });
  view.dispatch({ selection: view.state.selection });
  return view;
}

/** The text as shown, hidden marks left out, check boxes and bullets as characters. */
function shown(view: EditorView): string {
  const { doc } = view.state;
  let text = "";
  let at = 0;
  previewOf(view).between(0, doc.length, (from, to, decoration) => {
    const spec = decoration.spec as { widget?: { toDOM(): HTMLElement }; class?: string };
    if (from === to || spec.class !== undefined) return;
    text += doc.sliceString(at, from);
    const dom = spec.widget?.toDOM();
    const box = dom?.querySelector("[role=checkbox]");
    if (box) text += box.getAttribute("aria-checked") === "true" ? "☑" : "☐";
    else text += dom?.textContent ?? "";
    at = to;
  });
  return text + doc.sliceString(at);
}

function classesAt(view: EditorView, text: string): string[] {
  const from = view.state.doc.toString().indexOf(text);
  const classes: string[] = [];
  const line = view.state.doc.lineAt(from);
  previewOf(view).between(line.from, from + text.length, (start, end, decoration) => {
    const name = (decoration.spec as { class?: string }).class;
    if (name !== undefined && (start === end || (start <= from && end >= from + text.length))) classes.push(name);
  });
  return classes;
}

describe("The live preview", () => {
  it.each([
    ["# Title", "Title"],
    ["### Title ###", "Title"],
    ["a **bold** and *italic* `code` ~~old~~", "a bold and italic code old"],
    ["**决定：**同意", "决定：同意"],
    ["[CEN](https://www.cen.eu) is", "CEN is"],
    ["<https://www.cen.eu>", "https://www.cen.eu"],
    ["> said", "said"],
    ["- one\n- [ ] two\n- [x] three\n1. four", "•one\n☐two\n☑three\n1. four"],
    ["5\\*3", "5*3"],
    ["#no heading, 3*4*5, snake_case_word", "#no heading, 345, snake_case_word"],
    ["```\n**as written**\n```", "```\n**as written**\n```"],
    ["[](https://empty.eu)", "[](https://empty.eu)"],
    ["<b>html</b> stays text", "<b>html</b> stays text"],
  ])("shows %j as %j", (doc, text) => {
    expect(shown(show(doc))).toBe(text);
  });

  it("shows the line of the caret as it is written, and only that one", () => {
    expect(shown(show("# One\n**two**\n**three**", 8))).toBe("One\n**two**\nthree");
  });

  it("hides all marks when the editor loses the focus", () => {
    expect(shown(show("**two**", null))).toBe("two");
  });

  it("keeps a check box while its text is edited, and shows it as written only under the caret", () => {
    expect(shown(show("- [ ] do it", 8))).toBe("☐do it");
    expect(shown(show("- [ ] do it", 3))).toBe("- [ ] do it");
  });

  it("gives meaning a look", () => {
    const view = show("## Title\n**b** [x](https://cen.eu)\n- [x] gone");
    expect(classesAt(view, "Title")).toContain("qn-heading qn-h2");
    expect(classesAt(view, "b")).toContain("qn-strong");
    expect(classesAt(view, "x")).toContain("qn-link");
    expect(classesAt(view, "gone")).toContain("qn-done");
  });

  it("marks emphasis of Chinese by dots, of Latin text by italics", () => {
    const view = show("*会谈* and *talks*");
    expect(classesAt(view, "会谈")).toEqual(["qn-emphasis-han"]);
    expect(classesAt(view, "talks")).toEqual(["qn-emphasis"]);
  });

  it("ticks a box that is clicked, in the text", () => {
    const view = show("text\n- [ ] do it\n");
    const box = view.dom.querySelector("[role=checkbox]");
    expect(box?.getAttribute("aria-label")).toBe("Done");
    box?.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
    expect(view.state.doc.toString()).toBe("text\n- [x] do it\n");
    expect(view.dom.querySelector("[role=checkbox]")?.getAttribute("aria-checked")).toBe("true");
  });

  it("never makes elements of what is written", () => {
    const view = show("<img src=x onerror=alert(1)> <script>1</script> ![i](https://x.eu/i.png) [a](javascript:1)");
    expect(
      view.dom.querySelector(".cm-content img:not(.cm-widgetBuffer), .cm-content script, .cm-content a"),
    ).toBeNull();
    expect(view.dom.querySelector("[title]")).toBeNull();
  });
});

describe("While an input method is composing", () => {
  it("nothing is drawn anew under it, and all is when it is over", () => {
    const view = show("**two** ", 8);
    const marks = (): number => view.dom.querySelectorAll(".qn-strong").length;
    expect(marks()).toBe(1);
    Object.defineProperty(view, "compositionStarted", { value: true, configurable: true });
    view.dispatch({ changes: { from: 8, insert: "**ni**" }, userEvent: "input.type.compose" });
    expect(marks()).toBe(1);
    Object.defineProperty(view, "compositionStarted", { value: false, configurable: true });
    view.dispatch({ changes: { from: 10, to: 12, insert: "你" }, userEvent: "input.type.compose" });
    expect(marks()).toBe(2);
  });
});
