import { describe, expect, it } from "vitest";
import { canonicalText } from "../../../src-renderer/domain/jsonValue";
import { mergeRecords } from "../../../src-renderer/domain/merge";
import type { AnyRecord } from "../../../src-renderer/domain/record";

/** Each case is also run with the sides swapped. */

function contact(data: object, minute = 0, beside: object = {}): AnyRecord {
  return {
    id: "contact:1",
    type: "contact",
    v: 1,
    createdAt: "2026-11-22T00:00:00.000Z",
    createdBy: { author: "author:anna", device: "laptop" },
    updatedAt: new Date(Date.UTC(2026, 10, 22, 0, minute)).toISOString(),
    updatedBy: { author: "author:anna", device: minute % 2 === 0 ? "laptop" : "desk" },
    visibility: "project",
    data: { posts: [], emails: [], phones: [], ...data },
    ...beside,
  };
}

function merged(base: AnyRecord | undefined, a: AnyRecord, b: AnyRecord): AnyRecord {
  const one = mergeRecords(base, a, b);
  expect(canonicalText(mergeRecords(base, b, a))).toBe(canonicalText(one));
  return one;
}
function values(record: AnyRecord): readonly unknown[] {
  return (record.kept ?? []).map(({ path, value }) => [path, value]);
}

const base = contact({ nameZh: "单磊", wechat: "old" });

describe("merging two versions", () => {
  it("takes the changes of both sides to different fields", () => {
    const both = merged(
      base,
      contact({ nameZh: "单蕾", wechat: "old" }, 1),
      contact({ nameZh: "单磊", wechat: "new" }, 2),
    );
    expect(both.data).toMatchObject({ nameZh: "单蕾", wechat: "new" });
    expect(both.kept).toBeUndefined();
    expect(both.updatedAt).toBe("2026-11-22T00:02:00.000Z");
  });

  it("shows the later of two changes to one field and sets the other aside, naming who made it", () => {
    const both = merged(
      base,
      contact({ nameZh: "单磊", wechat: "early" }, 1),
      contact({ nameZh: "单磊", wechat: "late" }, 2),
    );
    expect(both.data).toMatchObject({ wechat: "late" });
    expect(both.kept).toEqual([
      {
        id: expect.stringMatching(/^[0-9a-f]{16}$/) as unknown,
        path: "wechat",
        value: "early",
        by: { author: "author:anna", device: "desk" },
        at: "2026-11-22T00:01:00.000Z",
        shown: { by: { author: "author:anna", device: "laptop" }, at: "2026-11-22T00:02:00.000Z" },
      },
    ]);
  });

  it("does not overwrite a reading corrected by hand with a proposed one, however late", () => {
    const typed = contact({ nameZh: "单磊", wechat: "old", pinyin: { value: "Dān Lěi", source: "typed" } }, 1);
    const proposed = contact({ nameZh: "单蕾", wechat: "old", pinyin: { value: "Shàn Lěi", source: "proposed" } }, 2);
    const both = merged(base, typed, proposed);
    expect(both.data).toMatchObject({ nameZh: "单蕾", pinyin: { value: "Dān Lěi", source: "typed" } });
    expect(both.kept).toBeUndefined();
  });

  it("does not bring back a field that one side emptied, and keeps what the other wrote into it", () => {
    expect(
      merged(base, contact({ nameZh: "单磊" }, 1), contact({ nameZh: "单蕾", wechat: "old" }, 2)).data,
    ).not.toHaveProperty("wechat");
    const both = merged(base, contact({ nameZh: "单磊" }, 2), contact({ nameZh: "单磊", wechat: "new" }, 1));
    expect(both.data).not.toHaveProperty("wechat");
    expect(values(both)).toEqual([["wechat", "new"]]);
  });

  it("merges items of a list by their id and fields", () => {
    const posts = [
      { id: "p1", title: "Officer" },
      { id: "p2", title: "Clerk" },
    ];
    const start = contact({ posts });
    const mine = contact(
      {
        posts: [
          { id: "p1", title: "Director" },
          { id: "p3", title: "New here" },
        ],
      },
      1,
    );
    const theirs = contact(
      {
        posts: [
          { id: "p1", title: "Officer", department: "Standards" },
          { id: "p2", title: "Clerk" },
        ],
      },
      2,
    );
    expect(merged(start, mine, theirs).data.posts).toEqual([
      { id: "p1", title: "Director", department: "Standards" },
      { id: "p3", title: "New here" },
    ]);
  });

  it("keeps an item that one side removed and the other changed", () => {
    const start = contact({ emails: [{ id: "m", value: "a@b.eu" }] });
    const both = merged(start, contact({ emails: [] }, 2), contact({ emails: [{ id: "m", value: "c@d.eu" }] }, 1));
    expect(both.data.emails).toEqual([{ id: "m", value: "c@d.eu" }]);
  });

  it("sets aside the earlier of two changes inside one item", () => {
    const start = contact({ emails: [{ id: "m", value: "a@b.eu" }] });
    const [early, late] = ["early@b.eu", "late@b.eu"].map((value, index) =>
      contact({ emails: [{ id: "m", value }] }, index + 1),
    );
    const both = merged(start, early ?? start, late ?? start);
    expect(both.data.emails).toEqual([{ id: "m", value: "late@b.eu" }]);
    expect(values(both)).toEqual([["emails.m.value", "early@b.eu"]]);
  });

  it("takes the order of the side that changed it", () => {
    const [a, b, c] = ["a", "b", "c"].map((id) => ({ id, value: id }));
    const start = contact({ emails: [a, b] });
    const both = merged(start, contact({ emails: [b, a] }, 1), contact({ emails: [a, b, c] }, 2));
    expect((both.data.emails as { id: string }[]).map(({ id }) => id)).toEqual(["b", "c", "a"]);
  });

  it("keeps the order of a merge when one of its sides comes once more", () => {
    const [a, n] = ["a", "n"].map((id) => ({ id, value: id }));
    const start = contact({ emails: [a] });
    const [one, two] = [contact({ emails: [a, n] }, 2), contact({ emails: [n, a] }, 1)];
    const both = merged(start, one, two);
    expect(merged(start, one, both).data.emails).toEqual(both.data.emails);
    expect(merged(start, both, two).data.emails).toEqual(both.data.emails);
  });

  it("merges sets: added by either, removed by neither", () => {
    const meeting = (organisationIds: readonly string[], minute: number): AnyRecord =>
      ({
        ...contact({}, minute),
        id: "meeting:1",
        type: "meeting",
        data: { title: "", organisationIds, attendees: [] },
      }) as unknown as AnyRecord;
    const both = merged(
      meeting(["organisation:a", "organisation:b"], 0),
      meeting(["organisation:b", "organisation:d"], 1),
      meeting(["organisation:c", "organisation:a", "organisation:b"], 2),
    );
    expect(both.data.organisationIds).toEqual(["organisation:b", "organisation:c", "organisation:d"]);
  });

  it("lets an edit beat a delete, and a delete an unchanged record", () => {
    const deletedAt = "2026-11-22T00:09:00.000Z";
    const deleted = contact({ nameZh: "单磊", wechat: "old" }, 9, { deletedAt });
    expect(merged(base, deleted, contact({ nameZh: "单蕾", wechat: "old" }, 1)).deletedAt).toBeUndefined();
    expect(merged(base, deleted, contact({ nameZh: "单磊", wechat: "old" }, 1)).deletedAt).toBe(deletedAt);
    expect(merged(undefined, deleted, base).deletedAt).toBeUndefined();
    const again = contact({ nameZh: "单磊", wechat: "old" }, 3, { deletedAt: "2026-11-22T00:03:00.000Z" });
    expect(merged(base, deleted, again).deletedAt).toBe(deletedAt);
    expect(merged(undefined, deleted, again).deletedAt).toBe(deletedAt);
  });

  it("keeps private what either side made private", () => {
    const hidden = contact({ nameZh: "单磊", wechat: "old" }, 1, { visibility: "private" });
    const shown = contact({ nameZh: "单蕾", wechat: "old" }, 2, { visibility: "public" });
    expect(merged(base, hidden, shown).visibility).toBe("private");
    expect(merged(undefined, hidden, shown).visibility).toBe("private");
    expect(merged(base, hidden, contact({ nameZh: "单蕾", wechat: "old" }, 2)).visibility).toBe("private");
    expect(
      merged(hidden, shown, contact({ nameZh: "单磊", wechat: "x" }, 3, { visibility: "private" })).visibility,
    ).toBe("public");
  });

  it("keeps everything of both where nothing is known of their past", () => {
    const mine = contact({ nameZh: "单磊", emails: [{ id: "m1", value: "1" }] }, 1);
    const theirs = contact({ nameLatin: "Shan Lei", nameZh: "单蕾", emails: [{ id: "m2", value: "2" }] }, 2);
    const both = merged(undefined, mine, theirs);
    expect(both.data).toMatchObject({ nameZh: "单蕾", nameLatin: "Shan Lei" });
    expect((both.data.emails as { id: string }[]).map(({ id }) => id).sort()).toEqual(["m1", "m2"]);
    expect(values(both)).toEqual([["nameZh", "单磊"]]);
  });

  it("does not ask again about a value that somebody has reviewed", () => {
    const [early, late] = [contact({ wechat: "early" }, 1), contact({ wechat: "late" }, 2)];
    const open = merged(base, early, late);
    const reviewed = { ...open, kept: open.kept?.map((entry) => ({ ...entry, resolved: true })) } as AnyRecord;
    expect(merged(base, reviewed, early).kept).toEqual(reviewed.kept);
    expect(merged(base, reviewed, { ...open, updatedAt: "2026-11-22T00:05:00.000Z" }).kept).toEqual(reviewed.kept);
  });

  it("merges parts that this version does not know as single values", () => {
    const past = contact({ fax: { n: 1 } }, 0, { tint: "red" });
    const both = merged(
      past,
      contact({ fax: { n: 2 } }, 1, { tint: "red" }),
      contact({ fax: { n: 3 } }, 2, { tint: "blue" }),
    );
    expect(both).toMatchObject({ tint: "blue", data: { fax: { n: 3 } } });
    expect(values(both)).toEqual([["fax", { n: 2 }]]);
  });

  it("refuses versions of two different records", () => {
    expect(() => mergeRecords(undefined, base, { ...base, id: "contact:2" } as AnyRecord)).toThrow();
  });
});
