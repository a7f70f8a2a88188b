import { describe, expect, test } from "vitest";
import type { Arrival, Decision, LocalState } from "../../../src-renderer/data/syncStore";
import type { Content } from "../../../src-renderer/domain/record";
import { decide } from "../../../src-renderer/sync/decide";
import { aContact, changed } from "../../support/recordBuilders";

const base = aContact("1", { nameLatin: "Anna", wechat: "old" });
const mine = changed(base, { wechat: "mine" }, { by: "wei", at: "2026-03-03T00:00:00.000Z" });
const theirs = changed(base, { nameLatin: "Anna B." }, { by: "anna", at: "2026-03-04T00:00:00.000Z" });
const newer: Content = {
  kind: "opaque",
  id: "contact:1",
  type: "contact",
  v: 99,
  json: `{"id":"contact:1","type":"contact","v":99,"updatedAt":"2026-03-05"}`,
};
const older: Content = {
  kind: "opaque",
  id: "contact:1",
  type: "contact",
  v: 98,
  json: `{"id":"contact:1","type":"contact","v":98}`,
};

function local(content: Content, state: Partial<LocalState> = {}): LocalState {
  return { id: "contact:1", content, rev: "1-a", dirty: false, base: undefined, version: "1", ...state };
}
function document(content: Content, rev = "2-b"): Arrival {
  return { kind: "document", id: "contact:1", rev, content };
}
const tombstone: Arrival = { kind: "tombstone", id: "contact:1", rev: "2-t" };

describe("what becomes of an arrival", () => {
  const cases: readonly (readonly [string, Arrival, LocalState | undefined, Decision])[] = [
    ["a new document is taken", document(theirs), undefined, { kind: "take", content: theirs, rev: "2-b" }],
    ["a tombstone of what was never here is nothing", tombstone, undefined, { kind: "keep" }],
    ["a clean record takes the server's", document(theirs), local(base), { kind: "take", content: theirs, rev: "2-b" }],
    ["the revision we have is no news", document(theirs, "1-a"), local(base), { kind: "keep" }],
    [
      "our own push whose answer was lost",
      document(mine),
      local(mine, { dirty: true, base }),
      { kind: "take", content: mine, rev: "2-b" },
    ],
    [
      "the same edit on both sides",
      document(mine),
      local(mine, { dirty: true, rev: undefined }),
      { kind: "take", content: mine, rev: "2-b" },
    ],
    [
      "a change there of what is unchanged here",
      document(theirs),
      local(base, { dirty: true, base }),
      { kind: "take", content: theirs, rev: "2-b" },
    ],
    ["a tombstone of what is clean", tombstone, local(base), { kind: "gone", rev: "2-t" }],
    ["an edit beats a delete", tombstone, local(mine, { dirty: true, base }), { kind: "keep" }],
    [
      "deleted there, in the bin here",
      tombstone,
      local(changed(base, {}, { deletedAt: "2026-03-03T00:00:00.000Z" }), { dirty: true, base }),
      { kind: "gone", rev: "2-t" },
    ],
    [
      "edited in the bin, deleted there",
      tombstone,
      local(changed(base, { wechat: "x" }, { deletedAt: "2026-03-03T00:00:00.000Z" }), {
        dirty: true,
        base: changed(base, {}, { deletedAt: "2026-03-03T00:00:00.000Z" }),
      }),
      { kind: "keep" },
    ],
    [
      "private here: whatever comes is ignored",
      document(theirs),
      local(changed(base, {}, { visibility: "private" })),
      { kind: "keep" },
    ],
    ["private here: a tombstone too", tombstone, local(changed(base, {}, { visibility: "private" })), { kind: "keep" }],
    [
      "a newer version's document over a clean record",
      document(newer),
      local(base),
      { kind: "take", content: newer, rev: "2-b" },
    ],
    [
      "a newer version's document never costs an edit",
      document(newer),
      local(mine, { dirty: true, base }),
      { kind: "keep" },
    ],
    [
      "the server forgot the newer of two that cannot be read",
      document(older),
      local(newer, { dirty: true, rev: undefined }),
      { kind: "merged", content: newer, rev: "2-b", base: older },
    ],
    [
      "the server has the newer of two that cannot be read",
      document(newer),
      local(older, { dirty: true, rev: undefined }),
      { kind: "take", content: newer, rev: "2-b" },
    ],
  ];
  test.each(cases)("%s", (_name, arrival, state, decision) => {
    expect(decide(arrival, state)).toEqual(decision);
  });
});

describe("both changed, with the sides swapped", () => {
  test.each([
    ["mine here", mine, theirs],
    ["mine there", theirs, mine],
  ])("%s: both changes are there, and both sides write the same", (_name, here, there) => {
    const decision = decide(document(there), local(here, { dirty: true, base }));
    expect(decision).toMatchObject({
      kind: "merged",
      rev: "2-b",
      base: there,
      content: { record: { data: { nameLatin: "Anna B.", wechat: "mine" }, updatedAt: "2026-03-04T00:00:00.000Z" } },
    });
    const other = decide(document(here), local(there, { dirty: true, base }));
    expect(decision.kind === "merged" && decision.content).toEqual(other.kind === "merged" && other.content);
  });

  test("deciding again over the result changes nothing more", () => {
    const first = decide(document(theirs), local(mine, { dirty: true, base }));
    if (first.kind !== "merged") throw new Error("not merged");
    const again = decide(
      document(first.content, "3-c"),
      local(first.content, { dirty: true, rev: "2-b", base: theirs }),
    );
    expect(again).toEqual({ kind: "take", content: first.content, rev: "3-c" });
  });
});
