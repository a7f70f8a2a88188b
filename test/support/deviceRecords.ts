import { expect } from "vitest";
import * as Y from "yjs";
import type { RecordId } from "../../src-renderer/domain/ids";
import { NOTE_TEXT } from "../../src-renderer/domain/noteText";
import type { AnyRecord } from "../../src-renderer/domain/record";
import type { Device } from "./notebookDevice";

/** What a device shows of a record by now. */
export async function record({ notebook }: Device, id: RecordId): Promise<AnyRecord | undefined> {
  return (await notebook.read(id))?.record;
}

export async function data(device: Device, id: RecordId): Promise<Record<string, unknown>> {
  return { ...(await record(device, id))?.data };
}

/** Types at the beginning of the note about a record. */
export async function type({ notebook }: Device, about: RecordId, text: string): Promise<void> {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, (await notebook.openNote(about)).state);
  let update = new Uint8Array();
  doc.on("update", (bytes: Uint8Array) => (update = new Uint8Array(bytes)));
  doc.getText(NOTE_TEXT).insert(0, text);
  expect((await notebook.updateNote(about, update)).ok).toBe(true);
  await notebook.closeNote(about);
}

export async function noteOf({ notebook }: Device, about: RecordId): Promise<string> {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, (await notebook.openNote(about)).state);
  await notebook.closeNote(about);
  return doc.getText(NOTE_TEXT).toJSON();
}
