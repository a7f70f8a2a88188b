import { afterEach, describe, expect, it } from "vitest";
import * as Y from "yjs";
import type { RecordId } from "../../../src-renderer/domain/ids";
import { NOTE_TEXT } from "../../../src-renderer/domain/noteText";
import { noteOf, type } from "../../support/deviceRecords";
import { created } from "../../support/edits";
import { begunDevice, closeTables, Life, openDevice, reopened, type Device } from "../../support/notebookDevice";

afterEach(closeTables);

const shipped = {
  "organisations.json": JSON.stringify([
    { id: "mohurd", nameEn: "MOHURD", nameZh: "住房和城乡建设部", level: "ministerial" },
  ]),
};

async function binOf({ notebook }: Device, filter = ""): Promise<readonly string[]> {
  return (await notebook.bin({ filter, offset: 0, limit: 100 })).rows.map(({ id }) => id);
}

async function deleted(device: Device, ...ids: RecordId[]): Promise<void> {
  for (const id of ids) {
    device.clock.advance(5_000);
    expect((await device.notebook.edit({ kind: "delete", id })).ok).toBe(true);
  }
}

/** The server has everything from now on. */
async function pushed({ notebook }: Device): Promise<void> {
  const rows = await notebook.syncStore.waiting(1_000);
  expect((await notebook.syncStore.accept(rows.map((row) => ({ ...row, rev: "1-a" })))).ok).toBe(true);
}

describe("the bin", () => {
  it("shows what was deleted, of all types, the last first, also what ships and what another client removed", async () => {
    const device = await begunDevice({ shipped });
    await device.notebook.editMany([
      created("contact:li", { nameLatin: "Li" }),
      created("meeting:visit", { title: "Visit" }),
    ]);
    await device.notebook.edit(created("contact:gone", { nameLatin: "Gone" }));
    await pushed(device);
    const tombstone = { kind: "tombstone", id: "contact:gone", rev: "2-b" } as const;
    await device.notebook.syncStore.writePulled("n", { arrivals: [tombstone] }, () => ({ kind: "gone", rev: "2-b" }));
    await deleted(device, "organisation:mohurd", "meeting:visit", "contact:li");
    const all = ["contact:li", "meeting:visit", "organisation:mohurd", "contact:gone"];
    expect(await binOf(device)).toEqual(all);
    expect(await binOf(device, "visit")).toEqual(["meeting:visit"]);
    expect(await device.notebook.bin({ filter: "", offset: 1, limit: 2 })).toMatchObject({ total: 4, rows: [{}, {}] });
    expect(await binOf(await reopened(device, { shipped }))).toEqual(all);
  });
});

describe("emptying the bin", () => {
  it("erases what was named with the notes about it, and nothing that is not in the bin", async () => {
    const device = await begunDevice();
    await device.notebook.editMany([created("contact:li"), created("contact:wang"), created("contact:alive")]);
    await type(device, "contact:li", "about Li");
    await deleted(device, "contact:li", "contact:wang");
    expect(await device.notebook.emptyBin(["contact:li", "contact:alive", "contact:nobody"])).toEqual({
      ok: true,
      value: { erased: 1 },
    });
    expect(await binOf(device)).toEqual(["contact:wang"]);
    expect(await device.notebook.read("contact:li")).toBeNull();
    expect(await noteOf(device, "contact:li")).toBe("");
    expect(await device.notebook.read("contact:alive")).not.toBeNull();
    expect(device.changed.slice(-2).map(({ id }) => id)).toEqual(["contact:li", "note:contact:li"]);
    const later = await reopened(device);
    expect(await binOf(later)).toEqual(["contact:wang"]);
    expect(await noteOf(later, "contact:li")).toBe("");
  });

  it("erases all without names, but what ships stays hidden", async () => {
    const device = await begunDevice({ shipped });
    await device.notebook.editMany([created("contact:li"), created("meeting:visit")]);
    await deleted(device, "contact:li", "meeting:visit", "organisation:mohurd");
    expect(await device.notebook.emptyBin(null)).toEqual({ ok: true, value: { erased: 2 } });
    expect(await binOf(device)).toEqual(["organisation:mohurd"]);
    expect(device.notebook.rows(["organisation:mohurd"])).toMatchObject([{ bin: true }]);
  });

  it("leaves a deletion to be sent, for the note too, and none for what never left this computer", async () => {
    const device = await begunDevice();
    await device.notebook.edit(created("contact:li"));
    await type(device, "contact:li", "about Li");
    await pushed(device);
    await device.notebook.edit(created("contact:new"));
    await deleted(device, "contact:li", "contact:new");
    await device.notebook.emptyBin(null);
    const ids = async ({ notebook }: Device) => (await notebook.syncStore.erased(10)).map(({ id }) => id).sort();
    expect(await ids(device)).toEqual(["contact:li", "note:contact:li"]);
    expect(await device.notebook.syncStore.waiting(10)).toEqual([]);
    const replayed = await reopened(device);
    expect(await ids(replayed)).toEqual(["contact:li", "note:contact:li"]);
    await replayed.notebook.flush();
    expect(await ids(await reopened(replayed))).toEqual(["contact:li", "note:contact:li"]);
  });

  it("keeps the rest of what was typed, and not what was typed about the erased", async () => {
    const device = await begunDevice();
    await device.notebook.editMany([created("contact:li"), created("contact:wang")]);
    await device.notebook.openNote("contact:li");
    await type(device, "contact:li", "about Li");
    const doc = new Y.Doc();
    let update = new Uint8Array();
    doc.on("update", (bytes: Uint8Array) => (update = new Uint8Array(bytes)));
    doc.getText(NOTE_TEXT).insert(0, "about Wang");
    await device.notebook.openNote("contact:wang");
    expect(await device.notebook.updateNote("contact:wang", update)).toEqual({ ok: true, value: null });
    expect(await noteOf(device, "contact:wang")).toBe("about Wang");
    await deleted(device, "contact:li");
    await device.notebook.emptyBin(null);
    const later = await reopened(device);
    expect(await noteOf(later, "contact:li")).toBe("");
    expect(await noteOf(later, "contact:wang")).toBe("about Wang");
  });

  it("is forgotten by the history, and what was set aside of it too", async () => {
    const device = await begunDevice();
    await device.notebook.edit(created("contact:li"));
    device.clock.advance(5_000);
    await device.notebook.edit(created("contact:wang"));
    await deleted(device, "contact:li");
    const since = "2026-11-22T08:00:00.000Z";
    await device.notebook.syncStore.setAside([
      { id: "contact:li", direction: "push", reason: "refused", detail: "", since },
    ]);
    await device.notebook.emptyBin(["contact:li"]);
    expect(device.notebook.quarantine()).toEqual([]);
    expect(device.notebook.history().undo).toMatchObject({ kind: "create", ids: ["contact:wang"] });
    await device.notebook.undo();
    expect(device.notebook.history().undo).toBeNull();
  });

  it("saves nothing and erases nothing while the disk is full", async () => {
    const device = await begunDevice();
    await device.notebook.edit(created("contact:li"));
    await deleted(device, "contact:li");
    device.ledger.refuseAppends({ kind: "disk-full" });
    expect(await device.notebook.emptyBin(null)).toEqual({ ok: false, failure: { kind: "disk-full" } });
    expect(await binOf(device)).toEqual(["contact:li"]);
  });

  it("lets a record and a note of the same id begin anew", async () => {
    const device = await begunDevice();
    await device.notebook.edit(created("contact:li", { nameLatin: "Li" }));
    await type(device, "contact:li", "old");
    await pushed(device);
    await deleted(device, "contact:li");
    await device.notebook.emptyBin(null);
    await device.notebook.edit(created("contact:li", { nameLatin: "Li again" }));
    await type(device, "contact:li", "new");
    const check = async (now: Device): Promise<void> => {
      expect((await now.notebook.read("contact:li"))?.record.data).toMatchObject({ nameLatin: "Li again" });
      expect(await noteOf(now, "contact:li")).toBe("new");
      expect(await now.notebook.syncStore.erased(10)).toEqual([]);
      const waiting = await now.notebook.syncStore.waiting(10);
      expect(waiting.map(({ id, rev }) => [id, rev]).sort()).toEqual([
        ["contact:li", "1-a"],
        ["note:contact:li", "1-a"],
      ]);
    };
    await check(device);
    await device.notebook.flush();
    await check(await reopened(device));
  });

  it("holds at any step at which the worker is killed", async () => {
    const people = Array.from({ length: 700 }, (_, at) => `contact:p${at}` as const);
    const first = await begunDevice();
    await first.notebook.editMany(people.map((id) => created(id)));
    await pushed(first);
    await first.notebook.editMany(people.map((id) => ({ kind: "delete", id })));
    await first.notebook.flush();
    const { ledger, table, clock } = first;
    first.life.end();
    let steps = Number.POSITIVE_INFINITY;
    let erasedBefore = 0;
    for (let last = 1; last <= Math.min(steps, 60); last += 1) {
      const life = new Life(last);
      const device = openDevice({ ledger, table, clock, life });
      const work = device.then(async ({ notebook }) => {
        await notebook.emptyBin(people.slice(0, last * 10));
        await notebook.flush();
        life.end();
        steps = life.stepsTaken;
      });
      await Promise.race([work, over(life)]);
      const after = await openDevice({ ledger, table, clock });
      const erased = people.filter((id) => after.notebook.rows([id])[0] === null);
      expect(erased).toEqual(people.slice(0, erased.length));
      expect(erased.length).toBeGreaterThanOrEqual(erasedBefore);
      expect(await binOf(after)).toHaveLength(Math.min(100, 700 - erased.length));
      const marks = (await after.notebook.syncStore.erased(1_000)).length;
      expect(marks).toBe(erased.length);
      erasedBefore = erased.length;
      await after.notebook.flush();
      after.life.end();
    }
    expect(erasedBefore).toBeGreaterThan(0);
  });
});

async function over(life: Life): Promise<void> {
  while (!life.isOver) await new Promise((resolve) => setImmediate(resolve));
  await new Promise((resolve) => setTimeout(resolve, 2));
}
