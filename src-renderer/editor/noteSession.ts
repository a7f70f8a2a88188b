import * as Y from "yjs";
import type { Client } from "../../src-main/shared/rpc";
import type { RecordId } from "../domain/ids";
import { NOTE_TEXT } from "../domain/noteText";
import type { SaveState } from "../domain/saveState";
import type { NotebookContract } from "../ports/notebook";
import { NoteOutbox } from "./noteOutbox";

/** What an editor needs of the notebook. */
export type NoteNotebook = Pick<Client<NotebookContract>, "request" | "on">;

/** Marks changes that came from the notebook, so that they are never sent back to it. */
const REMOTE = Symbol("remote");
const OPEN_RETRY_MS = 1_000;

/**
 * One open note: the Yjs document that the editor is bound to, its way to disk and the changes that come in.
 *
 * While an input method is composing, changes from elsewhere and our own raw letters wait until it is done: a remote
 * change that touches the composed text was seen to leave raw `ni` in the note.
 */
export class NoteSession {
  readonly text: Y.Text;
  /** Resolves when the stored state is in the document; the editor is shown from then on. */
  readonly opened: Promise<void>;
  readonly #notebook: NoteNotebook;
  readonly #about: RecordId;
  readonly #doc = new Y.Doc();
  readonly #outbox: NoteOutbox;
  readonly #stateListeners = new Set<(state: SaveState) => void>();
  readonly #unsubscribe: (() => void)[];
  #openFailure: SaveState | null = null;
  #isOpen = false;
  #closed = false;
  #composing = false;
  /** Changes from elsewhere that came before the state or while composing. */
  #held: Uint8Array[] = [];

  /** `after`: the closing of an earlier session of the same note, which must be over before this one opens it. */
  constructor(notebook: NoteNotebook, about: RecordId, after: Promise<unknown> = Promise.resolve()) {
    this.#notebook = notebook;
    this.#about = about;
    this.text = this.#doc.getText(NOTE_TEXT);
    this.#outbox = new NoteOutbox(
      // A copy of its own: the port would otherwise clone the whole buffer that an update may be a window of.
      (update) => notebook.request("updateNote", { about, update: new Uint8Array(update) }),
      () => {
        this.#tell();
      },
    );
    this.#doc.on("update", (update: Uint8Array, origin: unknown) => {
      if (origin !== REMOTE) this.#outbox.add(update);
    });
    this.#unsubscribe = [
      notebook.on("noteChanged", (changed) => {
        if (changed.about === about) this.#receive(changed.update);
      }),
      notebook.on("trouble", ({ failure }) => {
        if (failure === null) this.#outbox.retryNow();
      }),
    ];
    this.opened = this.#open(after);
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  get saveState(): SaveState {
    return this.#openFailure ?? this.#outbox.state;
  }

  /** Tells of every change of `saveState` from now on. */
  onSaveState(listener: (state: SaveState) => void): () => void {
    this.#stateListeners.add(listener);
    return () => this.#stateListeners.delete(listener);
  }

  compositionStarted(): void {
    this.#composing = true;
    this.#outbox.holdBack();
  }

  compositionEnded(): void {
    if (!this.#composing) return;
    this.#composing = false;
    this.#applyHeld();
    this.#outbox.letGo();
  }

  /** Ends when all is on disk, or when an attempt has failed (then `saveState` says why and the attempts go on). */
  flush(): Promise<void> {
    return this.#outbox.flush();
  }

  /** Resolves when nothing waits for the disk any more, however long that takes. */
  async allSaved(): Promise<void> {
    await this.opened;
    while (this.saveState.kind !== "saved") {
      await new Promise<void>((changed) => {
        const stop = this.onSaveState(() => {
          stop();
          changed();
        });
      });
    }
  }

  /** Only after `allSaved`: what is not on disk by then is gone. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const stop of this.#unsubscribe) stop();
    this.#outbox.dispose();
    this.#doc.destroy();
    await this.#notebook.request("closeNote", { about: this.#about }).catch(() => null);
  }

  async #open(after: Promise<unknown>): Promise<void> {
    await after;
    while (!this.#closed) {
      try {
        const { state } = await this.#notebook.request("openNote", { about: this.#about });
        this.#isOpen = true;
        if (state.length > 0) Y.applyUpdate(this.#doc, state, REMOTE);
        this.#applyHeld();
        const hadFailed = this.#openFailure !== null;
        this.#openFailure = null;
        if (hadFailed) this.#tell();
        return;
      } catch (error) {
        const detail = error instanceof Error ? error.message : String(error);
        this.#openFailure = { kind: "not-saved", failure: { kind: "store-failed", detail } };
        this.#tell();
        await new Promise((resolve) => setTimeout(resolve, OPEN_RETRY_MS));
      }
    }
  }

  #receive(update: Uint8Array): void {
    this.#held.push(update);
    if (this.#isOpen && !this.#composing) this.#applyHeld();
  }

  #applyHeld(): void {
    const [first, ...more] = this.#held.splice(0);
    if (first) Y.applyUpdate(this.#doc, more.length === 0 ? first : Y.mergeUpdates([first, ...more]), REMOTE);
  }

  #tell(): void {
    const state = this.saveState;
    for (const listener of this.#stateListeners) listener(state);
  }
}
