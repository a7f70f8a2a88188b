import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Change, Edit } from "../../src-renderer/domain/edit";
import { editOverlay } from "../../src-renderer/domain/editOverlay";
import { canonicalText, type JsonObject } from "../../src-renderer/domain/jsonValue";
import { mergeOverlays } from "../../src-renderer/domain/merge";
import { joinOverlay, overlayAfter } from "../../src-renderer/domain/overlay";
import { parseContent, serializeContent } from "../../src-renderer/domain/parseRecord";
import type { OverlayRecord, ShippedRecord } from "../../src-renderer/domain/record";
import { recordKind } from "../../src-renderer/domain/recordKinds";
import { textsOf } from "./recordArbitraries";

/** fast-check prints the seed of a failure; run it again with `fc.assert(property, { seed, path })`. */
const runs = { numRuns: 400 };
const id = "organisation:samr";

const shortForms = ["市监总局", "市监局", "总局"];
const itemIds = ["f1", "f2", "f3"];
const text = fc.constantFrom("a", "b", "c", "d");

/** What the list says, in some version of it. */
const shipped: fc.Arbitrary<ShippedRecord> = fc
  .record(
    {
      nameEn: text,
      nameZh: text,
      website: text,
      level: fc.constantFrom("ministerial", "provincial"),
      shortZh: fc.uniqueArray(fc.constantFrom(...shortForms)),
      formerNames: fc.uniqueArray(fc.record({ id: fc.constantFrom(...itemIds), text }), {
        selector: (item) => item.id,
      }),
    },
    { requiredKeys: ["level"] },
  )
  .map((data) => {
    const stamp = { author: "author:qiao", device: "shipped" };
    const at = "2026-11-01T00:00:00.000Z";
    const envelope = {
      id,
      type: "organisation",
      v: 1,
      createdAt: at,
      createdBy: stamp,
      updatedAt: at,
      updatedBy: stamp,
    };
    return {
      ...envelope,
      visibility: "public",
      data: recordKind("organisation").schema.parse(data),
    } as unknown as ShippedRecord;
  });

const change: fc.Arbitrary<Change> = fc.oneof(
  fc
    .tuple(fc.constantFrom("nameEn", "nameZh", "website", "note"), fc.option(text, { nil: undefined }))
    .map(([field, value]): Change => ({ op: "set", field, value })),
  fc.constantFrom("ministerial", "platform").map((value): Change => ({ op: "set", field: "level", value })),
  fc
    .tuple(fc.constantFrom("addMember" as const, "removeMember" as const), fc.constantFrom(...shortForms))
    .map(([op, value]): Change => ({ op, field: "shortZh", value })),
  fc
    .tuple(fc.constantFrom(...itemIds), text)
    .map(([item, value]): Change => ({ op: "putItem", field: "formerNames", item: { id: item, text: value } })),
  fc.constantFrom(...itemIds).map((itemId): Change => ({ op: "removeItem", field: "formerNames", itemId })),
);

const edit: fc.Arbitrary<Edit> = fc.oneof(
  { weight: 8, arbitrary: change.map((each): Edit => ({ kind: "change", id, changes: [each] })) },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Edit>({ kind: "delete", id }, { kind: "restore", id }, { kind: "return", id }),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom("nameEn", "shortZh").map((field): Edit => ({ kind: "return", id, fields: [field] })),
  },
);

interface Step {
  readonly edit: Edit;
  /** Minutes by the clock of the computer, which may be a day off. */
  readonly minutes: number;
}
const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.record({ edit, minutes: fc.integer({ min: -1500, max: 1500 }) }),
  { minLength: 1, maxLength: 8 },
);

function play(
  base: ShippedRecord,
  start: OverlayRecord | undefined,
  done: readonly Step[],
  device: string,
): OverlayRecord | undefined {
  return done.reduce((overlay, { edit: given, minutes }, index) => {
    const each = signed(given, `${device}#${String(index)}`);
    const now = new Date(Date.UTC(2026, 10, 22) + minutes * 60_000).toISOString();
    const edited = editOverlay(base, overlay, each, { now, by: { author: `author:${device}`, device } });
    if (!edited.ok) throw new Error(JSON.stringify(edited.failure));
    return edited.value;
  }, start);
}

/** Makes every second text that is typed a unique one, so that it can be looked for afterwards. */
function signed(given: Edit, mark: string): Edit {
  if (given.kind !== "change") return given;
  const sign = (value: unknown): unknown => (value === "a" || value === "b" ? mark : value);
  const changes = given.changes.map((each): Change => {
    if (each.op === "set") return { ...each, value: sign(each.value) };
    return each.op === "putItem" ? { ...each, item: { ...each.item, text: sign(each.item["text"]) } } : each;
  });
  return { ...given, changes };
}

function shownData(base: ShippedRecord, overlay: OverlayRecord | undefined): JsonObject {
  return overlay ? joinOverlay(base, overlay).record.data : base.data;
}

describe("the changes to a shipped record", () => {
  it("make of the list what the edits made of it", () => {
    fc.assert(
      fc.property(shipped, steps, change, (base, done, last) => {
        const overlay = play(base, undefined, done, "one");
        const before = overlay ? joinOverlay(base, overlay).record : base;
        const after = play(base, overlay, [{ edit: { kind: "change", id, changes: [last] }, minutes: 0 }], "one");
        const record = after ? joinOverlay(base, after).record : base;
        const again = overlayAfter(base, overlay, before, record);
        expect(shownData(base, again)).toEqual(record.data);
        expect(canonicalText(again?.data)).toBe(canonicalText(after?.data));
      }),
      runs,
    );
  });

  it("hold no field that nobody touched, and show no null", () => {
    fc.assert(
      fc.property(shipped, steps, (base, done) => {
        const overlay = play(base, undefined, done, "one");
        const touched = new Set(
          done.flatMap(({ edit: each }) => (each.kind === "change" ? each.changes.map(({ field }) => field) : [])),
        );
        for (const field of Object.keys(overlay?.data ?? {})) expect(touched.has(field), field).toBe(true);
        expect(Object.values(shownData(base, overlay))).not.toContain(null);
      }),
      runs,
    );
  });

  it("stay with every updated list, whose news show in all other fields", () => {
    fc.assert(
      fc.property(shipped, shipped, steps, (base, updated, done) => {
        const overlay = play(base, undefined, done, "one");
        const now = shownData(updated, overlay);
        const was = shownData(base, overlay);
        for (const field of Object.keys({ ...now, ...was, ...updated.data })) {
          const isOurs = overlay !== undefined && Object.hasOwn(overlay.data, field);
          expect(now[field], field).toEqual(isOurs ? was[field] : (updated.data as JsonObject)[field]);
        }
      }),
      runs,
    );
  });

  it("are empty after a return, and read back as they were written", () => {
    fc.assert(
      fc.property(shipped, steps, (base, done) => {
        const overlay = play(base, undefined, done, "one");
        if (!overlay) return;
        const written: unknown = JSON.parse(JSON.stringify(serializeContent({ kind: "overlay", record: overlay })));
        expect(parseContent(written)).toEqual({ ok: true, value: { kind: "overlay", record: overlay } });
        const returned = play(base, overlay, [{ edit: { kind: "return", id }, minutes: 0 }], "one");
        expect(returned?.data).toEqual({});
        expect(shownData(base, returned)).toEqual(base.data);
      }),
      runs,
    );
  });
});

describe("the changes that two computers made to one shipped record", () => {
  const apart = fc.tuple(shipped, fc.option(steps, { nil: undefined }), steps, steps).chain(([base, shared, a, b]) => {
    const start = shared && play(base, undefined, shared, "shared");
    const [mine, theirs] = [play(base, start, a, "one"), play(base, start, b, "two")];
    return mine && theirs ? fc.constant({ base, start, mine, theirs }) : fc.constant(undefined);
  });

  function merging(
    check: (given: Exclude<typeof apart extends fc.Arbitrary<infer G> ? G : never, undefined>) => void,
  ): void {
    fc.assert(
      fc.property(apart, (given) => {
        if (given) check(given);
      }),
      runs,
    );
  }

  it("merge to the same whichever side is one's own, and once more to the same", () => {
    merging(({ start, mine, theirs }) => {
      const merged = mergeOverlays(start, mine, theirs);
      expect(canonicalText(mergeOverlays(start, theirs, mine))).toBe(canonicalText(merged));
      expect(canonicalText(mergeOverlays(start, merged, theirs))).toBe(canonicalText(merged));
      expect(canonicalText(mergeOverlays(start, mine, merged))).toBe(canonicalText(merged));
    });
  });

  it("lose nothing that either of them typed, and invent nothing", () => {
    merging(({ start, mine, theirs }) => {
      const merged = mergeOverlays(start, mine, theirs);
      const present = new Set(textsOf([merged.data, (merged.kept ?? []).map(({ value }) => value)]));
      const known = new Set(textsOf(start?.data ?? {}));
      for (const each of textsOf([mine.data, theirs.data])) {
        if (!known.has(each)) expect(present.has(each), each).toBe(true);
      }
      const typed = new Set(textsOf([mine.data, theirs.data, mine.kept, theirs.kept]));
      for (const each of present) expect(typed.has(each), each).toBe(true);
    });
  });

  it("read back, and fit the list they change", () => {
    merging(({ base, start, mine, theirs }) => {
      const merged = mergeOverlays(start, mine, theirs);
      const written: unknown = JSON.parse(JSON.stringify(merged));
      expect(parseContent(written)).toEqual({ ok: true, value: { kind: "overlay", record: merged } });
      expect(joinOverlay(base, merged).unfit).toEqual([]);
    });
  });
});
