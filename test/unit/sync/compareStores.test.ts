import { describe, expect, test } from "vitest";
import type { KnownRecord, StoredHere } from "../../../src-renderer/data/knownRecords";
import { compareOne, type There, type Verdict } from "../../../src-renderer/sync/compareStores";
import { decideAnew } from "../../../src-renderer/sync/putRight";
import { aContact, changed } from "../../support/recordBuilders";

const anna = aContact("1", { nameLatin: "Anna", wechat: "anna" });
const renamed = changed(anna, { nameLatin: "Anna B." }, { by: "wei", at: "2026-03-03T00:00:00.000Z" });
const other = changed(anna, { city: "Beijing" }, { by: "anna", at: "2026-03-04T00:00:00.000Z" });

const clean: StoredHere = {
  kind: "record",
  content: anna,
  rev: "1-a",
  dirty: false,
  base: undefined,
  gone: false,
  private: false,
};
const edited: StoredHere = { ...clean, content: renamed, dirty: true, base: anna };
const created: StoredHere = { ...clean, rev: undefined, dirty: true };
const hidden: StoredHere = { ...clean, private: true, dirty: true };
const gone: StoredHere = { ...clean, gone: true, rev: "2-t" };

const missing: There = { kind: "missing" };
const tombstone: There = { kind: "tombstone" };
const unreadable: There = { kind: "unreadable" };
const same: There = { kind: "document", rev: "1-a", content: anna, forked: false };
const later: There = { ...same, rev: "2-b", content: other };

describe("what the two sides of one record come to", () => {
  const cases: readonly (readonly [string, KnownRecord["stored"], There, Verdict])[] = [
    ["the same on both", clean, same, "equal"],
    ["made here and never sent", created, missing, "waiting"],
    ["changed here since it was sent", edited, same, "waiting"],
    ["changed here, deleted there: an edit beats a delete", edited, tombstone, "waiting"],
    ["sent, and nothing of it there", clean, missing, "lost"],
    ["sent, and deleted there", clean, tombstone, "deleted-there"],
    ["another revision there", clean, later, "other-revision"],
    ["changed on both", edited, later, "other-revision"],
    ["never sent, and there all the same", created, same, "other-revision"],
    ["another content under one revision", clean, { ...same, content: other }, "other-content"],
    ["another content under the revision that was changed here", edited, { ...same, content: other }, "other-content"],
    ["several leaves there", clean, { ...same, forked: true }, "forked"],
    ["only there", { kind: "none" }, same, "missing-here"],
    ["deleted there and never here", { kind: "none" }, tombstone, "nothing"],
    ["unreadable there", { kind: "none" }, unreadable, "unreadable"],
    ["unreadable there, with something here", clean, unreadable, "unreadable"],
    ["deleted here for good, still there", { kind: "erased" }, same, "leaving"],
    ["deleted for good on both", { kind: "erased" }, tombstone, "nothing"],
    ["deleted by another program, on both", gone, tombstone, "equal"],
    ["deleted by another program, and back there", gone, later, "other-revision"],
    ["private, and only here", hidden, missing, "private"],
    ["private, and unreadable there", hidden, unreadable, "private"],
    ["private, and still there", hidden, same, "leaving"],
  ];
  test.each(cases)("%s", (_, stored, there, verdict) => {
    expect(compareOne({ id: "contact:1", stored, isAside: false, version: "1" }, there)).toBe(verdict);
  });

  test("what was set aside is told as that, whatever else is true of it", () => {
    for (const [, stored, there] of cases) {
      if (stored.kind === "record" && stored.private) continue;
      expect(compareOne({ id: "contact:1", stored, isAside: true, version: "1" }, there)).toBe("set-aside");
    }
  });

  test("what others have under the id of a shipped record that is private here is theirs", () => {
    const known = { id: "term:gb-standard", stored: hidden, isAside: false, version: "1" };
    expect(compareOne(known, same)).toBe("private");
  });
});

describe("two contents under one revision", () => {
  const local = { id: "contact:1", content: renamed, rev: "1-a", dirty: false, base: undefined, version: "1" };
  const arrival = { kind: "document", id: "contact:1", rev: "1-a", content: other } as const;

  test("are merged, so that nothing of either is lost", () => {
    const decision = decideAnew(arrival, local, undefined);
    expect(decision).toMatchObject({
      kind: "merged",
      rev: "1-a",
      base: other,
      content: { record: { data: { city: "Beijing", wechat: "anna" } } },
    });
    // Which name is right nobody can say: one is shown, the other is kept for a person to see.
    const text = JSON.stringify(decision);
    expect(text).toContain("Anna B.");
  });

  test("that are the same after all are left alone", () => {
    expect(decideAnew({ ...arrival, content: renamed }, local, undefined)).toEqual({ kind: "keep" });
  });

  test("of a private record are left alone", () => {
    const hiddenContent = aContact("1", { nameLatin: "Anna" }, { visibility: "private" });
    expect(decideAnew(arrival, { ...local, content: hiddenContent }, undefined)).toEqual({ kind: "keep" });
  });
});
