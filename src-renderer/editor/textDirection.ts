import { RangeSetBuilder, type Extension } from "@codemirror/state";
import { Decoration, EditorView, ViewPlugin, type DecorationSet, type ViewUpdate } from "@codemirror/view";

const rightToLeft = Decoration.line({ attributes: { dir: "rtl" } });
/** The first letter of a line that has a direction at all is of a right-to-left script (UAX #9, rule P2). */
const BEGINS_RIGHT_TO_LEFT = /^\P{L}*(?=\p{L})[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/u;

/** Gives each line the direction of its own text, so that an Arabic line in an English note reads from the right. */
export const textDirection: Extension = [
  EditorView.perLineTextDirection.of(true),
  ViewPlugin.fromClass(
    class {
      decorations: DecorationSet;

      constructor(view: EditorView) {
        this.decorations = directionsOf(view);
      }

      update(update: ViewUpdate): void {
        if (update.docChanged || update.viewportChanged) this.decorations = directionsOf(update.view);
      }
    },
    { decorations: (plugin) => plugin.decorations },
  ),
];

function directionsOf(view: EditorView): DecorationSet {
  const lines = new RangeSetBuilder<Decoration>();
  for (const { from, to } of view.visibleRanges)
    for (let at = from; at <= to;) {
      const line = view.state.doc.lineAt(at);
      if (BEGINS_RIGHT_TO_LEFT.test(line.text.slice(0, 200))) lines.add(line.from, line.from, rightToLeft);
      at = line.to + 1;
    }
  return lines.finish();
}
