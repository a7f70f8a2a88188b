import { describe, expect, it } from "vitest";
import { applyEdit } from "../../../src-renderer/domain/applyEdit";
import { doubleEditsOf, editsToSide } from "../../../src-renderer/domain/doubleEdits";
import type { Edit } from "../../../src-renderer/domain/edit";
import { openValues } from "../../../src-renderer/domain/kept";
import { mergeRecords } from "../../../src-renderer/domain/merge";
import type { AnyRecord } from "../../../src-renderer/domain/record";

const anna = { author: "author:anna", device: "laptop" } as const;
const bing = { author: "author:bing", device: "desk" } as const;
const carla = { author: "author:carla", device: "field" } as const;
const context = { now: "2026-11-22T09:00:00.000Z", by: carla };

function contact(data: object, minute: number, by: typeof anna | typeof bing | typeof carla = anna): AnyRecord {
  return {
    id: "contact:1",
    type: "contact",
    v: 1,
    createdAt: "2026-11-22T00:00:00.000Z",
    createdBy: anna,
    updatedAt: new Date(Date.UTC(2026, 10, 22, 0, minute)).toISOString(),
    updatedBy: by,
    visibility: "project",
    data: { posts: [], emails: [], phones: [], ...data },
  };
}

function edited(record: AnyRecord, ...edits: readonly Edit[]): AnyRecord {
  return edits.reduce((before, edit) => {
    const after = applyEdit(before, edit, context);
    if (!after.ok) throw new Error(after.failure.kind);
    return after.value;
  }, record);
}

const base = contact({ wechat: "old", nameZh: "魏", posts: [{ id: "p", title: "Director" }] }, 0);
const annas = contact({ wechat: "anna", nameZh: "魏", posts: [{ id: "p", title: "Head" }] }, 2, anna);
const bings = contact({ wechat: "bing", nameZh: "魏民", posts: [{ id: "p", title: "Chief" }] }, 1, bing);
const merged = mergeRecords(base, annas, bings);
const found = (record: AnyRecord) => doubleEditsOf(record.type, openValues(record));

describe("double edits", () => {
  it("are told by the place, every value with who set it, the earliest first", () => {
    expect(found(merged).map(({ place, values }) => [place.kind, values.map(({ value }) => value)])).toEqual([
      ["item", ["Chief", "Head"]],
      ["field", ["bing", "anna"]],
    ]);
    expect(found(merged)[1]?.values).toMatchObject([
      { isShown: false, set: { by: bing } },
      { isShown: true, set: { by: anna } },
    ]);
  });

  it("keep their order and keys when another value is shown", () => {
    const [before] = found(merged);
    const other = before?.values.find(({ isShown }) => !isShown);
    const [after] = found(edited(merged, { kind: "switch", id: "contact:1", key: other?.key ?? "" }));
    expect(after?.key).toBe(before?.key);
    expect(after?.values.map(({ key }) => key)).toEqual(before?.values.map(({ key }) => key));
    expect(after?.values.map(({ isShown }) => isShown)).toEqual([true, false]);
  });

  it("of three computers are one place with three values", () => {
    const third = mergeRecords(base, merged, contact({ wechat: "carla", nameZh: "魏" }, 3, carla));
    const place = found(third).find(({ values }) => values.some(({ value }) => value === "carla"));
    expect(place?.values.map(({ value }) => value)).toEqual(["bing", "anna", "carla"]);
    expect(place?.open).toHaveLength(2);
  });

  it("say who typed over what the merge showed", () => {
    const typed = edited(merged, {
      kind: "change",
      id: "contact:1",
      changes: [{ op: "set", field: "wechat", value: "carla" }],
    });
    expect(found(typed)[1]?.values).toMatchObject([
      { value: "bing", set: { by: bing } },
      { value: "carla", isShown: true, set: { by: carla, at: context.now } },
    ]);
    expect(found(typed)[0]?.values[1], "the other place has nothing to do with it").toMatchObject({
      set: { by: anna },
    });
  });
});

describe("the way back to one side of a merge", () => {
  it.each([
    ["what was here", annas],
    ["what came", bings],
  ])("gives every field the value of %s, keeps the other one and leaves nothing to decide", (_, side) => {
    const back = edited(merged, ...editsToSide(merged, side));
    expect(back.data).toEqual(side.data);
    expect(openValues(back)).toEqual([]);
    const values = new Set(back.kept?.map(({ value }) => value));
    expect(values.has(side === annas ? "bing" : "anna")).toBe(true);
  });

  it("does not publish what is private", () => {
    const private1 = { ...annas, visibility: "private" } as const;
    const both = mergeRecords({ ...base, visibility: "partners" }, private1, { ...bings, visibility: "public" });
    const back = edited(both, ...editsToSide(both, { ...bings, visibility: "public" }));
    expect(back.data).toEqual(bings.data);
    expect(back.visibility).toBe("private");
    expect(openValues(back)).toMatchObject([{ place: { kind: "visibility" } }]);
  });
});
