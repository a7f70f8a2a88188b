import { syntaxTree } from "@codemirror/language";
import { RangeSet, type EditorState, type Extension, type Line, type Range } from "@codemirror/state";
import {
  Decoration,
  ViewPlugin,
  type DecorationSet,
  type EditorView,
  type ViewUpdate,
  type WidgetType,
} from "@codemirror/view";
import type { SyntaxNodeRef } from "@lezer/common";
import { CheckBoxWidget, bulletWidget } from "./listWidgets";
import { toggleCheckAt } from "./commands";
import { compositionSettled } from "./composition";
import { editorTexts } from "./editorTexts";
import { isListLine, linePrefix, type LinePrefix } from "./lines";
import { addressOf, openableUrl, openableUrlAt } from "./links";

const hidden = Decoration.replace({});
const styles = {
  StrongEmphasis: Decoration.mark({ class: "qn-strong" }),
  Strikethrough: Decoration.mark({ class: "qn-strike" }),
  InlineCode: Decoration.mark({ class: "qn-code" }),
} as const;
const emphasis = Decoration.mark({ class: "qn-emphasis" });
const hanEmphasis = Decoration.mark({ class: "qn-emphasis-han" });
const markup = Decoration.mark({ class: "qn-markup" });
const lead = Decoration.mark({ class: "qn-lead" });
const headings = [1, 2, 3, 4, 5, 6].map((level) => Decoration.line({ class: `qn-heading qn-h${String(level)}` }));
const items = [1, 2, 3, 4, 5, 6].map((level) => Decoration.line({ class: `qn-item qn-item-${String(level)}` }));
const quote = Decoration.line({ class: "qn-quote" });
const codeBlock = Decoration.line({ class: "qn-code-line" });
const done = Decoration.mark({ class: "qn-done" });

const inlineMarks = new Set(["EmphasisMark", "CodeMark", "StrikethroughMark"]);

/** Where the text is shown as written: the lines that the selection touches, while the editor has the focus. */
function isRevealed(view: EditorView, from: number, to: number): boolean {
  return view.hasFocus && view.state.selection.ranges.some((range) => range.from <= to && range.to >= from);
}

/** Collects the decorations of what is visible; the order in which they are added does not matter. */
class PreviewBuilder {
  readonly ranges: Range<Decoration>[] = [];
  readonly #view: EditorView;
  readonly #state: EditorState;

  constructor(view: EditorView) {
    this.#view = view;
    this.#state = view.state;
  }

  add(decoration: Decoration, from: number, to = from): void {
    this.ranges.push(decoration.range(from, to));
  }

  /** A mark that disappears off the caret's line and is dimmed on it. */
  mark(from: number, to: number): void {
    if (from >= to) return;
    const line = this.#state.doc.lineAt(from);
    this.add(isRevealed(this.#view, line.from, line.to) ? markup : hidden, from, Math.min(to, line.to));
  }

  visit(node: SyntaxNodeRef): void {
    const { name, from, to } = node;
    if (name in styles) this.add(styles[name as keyof typeof styles], from, to);
    else if (name === "Emphasis") this.add(this.#hasHan(from, to) ? hanEmphasis : emphasis, from, to);
    else if (inlineMarks.has(name)) this.#inlineMark(node);
    else if (name === "HeaderMark") this.#headerMark(node);
    else if (name.startsWith("ATXHeading")) this.#heading(from, Number(name.at(-1)));
    else if (name === "QuoteMark") this.#quoteMark(from, to);
    else if (name === "FencedCode" || name === "CodeBlock") this.#lines(codeBlock, from, to);
    else if (name === "ListMark") this.#listItem(from);
    else if (name === "Link" || name === "Autolink") this.#link(node);
    else if (name === "URL" && !isLinkPart(node)) this.#address(from, to, this.#state.sliceDoc(from, to));
    else if (name === "Escape") this.mark(from, from + 1);
  }

  #heading(from: number, level: number): void {
    const decoration = headings[level - 1];
    if (decoration) this.add(decoration, this.#state.doc.lineAt(from).from);
  }

  #headerMark({ from, to, node }: SyntaxNodeRef): void {
    if (node.parent?.name.startsWith("ATXHeading")) {
      const isOpening = from === node.parent.from;
      this.mark(isOpening ? from : from - 1, isOpening ? this.#afterSpace(to) : to);
    } else this.add(markup, from, to);
  }

  #inlineMark({ from, to, node }: SyntaxNodeRef): void {
    if (node.parent?.name === "FencedCode") this.add(markup, from, to);
    else this.mark(from, to);
  }

  #quoteMark(from: number, to: number): void {
    this.add(quote, this.#state.doc.lineAt(from).from);
    this.mark(from, this.#afterSpace(to));
  }

  #lines(decoration: Decoration, from: number, to: number): void {
    const { viewport } = this.#view;
    const last = this.#state.doc.lineAt(Math.min(to, viewport.to)).number;
    for (let number = this.#state.doc.lineAt(Math.max(from, viewport.from)).number; number <= last; number += 1)
      this.add(decoration, this.#state.doc.line(number).from);
  }

  /** A list item: its mark hangs in the margin, so that wrapped lines and levels stand in columns. */
  #listItem(markFrom: number): void {
    const line = this.#state.doc.lineAt(markFrom);
    const prefix = linePrefix(line.text);
    if (!isListLine(line.text) || line.from + prefix.markFrom !== markFrom) return;
    const level = items[Math.min(Math.ceil(prefix.indent / 3), items.length - 1)];
    if (level) this.add(level, line.from);
    const textFrom = line.from + prefix.textFrom;
    const isTicked = prefix.kind === "check" && prefix.value === 1;
    if (isTicked && textFrom < line.to) this.add(done, textFrom, line.to);
    const widget = this.#leadWidget(line, textFrom, prefix.kind, isTicked);
    if (widget) this.add(Decoration.replace({ widget }), line.from, textFrom);
    else {
      this.add(lead, line.from, textFrom);
      this.add(markup, markFrom, textFrom);
    }
  }

  /** What stands for the mark of an item, or null where it is shown as written. */
  #leadWidget(line: Line, textFrom: number, kind: LinePrefix["kind"], isTicked: boolean): WidgetType | null {
    // A check box stays one while its text is edited; only a caret inside `- [ ]` shows it as written.
    if (kind === "check" && !isRevealed(this.#view, line.from, textFrom - 1))
      return new CheckBoxWidget(isTicked, this.#state.facet(editorTexts));
    return kind === "bullet" && !isRevealed(this.#view, line.from, line.to) ? bulletWidget : null;
  }

  #link(ref: SyntaxNodeRef): void {
    const link = ref.node;
    const address = addressOf(this.#state, link);
    if (address === null) return;
    const marks = link.getChildren("LinkMark");
    const [opening, closing] = [marks[0], marks[1]];
    if (!opening || !closing) return;
    if (opening.to >= closing.from) {
      this.add(markup, link.from, link.to);
      return;
    }
    this.#address(opening.to, closing.from, address);
    this.mark(opening.from, opening.to);
    this.mark(closing.from, link.to);
  }

  #address(from: number, to: number, address: string): void {
    const isOpenable = openableUrl(address) !== null;
    const { openLink } = this.#state.facet(editorTexts);
    this.add(
      Decoration.mark({ class: "qn-link", ...(isOpenable && { attributes: { title: `${address} · ${openLink}` } }) }),
      from,
      to,
    );
  }

  #hasHan(from: number, to: number): boolean {
    return /\p{Script=Han}/u.test(this.#state.sliceDoc(from, to));
  }

  #afterSpace(position: number): number {
    return this.#state.sliceDoc(position, position + 1) === " " ? position + 1 : position;
  }
}

function isLinkPart(node: SyntaxNodeRef): boolean {
  const parent = node.node.parent?.name;
  return parent === "Link" || parent === "Autolink" || parent === "Image" || parent === "LinkReference";
}

/** The decorations of the visible part of the note. */
export function previewOf(view: EditorView): DecorationSet {
  const builder = new PreviewBuilder(view);
  const tree = syntaxTree(view.state);
  let visitedTo = -1;
  for (const { from, to } of view.visibleRanges) {
    tree.iterate({
      from,
      to,
      enter: (node) => {
        // A node that reaches into a second visible range is met there again.
        if (node.from > visitedTo) builder.visit(node);
      },
    });
    visitedTo = to;
  }
  return RangeSet.of(builder.ranges, true);
}

/**
 * Shows Markdown as what it means: marks are hidden off the caret's line, headings are sized, check boxes can be
 * clicked. All styling comes from here and none from a highlighter, so that while an input method is composing nothing
 * is drawn anew and the line under it stands still.
 */
export function livePreview(onOpenLink: (url: string) => void): Extension {
  return ViewPlugin.fromClass(
    class {
      decorations: DecorationSet;

      constructor(view: EditorView) {
        this.decorations = previewOf(view);
      }

      update(update: ViewUpdate): void {
        if (update.view.compositionStarted) {
          this.decorations = this.decorations.map(update.changes);
          return;
        }
        const isSettled = update.transactions.some((transaction) =>
          transaction.effects.some((effect) => effect.is(compositionSettled)),
        );
        const isReparsed = syntaxTree(update.startState) !== syntaxTree(update.state);
        const hasOtherTexts = update.startState.facet(editorTexts) !== update.state.facet(editorTexts);
        const isElsewhere = update.selectionSet || update.viewportChanged || update.focusChanged;
        if (update.docChanged || isElsewhere || isReparsed || isSettled || hasOtherTexts)
          this.decorations = previewOf(update.view);
      }
    },
    {
      decorations: (plugin) => plugin.decorations,
      eventHandlers: {
        mousedown(event, view) {
          if (checkBoxUnder(event.target)) return true;
          if (!(event.ctrlKey || event.metaKey) || event.button !== 0) return false;
          const position = view.posAtCoords(event);
          const url = position === null ? null : openableUrlAt(view.state, position);
          if (url === null) return false;
          onOpenLink(url);
          return true;
        },
        click(event, view) {
          const box = checkBoxUnder(event.target);
          const spec = box && !view.compositionStarted && toggleCheckAt(view.posAtDOM(box))(view.state);
          if (!spec) return false;
          view.dispatch(spec, { userEvent: "input.format" });
          return true;
        },
      },
    },
  );
}

function checkBoxUnder(target: EventTarget | null): Element | null {
  return target instanceof Element ? target.closest("[role=checkbox]") : null;
}
