import { success, type Result } from "../../src-main/shared/result";
import type { Client } from "../../src-main/shared/rpc";
import type { Edit } from "../domain/edit";
import type { SaveFailure } from "../domain/saveFailure";
import type { NotebookContract } from "../ports/notebook";
import { isWorthRetrying, retryDelay, sendEdits, type SaveStates } from "./saveStates";

/** Edits sent together, by what each is about: applied all or none, and one step of Undo. */
type Batch = Map<string, Edit>;

/** A batch that is tried again; an edit leaves it when a later one takes its place. */
interface Failed {
  readonly batch: Batch;
  readonly attempt: number;
  readonly timer: ReturnType<typeof setTimeout>;
}

/**
 * Edits that are not typing (a pick, a deletion), one or many at once. What fails for a reason that may pass is kept and
 * tried again, unless a later edit of the same fields took its place. What is refused for good is named until the next
 * edit of its record.
 */
export class EditQueue {
  readonly #client: Client<NotebookContract>;
  readonly #saves: SaveStates;
  readonly #failed = new Map<string, Failed>();
  /** By record the parts that were refused for good; shown as not saved, and not tried again. */
  readonly #refused = new Map<string, Set<string>>();
  readonly #underWay = new Set<Promise<unknown>>();

  constructor(client: Client<NotebookContract>, saves: SaveStates) {
    this.#client = client;
    this.#saves = saves;
  }

  send(edit: Edit): Promise<Result<null, SaveFailure>> {
    return this.sendMany([edit]);
  }

  /** All edits or none, as one step of Undo; of two about the same fields of a record the later one counts. */
  sendMany(edits: readonly Edit[]): Promise<Result<null, SaveFailure>> {
    if (edits.length === 0) return Promise.resolve(success(null));
    const batch: Batch = new Map(edits.map((edit) => [partOf(edit), edit]));
    for (const part of batch.keys()) this.#replace(part);
    this.#giveUp(edits.map(({ id }) => id));
    return this.#attempt(batch, 0);
  }

  /** The person has read why something in a record was refused for good, and gone on: it is no longer shown. */
  dismiss(id: string): void {
    this.#giveUp([id]);
  }

  /** Tries what failed once more, now; settles when every edit under way has its answer. */
  async flush(): Promise<void> {
    for (const failed of new Set(this.#failed.values())) this.#retry(failed);
    await Promise.all(this.#underWay);
  }

  #attempt(batch: Batch, attempt: number): Promise<Result<null, SaveFailure>> {
    const parts = partsOf(batch);
    this.#saves.setAll(parts, { kind: "saving" });
    const answered = sendEdits(this.#client, [...batch.values()]).then((result) => {
      if (result.ok) {
        this.#saves.setAll(parts, { kind: "saved" });
        return success(null);
      }
      this.#saves.setAll(parts, { kind: "not-saved", failure: result.failure });
      if (isWorthRetrying(result.failure)) this.#keep(batch, attempt);
      else for (const [id, part] of parts) this.#refused.set(id, (this.#refused.get(id) ?? new Set()).add(part));
      return result;
    });
    this.#underWay.add(answered);
    void answered.finally(() => this.#underWay.delete(answered));
    return answered;
  }

  #keep(batch: Batch, attempt: number): void {
    const timer = setTimeout(() => {
      this.#retry(failed);
    }, retryDelay(attempt));
    const failed: Failed = { batch, attempt: attempt + 1, timer };
    for (const part of batch.keys()) this.#failed.set(part, failed);
  }

  #retry({ batch, attempt, timer }: Failed): void {
    clearTimeout(timer);
    for (const part of batch.keys()) this.#failed.delete(part);
    void this.#attempt(batch, attempt);
  }

  /** A later edit of the same fields takes the place of one that failed. */
  #replace(part: string): void {
    const failed = this.#failed.get(part);
    if (!failed) return;
    this.#failed.delete(part);
    failed.batch.delete(part);
    if (failed.batch.size === 0) clearTimeout(failed.timer);
  }

  #giveUp(ids: readonly string[]): void {
    const parts: (readonly [string, string])[] = [];
    for (const id of ids) {
      for (const part of this.#refused.get(id) ?? []) parts.push([id, part]);
      this.#refused.delete(id);
    }
    this.#saves.setAll(parts, { kind: "saved" });
  }
}

/** The record and the part of it that each edit is about. */
function partsOf(batch: Batch): readonly (readonly [id: string, part: string])[] {
  return [...batch].map(([part, edit]) => [edit.id, part]);
}

/** What an edit is about: a later edit with the same answer replaces an earlier one that failed. */
function partOf(edit: Edit): string {
  if (edit.kind === "delete" || edit.kind === "restore") return `${edit.id} bin`;
  if (edit.kind === "share") return `${edit.id} share`;
  if (edit.kind === "switch" || edit.kind === "settle") return `${edit.id} kept`;
  if (edit.kind === "return") return `${edit.id} return ${edit.fields?.join(" ") ?? ""}`;
  const subjects = edit.changes.map((change) => {
    switch (change.op) {
      case "set":
        return change.field;
      case "putItem":
        return `${change.field}/${change.item.id}`;
      case "removeItem":
        return `${change.field}/${change.itemId}`;
      case "addMember":
      case "removeMember":
        return `${change.field}/${change.value}`;
    }
  });
  return `${edit.id} ${subjects.join(" ")}`;
}
