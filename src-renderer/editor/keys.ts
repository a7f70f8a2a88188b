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

const SCOPE = "note";

/** The keys of the marks, also shown by the toolbar; Mod is ⌘ on a Mac and Ctrl elsewhere. */
export const markKeys = {
  heading1: "Mod-Alt-1",
  heading2: "Mod-Alt-2",
  heading3: "Mod-Alt-3",
  bold: "Mod-b",
  italic: "Mod-i",
  number: "Mod-Shift-7",
  bullet: "Mod-Shift-8",
  check: "Mod-Shift-9",
  // Mod-k belongs to the command palette.
  link: "Mod-Shift-k",
  undo: "Mod-z",
  redo: "Mod-Shift-z",
} as const;

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
    { key: "Mod-Enter", run: commandOf(toggleCheck) },
    {
      key: "Alt-Enter",
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
    { key: "Alt-ArrowUp", run: moveLineUp },
    { key: "Alt-ArrowDown", run: moveLineDown },
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

const macSymbols: Readonly<Record<string, string>> = { Mod: "⌘", Shift: "⇧", Alt: "⌥" };
const otherNames: Readonly<Record<string, string>> = { Mod: "Ctrl" };

/** A key as people of that system read it: `Ctrl+Shift+8`, `⇧⌘8`. */
export function keyLabel(key: string, isMac: boolean): string {
  const parts = key.split("-").map((part) => (part.length === 1 ? part.toUpperCase() : part));
  if (!isMac) return parts.map((part) => otherNames[part] ?? part).join("+");
  const letter = parts.at(-1) ?? "";
  const order = ["Alt", "Shift", "Mod"].filter((modifier) => parts.includes(modifier));
  return order.map((modifier) => macSymbols[modifier] ?? modifier).join("") + letter;
}

/** The same key as ARIA's `aria-keyshortcuts` writes it: `Control+Shift+8`, `Meta+Shift+8`. */
export function ariaKey(key: string, isMac: boolean): string {
  return keyLabel(key, false).replace("Ctrl", isMac ? "Meta" : "Control");
}

export function isMac(): boolean {
  return navigator.platform.startsWith("Mac");
}
