import { v7 as uuid } from "uuid";
import type { Change } from "../domain/edit";
import type { IdOf } from "../domain/ids";
import type { ShownType } from "./navigation";

/**
 * Records begun in this window: they have an id and a form, and are stored with the first thing entered, so that
 * looking at an empty form leaves nothing behind.
 */
export class BegunRecords {
  readonly #changes = new Map<string, readonly Change[]>();

  /** `changes` is what the record is to be created with beside the first thing entered (the organisation it was begun at). */
  begin<T extends ShownType>(type: T, changes: readonly Change[] = []): IdOf<T> {
    const id: IdOf<T> = `${type}:${uuid()}`;
    this.#changes.set(id, changes);
    return id;
  }

  /** The record is stored: from now on it is one like any other. */
  stored(id: string): void {
    this.#changes.delete(id);
  }

  /** Null for a record that was not begun here, or is stored by now. */
  changesOf(id: string): readonly Change[] | null {
    return this.#changes.get(id) ?? null;
  }
}
