import { EditorView } from "@codemirror/view";

/** Width of a level of a list. */
const LEVEL_EM = 1.7;
const levels: Record<string, Record<string, string>> = {};
for (const level of [1, 2, 3, 4, 5, 6]) {
  const indent = `${String(level * LEVEL_EM)}em`;
  levels[`.qn-item-${String(level)}`] = { paddingInlineStart: indent, textIndent: `-${indent}` };
  levels[`.qn-item-${String(level)} .qn-lead`] = { minWidth: indent };
}

/**
 * How a note looks. Colours come from the app's theme, so light and dark need nothing of their own; sizes are in em, so
 * that text zoom carries all along.
 */
export const noteTheme = EditorView.theme({
  "&": {
    color: "var(--q-text)",
    fontFamily: "inherit",
    fontSize: "var(--mantine-font-size-lg)",
    backgroundColor: "transparent",
  },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "inherit", lineHeight: "1.65", overflow: "auto" },
  ".cm-content": {
    boxSizing: "border-box",
    maxWidth: "46em",
    minHeight: "12em",
    padding: "0.75em 1em 2em",
    caretColor: "var(--q-text)",
    // Chinese: no punctuation at a line's start; long addresses may break anywhere.
    lineBreak: "strict",
    wordBreak: "normal",
    overflowWrap: "anywhere",
  },
  ".cm-line": { padding: "0" },
  ".cm-placeholder": { color: "var(--q-text-quiet)", whiteSpace: "pre-wrap" },
  ".qn-heading": { fontWeight: "650", lineHeight: "1.35", paddingTop: "0.5em", paddingBottom: "0.15em" },
  ".qn-h1": { fontSize: "1.5em" },
  ".qn-h2": { fontSize: "1.25em" },
  ".qn-h3": { fontSize: "1.1em" },
  ".qn-h4, .qn-h5, .qn-h6": { fontSize: "1em", color: "var(--q-text-quiet)" },
  ".qn-strong": { fontWeight: "650" },
  ".qn-emphasis": { fontStyle: "italic" },
  // Han characters have no italics and are hard to read slanted: dots below mark emphasis, as Chinese print does.
  ".qn-emphasis-han": { fontStyle: "normal", textEmphasis: "filled dot", textEmphasisPosition: "under" },
  ".qn-strike": { textDecoration: "line-through" },
  ".qn-code": {
    fontFamily: "var(--mantine-font-family-monospace, monospace)",
    fontSize: "0.92em",
    backgroundColor: "var(--q-hover)",
    borderRadius: "3px",
    padding: "0.1em 0.25em",
  },
  ".qn-code-line": {
    fontFamily: "var(--mantine-font-family-monospace, monospace)",
    fontSize: "0.92em",
    backgroundColor: "var(--q-hover)",
  },
  ".qn-markup": { color: "var(--q-text-quiet)", fontWeight: "400" },
  ".qn-quote": {
    borderInlineStart: "3px solid var(--q-line)",
    paddingInlineStart: "0.9em",
    color: "var(--q-text-quiet)",
  },
  ".qn-link": {
    color: "var(--q-accent)",
    textDecoration: "underline",
    textDecorationThickness: "from-font",
    textUnderlineOffset: "0.15em",
  },
  // Marks stand right before the text, so that showing `-` for a bullet moves nothing and 9. and 10. share their dot.
  ".qn-lead": {
    display: "inline-block",
    boxSizing: "border-box",
    paddingInlineEnd: "0.2em",
    textIndent: "0",
    textAlign: "end",
    whiteSpace: "pre",
  },
  ".qn-bullet": { color: "var(--q-text-quiet)", marginInlineEnd: "0.3em" },
  ...levels,
  ".qn-done": { color: "var(--q-text-quiet)", textDecoration: "line-through" },
  ".qn-check": {
    display: "inline-block",
    boxSizing: "border-box",
    width: "1.1em",
    height: "1.1em",
    verticalAlign: "-0.17em",
    border: "1.5px solid var(--q-text-quiet)",
    borderRadius: "4px",
    marginInlineEnd: "0.25em",
    cursor: "pointer",
    position: "relative",
  },
  ".qn-check:hover": { borderColor: "var(--q-accent)" },
  ".qn-check[aria-checked=true]": {
    backgroundColor: "var(--q-accent)",
    borderColor: "var(--q-accent)",
  },
  ".qn-check[aria-checked=true]::after": {
    content: '""',
    position: "absolute",
    insetInlineStart: "0.29em",
    top: "0.06em",
    width: "0.26em",
    height: "0.54em",
    border: "solid var(--q-surface)",
    borderWidth: "0 2px 2px 0",
    transform: "rotate(45deg)",
  },
});
