import { describe, expect, it } from "vitest";
import { MAX_DEPTH } from "../../../src-renderer/domain/limits";
import { contentText, idOfContent, parseContent, serializeContent } from "../../../src-renderer/domain/parseRecord";

const by = { author: "author:anna", device: "laptop" };
const at = "2026-11-22T01:00:00.000Z";
const stored = {
  id: "contact:1",
  type: "contact",
  v: 1,
  createdAt: at,
  createdBy: by,
  updatedAt: at,
  updatedBy: by,
  visibility: "project",
  data: { nameZh: "单磊", posts: [], emails: [], phones: [] },
};

function nested(depth: number): unknown {
  return depth === 0 ? "x" : [nested(depth - 1)];
}

describe("reading a stored or received record", () => {
  it("gives back what was written", () => {
    const read = parseContent(structuredClone(stored));
    expect(read).toEqual({ ok: true, value: { kind: "known", record: stored } });
    if (!read.ok) return;
    expect(serializeContent(read.value)).toEqual(stored);
    expect(JSON.parse(contentText(read.value))).toEqual(stored);
    expect(idOfContent(read.value)).toBe("contact:1");
  });

  it("keeps fields it does not know, in the data, in items and beside them", () => {
    const richer = {
      ...stored,
      tint: { red: 1 },
      data: { ...stored.data, fax: "1", emails: [{ id: "m", value: "a@b.eu", label: "work" }] },
    };
    const read = parseContent(structuredClone(richer));
    expect(read.ok && serializeContent(read.value)).toEqual(richer);
  });

  it("fills in what older data lacks", () => {
    const read = parseContent({ ...stored, data: {} });
    expect(read).toMatchObject({ ok: true, value: { record: { data: { posts: [], emails: [], phones: [] } } } });
  });

  it.each([
    ["an unknown type", { id: "dialogue:1", type: "dialogue", v: 1, data: { status: "idea" }, odd: [1, "二", null] }],
    ["a newer version", { ...stored, v: 2, data: { names: { zh: "单磊" } }, createdAt: 7 }],
  ])("keeps a record of %s as it came", (_, json) => {
    const read = parseContent(json);
    const { id, type, v } = json;
    expect(read).toEqual({ ok: true, value: { kind: "opaque", id, type, v, json: JSON.stringify(json) } });
    if (read.ok) expect(contentText(read.value)).toBe(JSON.stringify(json));
    if (read.ok) expect(serializeContent(read.value)).toEqual(json);
  });

  it.each<[string, unknown, string]>([
    ["no object", "text", "not an object"],
    ["null", null, "not an object"],
    ["an array", [stored], "not an object"],
    ["no id", { ...stored, id: undefined }, "id:"],
    ["an id of another type", { ...stored, id: "meeting:1" }, "id:"],
    ["no version", { ...stored, v: "1" }, "v:"],
    ["version zero", { ...stored, v: 0 }, "v:"],
    ["a damaged time", { ...stored, updatedAt: "yesterday" }, "updatedAt:"],
    ["no author", { ...stored, createdBy: undefined }, "createdBy"],
    ["no data", { ...stored, data: undefined }, "data:"],
    ["data of another shape", { ...stored, data: [] }, "data:"],
    ["a damaged field", { ...stored, data: { ...stored.data, nameZh: 7 } }, "data.nameZh:"],
    ["an item without an id", { ...stored, data: { ...stored.data, emails: [{ value: "x" }] } }, "data.emails.0.id:"],
    ["an unknown visibility", { ...stored, visibility: "secret" }, "visibility:"],
    ["too deep a value", { ...stored, data: { ...stored.data, deep: nested(MAX_DEPTH) } }, "deeper"],
    ["too large a value", { ...stored, data: { ...stored.data, big: "x".repeat(17_000_000) } }, "larger"],
    [
      "a prototype",
      JSON.parse(`{"id":"dialogue:1","type":"dialogue","v":1,"data":{"__proto__":{"a":1}}}`),
      "__proto__",
    ],
    [
      "a note that is no Yjs state",
      { ...stored, id: "note:meeting:1", type: "note", data: { markdown: "", state: "AQID" } },
      "data.state:",
    ],
    [
      "a note that is no base64",
      { ...stored, id: "note:meeting:1", type: "note", data: { markdown: "", state: "?" } },
      "data.state:",
    ],
  ])("refuses %s", (_, json, detail) => {
    const read = parseContent(json);
    expect(read).toMatchObject({ ok: false, failure: { kind: "unreadable" } });
    expect(read.ok ? "" : read.failure.detail).toContain(detail);
  });

  it("is not led astray by a type named like something every object has", () => {
    for (const type of ["constructor", "to-string", "__proto__"]) {
      const read = parseContent({ id: `${type}:1`, type, v: 1, data: {} });
      expect(read.ok ? read.value.kind : "unreadable").toBe(type === "__proto__" ? "unreadable" : "opaque");
    }
  });
});
