import { describe, expect, it } from "vitest";
import { applyEdit } from "../../../src-renderer/domain/applyEdit";
import { editOverlay } from "../../../src-renderer/domain/editOverlay";
import type { Edit } from "../../../src-renderer/domain/edit";
import { openValues, type OpenValue } from "../../../src-renderer/domain/kept";
import { mergeOverlays, mergeRecords } from "../../../src-renderer/domain/merge";
import { joinOverlay } from "../../../src-renderer/domain/overlay";
import type { AnyRecord, OverlayRecord, ShippedRecord } from "../../../src-renderer/domain/record";
import { reversalOf, takeBack } from "../../../src-renderer/domain/reversal";

const anna = { author: "author:anna", device: "laptop" } as const;
const bing = { author: "author:bing", device: "desk" } as const;
const later = { now: "2026-11-22T09:00:00.000Z", by: anna };

function contact(data: object, minute: number, by: typeof anna | typeof bing = anna, beside: object = {}): AnyRecord {
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
    ...beside,
  };
}

const base = contact({ wechat: "old", posts: [{ id: "p.1", title: "Director" }] }, 0);
const doubleEdit = mergeRecords(
  base,
  contact({ wechat: "early", posts: [{ id: "p.1", title: "Division director" }] }, 1, bing),
  contact({ wechat: "late", posts: [{ id: "p.1", title: "Director general" }] }, 2),
);

function edited(record: AnyRecord, edit: Edit): AnyRecord {
  const after = applyEdit(record, edit, later);
  if (!after.ok) throw new Error(after.failure.kind);
  return after.value;
}
function openOne(record: AnyRecord, field: string): OpenValue {
  const found = openValues(record).find(({ place }) => place.kind !== "visibility" && place.field === field);
  if (!found) throw new Error(`nothing is open about ${field}`);
  return found;
}

describe("values that a merge set aside", () => {
  it("are listed beside what is shown, with who changed which and when", () => {
    expect(openOne(doubleEdit, "wechat")).toMatchObject({
      place: { kind: "field", field: "wechat" },
      shown: "late",
      other: "early",
      by: bing,
      at: "2026-11-22T00:01:00.000Z",
      shownBy: { by: anna, at: "2026-11-22T00:02:00.000Z" },
    });
    expect(openOne(doubleEdit, "posts")).toMatchObject({
      place: { kind: "item", field: "posts", itemId: "p.1", part: "title" },
      shown: "Director general",
      other: "Division director",
    });
  });

  it("are shown by one switch, which keeps what was shown", () => {
    const switched = edited(doubleEdit, { kind: "switch", id: "contact:1", key: openOne(doubleEdit, "wechat").key });
    expect(switched.data).toMatchObject({ wechat: "early" });
    expect(openOne(switched, "wechat")).toMatchObject({
      shown: "early",
      other: "late",
      by: anna,
      shownBy: { by: bing },
    });
    const back = edited(switched, { kind: "switch", id: "contact:1", key: openOne(switched, "wechat").key });
    expect(back.data).toEqual(doubleEdit.data);
    expect(openOne(back, "wechat")).toEqual(openOne(doubleEdit, "wechat"));
    expect(back.kept).toHaveLength(3);
  });

  it("are switched inside an item of a list too, and that is taken back like any edit", () => {
    const { key } = openOne(doubleEdit, "posts");
    const switched = edited(doubleEdit, { kind: "switch", id: "contact:1", key });
    expect(switched.data).toMatchObject({ posts: [{ id: "p.1", title: "Division director" }] });
    const reversal = reversalOf(doubleEdit, switched);
    if (!reversal) throw new Error("nothing to take back");
    const { edits, left } = takeBack(reversal, switched);
    expect(left).toBe(0);
    const undone = edits.reduce(edited, switched);
    expect(undone.data).toEqual(doubleEdit.data);
    expect(openValues(undone)).toEqual(openValues(doubleEdit));
  });

  it("are no longer listed once a person has decided, also when a merge brings them again", () => {
    const keys = [openOne(doubleEdit, "wechat").key];
    const settled = edited(doubleEdit, { kind: "settle", id: "contact:1", keys, settled: true });
    expect(openValues(settled).map(({ place }) => place)).toEqual([openOne(doubleEdit, "posts").place]);
    const again = mergeRecords(doubleEdit, settled, { ...doubleEdit, updatedAt: "2026-11-22T10:00:00.000Z" });
    expect(openValues(again)).toHaveLength(1);
    const reversal = reversalOf(doubleEdit, settled);
    if (!reversal) throw new Error("nothing to take back");
    const undone = takeBack(reversal, settled).edits.reduce(edited, settled);
    expect(openValues(undone)).toEqual(openValues(doubleEdit));
  });

  it("settle with all others at the same place", () => {
    const third = mergeRecords(base, doubleEdit, contact({ wechat: "third" }, 3, bing));
    expect(openValues(third).filter(({ place }) => "field" in place && place.field === "wechat")).toHaveLength(2);
    const [one] = openValues(third).filter(({ place }) => "field" in place && place.field === "wechat");
    const settled = edited(third, { kind: "settle", id: "contact:1", keys: [one?.key ?? ""], settled: true });
    expect(openValues(settled).some(({ place }) => "field" in place && place.field === "wechat")).toBe(false);
  });

  it("are left out where the item they belonged to is gone", () => {
    const without = edited(doubleEdit, {
      kind: "change",
      id: "contact:1",
      changes: [{ op: "removeItem", field: "posts", itemId: "p.1" }],
    });
    expect(openValues(without).map(({ place }) => place)).toEqual([{ kind: "field", field: "wechat" }]);
    const { key } = openOne(doubleEdit, "posts");
    expect(edited(without, { kind: "switch", id: "contact:1", key })).toBe(without);
  });

  it("name the side of a visibility that was overruled, since private beats a later label", () => {
    const was = contact({}, 0);
    const both = mergeRecords(
      was,
      contact({}, 1, bing, { visibility: "private" }),
      contact({}, 2, anna, { visibility: "public" }),
    );
    const [open] = openValues(both);
    expect(open).toMatchObject({ place: { kind: "visibility" }, shown: "private", other: "public", by: anna });
    const switched = edited(both, { kind: "switch", id: "contact:1", key: open?.key ?? "" });
    expect(switched.visibility).toBe("public");
    expect(openValues(switched)[0]).toMatchObject({ shown: "public", other: "private", by: bing });
  });

  it("are kept in the changes to a shipped record, and switched there", () => {
    const shipped = {
      ...contact({}, 0),
      id: "area:water",
      type: "area",
      data: { kind: "technical", nameEn: "Water" },
    } as unknown as ShippedRecord;
    const overlay = (nameEn: string, minute: number): OverlayRecord => ({
      ...shipped,
      updatedAt: new Date(Date.UTC(2026, 10, 22, 0, minute)).toISOString(),
      data: { nameEn },
    });
    const both = mergeOverlays(undefined, overlay("Waters", 1), overlay("Water supply", 2));
    const [open] = openValues(joinOverlay(shipped, both).record);
    expect(open).toMatchObject({ shown: "Water supply", other: "Waters" });
    const switched = editOverlay(shipped, both, { kind: "switch", id: "area:water", key: open?.key ?? "" }, later);
    if (!switched.ok || !switched.value) throw new Error("not switched");
    expect(switched.value.data).toEqual({ nameEn: "Waters" });
    const keys = openValues(joinOverlay(shipped, switched.value).record).map(({ key }) => key);
    expect(keys).toHaveLength(1);
    const settled = editOverlay(
      shipped,
      switched.value,
      { kind: "settle", id: "area:water", keys, settled: true },
      later,
    );
    if (!settled.ok || !settled.value) throw new Error("not settled");
    expect(openValues(joinOverlay(shipped, settled.value).record)).toEqual([]);
  });
});
