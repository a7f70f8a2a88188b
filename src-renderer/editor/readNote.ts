import * as Y from "yjs";
import type { Client } from "../../src-main/shared/rpc";
import type { RecordId } from "../domain/ids";
import { NOTE_TEXT } from "../domain/noteText";
import type { NotebookContract } from "../ports/notebook";

/** The Markdown text of the note about a record, read without opening it for writing; empty where there is none. */
export async function readNote(notebook: Client<NotebookContract>, about: RecordId): Promise<string> {
  const { state } = await notebook.request("openNote", { about });
  void notebook.request("closeNote", { about }).catch(() => null);
  const document = new Y.Doc();
  try {
    Y.applyUpdate(document, state);
    return document.getText(NOTE_TEXT).toJSON();
  } finally {
    document.destroy();
  }
}
