import { useCallback, useEffect, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { MeetingId } from "../../domain/ids";
import { saved, type SaveState } from "../../domain/saveState";
import { NoteEditor } from "../../editor/NoteEditor";
import { useMain } from "../../platform/bridge";
import { useNotebookSession } from "../../platform/notebook";
import { noteNotebookOf } from "./noteNotebook";

/** The note of a meeting. Its save state is part of the meeting's: one line says it for both. */
export function MeetingNote({ id }: { readonly id: MeetingId }): ReactNode {
  const { t } = useTranslation("meetings");
  const main = useMain();
  const session = useNotebookSession();
  const { saves } = session;
  const tell = useCallback(
    (state: SaveState) => {
      saves.set(id, "note", state);
    },
    [saves, id],
  );
  useEffect(
    () => () => {
      // The editor saves on by itself, and says so when it is opened again.
      saves.set(id, "note", saved);
    },
    [saves, id],
  );
  return (
    <NoteEditor
      about={id}
      notebook={noteNotebookOf(session)}
      label={t("field.note")}
      onSaveState={tell}
      onOpenLink={(url) => void main.invoke("link:open", { url })}
    />
  );
}
