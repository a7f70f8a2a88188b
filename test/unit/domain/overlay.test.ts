import { describe, expect, it } from "vitest";
import type { Change, Edit } from "../../../src-renderer/domain/edit";
import { editOverlay } from "../../../src-renderer/domain/editOverlay";
import { mergeOverlays } from "../../../src-renderer/domain/merge";
import { changedFields, joinOverlay } from "../../../src-renderer/domain/overlay";
import { parseContent } from "../../../src-renderer/domain/parseRecord";
import type { OverlayRecord, ShippedRecord } from "../../../src-renderer/domain/record";
import { recordKind } from "../../../src-renderer/domain/recordKinds";
import { aRecord } from "../../support/recordBuilders";

const id = "organisation:samr";

function shipped(data: Record<string, unknown>): ShippedRecord {
  const stamp = { author: "author:qiao", device: "shipped" };
  const at = "2026-11-01T00:00:00.000Z";
  return {
    id,
    type: "organisation",
    v: 1,
    createdAt: at,
    createdBy: stamp,
    updatedAt: at,
    updatedBy: stamp,
    visibility: "public",
    data: recordKind("organisation").schema.parse({ level: "ministerial", ...data }),
  } as unknown as ShippedRecord;
}

const samr = shipped({
  nameEn: "Administration",
  nameZh: "总局",
  shortZh: ["市监总局"],
  website: "https://samr.example",
});

function overlayOf(data: Record<string, unknown>, parts: Record<string, unknown> = {}): OverlayRecord {
  const content = aRecord(id, { data, ...parts });
  if (content.kind !== "overlay") throw new Error("no overlay");
  return content.record;
}

function edited(base: ShippedRecord | undefined, overlay: OverlayRecord | undefined, edit: Edit) {
  const by = { author: "author:wei", device: "laptop" } as const;
  return editOverlay(base, overlay, edit, { now: "2026-11-22T08:00:00.000Z", by });
}

function after(
  base: ShippedRecord | undefined,
  overlay: OverlayRecord | undefined,
  edit: Edit,
): OverlayRecord | undefined {
  const result = edited(base, overlay, edit);
  if (!result.ok) throw new Error(JSON.stringify(result.failure));
  return result.value;
}

const set = (field: string, value: unknown): Edit => ({ kind: "change", id, changes: [{ op: "set", field, value }] });
const change = (...changes: Change[]): Edit => ({ kind: "change", id, changes });

describe("a change to a shipped record", () => {
  it("is kept as the fields that were touched, and nothing else", () => {
    const overlay = after(samr, undefined, set("nameEn", "State Administration"));
    expect(overlay).toMatchObject({
      id,
      type: "organisation",
      visibility: "project",
      createdBy: { author: "author:wei" },
    });
    expect(overlay?.data).toEqual({ nameEn: "State Administration" });
    expect(after(samr, overlay, change({ op: "addMember", field: "shortZh", value: "市监局" }))?.data).toEqual({
      nameEn: "State Administration",
      shortZh: ["市监总局", "市监局"],
    });
  });

  it("keeps a removed field as null, which nobody sees in the record", () => {
    const overlay = after(samr, undefined, set("website", undefined));
    expect(overlay?.data).toEqual({ website: null });
    const { record } = joinOverlay(samr, overlayOf({ website: null }));
    expect("website" in record.data).toBe(false);
    expect(changedFields(samr, record)).toEqual(["website"]);
  });

  it("drops a touched field that says again what ships, and is empty after the last one", () => {
    const overlay = after(samr, overlayOf({ nameEn: "X", nameZh: "Y" }), set("nameEn", "Administration"));
    expect(overlay?.data).toEqual({ nameZh: "Y" });
    expect(after(samr, overlay, set("nameZh", "总局"))?.data).toEqual({});
  });

  it("keeps an untouched field that an updated list says as well", () => {
    const overlay = after(shipped({ nameEn: "New name" }), overlayOf({ nameEn: "New name" }), set("nameZh", "局"));
    expect(overlay?.data).toEqual({ nameEn: "New name", nameZh: "局" });
  });

  it("is the very same where an edit has no effect", () => {
    const overlay = overlayOf({ nameEn: "X" });
    expect(after(samr, overlay, set("nameEn", "X"))).toBe(overlay);
    expect(after(samr, undefined, set("nameEn", "Administration"))).toBeUndefined();
    expect(after(samr, undefined, { kind: "restore", id })).toBeUndefined();
  });

  it("hides and shows the record, and keeps the changes meanwhile", () => {
    const hidden = after(samr, overlayOf({ nameEn: "X" }), { kind: "delete", id });
    expect(hidden).toMatchObject({ deletedAt: "2026-11-22T08:00:00.000Z", data: { nameEn: "X" } });
    const shown = after(samr, hidden, { kind: "restore", id });
    expect(shown && "deletedAt" in shown).toBe(false);
    expect(shown?.data).toEqual({ nameEn: "X" });
    expect(after(samr, undefined, { kind: "delete", id })).toMatchObject({ data: {} });
  });

  it("is given up field by field, or as a whole together with being hidden", () => {
    const overlay = overlayOf({ nameEn: "X", website: null }, { deletedAt: "2026-11-20T00:00:00.000Z" });
    expect(after(samr, overlay, { kind: "return", id, fields: ["website", "nameZh"] })).toMatchObject({
      deletedAt: "2026-11-20T00:00:00.000Z",
      data: { nameEn: "X" },
    });
    const returned = after(samr, overlay, { kind: "return", id });
    expect(returned?.data).toEqual({});
    expect(returned && "deletedAt" in returned).toBe(false);
    expect(returned?.updatedBy.author).toBe("author:wei");
    expect(after(samr, undefined, { kind: "return", id })).toBeUndefined();
    expect(after(samr, returned, { kind: "return", id })).toBe(returned);
  });

  it("keeps fields of a newer version through every edit", () => {
    const overlay = overlayOf({ mood: { level: 3 }, nameEn: "X" });
    expect(after(samr, overlay, set("nameEn", "Y"))?.data).toMatchObject({ mood: { level: 3 } });
    expect(after(samr, overlay, { kind: "return", id })?.data).toEqual({ mood: { level: 3 } });
    expect(joinOverlay(samr, overlay).record.data).toMatchObject({ mood: { level: 3 } });
  });

  it("stands alone where the record does not ship, can be edited, and cannot be given up", () => {
    const overlay = overlayOf({ nameEn: "Gone body", website: null });
    const { record, unfit } = joinOverlay(undefined, overlay);
    expect(record.data).toMatchObject({ nameEn: "Gone body", level: "chinese-sdo", shortZh: [] });
    expect(unfit).toEqual([]);
    expect(after(undefined, overlay, set("nameZh", "旧"))?.data).toEqual({
      nameEn: "Gone body",
      website: null,
      nameZh: "旧",
    });
    expect(edited(undefined, overlay, { kind: "return", id })).toEqual({
      ok: false,
      failure: { kind: "not-found", id },
    });
    expect(edited(undefined, undefined, set("nameEn", "X"))).toEqual({ ok: false, failure: { kind: "not-found", id } });
  });

  it("falls back to what ships in a field that does not fit, and says which", () => {
    const { record, unfit } = joinOverlay(samr, overlayOf({ level: null, nameEn: "X" }));
    expect(record.data).toMatchObject({ level: "ministerial", nameEn: "X" });
    expect(unfit).toEqual(["level"]);
  });

  it("never deletes an area", () => {
    const area = { ...samr, id: "area:toys", type: "area", data: recordKind("area").schema.parse({ nameEn: "Toys" }) };
    expect(edited(area as unknown as ShippedRecord, undefined, { kind: "delete", id: "area:toys" })).toEqual({
      ok: false,
      failure: { kind: "not-deletable", id: "area:toys" },
    });
  });
});

describe("reading a change to a shipped record", () => {
  const document = (data: unknown): unknown => ({ ...overlayOf({}), data });

  it("takes any of the fields, null for one that was removed, and adds no defaults", () => {
    const read = parseContent(document({ nameEn: "X", level: null, areaIds: ["area:toys"] }));
    expect(read).toMatchObject({
      ok: true,
      value: { kind: "overlay", record: { data: { nameEn: "X", level: null, areaIds: ["area:toys"] } } },
    });
    expect(overlayOf({}).data).toEqual({});
  });

  it.each([
    ["a text where a list belongs", { shortZh: "市监总局" }],
    ["a level that does not exist", { level: "galactic" }],
    ["a superior of another type", { parentId: "contact:wei" }],
    ["an item without an id", { formerNames: [{ text: "AQSIQ" }] }],
  ])("refuses %s", (_, data) => {
    expect(parseContent(document(data))).toMatchObject({ ok: false, failure: { kind: "unreadable" } });
  });

  it("leaves records that were made here whole", () => {
    const own = { ...overlayOf({}), id: "organisation:01890000-0000-7000-8000-000000000001" };
    expect(parseContent({ ...own, data: {} })).toMatchObject({ ok: false });
    expect(parseContent({ ...own, data: { level: "platform" } })).toMatchObject({ ok: true, value: { kind: "known" } });
  });
});

describe("two changes to one shipped record, made apart", () => {
  const mine = overlayOf(
    { nameEn: "Mine", website: "https://mine.example" },
    { by: "anna", at: "2026-11-22T08:00:00.000Z" },
  );
  const theirs = overlayOf({ nameEn: "Theirs", abbreviation: "SAMR" }, { by: "wei", at: "2026-11-22T09:00:00.000Z" });

  it("become one with both, the later of two values shown and the other kept", () => {
    const merged = mergeOverlays(undefined, mine, theirs);
    expect(merged.data).toEqual({ nameEn: "Theirs", website: "https://mine.example", abbreviation: "SAMR" });
    expect(merged.kept).toMatchObject([{ path: "nameEn", value: "Mine", by: { author: "author:anna" } }]);
    expect(mergeOverlays(undefined, theirs, mine)).toEqual(merged);
  });

  it("keep a field removed that one of them removed and the other left alone", () => {
    const removed = overlayOf({ website: null }, { by: "anna" });
    expect(mergeOverlays(undefined, removed, theirs).data).toMatchObject({ website: null, abbreviation: "SAMR" });
  });

  it("show a removal that was later, and keep the value it removed", () => {
    const removed = overlayOf({ nameEn: null }, { at: "2026-11-22T10:00:00.000Z" });
    const merged = mergeOverlays(undefined, removed, mine);
    expect(merged.data).toMatchObject({ nameEn: null });
    expect(merged.kept).toMatchObject([{ path: "nameEn", value: "Mine" }]);
  });

  it("keep it hidden where the other changed nothing, and show it where the other changed something", () => {
    const hidden = overlayOf({}, { deletedAt: "2026-11-22T10:00:00.000Z" });
    expect(mergeOverlays(undefined, hidden, overlayOf({}, { by: "anna" })).deletedAt).toBeDefined();
    expect(mergeOverlays(undefined, hidden, mine).deletedAt).toBeUndefined();
  });
});
