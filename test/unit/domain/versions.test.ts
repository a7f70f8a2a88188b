import { describe, expect, it } from "vitest";
import { applyEdit } from "../../../src-renderer/domain/applyEdit";
import { differencesOf, editsTo } from "../../../src-renderer/domain/differences";
import type { Change, Edit } from "../../../src-renderer/domain/edit";
import type { AnyRecord } from "../../../src-renderer/domain/record";
import { versionsOf, type RecordStep } from "../../../src-renderer/domain/versions";

const wei = "contact:01890000-0000-7000-8000-000000000001";
const START = Date.parse("2026-11-22T01:00:00.000Z");

/** A record and what was done to it, one step after another. */
class Story {
  readonly steps: RecordStep[] = [];
  private now = START;
  private record: AnyRecord | undefined;

  wait(minutes: number): this {
    this.now += minutes * 60_000;
    return this;
  }

  edit(edit: Edit, by = "anna", origin: RecordStep["origin"] = "edited"): this {
    const at = new Date(this.now).toISOString();
    const stamp = { author: `author:${by}`, device: `laptop-${by}` } as const;
    const applied = applyEdit(this.record, edit, { now: at, by: stamp });
    if (!applied.ok) throw new Error(applied.failure.kind);
    this.record = applied.value;
    return this.keep(applied.value, origin);
  }

  keep(record: AnyRecord | null, origin: RecordStep["origin"]): this {
    const arrivedAt = origin === "edited" ? null : this.now;
    const { updatedAt = null, updatedBy = null } = record ?? {};
    this.steps.push({ key: String(this.steps.length), origin, record, at: updatedAt, by: updatedBy, arrivedAt });
    return this;
  }

  set(field: string, value: unknown, by?: string, origin?: RecordStep["origin"]): this {
    return this.edit({ kind: "change", id: wei, changes: [{ op: "set", field, value }] }, by, origin);
  }

  get kinds(): readonly string[] {
    return versionsOf(this.steps).map(({ kind, differences }) =>
      [kind, ...differences.map(({ field }) => field)].join(" "),
    );
  }
}

function begun(...changes: Change[]): Story {
  const first: Change[] = changes.length > 0 ? changes : [{ op: "set", field: "nameZh", value: "魏" }];
  return new Story().edit({ kind: "create", id: wei, type: "contact", visibility: "project", changes: first });
}

describe("the versions of a record", () => {
  it("are one for each change, with the fields that it changed", () => {
    const story = begun().wait(10).set("wechat", "wei").wait(10).edit({ kind: "delete", id: wei });
    story.wait(10).edit({ kind: "restore", id: wei });
    expect(story.kinds).toEqual(["created nameZh", "changed wechat", "deleted", "restored"]);
  });

  it("join edits of the same field that follow each other within two minutes", () => {
    const story = begun().wait(10).set("wechat", "w").wait(1).set("wechat", "we").wait(2).set("wechat", "wei");
    const [, last, ...others] = versionsOf(story.steps);
    expect(others).toEqual([]);
    expect(last).toMatchObject({
      kind: "changed",
      key: "3",
      differences: [{ kind: "value", field: "wechat", before: undefined, after: "wei" }],
    });
    expect(story.wait(2.1).set("wechat", "wei2").kinds).toHaveLength(3);
  });

  it("keep apart what is another field, another person, or came from another computer", () => {
    const story = begun().wait(5).set("wechat", "wei").set("nameLatin", "Wei");
    expect(story.kinds).toEqual(["created nameZh", "changed wechat", "changed nameLatin"]);
    story.set("nameLatin", "Wei L.", "ben").set("nameLatin", "Wei Li", "ben", "taken");
    expect(story.kinds.slice(3)).toEqual(["changed nameLatin", "changed nameLatin"]);
  });

  it("keep apart two parts of one post, and join typing in one of them", () => {
    const put = (item: { id: string; [part: string]: unknown }): Edit => ({
      kind: "change",
      id: wei,
      changes: [{ op: "putItem", field: "posts", item }],
    });
    const story = begun()
      .wait(5)
      .edit(put({ id: "first", title: "处" }))
      .edit(put({ id: "first", title: "处长" }));
    story.edit(put({ id: "first", organisationId: "organisation:samr" }));
    expect(story.kinds).toEqual(["created nameZh", "changed posts", "changed posts"]);
  });

  it("keep what was taken back or restored a moment later, so that there is a way to it", () => {
    const story = begun().wait(5).set("wechat", "a").wait(5).set("wechat", "b").wait(1).set("wechat", "a");
    expect(story.kinds).toEqual(["created nameZh", "changed wechat", "changed wechat", "changed wechat"]);
    expect(begun().wait(5).set("wechat", "x").wait(1).set("wechat", undefined).kinds).toHaveLength(3);
  });

  it("tell what was merged, and list what a newer version wrote without comparing it", () => {
    const story = begun().wait(5).set("wechat", "wei", "ben", "merged").keep(null, "taken");
    const last = story.wait(5).set("nameLatin", "Wei");
    expect(last.kinds).toEqual(["created nameZh", "merged wechat", "newer", "changed"]);
    expect(versionsOf(last.steps).at(-1)?.before).toBeNull();
  });

  it("begin with what a snapshot has, where older history was dropped", () => {
    const [created, ...others] = begun().wait(5).set("wechat", "wei").steps;
    const steps: RecordStep[] = created ? [{ ...created, origin: "kept" }, ...others] : [];
    expect(versionsOf(steps).map(({ kind, differences }) => [kind, differences.length])).toEqual([
      ["start", 0],
      ["changed", 1],
    ]);
  });

  it("tell a clock that was set back as it is, and join nothing over it", () => {
    expect(begun().wait(5).set("wechat", "a").wait(-500).set("wechat", "b").kinds).toHaveLength(3);
  });
});

describe("what two versions differ in", () => {
  const contact = (data: Record<string, unknown>): AnyRecord => {
    const changes = Object.entries(data).map(([field, value]): Change => ({ op: "set", field, value }));
    const record = begun(...changes).steps[0]?.record;
    if (!record) throw new Error("no record");
    return record;
  };

  it("is told by item in a list: added, removed, changed, or only in another order", () => {
    const before = contact({
      phones: [
        { id: "1", value: "1" },
        { id: "2", value: "2" },
      ],
    });
    const after = contact({
      phones: [
        { id: "2", value: "22" },
        { id: "3", value: "3" },
      ],
    });
    expect(differencesOf(before, after)).toEqual([
      {
        kind: "list",
        field: "phones",
        items: [
          { id: "1", before: { id: "1", value: "1" }, after: null },
          { id: "2", before: { id: "2", value: "2" }, after: { id: "2", value: "22" } },
          { id: "3", before: null, after: { id: "3", value: "3" } },
        ],
      },
    ]);
    const turned = contact({
      phones: [
        { id: "2", value: "2" },
        { id: "1", value: "1" },
      ],
    });
    expect(differencesOf(before, turned)).toEqual([{ kind: "list", field: "phones", items: [] }]);
  });

  it("is undone by edits of these fields alone, and the bin is left first", () => {
    const before = contact({ nameZh: "魏", wechat: "wei" });
    const after = { ...contact({ nameZh: "魏伟" }), deletedAt: "2026-11-22T02:00:00.000Z" };
    const edits = editsTo(after, before);
    expect(edits).toEqual([
      { kind: "restore", id: wei },
      {
        kind: "change",
        id: wei,
        changes: [
          { op: "set", field: "nameZh", value: "魏" },
          { op: "set", field: "wechat", value: "wei" },
        ],
      },
    ]);
    expect(editsTo(before, before)).toEqual([]);
  });
});
