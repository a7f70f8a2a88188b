import type { ActionKind } from "./actions";
import type { Editor } from "./desk";
import type { Dice } from "./dice";
import type { Supply } from "./recordActions";

/** Letters that nothing else uses: every one that is typed in a history is another. */
const FIRST_LETTER = 0x4e00;
const LETTERS = 0x9ff0 - FIRST_LETTER;

/** What a person does in an open note. */
export async function workOnNote(kind: ActionKind, editor: Editor, dice: Dice, supply: Supply): Promise<void> {
  const { text } = editor;
  const place = dice.int(text.length + 1);
  switch (kind) {
    case "type":
      return typed(editor, dice.chance(0.5) ? text.length : place, dice, supply);
    case "cutText":
      return editor.change([{ at: place, remove: Math.min(text.length - place, 1 + dice.int(6)), insert: "" }]);
    case "splitLine":
      return editor.change([{ at: place, remove: 0, insert: "\n" }]);
    case "joinLines": {
      const breaks = placesOf(text, "\n");
      const at = dice.pick(breaks);
      return at === undefined ? undefined : editor.change([{ at, remove: 1, insert: "" }]);
    }
    case "heading":
      return toggleHeading(editor, text, place, dice);
    case "checkBox":
      return toggleBox(editor, text, place);
    case "moveText": {
      const length = Math.min(text.length - place, 1 + dice.int(8));
      const moved = text.slice(place, place + length);
      const rest = dice.int(text.length - length + 1);
      const to = rest <= place ? rest : rest + length;
      // Later parts first.
      const parts = [
        { at: place, remove: length, insert: "" },
        { at: to, remove: 0, insert: moved },
      ].sort((a, b) => b.at - a.at);
      return length === 0 ? undefined : editor.change(parts);
    }
    case "undoTyping":
      return editor.undo();
    case "redoTyping":
      return editor.redo();
    default:
      return undefined;
  }
}

async function typed(editor: Editor, at: number, dice: Dice, supply: Supply): Promise<void> {
  const letters = Array.from({ length: 1 + dice.int(5) }, () =>
    String.fromCharCode(FIRST_LETTER + (supply.next() % LETTERS)),
  );
  // As keys are pressed: one increment each, saved while the next is typed.
  await Promise.all(letters.map((letter, index) => editor.change([{ at: at + index, remove: 0, insert: letter }])));
}

async function toggleHeading(editor: Editor, text: string, place: number, dice: Dice): Promise<void> {
  const start = text.lastIndexOf("\n", place - 1) + 1;
  const mark = /^#{1,6} /.exec(text.slice(start))?.[0] ?? "";
  const insert = mark === "" || dice.chance(0.3) ? `${"#".repeat(1 + dice.int(3))} ` : "";
  await editor.change([{ at: start, remove: mark.length, insert }]);
}

async function toggleBox(editor: Editor, text: string, place: number): Promise<void> {
  const start = text.lastIndexOf("\n", place - 1) + 1;
  const box = /^- \[([ x])\] /.exec(text.slice(start));
  if (!box) return editor.change([{ at: start, remove: 0, insert: "- [ ] " }]);
  return editor.change([{ at: start + 3, remove: 1, insert: box[1] === "x" ? " " : "x" }]);
}

function placesOf(text: string, unit: string): readonly number[] {
  return [...text].flatMap((one, index) => (one === unit ? [index] : []));
}
