import type { AreaRow, RosterRow } from "../domain/rosterRow";

export interface AreaChoice {
  readonly row: AreaRow;
  /** From 0; areas stand below their superiors. */
  readonly depth: number;
  readonly retired: boolean;
}

export interface OfferedAreasOptions {
  /** Kinds offered; the subjects serve the glossary alone. */
  readonly kinds: readonly AreaRow["kind"][];
  /** The day in China, `2026-11-22`, by which an area is retired or not. */
  readonly today: string;
  /** Not offered. */
  readonly without?: ReadonlySet<string> | undefined;
}

/** `validTo` is the last day of an area. */
export function isRetired(row: Pick<AreaRow, "validTo">, today: string): boolean {
  return row.validTo !== undefined && row.validTo < today;
}

/** Areas to choose from, in the order given; retired ones, which old records name, come last and without a place in the tree. */
export function offeredAreas(
  places: readonly { readonly row: RosterRow; readonly depth: number }[],
  { kinds, today, without }: OfferedAreasOptions,
): readonly AreaChoice[] {
  const choices = places.flatMap(({ row, depth }): AreaChoice[] => {
    if (row.type !== "area" || !kinds.includes(row.kind) || without?.has(row.id)) return [];
    const retired = isRetired(row, today);
    return [{ row, depth: retired ? 0 : depth, retired }];
  });
  return [...choices.filter(({ retired }) => !retired), ...choices.filter(({ retired }) => retired)];
}
