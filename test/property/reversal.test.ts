import fc from "fast-check";
import { expect, test } from "vitest";
import { canonicalText } from "../../src-renderer/domain/jsonValue";
import { mergeRecords } from "../../src-renderer/domain/merge";
import type { AnyRecord } from "../../src-renderer/domain/record";
import { reversalOf, takeBack } from "../../src-renderer/domain/reversal";
import { divergence, edited } from "./recordArbitraries";

/** Takes back what led from `before` to `after`, in a record that may have become another one since. */
function undo(before: AnyRecord | undefined, after: AnyRecord, now: AnyRecord) {
  const reversal = reversalOf(before, after);
  if (!reversal) return { record: now, left: 0 };
  const { edits, left } = takeBack(reversal, now);
  return { record: edits.reduce((record, edit) => edited(record, edit, "mine", 0), now), left };
}

/** Every value of a record by its path: fields, members of sets, items of lists and their fields. */
function valuesOf({ data, deletedAt }: AnyRecord): ReadonlyMap<string, string> {
  const values = new Map<string, string>([["deletedAt", deletedAt ?? "alive"]]);
  for (const [field, value] of Object.entries(data)) {
    if (!Array.isArray(value)) {
      values.set(field, canonicalText(value));
      continue;
    }
    for (const item of value as (string | Record<string, unknown>)[]) {
      if (typeof item === "string") values.set(`${field}=${item}`, "there");
      else {
        const at = `${field}/${String(item["id"])}`;
        for (const [part, held] of Object.entries(item)) values.set(`${at}/${part}`, canonicalText(held));
      }
    }
  }
  return values;
}

const isDeleted = ({ deletedAt }: AnyRecord): boolean => deletedAt !== undefined;

test("an edit taken back leaves the record as it was, and done again as it had become", () => {
  fc.assert(
    fc.property(divergence, ({ base, versions: [after] }) => {
      const undone = undo(base, after, after);
      expect(undone.left).toBe(0);
      expect(undone.record.data).toEqual(base.data);
      expect(isDeleted(undone.record)).toBe(isDeleted(base));
      const redone = undo(after, undone.record, undone.record);
      expect(redone.left).toBe(0);
      expect(redone.record.data).toEqual(after.data);
      expect(isDeleted(redone.record)).toBe(isDeleted(after));
    }),
    { numRuns: 400 },
  );
});

test("nothing that came from another computer since is taken back", () => {
  fc.assert(
    fc.property(divergence, ({ base, versions: [after, theirs] }) => {
      const now = mergeRecords(base, after, theirs);
      const undone = valuesOf(undo(base, after, now).record);
      const [mine, merged] = [valuesOf(after), valuesOf(now)];
      for (const path of new Set([...mine.keys(), ...merged.keys()])) {
        if (mine.get(path) !== merged.get(path)) expect([path, undone.get(path)]).toEqual([path, merged.get(path)]);
      }
    }),
    { numRuns: 600 },
  );
});

test("what nobody else has touched is taken back, and the rest is counted", () => {
  fc.assert(
    fc.property(divergence, ({ base, versions: [after, theirs] }) => {
      const now = mergeRecords(base, after, theirs);
      const { record, left } = undo(base, after, now);
      const [was, mine, merged, undone] = [base, after, now, record].map(valuesOf);
      const stayed = [...new Set([...(was?.keys() ?? []), ...(mine?.keys() ?? [])])].filter((path) => {
        const isMine = was?.get(path) !== mine?.get(path) && mine?.get(path) === merged?.get(path);
        return isMine && !path.startsWith("deletedAt") && undone?.get(path) !== was?.get(path);
      });
      // An item is kept whole where somebody else has changed a part of it.
      if (stayed.length > 0) expect(left).toBeGreaterThan(0);
    }),
    { numRuns: 600 },
  );
});

test("a new record goes to the bin, unless somebody else has written in it", () => {
  fc.assert(
    fc.property(divergence, ({ base, versions: [theirs] }) => {
      const alive = edited(base, { kind: "restore", id: base.id }, "mine", 0);
      const { record, left } = undo(undefined, alive, alive);
      expect([isDeleted(record), left]).toEqual([true, 0]);
      const back = undo(alive, record, record);
      expect([isDeleted(back.record), back.left]).toEqual([false, 0]);
      fc.pre(!isDeleted(theirs) && JSON.stringify(theirs.data) !== JSON.stringify(alive.data));
      const later = undo(undefined, alive, theirs);
      expect([isDeleted(later.record), later.left]).toEqual([false, 1]);
    }),
    { numRuns: 200 },
  );
});
