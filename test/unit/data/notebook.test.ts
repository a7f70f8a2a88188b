import { afterEach, describe, expect, it } from "vitest";
import * as Y from "yjs";
import { NOTE_TEXT } from "../../../src-renderer/domain/noteText";
import type { Notebook } from "../../../src-renderer/data/notebook";
import type { RowTable } from "../../../src-renderer/data/recordsCollection";
import type { Arrival } from "../../../src-renderer/data/syncStore";
import type { Edit } from "../../../src-renderer/domain/edit";
import type { RecordId } from "../../../src-renderer/domain/ids";
import { decide } from "../../../src-renderer/sync/decide";
import { set } from "../../support/edits";
import { aContact, aRecord, changed } from "../../support/recordBuilders";
import { begunDevice, closeTables, memoryTable, openDevice, reopened, type Device } from "../../support/notebookDevice";

afterEach(closeTables);

const wei = "contact:wei" as const;
const visit = "meeting:visit" as const;
const saved = { ok: true, value: null };

function newContact(id: RecordId, fields: Record<string, unknown>): Edit {
  const changes = Object.entries(fields).map(([field, value]) => ({ op: "set" as const, field, value }));
  return { kind: "create", id, type: "contact", visibility: "project", changes };
}

/** An editor of a note, in the page. */
function editor() {
  const doc = new Y.Doc();
  const updates: Uint8Array[] = [];
  doc.on("update", (update: Uint8Array, origin) => {
    if (origin !== "remote") updates.push(update);
  });
  return {
    receive: (update: Uint8Array) => Y.applyUpdate(doc, update, "remote"),
    type: (text: string) => {
      doc.getText(NOTE_TEXT).insert(doc.getText(NOTE_TEXT).length, text);
      return updates.splice(0).reduce((_, update) => update);
    },
    text: () => doc.getText(NOTE_TEXT).toJSON(),
  };
}

async function noteText(notebook: Notebook, about: RecordId): Promise<string> {
  const doc = editor();
  doc.receive((await notebook.openNote(about)).state);
  return doc.text();
}

describe("a notebook", () => {
  it("begins with an author and a device, which a later start knows", async () => {
    const device = await openDevice();
    expect(device.notebook.identity).toBeNull();
    const begun = await device.notebook.begin("Wei");
    expect(begun).toMatchObject({ ok: true, value: { name: "Wei" } });
    expect(begun.ok && begun.value.author).toMatch(/^author:./);
    const later = await reopened(device);
    expect(later.notebook.identity).toEqual(device.notebook.identity);
    expect(await later.notebook.begin("Someone else")).toEqual(begun);
    const authors = await later.notebook.list({ type: "author", filter: "", offset: 0, limit: 10 });
    expect(authors.rows).toMatchObject([{ name: "Wei" }]);
  });

  it("lets nobody without a name write", async () => {
    const { notebook } = await openDevice();
    expect(await notebook.edit(newContact(wei, { nameZh: "魏" }))).toMatchObject({
      ok: false,
      failure: { kind: "read-only" },
    });
  });

  it("shows an edit at once, tells of it, and has it after a kill right after saved", async () => {
    const device = await begunDevice();
    expect(await device.notebook.edit(newContact(wei, { nameZh: "魏强", nameLatin: "Wei Qiang" }))).toEqual(saved);
    expect(device.changed.at(-1)).toEqual({ id: wei, type: "contact", origin: "local" });
    const later = await reopened(device);
    const view = await later.notebook.read(wei);
    expect(view?.record.data).toMatchObject({ nameZh: "魏强", nameLatin: "Wei Qiang" });
    expect(view?.row).toMatchObject({ bin: false, waiting: true });
    expect(view?.shipped).toBe(false);
  });

  it("writes nothing for an edit without effect", async () => {
    const device = await begunDevice();
    await device.notebook.edit(newContact(wei, { nameZh: "魏" }));
    const end = await device.ledger.end();
    expect(await device.notebook.edit(set(wei, "nameZh", "魏"))).toEqual(saved);
    expect(await device.ledger.end()).toEqual(end);
  });

  it("hides what is deleted from lists, keeps its row, and restores it", async () => {
    const { notebook } = await begunDevice();
    await notebook.edit(newContact(wei, { nameZh: "魏" }));
    await notebook.edit({ kind: "delete", id: wei });
    expect((await notebook.list({ type: "contact", filter: "", offset: 0, limit: 10 })).total).toBe(0);
    expect(notebook.rows([wei, "contact:nobody"])).toMatchObject([{ bin: true }, null]);
    await notebook.edit({ kind: "restore", id: wei });
    expect((await notebook.list({ type: "contact", filter: "", offset: 0, limit: 10 })).total).toBe(1);
  });

  it("answers not saved and changes nothing while the disk is full, and saves again afterwards", async () => {
    const device = await begunDevice();
    device.ledger.refuseAppends({ kind: "disk-full" });
    expect(await device.notebook.edit(newContact(wei, { nameZh: "魏" }))).toEqual({
      ok: false,
      failure: { kind: "disk-full" },
    });
    expect(await device.notebook.read(wei)).toBeNull();
    expect(device.troubles).toEqual([{ kind: "disk-full" }]);
    device.ledger.refuseAppends(null);
    expect(await device.notebook.edit(newContact(wei, { nameZh: "魏" }))).toEqual(saved);
    expect(device.troubles).toEqual([{ kind: "disk-full" }, null]);
    expect(await device.notebook.read(wei)).not.toBeNull();
  });

  it("keeps saving while the store fails, says so, and stores it later by itself", async () => {
    const table = await memoryTable();
    let fails = false;
    const flaky: RowTable = {
      ...pick(table),
      write: (writes) => (fails ? Promise.reject(new Error("quota")) : table.write(writes)),
    };
    const device = await begunDevice({ table: flaky });
    await device.notebook.flush();
    fails = true;
    expect(await device.notebook.edit(newContact(wei, { nameZh: "魏" }))).toEqual(saved);
    await expect.poll(() => device.troubles).toEqual([{ kind: "store-failed", detail: "quota" }]);
    expect((await device.notebook.read(wei))?.record.data).toMatchObject({ nameZh: "魏" });
    expect((await table.get([wei])).size).toBe(0);
    fails = false;
    device.clock.advance(60_000);
    await expect.poll(() => device.troubles.at(-1)).toBeNull();
    expect((await table.get([wei])).size).toBe(1);
  });

  it("is made anew from the ledger when the store is empty", async () => {
    const device = await begunDevice();
    await device.notebook.edit(newContact(wei, { nameZh: "魏" }));
    await device.notebook.edit(set(wei, "nameZh", "魏强"));
    await device.notebook.syncStore.writePulled(
      "n",
      {
        arrivals: [{ kind: "document", id: "contact:b", rev: "1-b", content: aContact("b", { nameZh: "白" }) }],
        checkpoint: "7",
      },
      (arrival) =>
        arrival.kind === "document"
          ? { kind: "take", content: arrival.content, rev: arrival.rev }
          : { kind: "gone", rev: arrival.rev },
    );
    const rebuilt = await reopened(device, { table: await memoryTable() });
    expect(rebuilt.notebook.replayed).toBe(5);
    expect((await rebuilt.notebook.read(wei))?.record.data).toMatchObject({ nameZh: "魏强" });
    expect(rebuilt.notebook.rows(["contact:b", wei])).toMatchObject([{ waiting: false }, { waiting: true }]);
    expect(await rebuilt.notebook.syncStore.serverState("n")).toMatchObject({ checkpoint: "7" });
    expect(rebuilt.notebook.identity).toEqual(device.notebook.identity);
  });

  it("skips entries of a newer version and of no meaning, and keeps the rest", async () => {
    const device = await begunDevice();
    await device.ledger.append(['{"f":9,"kind":"hologram"}', "no json", '{"f":1,"kind":"put","content":{}}']);
    await device.notebook.edit(newContact(wei, { nameZh: "魏" }));
    const rebuilt = await reopened(device, { table: await memoryTable() });
    expect(await rebuilt.notebook.read(wei)).not.toBeNull();
  });

  it("keeps a record of a newer version as it came: shown where it can be, never edited", async () => {
    const { notebook } = await begunDevice();
    const newer = aRecord("contact:future", { v: 9, data: { nameZh: "未来", mood: { level: 3 } } });
    expect(newer.kind).toBe("opaque");
    await notebook.syncStore.writePulled(
      "n",
      { arrivals: [{ kind: "document", id: "contact:future", rev: "1-f", content: newer }] },
      () => ({ kind: "take", content: newer, rev: "1-f" }),
    );
    const view = await notebook.read("contact:future");
    expect(view).toMatchObject({ row: { newer: true, nameZh: "未来" }, record: { v: 9 } });
    expect(await notebook.edit(set("contact:future", "nameZh", "过去"))).toMatchObject({
      ok: false,
      failure: { kind: "read-only" },
    });
  });

  it("works without the shipped organisations when their file is damaged, and says so", async () => {
    const device = await begunDevice({ shipped: { "organisations.json": "[{" } });
    expect(device.notebook.damagedFiles).toEqual(["organisations.json"]);
    expect(device.troubles).toEqual([]);
    expect(await device.notebook.edit(newContact(wei, { nameZh: "魏" }))).toEqual(saved);
  });
});

describe("a note", () => {
  it("is made by the first thing typed, and folded into its record after a rest", async () => {
    const { notebook, clock } = await begunDevice();
    await notebook.openNote(visit);
    const desk = editor();
    expect(await notebook.updateNote(visit, desk.type("会议"))).toEqual(saved);
    expect(await notebook.updateNote(visit, desk.type(" notes"))).toEqual(saved);
    expect(notebook.syncStore.waitingCount()).toBe(2);
    clock.advance(2_000);
    const [note] = (await notebook.syncStore.waiting(10)).filter(({ id }) => id === `note:${visit}`);
    expect(note?.content).toMatchObject({ record: { type: "note", data: { markdown: "会议 notes" } } });
  });

  it("has every increment after a kill, folded or not", async () => {
    const device = await begunDevice();
    await device.notebook.openNote(visit);
    const desk = editor();
    await device.notebook.updateNote(visit, desk.type("one "));
    device.clock.advance(2_000);
    await device.notebook.flush();
    await device.notebook.updateNote(visit, desk.type("two "));
    // Another record moves the store's position beyond the increment that is not folded.
    await device.notebook.edit(newContact(wei, { nameZh: "魏" }));
    const later = await reopened(device);
    expect(await noteText(later.notebook, visit)).toBe("one two ");
    const again = await reopened(later);
    expect(await noteText(again.notebook, visit)).toBe("one two ");
  });

  it("has every increment that was saved beside a store write that never happened", async () => {
    const device = await begunDevice();
    const desk = editor();
    await device.notebook.updateNote(visit, desk.type("one "));
    await device.notebook.edit(newContact(wei, { nameZh: "魏" }));
    await device.notebook.syncStore.waiting(1);
    await device.notebook.updateNote(visit, desk.type("two "));
    const later = await reopened(device, { table: await memoryTable() });
    expect(await noteText(later.notebook, visit)).toBe("one two ");
  });

  it("is folded without a rest when much is typed", async () => {
    const device = await begunDevice();
    const desk = editor();
    await device.notebook.updateNote(visit, desk.type("长".repeat(30_000)));
    device.clock.advance(0);
    await device.notebook.flush();
    expect((await device.table.get([`note:${visit}`])).size).toBe(1);
  });

  it("answers not saved while the disk is full, and has nothing of it", async () => {
    const device = await begunDevice();
    const desk = editor();
    device.ledger.refuseAppends({ kind: "disk-full" });
    const update = desk.type("lost?");
    expect(await device.notebook.updateNote(visit, update)).toMatchObject({ ok: false });
    expect(await noteText(device.notebook, visit)).toBe("");
    device.ledger.refuseAppends(null);
    expect(await device.notebook.updateNote(visit, update)).toEqual(saved);
    expect(await noteText(device.notebook, visit)).toBe("lost?");
  });

  it("refuses bytes that are no update, and text beyond the limit", async () => {
    const { notebook } = await begunDevice();
    expect(await notebook.updateNote(visit, new Uint8Array([1, 200, 7, 9]))).toMatchObject({
      ok: false,
      failure: { kind: "invalid" },
    });
    expect(await notebook.updateNote(visit, editor().type("x".repeat(500_001)))).toMatchObject({
      ok: false,
      failure: { kind: "too-large" },
    });
    expect(await noteText(notebook, visit)).toBe("");
  });

  it("takes a merge in while it is open, with what was typed and not folded yet", async () => {
    const here = await begunDevice();
    const there = await begunDevice();
    const desk = editor();
    desk.receive((await here.notebook.openNote(visit)).state);
    await here.notebook.updateNote(visit, desk.type("ours. "));
    await there.notebook.updateNote(visit, editor().type("theirs. "));
    const [theirs] = (await there.notebook.syncStore.waiting(10)).filter(({ id }) => id.startsWith("note:"));
    if (!theirs) throw new Error("nothing to pull");
    let local = "";
    await here.notebook.syncStore.writePulled(
      "n",
      { arrivals: [{ kind: "document", id: theirs.id, rev: "1-t", content: theirs.content }] },
      (_, found) => {
        local =
          found?.content.kind === "known" && found.content.record.type === "note"
            ? found.content.record.data.markdown
            : "";
        return { kind: "merged", content: joined(found?.content, theirs.content), rev: "1-t", base: theirs.content };
      },
    );
    expect(local).toBe("ours. ");
    for (const { update } of here.noteChanges) desk.receive(update);
    expect(desk.text().split(". ").sort()).toEqual(["", "ours", "theirs"]);
    expect(await noteText(here.notebook, visit)).toBe(desk.text());
  });

  it("is as private as what it is about", async () => {
    const { notebook } = await begunDevice();
    await notebook.edit({ ...newContact(wei, { nameZh: "魏" }), visibility: "private" } as Edit);
    await notebook.updateNote(wei, editor().type("between us"));
    await notebook.flush();
    const waiting = await notebook.syncStore.waiting(10);
    expect(waiting.map(({ id }) => id)).toEqual([notebook.identity?.author]);
    expect(notebook.syncStore.waitingCount()).toBe(1);
  });

  it("does not wait for the closing of an editor that another one has open", async () => {
    const { notebook } = await begunDevice();
    await notebook.openNote(visit);
    await notebook.openNote(visit);
    await notebook.updateNote(visit, editor().type("still here"));
    await notebook.closeNote(visit);
    expect(await noteText(notebook, visit)).toBe("still here");
  });
});

describe("another client's tombstone", () => {
  it("hides a record here, which can be restored and is then offered as new", async () => {
    const { notebook } = await begunDevice();
    const content = aContact("wei", { nameZh: "魏" });
    const page = (rev: string, decision: "take" | "gone") =>
      notebook.syncStore.writePulled("n", { arrivals: [{ kind: "tombstone", id: wei, rev }] }, () =>
        decision === "take" ? { kind: "take", content, rev } : { kind: "gone", rev },
      );
    await page("1-a", "take");
    await page("2-dead", "gone");
    expect(notebook.rows([wei])).toMatchObject([{ bin: true, waiting: false }]);
    expect((await notebook.read(wei))?.record.deletedAt).toBeDefined();
    await notebook.edit(set(wei, "nameZh", "魏强"));
    expect(notebook.syncStore.waitingCount()).toBe(1);
    expect(await notebook.edit({ kind: "restore", id: wei })).toEqual(saved);
    expect(notebook.rows([wei])).toMatchObject([{ bin: false, waiting: true }]);
    const restored = (await notebook.syncStore.waiting(10)).find(({ id }) => id === wei);
    expect(restored).toMatchObject({ rev: undefined, base: undefined });
    expect(restored?.content).toMatchObject({ record: { data: { nameZh: "魏强" } } });
    expect((await notebook.read(wei))?.record.deletedAt).toBeUndefined();
  });

  it.each(["is brought back", "is removed once more and brought back", "is brought back on a server made anew"])(
    "keeps what is edited under it when the record %s by a colleague, also after a start",
    async (how) => {
      const device = await begunDevice();
      const [content, theirs] = [aContact("wei", { nameZh: "魏" }), aContact("wei", { nameZh: "魏", wechat: "wei" })];
      const arrived = async ({ notebook }: Device, arrival: Arrival) => {
        expect((await notebook.syncStore.writePulled("n", { arrivals: [arrival] }, decide)).ok).toBe(true);
      };
      await arrived(device, { kind: "document", id: wei, rev: "1-a", content });
      await arrived(device, { kind: "tombstone", id: wei, rev: "2-dead" });
      await device.notebook.edit(set(wei, "nameLatin", "Wei"));
      if (how.includes("anew")) await device.notebook.syncStore.forgetServer("n");
      const started = await reopened(device);
      expect(await started.notebook.syncStore.withdrawals(10)).toEqual([]);
      expect((await started.notebook.syncStore.waiting(10)).map(({ id }) => id)).not.toContain(wei);
      if (how.includes("once more")) await arrived(started, { kind: "tombstone", id: wei, rev: "4-dead" });
      await arrived(started, { kind: "document", id: wei, rev: "5-b", content: theirs });
      const read = await started.notebook.read(wei);
      expect(read?.record.deletedAt).toBeUndefined();
      expect(read?.record.data).toMatchObject({ nameZh: "魏", nameLatin: "Wei", wechat: "wei" });
      expect((await started.notebook.syncStore.waiting(10)).map(({ id }) => id)).toContain(wei);
    },
  );

  it("is not passed on to a server that was made anew", async () => {
    const { notebook } = await begunDevice();
    const content = changed(aContact("wei", { nameZh: "魏" }), {});
    const write = (decision: { kind: "take"; content: typeof content; rev: string } | { kind: "gone"; rev: string }) =>
      notebook.syncStore.writePulled(
        "n",
        { arrivals: [{ kind: "tombstone", id: wei, rev: decision.rev }] },
        () => decision,
      );
    await write({ kind: "take", content, rev: "1-a" });
    await write({ kind: "gone", rev: "2-b" });
    await notebook.syncStore.forgetServer("n");
    expect((await notebook.syncStore.waiting(10)).map(({ id }) => id)).not.toContain(wei);
  });
});

describe("a first meeting with a server", () => {
  it("reads no record, since none can be another server's", async () => {
    const device = await begunDevice();
    await device.notebook.edit({
      kind: "create",
      id: wei,
      type: "contact",
      visibility: "project",
      changes: [{ op: "set", field: "nameZh", value: "魏" }],
    });
    await device.notebook.flush();
    const asked: string[] = [];
    const counting = {
      ...pick(device.table),
      get: (ids: readonly string[]) => (asked.push(...ids), device.table.get(ids)),
    };
    const later = await reopened(device, { table: counting });
    asked.length = 0;
    await later.notebook.syncStore.forgetServer("n");
    expect(asked).toEqual([]);
    expect((await later.notebook.syncStore.waiting(10)).map(({ id }) => id)).toContain(wei);

    await later.notebook.syncStore.accept([{ id: wei, rev: "1-a", version: "none", content: aContact("wei", {}) }]);
    asked.length = 0;
    const again = await reopened(later, { table: counting });
    await again.notebook.syncStore.forgetServer("n");
    expect(asked).toContain(wei);
    expect((await again.notebook.syncStore.waiting(10)).find(({ id }) => id === wei)).toMatchObject({ rev: undefined });
  });
});

function joined(mine: ReturnType<typeof aContact> | undefined, theirs: ReturnType<typeof aContact>) {
  if (mine?.kind !== "known" || theirs.kind !== "known") throw new Error("two notes");
  if (mine.record.type !== "note" || theirs.record.type !== "note") throw new Error("two notes");
  const doc = new Y.Doc();
  for (const { data } of [mine.record, theirs.record]) Y.applyUpdate(doc, Buffer.from(data.state, "base64"));
  const state = Buffer.from(Y.encodeStateAsUpdate(doc)).toString("base64");
  const markdown = doc.getText(NOTE_TEXT).toJSON();
  return { kind: "known" as const, record: { ...mine.record, data: { markdown, state } } };
}

function pick(table: RowTable): RowTable {
  return {
    get: (ids) => table.get(ids),
    write: (writes) => table.write(writes),
    ofType: (type) => table.ofType(type),
    all: (limit, after) => table.all(limit, after),
    close: () => table.close(),
  };
}
