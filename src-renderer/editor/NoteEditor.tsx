import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { SaveStatus } from "../ui/SaveStatus";
import styles from "./editor.module.css";
import { Toolbar } from "./Toolbar";
import { useNoteView, type NoteViewOptions } from "./useNoteView";

/**
 * The note about a record: toolbar, text and, unless the screen shows it elsewhere, whether it is on disk. The text
 * area appears when the stored note is open; it has the role `textbox` and the name given by `label`.
 */
export function NoteEditor(options: NoteViewOptions): ReactNode {
  const { t } = useTranslation("editor");
  const { setParent, note, marks, saveState } = useNoteView(options);

  return (
    <div className={styles.note}>
      <div className={styles.bar}>
        <Toolbar note={note} marks={marks} />
        {!options.onSaveState && <SaveStatus state={saveState} />}
      </div>
      {!note && (
        <p className={styles.opening} aria-busy>
          {t("opening")}
        </p>
      )}
      <div ref={setParent} className={styles.text} />
    </div>
  );
}
