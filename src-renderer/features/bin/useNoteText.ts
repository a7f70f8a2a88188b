import { useEffect, useState } from "react";
import type { RecordId } from "../../domain/ids";
import { readNote } from "../../editor/readNote";
import { useNotebook } from "../../platform/notebook";

/** The text of the note about a record; null while it is being read. */
export function useNoteText(about: RecordId): string | null {
  const notebook = useNotebook();
  const [held, setHeld] = useState<{ readonly about: RecordId; readonly text: string } | null>(null);
  useEffect(() => {
    let left = false;
    readNote(notebook, about).then(
      (text) => {
        if (!left) setHeld({ about, text });
      },
      // Not readable here, or the worker is gone: then there is nothing to show.
      () => undefined,
    );
    return () => {
      left = true;
    };
  }, [notebook, about]);
  return held?.about === about ? held.text : null;
}
