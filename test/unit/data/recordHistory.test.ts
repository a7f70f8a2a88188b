import { afterEach, describe, expect, it } from "vitest";
import * as Y from "yjs";
import { base64Of } from "../../../src-renderer/domain/base64";
import type { Edit } from "../../../src-renderer/domain/edit";
import { noteIdOf, type RecordId } from "../../../src-renderer/domain/ids";
import { NOTE_TEXT } from "../../../src-renderer/domain/noteText";
import type { Content } from "../../../src-renderer/domain/record";
import type { VersionList, VersionView } from "../../../src-renderer/ports/versions";
import { decide } from "../../../src-renderer/sync/decide";
import { data, noteOf, type } from "../../support/deviceRecords";
import { created, set } from "../../support/edits";
import type { MemoryLedger } from "../../support/memoryLedger";
import { begunDevice, closeTables, reopened, type Device } from "../../support/notebookDevice";
import { aRecord, changed } from "../../support/recordBuilders";

afterEach(closeTables);

const wei = "contact:01890000-0000-7000-8000-000000000001" as const;
const visit = "meeting:01890000-0000-7000-8000-000000000002" as const;
const ministry = "organisation:mohurd" as const;
const shipped = {
  "organisations.json": JSON.stringify([{ id: "mohurd", nameEn: "Ministry of Housing", level: "ministerial" }]),
};
const MINUTE = 60_000;

/** Edits with ten minutes between. */
async function edits(device: Device, ...all: Edit[]): Promise<void> {
  for (const edit of all) {
    expect((await device.notebook.edit(edit)).ok).toBe(true);
    device.clock.advance(10 * MINUTE);
  }
}

/** The note in an editor. */
class Editor {
  readonly doc = new Y.Doc();

  private constructor(private readonly device: Device) {}

  static async open(device: Device): Promise<Editor> {
    const editor = new Editor(device);
    Y.applyUpdate(editor.doc, (await device.notebook.openNote(visit)).state);
    return editor;
  }

  /** What came from elsewhere while it was open. */
  receive(): string {
    for (const { update } of this.device.noteChanges.splice(0)) Y.applyUpdate(this.doc, update);
    return this.doc.getText(NOTE_TEXT).toJSON();
  }

  async type(text: string): Promise<void> {
    const before = Y.encodeStateVector(this.doc);
    const held = this.doc.getText(NOTE_TEXT);
    held.insert(held.length, text);
    const update = Y.encodeStateAsUpdate(this.doc, before);
    expect((await this.device.notebook.updateNote(visit, update)).ok).toBe(true);
  }

  async erase(from: number, length: number): Promise<void> {
    const before = Y.encodeStateVector(this.doc);
    this.doc.getText(NOTE_TEXT).delete(from, length);
    expect((await this.device.notebook.updateNote(visit, Y.encodeStateAsUpdate(this.doc, before))).ok).toBe(true);
  }
}

async function arrives(device: Device, content: Content, kind: "take" | "merged" = "take"): Promise<void> {
  const id = content.kind === "opaque" ? content.id : content.record.id;
  const arrival = { kind: "document" as const, id, rev: `2-${String(device.clock.now())}`, content };
  const saved = await device.notebook.syncStore.writePulled("n", { arrivals: [arrival] }, () =>
    kind === "take" ? { kind, content, rev: arrival.rev } : { kind, content, rev: arrival.rev, base: content },
  );
  expect(saved.ok).toBe(true);
}

async function list(device: Device, id: RecordId): Promise<VersionList> {
  const read = await device.notebook.versions.versions(id, () => undefined);
  if (!read.ok) throw new Error(read.failure.kind);
  return read.value;
}

async function lines(device: Device, id: RecordId): Promise<readonly string[]> {
  const { versions } = await list(device, id);
  return versions.map(({ of, kind, fields, change }) =>
    [of === "note" ? "note" : "", kind, ...fields, change?.excerpt ?? ""].filter((part) => part !== "").join(" "),
  );
}

async function view(device: Device, id: RecordId, place: number, against: "before" | "now"): Promise<VersionView> {
  const key = (await list(device, id)).versions[place]?.key ?? "";
  const read = await device.notebook.versions.version(id, key, against);
  if (!read.ok) throw new Error(read.failure.kind);
  return read.value;
}

async function restore(device: Device, id: RecordId, place: number): Promise<void> {
  const key = (await list(device, id)).versions[place]?.key ?? "";
  expect(await device.notebook.versions.restore(id, key)).toEqual({ ok: true, value: null });
}

describe("the history of a record", () => {
  it("tells every change, newest first, with who made it where, and holds after a restart", async () => {
    const device = await begunDevice();
    await edits(device, created(wei, { nameZh: "魏" }), set(wei, "wechat", "w"), set(wei, "wechat", "wei"));
    await edits(device, created(visit, { title: "Names it", attendees: [{ id: "1", contactId: wei }] }));
    const expected = ["changed wechat", "changed wechat", "created nameZh"];
    expect(await lines(device, wei)).toEqual(expected);
    const later = await reopened(device);
    expect(await lines(later, wei)).toEqual(expected);
    const { versions, complete } = await list(later, wei);
    expect(complete).toBe(true);
    const { author } = later.notebook.identity ?? {};
    expect(versions[0]).toMatchObject({ author, here: true, arrivedAt: null });
    expect(versions[0]?.differences).toEqual([{ kind: "value", field: "wechat", before: "w", after: "wei" }]);
  });

  it("follows what is changed while it is looked at, reading only what is new", async () => {
    const device = await begunDevice();
    await edits(device, created(wei, { nameZh: "魏" }));
    expect(await lines(device, wei)).toHaveLength(1);
    await edits(device, set(wei, "wechat", "wei"), { kind: "delete", id: wei });
    expect(await lines(device, wei)).toEqual(["deleted", "changed wechat", "created nameZh"]);
  });

  it("tells what came from another computer, and what was merged", async () => {
    const device = await begunDevice();
    const first = aRecord(wei, { data: { nameZh: "魏" }, by: "ben" });
    await arrives(device, first);
    await arrives(device, changed(first, { wechat: "wei" }, { by: "ben", at: "2026-03-03T01:00:00.000Z" }));
    await edits(device, set(wei, "nameLatin", "Wei"));
    const [newest] = [(await device.notebook.read(wei))?.record];
    if (!newest) throw new Error("no record");
    await arrives(device, changed({ kind: "known", record: newest }, { nameZh: "魏伟" }, { by: "ben" }), "merged");
    expect(await lines(device, wei)).toEqual([
      "merged nameZh",
      "changed nameLatin",
      "changed wechat",
      "arrived nameZh",
    ]);
    const { versions } = await list(device, wei);
    expect(versions.map(({ device: made, here }) => [made === "laptop-ben", here])).toEqual([
      [true, false],
      [false, true],
      [true, false],
      [true, false],
    ]);
  });

  it("of a shipped record begins with how it ships, and compares what it comes to", async () => {
    const device = await begunDevice({ shipped });
    expect(await lines(device, ministry)).toEqual(["shipped"]);
    await edits(device, set(ministry, "website", "https://a.example"), set(ministry, "nameEn", "MOHURD"));
    expect(await lines(device, ministry)).toEqual(["changed nameEn", "changed website", "shipped"]);
    expect(await view(device, ministry, 2, "now")).toMatchObject({
      differences: [
        { field: "nameEn", before: "Ministry of Housing", after: "MOHURD" },
        { field: "website", before: undefined, after: "https://a.example" },
      ],
      restorable: "yes",
    });
    await restore(device, ministry, 2);
    expect(await device.notebook.read(ministry)).toMatchObject({ shipped: true, changed: [] });
  });

  it("lists what a newer version wrote, does not compare it, and restores nothing over it", async () => {
    const device = await begunDevice();
    await edits(device, created(wei, { nameZh: "魏" }));
    const json = JSON.stringify({ ...(await device.notebook.read(wei))?.record, v: 99 });
    await arrives(device, { kind: "opaque", id: wei, type: "contact", v: 99, json });
    expect(await lines(device, wei)).toEqual(["newer", "created nameZh"]);
    expect(await view(device, wei, 0, "before")).toEqual({ kind: "unreadable", reason: "newer" });
    expect(await view(device, wei, 1, "before")).toMatchObject({ restorable: "read-only" });
    const key = (await list(device, wei)).versions[1]?.key ?? "";
    expect(await device.notebook.versions.restore(wei, key)).toMatchObject({
      ok: false,
      failure: { kind: "read-only" },
    });
  });

  it("begins with the oldest snapshot where history before it was dropped", async () => {
    const device = await begunDevice();
    await edits(device, created(wei, { nameZh: "魏" }), set(wei, "wechat", "old"), created(visit, { title: "Visit" }));
    await (await Editor.open(device)).type("long ago");
    await device.notebook.keepLedger();
    await edits(device, set(wei, "wechat", "new"));
    device.ledger.dropBefore(await snapshotOf(device.ledger));
    expect(await lines(device, wei)).toEqual(["changed wechat", "start"]);
    expect(await list(device, wei)).toMatchObject({ complete: false });
    expect(await lines(device, visit)).toEqual(["note start long ago", "start"]);
    await (await Editor.open(device)).type(" and now");
    expect(await lines(device, visit)).toEqual(["note written and now", "note start long ago", "start"]);
    await restore(device, wei, 1);
    expect(await data(device, wei)).toMatchObject({ wechat: "old" });
  });

  it("begins anew with a record that was removed for good and came back", async () => {
    const device = await begunDevice();
    await edits(device, created(wei, { nameZh: "魏" }), { kind: "delete", id: wei });
    expect((await device.notebook.emptyBin([wei])).ok).toBe(true);
    await edits(device, created(wei, { nameLatin: "Wei" }));
    expect(await lines(device, wei)).toEqual(["created nameLatin"]);
  });

  it("is given up when nobody looks at it any more", async () => {
    const device = await begunDevice();
    await edits(device, created(wei, { nameZh: "魏" }));
    const controller = new AbortController();
    controller.abort();
    await expect(device.notebook.versions.versions(wei, () => undefined, controller.signal)).rejects.toThrow();
    expect(await lines(device, wei)).toHaveLength(1);
  });

  it("tells how far it is in a long ledger", async () => {
    const device = await begunDevice();
    await edits(device, created(wei, { nameZh: "魏" }));
    const long = "x".repeat(90_000);
    for (let index = 0; index < 120; index += 1) {
      await device.notebook.edit(set(visit, "place", `${long}${String(index)}`));
      if (index === 0) await device.notebook.edit(created(visit, { title: long }));
    }
    const told: number[] = [];
    await device.notebook.versions.versions(wei, (read, of) => told.push(read / of));
    expect(told.length).toBeGreaterThan(1);
    expect(told.at(-1)).toBe(1);
    expect([...told].sort((a, b) => a - b)).toEqual(told);
  });
});

describe("restoring a version of a record", () => {
  it("is one edit and one step of Undo, also right after typing", async () => {
    const device = await begunDevice();
    const { notebook } = device;
    await edits(device, created(wei, { nameZh: "魏", wechat: "first" }), set(wei, "nameZh", "魏伟"));
    await notebook.edit(set(wei, "wechat", "second"));
    await restore(device, wei, 2);
    expect(await data(device, wei)).toMatchObject({ nameZh: "魏", wechat: "first" });
    expect(await lines(device, wei)).toHaveLength(4);
    expect(await notebook.undo()).toMatchObject({ ok: true, value: { step: { kind: "change" }, left: 0 } });
    expect(await data(device, wei)).toMatchObject({ nameZh: "魏伟", wechat: "second" });
    await notebook.redo();
    expect(await data(device, wei)).toMatchObject({ nameZh: "魏", wechat: "first" });
  });

  it("takes the record out of the bin first, in the same step", async () => {
    const device = await begunDevice();
    await edits(device, created(wei, { nameZh: "魏" }), set(wei, "nameZh", "卫"), { kind: "delete", id: wei });
    await restore(device, wei, 2);
    expect((await device.notebook.read(wei))?.record).toMatchObject({ data: { nameZh: "魏" } });
    expect((await device.notebook.read(wei))?.row.bin).toBe(false);
    await device.notebook.undo();
    expect((await device.notebook.read(wei))?.row.bin).toBe(true);
  });

  it("says of the version that is there now that it is", async () => {
    const device = await begunDevice();
    await edits(device, created(wei, { nameZh: "魏" }), set(wei, "nameZh", "卫"));
    expect(await view(device, wei, 0, "now")).toMatchObject({ differences: [], restorable: "same" });
    await restore(device, wei, 0);
    expect(await lines(device, wei)).toHaveLength(2);
  });

  it("names the field whose value no longer fits", async () => {
    const device = await begunDevice();
    const top = "organisation:01890000-0000-7000-8000-00000000000a" as const;
    const below = "organisation:01890000-0000-7000-8000-00000000000b" as const;
    await edits(device, created(top, { nameEn: "Top", level: "platform" }));
    await edits(device, created(below, { nameEn: "Below", level: "platform", parentId: top }));
    await edits(device, set(below, "parentId", undefined), set(top, "parentId", below));
    const key = (await list(device, below)).versions[1]?.key ?? "";
    expect(await device.notebook.versions.restore(below, key)).toMatchObject({
      ok: false,
      failure: { kind: "circle", field: "parentId" },
    });
  });
});

describe("the history of a note", () => {
  async function withNote(): Promise<{ device: Device; editor: Editor }> {
    const device = await begunDevice();
    await edits(device, created(visit, { title: "Visit" }));
    const editor = await Editor.open(device);
    await editor.type("推荐性标准 first");
    device.clock.advance(10 * MINUTE);
    await editor.erase(0, 3);
    await editor.type(" second");
    device.clock.advance(10 * MINUTE);
    return { device, editor };
  }

  it("stands among the versions of what it is about, and is compared word by word", async () => {
    const { device } = await withNote();
    expect(await lines(device, visit)).toEqual([
      "note written second",
      "note written 推荐性标准 first",
      "created title",
    ]);
    expect(await view(device, visit, 0, "before")).toEqual({
      kind: "note",
      parts: [
        { kind: "removed", text: "推荐性" },
        { kind: "same", text: "标准 first" },
        { kind: "added", text: " second" },
      ],
      restorable: "same",
    });
  });

  it("restores a text by what differs alone, into the open editor, and Undo takes it back", async () => {
    const { device, editor } = await withNote();
    await restore(device, visit, 1);
    expect(editor.receive()).toBe("推荐性标准 first");
    expect(device.notebook.history().undo).toEqual({ kind: "change", type: "meeting", ids: [visit], count: 1 });

    await editor.type(", typed since");
    expect(await device.notebook.undo()).toMatchObject({ ok: true, value: { left: 0 } });
    expect(editor.receive()).toBe("标准 first second, typed since");
    expect(await device.notebook.redo()).toMatchObject({ ok: true, value: { left: 0 } });
    expect(editor.receive()).toBe("推荐性标准 first, typed since");

    const later = await reopened(device);
    expect((await Editor.open(later)).doc.getText(NOTE_TEXT).toJSON()).toBe("推荐性标准 first, typed since");
  });

  it("keeps what another computer writes while a text is restored", async () => {
    const { device, editor } = await withNote();
    const elsewhere = new Y.Doc();
    Y.applyUpdate(elsewhere, Y.encodeStateAsUpdate(editor.doc));
    await restore(device, visit, 1);
    editor.receive();
    elsewhere.getText(NOTE_TEXT).insert(0, "From Brussels: ");
    Y.applyUpdate(elsewhere, Y.encodeStateAsUpdate(editor.doc));
    expect(elsewhere.getText(NOTE_TEXT).toJSON()).toContain("From Brussels: ");
    expect(elsewhere.getText(NOTE_TEXT).toJSON()).toContain("推荐性");
  });

  it("restores nothing while the disk is full, and Undo of an earlier restoring is still there", async () => {
    const { device, editor } = await withNote();
    await restore(device, visit, 1);
    device.ledger.refuseAppends({ kind: "disk-full" });
    const key = (await list(device, visit)).versions[1]?.key ?? "";
    expect((await device.notebook.undo()).ok).toBe(false);
    expect((await device.notebook.versions.restore(visit, key)).ok).toBe(false);
    device.ledger.refuseAppends(null);
    expect(await device.notebook.undo()).toMatchObject({ ok: true, value: { left: 0 } });
    expect(editor.receive()).toBe("标准 first second");
  });
});

describe("a merge as a whole", () => {
  const first = aRecord(wei, { data: { nameZh: "魏", wechat: "old" }, by: "bing" });

  async function brings(device: Device, content: Content, rev: string): Promise<void> {
    const arrival = { kind: "document" as const, id: wei, rev, content };
    expect((await device.notebook.syncStore.writePulled("n", { arrivals: [arrival] }, decide)).ok).toBe(true);
  }

  /** Changed here and, before that came here, elsewhere: one value on both sides, one only there. */
  async function mergedHere(): Promise<{ readonly device: Device; readonly key: string }> {
    const device = await begunDevice();
    await brings(device, first, "1-a");
    await edits(device, set(wei, "wechat", "mine"));
    await brings(device, changed(first, { wechat: "theirs", nameLatin: "Wei" }, { by: "bing" }), "2-b");
    const { versions } = await list(device, wei);
    expect(versions[0]?.kind).toBe("merged");
    return { device, key: versions[0]?.key ?? "" };
  }

  it("names both sides, and is taken back to either of them in one step", async () => {
    const { device, key } = await mergedHere();
    const { notebook } = device;
    expect(await notebook.versions.version(wei, key, "before")).toMatchObject({
      value: { sides: { mine: { restorable: "yes" }, theirs: { by: { author: "author:bing" }, restorable: "yes" } } },
    });
    expect((await notebook.versions.restore(wei, key, "mine")).ok).toBe(true);
    const mine = await data(device, wei);
    expect(mine).toMatchObject({ wechat: "mine" });
    expect(mine).not.toHaveProperty("nameLatin");
    expect((await notebook.review({ offset: 0, limit: 5 })).total).toBe(0);
    expect((await notebook.versions.restore(wei, key, "theirs")).ok).toBe(true);
    expect(await data(device, wei)).toMatchObject({ wechat: "theirs", nameLatin: "Wei" });
    await notebook.undo();
    expect(await data(device, wei)).toEqual(mine);
    await notebook.undo();
    expect(await data(device, wei)).toMatchObject({ wechat: "mine", nameLatin: "Wei" });
    expect((await notebook.review({ offset: 0, limit: 5 })).total).toBe(1);
  });

  it("is told also where all that is shown is what was here", async () => {
    const device = await begunDevice();
    await brings(device, first, "1-a");
    await edits(device, set(wei, "wechat", "mine"));
    await brings(device, changed(first, { wechat: "theirs" }, { by: "bing" }), "2-b");
    expect((await lines(device, wei))[0]).toBe("merged");
    expect(await view(device, wei, 0, "before")).toMatchObject({
      differences: [],
      sides: { mine: { restorable: "same" }, theirs: { restorable: "yes" } },
    });
  });

  it("of a note is told in its history, and the text before it comes back", async () => {
    const device = await begunDevice();
    await edits(device, created(visit, { title: "Visit" }));
    await type(device, visit, "here ");
    const theirs = new Y.Doc();
    theirs.getText(NOTE_TEXT).insert(0, "elsewhere");
    const state = base64Of(Y.encodeStateAsUpdate(theirs));
    const content = aRecord(noteIdOf(visit), { data: { markdown: "elsewhere", state }, by: "bing" });
    const arrival = { kind: "document" as const, id: noteIdOf(visit), rev: "1-n", content };
    await device.notebook.flush();
    expect((await device.notebook.syncStore.writePulled("n", { arrivals: [arrival] }, decide)).ok).toBe(true);
    expect(await noteOf(device, visit)).toContain("elsewhere");
    const told = await lines(device, visit);
    expect(told[0]).toMatch(/^note merged/);
    await restore(device, visit, 1);
    expect(await noteOf(device, visit)).toBe("here ");
    await device.notebook.undo();
    expect(await noteOf(device, visit)).toContain("elsewhere");
  });

  it("has sides only where two versions were joined here", async () => {
    const { device } = await mergedHere();
    expect(await view(device, wei, 1, "before")).toMatchObject({ kind: "record", sides: null });
    const key = (await list(device, wei)).versions[1]?.key ?? "";
    const refused = await device.notebook.versions.restore(wei, key, "theirs");
    expect(refused).toMatchObject({ failure: { kind: "not-found" } });
  });
});

async function snapshotOf(ledger: MemoryLedger): Promise<number> {
  const started = await ledger.start();
  return (started.ok ? started.value.snapshots.at(-1) : undefined) ?? 0;
}
