import { editsTo } from "./differences";
import type { Edit } from "./edit";
import type { Stamp } from "./envelope";
import type { RecordType } from "./ids";
import { sameJson } from "./jsonValue";
import { keptIdAt, openValues, valueAt, type KeptPlace, type OpenValue } from "./kept";
import type { AnyRecord } from "./record";
import { recordKind } from "./recordKinds";

/** Double edits: places of a record at which two or more computers set different values apart from each other. */

/** A value at such a place, and who set it. */
export interface EditedValue {
  /** Stays the same when another one is shown. */
  readonly key: string;
  readonly value: unknown;
  readonly isShown: boolean;
  /** Undefined where nobody said. */
  readonly set?: { readonly by: Stamp; readonly at: string } | undefined;
}

export interface DoubleEdit {
  /** The same as long as the place is. */
  readonly key: string;
  readonly place: KeptPlace;
  /** At least two, the earliest first, so that their order does not depend on which is shown. */
  readonly values: readonly EditedValue[];
  /** What the edit `settle` needs to decide on the place. */
  readonly open: readonly string[];
}

/** What is open in a record of this type by the places at which it is, in the order of its fields. */
export function doubleEditsOf(type: RecordType, open: readonly OpenValue[]): readonly DoubleEdit[] {
  const places = new Map<string, OpenValue[]>();
  for (const value of open) {
    const key = keyOf(value.place);
    places.set(key, [...(places.get(key) ?? []), value]);
  }
  const fields = Object.keys(recordKind(type).fields);
  const rank = ({ place }: DoubleEdit): number => {
    const at = place.kind === "visibility" ? -1 : fields.indexOf(place.field);
    return at < 0 ? fields.length : at;
  };
  return [...places]
    .map(([key, values]) => doubleEdit(key, values))
    .toSorted((a, b) => rank(a) - rank(b) || (a.key < b.key ? -1 : 1));
}

function doubleEdit(key: string, open: readonly OpenValue[]): DoubleEdit {
  const [first] = open;
  if (!first) throw new Error("a double edit has values");
  const { place, shown } = first;
  const latest = open.reduce((a, b) => ((a.shownBy?.at ?? "") >= (b.shownBy?.at ?? "") ? a : b));
  const values: readonly EditedValue[] = [
    { key: keptIdAt(place, shown), value: shown, isShown: true, set: latest.shownBy },
    ...open.map(({ key: id, other, by, at }) => ({ key: id, value: other, isShown: false, set: { by, at } })),
  ];
  return { key, place, values: values.toSorted(inOrder), open: open.map(({ key: id }) => id) };
}

function keyOf(place: KeptPlace): string {
  return keptIdAt(place, null);
}

function inOrder(a: EditedValue, b: EditedValue): number {
  const [atA, atB] = [a.set?.at ?? "", b.set?.at ?? ""];
  return atA === atB ? (a.key < b.key ? -1 : 1) : atA < atB ? -1 : 1;
}

/**
 * The edits that give a record what one side of a merge was. Values that are kept are switched to, so that what they
 * replace is kept too; what was open is decided on by that. Who may have the record is not part of it: going back must
 * not publish what is private.
 */
export function editsToSide(current: AnyRecord, side: AnyRecord): readonly Edit[] {
  const { id } = current;
  const open = openValues(current).filter(({ place }) => place.kind !== "visibility");
  const switches = open
    .filter(({ place, other }) => sameJson(valueAt(side, place), other))
    .map(({ key }): Edit => ({ kind: "switch", id, key }));
  const keys = open.map(({ key }) => key);
  const decided: readonly Edit[] = keys.length === 0 ? [] : [{ kind: "settle", id, keys, settled: true }];
  return [...switches, ...editsTo(current, side), ...decided];
}
