import { describe, expect, it } from "vitest";
import { applyEdit } from "../../../src-renderer/domain/applyEdit";
import type { Change, Edit } from "../../../src-renderer/domain/edit";
import { MAX_ITEMS, MAX_TEXT } from "../../../src-renderer/domain/limits";
import type { AnyRecord } from "../../../src-renderer/domain/record";

const id = "contact:1";
const first = { now: "2026-11-22T01:00:00.000Z", by: { author: "author:anna", device: "laptop" } } as const;
const later = { now: "2026-11-22T02:00:00.000Z", by: { author: "author:bo", device: "desk" } } as const;

function create(changes: readonly Change[] = []): Edit {
  return { kind: "create", id, type: "contact", visibility: "project", changes: [...changes] };
}
function change(...changes: readonly Change[]): Edit {
  return { kind: "change", id, changes: [...changes] };
}
function done(current: AnyRecord | undefined, edit: Edit, context: typeof first | typeof later = later): AnyRecord {
  const result = applyEdit(current, edit, context);
  if (!result.ok) throw new Error(JSON.stringify(result.failure));
  return result.value;
}
function failureOf(current: AnyRecord | undefined, edit: Edit): unknown {
  const result = applyEdit(current, edit, later);
  return result.ok ? undefined : result.failure;
}

const weber = done(undefined, create([{ op: "set", field: "nameLatin", value: "Anna Weber" }]), first);

describe("an edit", () => {
  it("creates a record with the empty lists of its type", () => {
    expect(weber).toEqual({
      id,
      type: "contact",
      v: 1,
      createdAt: first.now,
      createdBy: first.by,
      updatedAt: first.now,
      updatedBy: first.by,
      visibility: "project",
      data: { nameLatin: "Anna Weber", posts: [], emails: [], phones: [] },
    });
  });

  it("changes one field and says who did when", () => {
    const changed = done(weber, change({ op: "set", field: "wechat", value: "weber" }));
    expect(changed).toEqual({
      ...weber,
      updatedAt: later.now,
      updatedBy: later.by,
      data: { ...weber.data, wechat: "weber" },
    });
  });

  it("answers the same object when it changes nothing", () => {
    const withMail = done(weber, change({ op: "putItem", field: "emails", item: { id: "m", value: "a@b.eu" } }));
    const idle: readonly Edit[] = [
      create(),
      create([{ op: "set", field: "nameLatin", value: "Anna Weber" }]),
      change({ op: "set", field: "nameLatin", value: "Anna Weber" }),
      change({ op: "set", field: "wechat", value: undefined }),
      change({ op: "putItem", field: "emails", item: { id: "m", value: "a@b.eu" } }),
      change({ op: "removeItem", field: "emails", itemId: "unknown" }),
      change({ op: "set", field: "wechat", value: "x" }, { op: "set", field: "wechat", value: undefined }),
      { kind: "restore", id },
    ];
    for (const edit of idle) expect(done(withMail, edit)).toBe(withMail);
    const deleted = done(weber, { kind: "delete", id });
    expect(done(deleted, { kind: "delete", id })).toBe(deleted);
  });

  it("adds, changes and removes items of a list in their places", () => {
    const put = (item: { id: string } & Record<string, unknown>): Change => ({ op: "putItem", field: "posts", item });
    const two = done(weber, change(put({ id: "p1", title: "Officer" }), put({ id: "p2", title: "Director" })));
    const changed = done(two, change(put({ id: "p1", department: "Standards" })));
    expect(changed.data.posts).toEqual([
      { id: "p1", title: "Officer", department: "Standards" },
      { id: "p2", title: "Director" },
    ]);
    const bare = done(changed, change(put({ id: "p1", title: undefined })));
    expect(bare.data.posts).toEqual([
      { id: "p1", department: "Standards" },
      { id: "p2", title: "Director" },
    ]);
    expect(done(bare, change({ op: "removeItem", field: "posts", itemId: "p1" })).data.posts).toEqual([
      { id: "p2", title: "Director" },
    ]);
  });

  it("adds and removes members of a set once", () => {
    const meetingId = "meeting:1";
    const meeting = done(undefined, {
      kind: "create",
      id: meetingId,
      type: "meeting",
      visibility: "project",
      changes: [],
    });
    const add: Change = { op: "addMember", field: "organisationIds", value: "organisation:samr" };
    const added = done(meeting, { kind: "change", id: meetingId, changes: [add, add] });
    expect(added.data.organisationIds).toEqual(["organisation:samr"]);
    expect(done(added, { kind: "change", id: meetingId, changes: [add] })).toBe(added);
    const removed = done(added, { kind: "change", id: meetingId, changes: [{ ...add, op: "removeMember" }] });
    expect(removed.data.organisationIds).toEqual([]);
  });

  it("keeps fields that this version does not know", () => {
    const newer = { ...weber, data: { ...weber.data, fax: "1" }, tint: "red" } as unknown as AnyRecord;
    const changed = done(newer, change({ op: "set", field: "wechat", value: "w" }));
    expect(changed).toMatchObject({ tint: "red", data: { fax: "1", wechat: "w" } });
  });

  it("deletes into the bin and restores; a change in the bin stays there", () => {
    const deleted = done(weber, { kind: "delete", id });
    expect(deleted.deletedAt).toBe(later.now);
    const changed = done(deleted, change({ op: "set", field: "wechat", value: "w" }));
    expect(changed.deletedAt).toBe(later.now);
    const restored = done(changed, { kind: "restore", id });
    expect("deletedAt" in restored).toBe(false);
    expect(restored.data.wechat).toBe("w");
  });

  it("applies all of its changes or none", () => {
    const result = applyEdit(
      weber,
      change({ op: "set", field: "wechat", value: "w" }, { op: "set", field: "nameLatin", value: 7 }),
      later,
    );
    expect(result).toMatchObject({ ok: false, failure: { kind: "invalid", field: "nameLatin" } });
  });

  it.each<[string, Change, string]>([
    ["a field that does not exist", { op: "set", field: "fax", value: "1" }, "fax"],
    ["a field named like something every object has", { op: "set", field: "constructor", value: "1" }, "constructor"],
    ["a prototype", { op: "set", field: "__proto__", value: { polluted: true } }, "__proto__"],
    ["an item of what is no list", { op: "putItem", field: "nameLatin", item: { id: "1" } }, "nameLatin"],
    ["a member of what is no set", { op: "addMember", field: "emails", value: "x" }, "emails"],
    [
      "an organisation that is none",
      { op: "putItem", field: "posts", item: { id: "1", organisationId: "samr" } },
      "posts",
    ],
    ["a list instead of a text", { op: "set", field: "wechat", value: [] }, "wechat"],
    ["nothing instead of a list", { op: "set", field: "emails", value: "x" }, "emails"],
  ])("refuses %s", (_, refused, field) => {
    expect(failureOf(weber, change(refused))).toMatchObject({ kind: "invalid", field });
    expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
  });

  it("refuses to change what is not there, and an id of another type", () => {
    for (const edit of [
      change({ op: "set", field: "wechat", value: "w" }),
      { kind: "delete", id },
      { kind: "restore", id },
    ]) {
      expect(failureOf(undefined, edit as Edit)).toEqual({ kind: "not-found", id });
    }
    expect(failureOf(undefined, { ...create(), id: "meeting:1" })).toMatchObject({
      kind: "invalid",
      field: "id",
    });
  });

  it("takes 100,000 characters and refuses more", () => {
    const set = (length: number): Edit => change({ op: "set", field: "wechat", value: "中".repeat(length) });
    expect(done(weber, set(MAX_TEXT)).data.wechat).toHaveLength(MAX_TEXT);
    expect(failureOf(weber, set(MAX_TEXT + 1))).toEqual({ kind: "too-large", field: "wechat", limit: MAX_TEXT });
    const item = { id: "1", value: "x".repeat(MAX_TEXT + 1) };
    expect(failureOf(weber, change({ op: "putItem", field: "emails", item }))).toMatchObject({ kind: "too-large" });
    const many = Array.from({ length: MAX_ITEMS + 1 }, (_, index) => ({ id: String(index), value: "x" }));
    expect(failureOf(weber, change({ op: "set", field: "emails", value: many }))).toMatchObject({ kind: "too-large" });
  });

  it("gives an author a name and leaves the text of a note to its own merge", () => {
    const name: Change = { op: "set", field: "name", value: "Anna" };
    const author = done(undefined, {
      kind: "create",
      id: "author:a",
      type: "author",
      visibility: "project",
      changes: [name],
    });
    expect(author.data).toEqual({ name: "Anna", devices: [] });
    const note: Edit = { kind: "create", id: "note:meeting:1", type: "note", visibility: "project", changes: [] };
    expect(done(undefined, note).data).toEqual({ markdown: "", state: "AAA=" });
    const typed: Change = { op: "set", field: "markdown", value: "x" };
    expect(failureOf(undefined, { ...note, changes: [typed] })).toEqual({ kind: "read-only", id: "note:meeting:1" });
  });
});
