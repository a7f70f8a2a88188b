import { deleteMarkupBackward, insertNewlineContinueMarkupCommand } from "@codemirror/lang-markdown";
import { moveLineDown, moveLineUp, standardKeymap } from "@codemirror/commands";
import { Prec, type Extension } from "@codemirror/state";
import { EditorView, keymap, runScopeHandlers, type KeyBinding } from "@codemirror/view";
import { yUndoManagerKeymap } from "y-codemirror.next";
import {
  commandOf,
  indentList,
  insertLink,
  outdentList,
  toggleCheck,
  toggleHeading,
  toggleInline,
  toggleList,
} from "./commands";
import { isComposing } from "../ui/composing";
import { openableUrlAt } from "./links";
import { markKeys } from "./markKeys";

const SCOPE = "note";

function bindings(onOpenLink: (url: string) => void): readonly KeyBinding[] {
  const own: readonly KeyBinding[] = [
    { key: markKeys.heading1, run: commandOf(toggleHeading(1)) },
    { key: markKeys.heading2, run: commandOf(toggleHeading(2)) },
    { key: markKeys.heading3, run: commandOf(toggleHeading(3)) },
    { key: markKeys.bold, run: commandOf(toggleInline("**")) },
    { key: markKeys.italic, run: commandOf(toggleInline("*")) },
    { key: markKeys.number, run: commandOf(toggleList("number")) },
    { key: markKeys.bullet, run: commandOf(toggleList("bullet")) },
    { key: markKeys.check, run: commandOf(toggleList("check")) },
    { key: markKeys.link, run: commandOf(insertLink) },
    { key: markKeys.tick, run: commandOf(toggleCheck) },
    {
      key: markKeys.openLink,
      run: ({ state }) => {
        const url = openableUrlAt(state, state.selection.main.head);
        if (url !== null) onOpenLink(url);
        return url !== null;
      },
    },
    { key: "Enter", run: insertNewlineContinueMarkupCommand({ nonTightLists: false }) },
    { key: "Backspace", run: deleteMarkupBackward },
    // Outside lists Tab leaves the editor; inside, Escape and then Tab does (CodeMirror's own rule).
    { key: "Tab", run: commandOf(indentList), shift: commandOf(outdentList) },
    { key: markKeys.lineUp, run: moveLineUp },
    { key: markKeys.lineDown, run: moveLineDown },
    ...yUndoManagerKeymap,
  ];
  return own.map((binding) => ({ ...binding, scope: SCOPE }));
}

/** The keys of the note. Ours have a scope of their own, entered only when no input method wants the key. */
export function noteKeys(onOpenLink: (url: string) => void): Extension {
  return [
    Prec.high(
      EditorView.domEventHandlers({
        keydown: (event, view) =>
          !isComposing(event) && !view.compositionStarted && runScopeHandlers(view, event, SCOPE),
      }),
    ),
    keymap.of(bindings(onOpenLink)),
    keymap.of(standardKeymap),
  ];
}
