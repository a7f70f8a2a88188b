import * as Y from "yjs";
import { failure, success, type Result } from "../../../src-main/shared/result";
import type { RecordId } from "../../../src-renderer/domain/ids";
import { NOTE_TEXT } from "../../../src-renderer/domain/noteText";
import type { SaveFailure } from "../../../src-renderer/domain/saveFailure";
import type { NoteNotebook } from "../../../src-renderer/editor/noteSession";

type Listener = (payload: never) => void;

/** One note as the notebook keeps it, and the windows that have it open. An update of one is told to all others. */
export class NoteModel {
  readonly doc = new Y.Doc();
  readonly #pages = new Set<(update: Uint8Array<ArrayBuffer>) => void>();

  get text(): string {
    return this.doc.getText(NOTE_TEXT).toJSON();
  }

  /** A change made on another computer. */
  change(make: (text: Y.Text) => void): void {
    const before = Y.encodeStateVector(this.doc);
    const remote = new Y.Doc();
    Y.applyUpdate(remote, Y.encodeStateAsUpdate(this.doc));
    make(remote.getText(NOTE_TEXT));
    this.keep(Y.encodeStateAsUpdate(remote, before));
  }

  keep(update: Uint8Array, from?: (update: Uint8Array<ArrayBuffer>) => void): void {
    Y.applyUpdate(this.doc, update);
    for (const page of this.#pages) if (page !== from) page(new Uint8Array(update));
  }

  /** A window of its own with its own port. */
  page(): FakePage {
    return new FakePage(this, this.#pages);
  }
}

export class FakePage {
  readonly requests: string[] = [];
  readonly updates: Uint8Array[] = [];
  /** What the ledger says; null = it works. */
  trouble: SaveFailure | null = null;
  /** A port that rejects: the worker is gone. */
  isLost = false;
  /** While set, answers wait for `answerAll`. */
  isSlow = false;
  readonly notebook: NoteNotebook;
  readonly #model: NoteModel;
  readonly #listeners = new Map<string, Set<Listener>>();
  readonly #answers: (() => void)[] = [];
  readonly #onRemote: (update: Uint8Array<ArrayBuffer>) => void;

  constructor(model: NoteModel, pages: Set<(update: Uint8Array<ArrayBuffer>) => void>) {
    this.#model = model;
    this.#onRemote = (update) => {
      this.emit("noteChanged", { about: "meeting:1", update });
    };
    const request = async (name: string, args: unknown): Promise<unknown> => {
      this.requests.push(name);
      if (this.isSlow) await new Promise<void>((answer) => this.#answers.push(answer));
      if (this.isLost) throw new Error("connection closed");
      if (name === "openNote") {
        pages.add(this.#onRemote);
        return { state: Y.encodeStateAsUpdate(model.doc) };
      }
      if (name === "closeNote") pages.delete(this.#onRemote);
      if (name === "updateNote") return this.#keep((args as { update: Uint8Array }).update);
      return null;
    };
    this.notebook = {
      request: request as NoteNotebook["request"],
      on: (event, listener) => {
        const known = this.#listeners.get(event) ?? new Set();
        this.#listeners.set(event, known);
        known.add(listener);
        return () => known.delete(listener);
      },
    };
  }

  emit(event: string, payload: unknown): void {
    for (const listener of this.#listeners.get(event) ?? []) listener(payload as never);
  }

  answerAll(): void {
    for (const answer of this.#answers.splice(0)) answer();
  }

  #keep(update: Uint8Array): Result<null, SaveFailure> {
    if (this.trouble) return failure(this.trouble);
    this.updates.push(update);
    this.#model.keep(update, this.#onRemote);
    return success(null);
  }
}

export const MEETING: RecordId = "meeting:1";
