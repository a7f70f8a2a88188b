import type { AreaRow } from "../../domain/rosterRow";
import { isRetired } from "../../ui/offeredAreas";

export type AreaGroup = AreaRow["kind"] | "retired";

export interface AreaPlace {
  readonly row: AreaRow;
  readonly group: AreaGroup;
  /** From 0, counting only superiors that are shown above it. */
  readonly depth: number;
}

/**
 * Areas as the section shows them: the technical ones as a tree, the subjects of the glossary, then the retired ones
 * without places in the tree. What stands below a retired area moves up to the next superior that is not. `outline` is in
 * the order of a tree, superior before subordinates.
 */
export function areaPlaces(
  outline: readonly { readonly row: AreaRow; readonly depth: number }[],
  today: string,
): readonly AreaPlace[] {
  const groups: Record<AreaGroup, AreaPlace[]> = { technical: [], subject: [], retired: [] };
  /** Of each superior of the area at hand, the topmost first. */
  const above: boolean[] = [];
  for (const { row, depth } of outline) {
    above.length = Math.min(above.length, depth);
    const shown = !isRetired(row, today);
    const group = shown ? row.kind : "retired";
    groups[group].push({ row, group, depth: shown ? above.filter(Boolean).length : 0 });
    above.push(shown);
  }
  return [...groups.technical, ...groups.subject, ...groups.retired];
}
