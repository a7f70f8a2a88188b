import * as Y from "yjs";
import type { Notebook } from "../../src-renderer/data/notebook";
import { noteIdOf, type RecordId } from "../../src-renderer/domain/ids";
import { NOTE_TEXT } from "../../src-renderer/domain/noteText";

const BY_HAND = "by hand";
const FROM_NOTEBOOK = "from the notebook";

/** The note editors that one running app has open. They go with it. */
export class Desk {
  readonly #editors = new Map<RecordId, Promise<Editor>>();
  readonly #open = new Map<string, Editor>();
  readonly #notebook: Notebook;
  readonly #nextClient: () => number;

  constructor(notebook: Notebook, nextClient: () => number) {
    this.#notebook = notebook;
    this.#nextClient = nextClient;
  }

  get openNotes(): readonly RecordId[] {
    return [...this.#editors.keys()];
  }

  editor(about: RecordId): Promise<Editor> {
    const known = this.#editors.get(about);
    if (known) return known;
    const opening = this.#notebook.openNote(about).then(({ state }) => {
      const editor = new Editor(this.#notebook, about, state, this.#nextClient());
      this.#open.set(noteIdOf(about), editor);
      return editor;
    });
    this.#editors.set(about, opening);
    return opening;
  }

  /** What the notebook says of a note that is open. */
  changed(note: string, update: Uint8Array): void {
    this.#open.get(note)?.receive(update);
  }

  async close(about: RecordId): Promise<void> {
    const editor = await this.#editors.get(about);
    if (!editor || !(await editor.saveAll())) return;
    this.#editors.delete(about);
    this.#open.delete(noteIdOf(about));
    editor.dispose();
    await this.#notebook.closeNote(about);
  }

  /** Sends again what could not be saved. */
  async saveAll(): Promise<boolean> {
    const editors = await Promise.all(this.#editors.values());
    const saved = await Promise.all(editors.map((editor) => editor.saveAll()));
    return saved.every(Boolean);
  }
}

/** One editor: its own document, its own undo, and increments that leave it only when they are saved. */
export class Editor {
  readonly #doc = new Y.Doc({ guid: "desk" });
  readonly #text: Y.Text;
  readonly #undo: Y.UndoManager;
  readonly #waiting: Uint8Array[] = [];
  readonly #notebook: Notebook;
  readonly #about: RecordId;

  constructor(notebook: Notebook, about: RecordId, state: Uint8Array, client: number) {
    this.#notebook = notebook;
    this.#about = about;
    this.#doc.clientID = client;
    this.#text = this.#doc.getText(NOTE_TEXT);
    Y.applyUpdate(this.#doc, state, FROM_NOTEBOOK);
    this.#undo = new Y.UndoManager(this.#text, { trackedOrigins: new Set([BY_HAND]), captureTimeout: 0 });
    this.#doc.on("update", (update: Uint8Array, origin: unknown) => {
      if (origin !== FROM_NOTEBOOK) this.#waiting.push(update);
    });
  }

  get text(): string {
    return this.#text.toJSON();
  }

  receive(update: Uint8Array): void {
    Y.applyUpdate(this.#doc, update, FROM_NOTEBOOK);
  }

  /** One step of a person: replaces parts of the text. Later parts first, or places shift. */
  async change(
    parts: readonly { readonly at: number; readonly remove: number; readonly insert: string }[],
  ): Promise<void> {
    this.#doc.transact(() => {
      for (const { at, remove, insert } of parts) {
        if (remove > 0) this.#text.delete(at, remove);
        if (insert !== "") this.#text.insert(at, insert);
      }
    }, BY_HAND);
    await this.saveAll();
  }

  async undo(): Promise<void> {
    this.#undo.undo();
    await this.saveAll();
  }

  async redo(): Promise<void> {
    this.#undo.redo();
    await this.saveAll();
  }

  /** Saves what waits, in order; false where the ledger does not take it now. */
  async saveAll(): Promise<boolean> {
    for (let first = this.#waiting[0]; first; first = this.#waiting[0]) {
      const saved = await this.#notebook.updateNote(this.#about, new Uint8Array(first));
      if (!saved.ok) return false;
      const index = this.#waiting.indexOf(first);
      if (index >= 0) this.#waiting.splice(index, 1);
    }
    return true;
  }

  dispose(): void {
    this.#undo.destroy();
    this.#doc.destroy();
  }
}
