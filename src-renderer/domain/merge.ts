import { canonicalJson, canonicalText, sameJson, type JsonObject } from "./jsonValue";
import { mergeFields, mergeScalar, type SetAside } from "./mergeFields";
import { mergeNotes } from "./mergeNote";
import type { KeptValue, Stamp } from "./envelope";
import { keptId } from "./kept";
import { noChanges } from "./overlay";
import type { AnyRecord, OverlayRecord, RecordOf } from "./record";
import { recordKind } from "./recordKinds";

type Version = AnyRecord | OverlayRecord;
/** `of`: whose value it is. */
type PutAside = (path: string, value: unknown, of?: SetAside["of"]) => void;

/**
 * Joins two versions of the changes to one shipped record. Without a `base` both descend from the record as it ships,
 * that is from no changes at all; so what only one side changed is taken, also a field that it removed (`null`).
 */
export function mergeOverlays(
  base: OverlayRecord | undefined,
  mine: OverlayRecord,
  theirs: OverlayRecord,
): OverlayRecord {
  return mergeVersions(base ?? noChanges(mine), mine, theirs);
}

/**
 * Joins two versions of one record that were changed apart. `base` is what both descend from; without it (foreign
 * conflict leaves, ancestors compacted away) everything of both is kept.
 *
 * Deterministic and symmetrical: no clock, no new ids, and `mine` and `theirs` may be swapped, so that two devices
 * merging alone write the same document. What only one side changed is taken; where both changed one value, the later
 * edit is shown and the other is set aside in `kept`. The clock only chooses which of the two is shown. An edit beats a
 * delete; private beats any other visibility, since the other way round would publish.
 */
export function mergeRecords(base: AnyRecord | undefined, mine: AnyRecord, theirs: AnyRecord): AnyRecord {
  return mergeVersions(base, mine, theirs);
}

function mergeVersions<V extends Version>(base: V | undefined, mine: V, theirs: V): V {
  if (mine.id !== theirs.id || mine.type !== theirs.type) throw new Error("Only versions of one record can be merged");
  if (recordsEqual(mine, theirs)) return mine;
  if (base !== undefined && recordsEqual(base, mine)) return theirs;
  if (base !== undefined && recordsEqual(base, theirs)) return mine;

  const [later, earlier] = compareEdits(mine, theirs) >= 0 ? [mine, theirs] : [theirs, mine];
  const aside: SetAside[] = [];
  const setAside: PutAside = (path, value, of = "earlier") => void aside.push({ path, value, of });
  const data =
    recordKind(later.type).merge === "text"
      ? mergeNoteData(base, later, earlier, setAside)
      : mergeFields(recordKind(later.type).fields, base?.data, later.data, earlier.data, setAside);
  const visibility = mergeVisibility(base, later, earlier, setAside);
  const deletedAt = mergeDeletion(base, mine, theirs);
  const unknown = mergeUnknown(base, later, earlier, setAside);
  const kept = mergeKept([mine.kept, theirs.kept], aside, { later, earlier });
  return canonicalJson({
    ...unknown,
    id: later.id,
    type: later.type,
    v: later.v,
    ...firstCreation(mine, theirs),
    updatedAt: later.updatedAt,
    updatedBy: later.updatedBy,
    deletedAt,
    visibility,
    kept: kept.length > 0 ? kept : undefined,
    data,
  }) as V;
}

/** Whether two versions are the same in everything, whatever the order of their keys. */
export function recordsEqual(a: Version, b: Version): boolean {
  return sameJson(a, b);
}

/** By time of the edit, then by who made it, then by content: two different versions never tie. */
function compareEdits(a: Version, b: Version): number {
  return (
    Date.parse(a.updatedAt) - Date.parse(b.updatedAt) ||
    compareText(canonicalText(a.updatedBy), canonicalText(b.updatedBy)) ||
    compareText(canonicalText(a), canonicalText(b))
  );
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function firstCreation(a: Version, b: Version): { readonly createdAt: string; readonly createdBy: Stamp } {
  const order =
    Date.parse(a.createdAt) - Date.parse(b.createdAt) ||
    compareText(a.createdAt, b.createdAt) ||
    compareText(canonicalText(a.createdBy), canonicalText(b.createdBy));
  const { createdAt, createdBy } = order <= 0 ? a : b;
  return { createdAt, createdBy };
}

function mergeNoteData(base: Version | undefined, later: Version, earlier: Version, setAside: PutAside): JsonObject {
  if (!isNote(later) || !isNote(earlier)) throw new Error("Not two versions of a note");
  const { markdown: _, state: __, ...beside } = later.data;
  const { markdown: ___, state: ____, ...besideEarlier } = earlier.data;
  return {
    ...mergeFields({}, base?.data, beside, besideEarlier, setAside),
    ...mergeNotes(later.data, earlier.data),
  };
}

function isNote(version: Version): version is RecordOf<"note"> {
  return version.type === "note";
}

/**
 * Private if either side is, unless one side left it private as it was and the other made it public knowingly. Of two
 * other labels the later is shown.
 */
function mergeVisibility(
  base: Version | undefined,
  later: Version,
  earlier: Version,
  setAside: PutAside,
): Version["visibility"] {
  const [a, b] = [later.visibility, earlier.visibility];
  if (a === b || b === base?.visibility) return a;
  if (a === base?.visibility) return b;
  if (b === "private") {
    setAside("/visibility", a, "later");
    return b;
  }
  setAside("/visibility", b);
  return a;
}

/** Deleted only if both sides deleted it, or one did and the other changed nothing but stamps; the later time of two. */
function mergeDeletion(base: Version | undefined, mine: Version, theirs: Version): string | undefined {
  const [a, b] = [mine.deletedAt, theirs.deletedAt];
  if (a !== undefined && b !== undefined) return Date.parse(a) === Date.parse(b) ? (a < b ? a : b) : latest(a, b);
  const deleted = a ?? b;
  if (deleted === undefined || base === undefined || base.deletedAt !== undefined) return undefined;
  const alive = a === undefined ? mine : theirs;
  return sameJson(edited(alive), edited(base)) ? deleted : undefined;
}

function latest(a: string, b: string): string {
  return Date.parse(a) > Date.parse(b) ? a : b;
}

/** What a person can have changed. */
function edited({ data, visibility }: Version): JsonObject {
  return { data, visibility };
}

const knownKeys: ReadonlySet<string> = new Set([
  "id",
  "type",
  "v",
  "createdAt",
  "createdBy",
  "updatedAt",
  "updatedBy",
  "deletedAt",
  "visibility",
  "kept",
  "data",
]);

/** Parts of the envelope that this version does not know, as scalars. */
function mergeUnknown(base: Version | undefined, later: Version, earlier: Version, setAside: PutAside): JsonObject {
  const [baseParts, laterParts, earlierParts] = [base, later, earlier].map((record) =>
    Object.fromEntries(Object.entries(record ?? {}).filter(([key]) => !knownKeys.has(key))),
  );
  const names = new Set([...Object.keys(laterParts ?? {}), ...Object.keys(earlierParts ?? {})]);
  return Object.fromEntries(
    [...names].map((name) => [
      name,
      mergeScalar(
        `/${name}`,
        baseParts?.[name],
        laterParts?.[name],
        earlierParts?.[name],
        base !== undefined,
        setAside,
      ),
    ]),
  );
}

/** Values set aside before and now, by id; one that was resolved on either side stays resolved. */
function mergeKept(
  lists: readonly (readonly KeptValue[] | undefined)[],
  aside: readonly SetAside[],
  sides: Readonly<Record<SetAside["of"], Version>>,
): readonly KeptValue[] {
  const fresh = aside.map(({ path, value, of }): KeptValue => {
    const shown = sides[of === "earlier" ? "later" : "earlier"];
    return {
      id: keptId(path, value),
      path,
      value,
      by: sides[of].updatedBy,
      at: sides[of].updatedAt,
      shown: { by: shown.updatedBy, at: shown.updatedAt },
    };
  });
  const byId = new Map<string, KeptValue>();
  for (const entry of [...lists.flatMap((list) => list ?? []), ...fresh]) {
    const known = byId.get(entry.id);
    byId.set(entry.id, known === undefined ? entry : sameKept(known, entry));
  }
  return [...byId.values()].sort(
    (a, b) => Date.parse(a.at) - Date.parse(b.at) || compareText(a.at, b.at) || compareText(a.id, b.id),
  );
}

function sameKept(a: KeptValue, b: KeptValue): KeptValue {
  const order =
    Date.parse(a.at) - Date.parse(b.at) ||
    compareText(canonicalText({ ...a, resolved: 0 }), canonicalText({ ...b, resolved: 0 }));
  const first = order <= 0 ? a : b;
  return a.resolved === true || b.resolved === true ? { ...first, resolved: true } : first;
}
