import { Compartment, EditorState, type Extension } from "@codemirror/state";
import { EditorView, placeholder } from "@codemirror/view";
import { yCollab } from "y-codemirror.next";
import * as Y from "yjs";
import { watchComposition } from "./composition";
import { editorTexts, type EditorTexts } from "./editorTexts";
import { noteKeys } from "./keys";
import { livePreview } from "./livePreview";
import { noteLanguageSupport } from "./noteLanguage";
import type { NoteSession } from "./noteSession";
import { noteTheme } from "./noteTheme";
import { textDirection } from "./textDirection";
import { tidyInput } from "./tidyInput";

/** What depends on the language of the interface or on the place of the editor; may change while it is open. */
export interface NoteWords extends EditorTexts {
  readonly label: string;
  readonly placeholder: string;
}

export interface NoteView {
  readonly view: EditorView;
  readonly undoManager: Y.UndoManager;
  setWords(words: NoteWords): void;
  destroy(): void;
}

function wordsExtension(words: NoteWords): Extension {
  return [
    EditorView.contentAttributes.of({ "aria-label": words.label }),
    placeholder(words.placeholder),
    editorTexts.of({ checkBox: words.checkBox, openLink: words.openLink }),
  ];
}

/** Binds an editor to an open note. Undo takes back what was done in this editor alone. */
export function createNoteView(options: {
  readonly session: NoteSession;
  readonly parent: HTMLElement;
  readonly words: NoteWords;
  readonly onOpenLink: (url: string) => void;
  readonly extensions?: Extension;
}): NoteView {
  const { session, words } = options;
  const undoManager = new Y.UndoManager(session.text, { trackedOrigins: new Set() });
  const wordsPart = new Compartment();
  const view = new EditorView({
    parent: options.parent,
    state: EditorState.create({
      doc: session.text.toJSON(),
      extensions: [
        // Positions must agree with the shared text, so a carriage return from elsewhere stays a character.
        EditorState.lineSeparator.of("\n"),
        EditorState.tabSize.of(4),
        noteKeys(options.onOpenLink),
        yCollab(session.text, null, { undoManager }),
        tidyInput,
        watchComposition(session, () => {
          // The final line break belongs to the step that the composed text is in.
          if (undoManager.lastChange > 0) undoManager.lastChange = Date.now();
        }),
        noteLanguageSupport,
        livePreview(options.onOpenLink),
        noteTheme,
        EditorView.lineWrapping,
        textDirection,
        EditorView.clipboardInputFilter.of((text) => text.replace(/\r\n?/g, "\n")),
        EditorView.contentAttributes.of({ spellcheck: "false", autocorrect: "off" }),
        wordsPart.of(wordsExtension(words)),
        options.extensions ?? [],
      ],
    }),
  });
  return {
    view,
    undoManager,
    setWords: (next) => {
      view.dispatch({ effects: wordsPart.reconfigure(wordsExtension(next)) });
    },
    destroy: () => {
      view.destroy();
      undoManager.destroy();
    },
  };
}
