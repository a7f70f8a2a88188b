import { EditorView } from "@codemirror/view";
import { useEffect, useEffectEvent, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { RecordId } from "../domain/ids";
import { saved, type SaveState } from "../domain/saveState";
import { focusedHistory } from "../platform/ownHistory";
import { isMac, keyLabel } from "../ui/keyLabel";
import { activeMarks, noMarks, type ActiveMarks } from "./activeMarks";
import { createNoteView, type NoteView, type NoteWords } from "./noteView";
import type { NoteNotebook } from "./noteSession";
import { holdNote } from "./openNotes";

export interface NoteViewOptions {
  readonly about: RecordId;
  readonly notebook: NoteNotebook;
  /** The accessible name of the text area. */
  readonly label: string;
  readonly autoFocus?: boolean | undefined;
  /** Opens a checked address (http, https or mailto) outside the app. */
  readonly onOpenLink?: ((url: string) => void) | undefined;
  /** Told of the state when the note is open and of every change. */
  readonly onSaveState?: ((state: SaveState) => void) | undefined;
}

export interface ShownNote {
  /** The ref of the element that holds the text area. */
  readonly setParent: (parent: HTMLElement | null) => void;
  /** Null until the note is open. */
  readonly note: NoteView | null;
  /** The marks at the caret. */
  readonly marks: ActiveMarks;
  readonly saveState: SaveState;
}

/** Opens the note for as long as its element is on screen; leaving the screen sends the last increment first. */
export function useNoteView(options: NoteViewOptions): ShownNote {
  const { about, notebook } = options;
  const words = useNoteWords(options.label);
  const [parent, setParent] = useState<HTMLElement | null>(null);
  const [note, setNote] = useState<NoteView | null>(null);
  const [marks, setMarks] = useState(noMarks);
  const [saveState, setSaveState] = useState<SaveState>(saved);

  const openLink = useEffectEvent((url: string) => options.onOpenLink?.(url));
  const tell = useEffectEvent((state: SaveState) => {
    setSaveState(state);
    options.onSaveState?.(state);
  });
  const mount = useEffectEvent((session: Parameters<typeof createNoteView>[0]["session"], into: HTMLElement) => {
    const shown: NoteView = createNoteView({
      session,
      parent: into,
      words,
      onOpenLink: openLink,
      extensions: EditorView.updateListener.of((update) => {
        setMarks((previous) => activeMarks(update.view.state, previous));
        offerHistory(shown);
      }),
    });
    if (options.autoFocus) shown.view.focus();
    return shown;
  });

  useEffect(() => {
    if (!parent) return;
    const held = holdNote(notebook, about);
    const { session } = held;
    const stop = session.onSaveState((state) => {
      tell(state);
    });
    let shown: NoteView | null = null;
    let isGone = false;
    const show = (): void => {
      if (isGone) return;
      shown = mount(session, parent);
      setNote(shown);
      tell(session.saveState);
    };
    if (session.isOpen) show();
    else void session.opened.then(show);
    return () => {
      isGone = true;
      stop();
      if (shown) focusedHistory.leave(shown);
      shown?.destroy();
      held.release();
      setNote(null);
      setMarks(noMarks);
    };
  }, [parent, notebook, about]);

  useEffect(() => {
    note?.setWords(words);
  }, [note, words]);

  return { setParent, note, marks, saveState };
}

function useNoteWords(label: string): NoteWords {
  const { t } = useTranslation("editor");
  return useMemo(
    () => ({
      label,
      placeholder: t("placeholder"),
      checkBox: t("checkBox"),
      openLink: t("openLink", { key: keyLabel("Mod", isMac()) }),
    }),
    [label, t],
  );
}

/** While the note has the focus, the window's Undo and Redo are its own. */
function offerHistory(shown: NoteView): void {
  const { view, undoManager } = shown;
  if (!view.hasFocus) {
    focusedHistory.leave(shown);
    return;
  }
  const take = (step: () => unknown) => () => {
    // Taking back a line that an input method is writing in would leave its raw letters there.
    if (!view.compositionStarted) step();
  };
  focusedHistory.enter(shown, {
    canUndo: undoManager.undoStack.length > 0,
    canRedo: undoManager.redoStack.length > 0,
    undo: take(() => undoManager.undo()),
    redo: take(() => undoManager.redo()),
  });
}
