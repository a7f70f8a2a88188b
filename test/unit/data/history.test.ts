import { afterEach, describe, expect, it } from "vitest";
import type { Edit } from "../../../src-renderer/domain/edit";
import type { RecordId } from "../../../src-renderer/domain/ids";
import { data, record } from "../../support/deviceRecords";
import { created, set } from "../../support/edits";
import { changed } from "../../support/recordBuilders";
import { begunDevice, closeTables, reopened, type Device } from "../../support/notebookDevice";

afterEach(closeTables);

const wei = "contact:01890000-0000-7000-8000-000000000001" as const;
const visit = "meeting:01890000-0000-7000-8000-000000000002" as const;
/** Longer than a burst of typing. */
const LATER = 3_000;

/** Edits one after another, each a step of its own. */
async function steps(device: Device, ...edits: Edit[]): Promise<void> {
  for (const edit of edits) {
    expect((await device.notebook.edit(edit)).ok).toBe(true);
    device.clock.advance(LATER);
  }
}

/** What a colleague makes of the record arrives. */
async function arrives(device: Device, id: RecordId, fields: Record<string, unknown>): Promise<void> {
  const now = await record(device, id);
  if (!now) throw new Error("no such record");
  const content = changed({ kind: "known", record: now }, fields, { by: "anna" });
  const arrival = { kind: "document" as const, id, rev: `9-${Object.keys(fields).join("")}`, content };
  const saved = await device.notebook.syncStore.writePulled("n", { arrivals: [arrival] }, () => ({
    kind: "take",
    content,
    rev: arrival.rev,
  }));
  expect(saved.ok).toBe(true);
}

describe("taking back and doing again", () => {
  it("goes back step by step over all records, and forth again", async () => {
    const device = await begunDevice();
    const { notebook } = device;
    await steps(device, created(wei, { nameZh: "魏" }), set(wei, "wechat", "wei"), created(visit, { title: "Visit" }));
    await steps(device, set(visit, "place", "Beijing"), { kind: "delete", id: visit });

    expect(notebook.history().undo).toEqual({ kind: "delete", type: "meeting", ids: [visit], count: 1 });
    expect(await notebook.undo()).toMatchObject({ ok: true, value: { step: { kind: "delete" }, left: 0 } });
    expect((await record(device, visit))?.deletedAt).toBeUndefined();
    await notebook.undo();
    expect(await data(device, visit)).not.toHaveProperty("place");
    await notebook.undo();
    expect((await record(device, visit))?.deletedAt).toBeDefined();
    await notebook.undo();
    expect(await data(device, wei)).not.toHaveProperty("wechat");

    expect(notebook.history().redo).toMatchObject({ kind: "change", ids: [wei] });
    for (let step = 0; step < 4; step += 1) expect((await notebook.redo()).ok).toBe(true);
    expect(await data(device, wei)).toMatchObject({ wechat: "wei" });
    expect(await data(device, visit)).toMatchObject({ place: "Beijing" });
    expect((await record(device, visit))?.deletedAt).toBeDefined();
    expect(notebook.history().redo).toBeNull();
    expect(await notebook.redo()).toEqual({ ok: true, value: null });
  });

  it("keeps a creation a creation when it is done again and taken back once more", async () => {
    const device = await begunDevice();
    await steps(device, created(wei, { nameZh: "魏" }));
    await device.notebook.undo();
    await device.notebook.redo();
    expect(device.notebook.history().undo?.kind).toBe("create");
    await arrives(device, wei, { wechat: "from Anna" });
    expect(await device.notebook.undo()).toMatchObject({ value: { left: 1 } });
    expect((await record(device, wei))?.deletedAt).toBeUndefined();
  });

  it("never takes back what a colleague changed since, and says how much that was", async () => {
    const device = await begunDevice();
    await steps(device, created(wei, { nameZh: "魏", wechat: "old" }));
    await steps(device, {
      kind: "change",
      id: wei,
      changes: [
        { op: "set", field: "wechat", value: "mine" },
        { op: "set", field: "nameLatin", value: "Wei" },
      ],
    });
    await arrives(device, wei, { wechat: "Anna's" });
    expect(await device.notebook.undo()).toMatchObject({ value: { left: 1 } });
    expect(await data(device, wei)).toMatchObject({ wechat: "Anna's" });
    expect(await data(device, wei)).not.toHaveProperty("nameLatin");
    await device.notebook.redo();
    expect(await data(device, wei)).toMatchObject({ wechat: "Anna's", nameLatin: "Wei" });
  });

  it("has nothing of what came from another computer", async () => {
    const device = await begunDevice();
    await steps(device, created(wei));
    const before = device.notebook.history();
    await arrives(device, wei, { nameZh: "魏" });
    expect(device.notebook.history()).toEqual(before);
  });

  it("puts a removed item of a list back at its place", async () => {
    const device = await begunDevice();
    const emails = ["a", "b", "c"].map((id) => ({ id, value: `${id}@example.org` }));
    await steps(device, created(wei, { emails }));
    await steps(device, { kind: "change", id: wei, changes: [{ op: "removeItem", field: "emails", itemId: "b" }] });
    const fromAnna = { id: "d", value: "d@example.org" };
    await arrives(device, wei, { emails: [emails[0], emails[2], fromAnna] });
    await device.notebook.undo();
    expect((await data(device, wei))["emails"]).toEqual([...emails, fromAnna]);
  });

  it("writes through the ledger like any edit, and waits to be sent", async () => {
    const device = await begunDevice();
    await steps(device, created(wei, { nameZh: "魏" }), set(wei, "nameZh", "卫"));
    await device.notebook.undo();
    const later = await reopened(device);
    expect(await data(later, wei)).toMatchObject({ nameZh: "魏" });
    expect(later.notebook.rows([wei])).toMatchObject([{ waiting: true }]);
    expect(later.notebook.history()).toEqual({ undo: null, redo: null });
  });

  it("changes nothing while the disk is full, and can be asked again", async () => {
    const device = await begunDevice();
    await steps(device, created(wei, { nameZh: "魏" }), set(wei, "nameZh", "卫"));
    device.ledger.refuseAppends({ kind: "disk-full" });
    expect(await device.notebook.undo()).toEqual({ ok: false, failure: { kind: "disk-full" } });
    expect(await data(device, wei)).toMatchObject({ nameZh: "卫" });
    device.ledger.refuseAppends(null);
    expect((await device.notebook.undo()).ok).toBe(true);
    expect(await data(device, wei)).toMatchObject({ nameZh: "魏" });
  });

  it("forgets what was taken back once something new is done, and tells of every change", async () => {
    const device = await begunDevice();
    await steps(device, created(wei, { nameZh: "魏" }), set(wei, "nameZh", "卫"));
    await device.notebook.undo();
    expect(device.histories.at(-1)).toMatchObject({ undo: { kind: "create" }, redo: { kind: "change" } });
    await steps(device, set(wei, "wechat", "new"));
    expect(device.histories.at(-1)).toMatchObject({ undo: { kind: "change" }, redo: null });
  });

  it("remembers at least the last 500 steps", async () => {
    const device = await begunDevice();
    await steps(device, created(wei, { nameZh: "0" }));
    for (let count = 1; count <= 500; count += 1) await steps(device, set(wei, "nameZh", String(count)));
    for (let count = 500; count > 0; count -= 1) await device.notebook.undo();
    expect(await data(device, wei)).toMatchObject({ nameZh: "0" });
    expect(device.notebook.history().undo).toBeNull();
  });
});

describe("changes to what ships", () => {
  const shipped = {
    "organisations.json": JSON.stringify([
      { id: "mohurd", nameEn: "MOHURD", nameZh: "住房和城乡建设部", shortZh: ["住建部"], level: "ministerial" },
    ]),
  };
  const mohurd = "organisation:mohurd" as const;
  const changedIn = async ({ notebook }: Device) => (await notebook.read(mohurd))?.changed;

  it("are taken back to what ships, done again, and given up and back", async () => {
    const device = await begunDevice({ shipped });
    const { notebook } = device;
    await steps(device, set(mohurd, "nameEn", "Ministry of Housing"), set(mohurd, "website", "https://mohurd.example"));
    await steps(device, { kind: "return", id: mohurd });
    expect(await changedIn(device)).toEqual([]);
    expect(await notebook.undo()).toMatchObject({ value: { step: { kind: "return" }, left: 0 } });
    expect((await changedIn(device))?.toSorted()).toEqual(["nameEn", "website"]);
    await notebook.undo();
    await notebook.undo();
    expect(await changedIn(device)).toEqual([]);
    expect(await data(device, mohurd)).toMatchObject({ nameEn: "MOHURD", shortZh: ["住建部"] });
    await notebook.redo();
    expect(await data(device, mohurd)).toMatchObject({ nameEn: "Ministry of Housing" });
    expect(await changedIn(await reopened(device, { shipped }))).toEqual(["nameEn"]);
  });

  it("hiding is taken back and done again", async () => {
    const device = await begunDevice({ shipped });
    await steps(device, { kind: "delete", id: mohurd });
    await device.notebook.undo();
    expect(device.notebook.rows([mohurd])).toMatchObject([{ bin: false }]);
    await device.notebook.redo();
    expect(device.notebook.rows([mohurd])).toMatchObject([{ bin: true }]);
  });
});

describe("typing", () => {
  it("into one field without a rest is one step", async () => {
    const device = await begunDevice();
    await steps(device, created(wei, { nameZh: "魏" }));
    for (const text of ["B", "Be", "Beijing"]) {
      await device.notebook.edit(set(wei, "wechat", text));
      device.clock.advance(900);
    }
    await device.notebook.undo();
    expect(await data(device, wei)).not.toHaveProperty("wechat");
    await device.notebook.redo();
    expect(await data(device, wei)).toMatchObject({ wechat: "Beijing" });
  });

  it("into another field, another record, or after a rest is a step of its own", async () => {
    const device = await begunDevice();
    await steps(device, created(wei), created(visit));
    await device.notebook.edit(set(wei, "wechat", "1"));
    await device.notebook.edit(set(wei, "nameZh", "魏"));
    await device.notebook.edit(set(visit, "title", "Visit"));
    device.clock.advance(LATER);
    await device.notebook.edit(set(visit, "title", "Visit 2"));
    await device.notebook.undo();
    expect(await data(device, visit)).toMatchObject({ title: "Visit" });
    await device.notebook.undo();
    expect(await data(device, visit)).toMatchObject({ title: "" });
    await device.notebook.undo();
    expect(await data(device, wei)).not.toHaveProperty("nameZh");
    expect(await data(device, wei)).toMatchObject({ wechat: "1" });
  });

  it("into a record made a moment ago belongs to making it", async () => {
    const device = await begunDevice();
    await device.notebook.edit(created(wei));
    device.clock.advance(500);
    await device.notebook.edit(set(wei, "nameZh", "魏"));
    expect(device.notebook.history().undo).toMatchObject({ kind: "create", ids: [wei] });
    expect(await device.notebook.undo()).toMatchObject({ value: { left: 0 } });
    expect((await record(device, wei))?.deletedAt).toBeDefined();
    await device.notebook.redo();
    expect(await data(device, wei)).toMatchObject({ nameZh: "魏" });
    expect((await record(device, wei))?.deletedAt).toBeUndefined();
  });

  it("while a colleague's change of the same field comes in is not one step with what was typed before", async () => {
    const device = await begunDevice();
    await steps(device, created(wei, { nameZh: "魏" }));
    await device.notebook.edit(set(wei, "wechat", "mine"));
    await arrives(device, wei, { wechat: "Anna's" });
    await device.notebook.edit(set(wei, "wechat", "mine again"));
    await device.notebook.undo();
    expect(await data(device, wei)).toMatchObject({ wechat: "Anna's" });
    expect(await device.notebook.undo()).toMatchObject({ value: { left: 1 } });
    expect(await data(device, wei)).toMatchObject({ wechat: "Anna's" });
  });
});

describe("an edit of many records", () => {
  const people = Array.from(
    { length: 5_000 },
    (_, place) => `contact:01890000-0000-7000-8000-${String(place).padStart(12, "0")}` as const,
  );

  it("is one step and one append, taken back as one", async () => {
    const device = await begunDevice();
    const { notebook } = device;
    let appends = 0;
    const append = device.ledger.append.bind(device.ledger);
    device.ledger.append = (entries) => {
      appends += 1;
      return append(entries);
    };
    expect((await notebook.editMany(people.map((id, at) => created(id, { nameLatin: `P${at}` })))).ok).toBe(true);
    device.clock.advance(LATER);
    expect((await notebook.editMany(people.map((id) => ({ kind: "delete", id })))).ok).toBe(true);
    expect(appends).toBe(2);
    expect(notebook.history().undo).toMatchObject({ kind: "delete", count: 5_000, ids: people.slice(0, 10) });
    expect((await notebook.list({ type: "contact", filter: "", offset: 0, limit: 1 })).total).toBe(0);
    expect(await notebook.undo()).toMatchObject({ value: { left: 0 } });
    expect(appends).toBe(3);
    expect((await notebook.list({ type: "contact", filter: "", offset: 0, limit: 1 })).total).toBe(5_000);
    const later = await reopened(device);
    expect((await later.notebook.list({ type: "contact", filter: "", offset: 0, limit: 1 })).total).toBe(5_000);
  });

  it("changes no record at all if one of the edits is refused", async () => {
    const device = await begunDevice();
    await steps(device, created(wei, { nameZh: "魏" }));
    const end = await device.ledger.end();
    const refused = await device.notebook.editMany([
      set(wei, "nameZh", "卫"),
      { kind: "delete", id: "contact:nobody" },
      set(wei, "wechat", "wei"),
    ]);
    expect(refused).toEqual({ ok: false, failure: { kind: "not-found", id: "contact:nobody" } });
    expect(await device.ledger.end()).toEqual(end);
    expect(await data(device, wei)).toMatchObject({ nameZh: "魏" });
    expect(device.notebook.history().undo?.kind).toBe("create");
  });

  it("may edit one record several times", async () => {
    const device = await begunDevice();
    await device.notebook.editMany([
      created(wei, { nameZh: "魏" }),
      set(wei, "wechat", "wei"),
      set(wei, "nameZh", "卫"),
    ]);
    expect(await data(device, wei)).toMatchObject({ nameZh: "卫", wechat: "wei" });
    const later = await reopened(device);
    expect(await data(later, wei)).toMatchObject({ nameZh: "卫", wechat: "wei" });
  });
});
