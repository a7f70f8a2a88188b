import { success, type Result } from "../../src-main/shared/result";
import type { Client } from "../../src-main/shared/rpc";
import type { Edit } from "../domain/edit";
import type { SaveFailure } from "../domain/saveFailure";
import type { NotebookContract } from "../ports/notebook";
import { isWorthRetrying, retryDelay, sendEdit, type SaveStates } from "./saveStates";

/**
 * Edits that are not typing (a pick, a deletion). One that fails for a reason that may pass is kept and tried again,
 * unless a later edit of the same fields took its place. One that is refused for good is named until the next edit of its
 * record.
 */
export class EditQueue {
  readonly #client: Client<NotebookContract>;
  readonly #saves: SaveStates;
  readonly #failed = new Map<
    string,
    { edit: Edit; attempt: number; timer: ReturnType<typeof setTimeout> | undefined }
  >();
  /** By record the parts that were refused for good; shown as not saved, and not tried again. */
  readonly #refused = new Map<string, Set<string>>();
  readonly #underWay = new Set<Promise<unknown>>();

  constructor(client: Client<NotebookContract>, saves: SaveStates) {
    this.#client = client;
    this.#saves = saves;
  }

  send(edit: Edit): Promise<Result<null, SaveFailure>> {
    const part = partOf(edit);
    this.#forget(part);
    this.dismiss(edit.id);
    return this.#attempt(edit, part, 0);
  }

  /** The person has read why something in a record was refused for good, and gone on: it is no longer shown. */
  dismiss(id: string): void {
    const parts = this.#refused.get(id) ?? [];
    this.#refused.delete(id);
    for (const part of parts) this.#saves.set(id, part, { kind: "saved" });
  }

  /** Tries what failed once more, now; settles when every edit under way has its answer. */
  async flush(): Promise<void> {
    for (const [part, { edit, attempt }] of [...this.#failed]) {
      this.#forget(part);
      void this.#attempt(edit, part, attempt);
    }
    await Promise.all(this.#underWay);
  }

  #attempt(edit: Edit, part: string, attempt: number): Promise<Result<null, SaveFailure>> {
    this.#saves.set(edit.id, part, { kind: "saving" });
    const answered = sendEdit(this.#client, edit).then((result) => {
      if (result.ok) {
        this.#saves.set(edit.id, part, { kind: "saved" });
        return success(null);
      }
      this.#saves.set(edit.id, part, { kind: "not-saved", failure: result.failure });
      if (isWorthRetrying(result.failure)) {
        const timer = setTimeout(() => {
          this.#forget(part);
          void this.#attempt(edit, part, attempt + 1);
        }, retryDelay(attempt));
        this.#failed.set(part, { edit, attempt, timer });
      } else {
        this.#refused.set(edit.id, (this.#refused.get(edit.id) ?? new Set()).add(part));
      }
      return result;
    });
    this.#underWay.add(answered);
    void answered.finally(() => this.#underWay.delete(answered));
    return answered;
  }

  #forget(part: string): void {
    clearTimeout(this.#failed.get(part)?.timer);
    this.#failed.delete(part);
  }
}

/** What an edit is about: a later edit with the same answer replaces an earlier one that failed. */
function partOf(edit: Edit): string {
  if (edit.kind === "delete" || edit.kind === "restore") return `${edit.id} bin`;
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
