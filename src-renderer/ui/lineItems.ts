import type { Change } from "../domain/edit";

/** One item of a list of one-line items, such as telephone numbers or former names. */
export interface Line {
  readonly id: string;
  readonly text: string;
}

/**
 * An emptied first line keeps its place, so that the next does not move up under the typing hand and is overwritten by
 * what is typed next; an emptied further line leaves the list. `textIn` is the field of the item that holds the text.
 */
export function changesForLine(
  field: string,
  textIn: string,
  { id, text }: Line,
  { isFirst }: { readonly isFirst: boolean },
): Change[] {
  const isBlank = text.trim() === "";
  if (isBlank && !isFirst) return [{ op: "removeItem", field, itemId: id }];
  return [{ op: "putItem", field, item: { id, [textIn]: isBlank ? "" : text } }];
}

/** The lines to show: the stored ones, at least one, and one added on the form and still empty. */
export function shownLines(
  stored: readonly Line[],
  ids: { readonly first: string; readonly added: string | null },
): readonly Line[] {
  const lines = stored.length > 0 ? stored : [{ id: ids.first, text: "" }];
  const { added } = ids;
  return added === null || lines.some((line) => line.id === added) ? lines : [...lines, { id: added, text: "" }];
}
