import { afterEach, describe, expect, it } from "vitest";
import * as Y from "yjs";
import type { Decision } from "../../../src-renderer/data/syncStore";
import type { Visibility } from "../../../src-renderer/domain/envelope";
import { noteIdOf, type RecordId } from "../../../src-renderer/domain/ids";
import { NOTE_TEXT } from "../../../src-renderer/domain/noteText";
import { decide } from "../../../src-renderer/sync/decide";
import { noteOf, record, type } from "../../support/deviceRecords";
import { created } from "../../support/edits";
import { begunDevice, closeTables, memoryTable, openDevice, reopened, type Device } from "../../support/notebookDevice";
import { aContact, changed } from "../../support/recordBuilders";

afterEach(closeTables);

const li = "contact:0190a6f2-0000-7000-8000-000000000001" as RecordId;
const note = noteIdOf(li);
const saved = { ok: true, value: null };

async function share({ notebook }: Device, visibility: Visibility, id: RecordId = li): Promise<unknown> {
  return notebook.edit({ kind: "share", id, visibility });
}

async function offered({ notebook }: Device): Promise<readonly string[]> {
  return (await notebook.syncStore.waiting(100)).map(({ id }) => id).filter((id) => !id.startsWith("author:"));
}

async function toWithdraw({ notebook }: Device): Promise<readonly string[]> {
  return (await notebook.syncStore.withdrawals(100)).map(({ id, rev }) => `${id} ${rev}`).sort();
}

/** The server accepts all that waits. */
async function pushed({ notebook: { syncStore } }: Device): Promise<void> {
  const rows = await syncStore.waiting(100);
  await syncStore.accept(rows.map((row) => ({ ...row, rev: "1-a" })));
}

function pull({ notebook }: Device, decision: Decision): Promise<unknown> {
  return notebook.syncStore.writePulled("n", { arrivals: [{ kind: "tombstone", id: li, rev: "2-b" }] }, () => decision);
}

/** An editor that stays open: what is typed is in the ledger and not yet in the record. */
async function openEditor({ notebook }: Device): Promise<(text: string) => Promise<void>> {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, (await notebook.openNote(li)).state);
  return async (text) => {
    const before = Y.encodeStateVector(doc);
    doc.getText(NOTE_TEXT).insert(0, text);
    expect(await notebook.updateNote(li, Y.encodeStateAsUpdate(doc, before))).toEqual(saved);
  };
}

async function begun(): Promise<Device> {
  const device = await begunDevice();
  await pushed(device);
  expect(await device.notebook.edit(created(li, { nameLatin: "Li" }))).toEqual(saved);
  return device;
}

describe("the note about a private record", () => {
  it("is private when it is begun in an editor that was open before the record became private", async () => {
    const device = await begun();
    const typeIn = await openEditor(device);
    await share(device, "private");
    await typeIn("secret");
    expect(await offered(device)).toEqual([]);
    expect(device.notebook.syncStore.waitingCount()).toBe(0);
    const again = await reopened(device);
    expect(await offered(again)).toEqual([]);
    expect(await noteOf(again, li)).toBe("secret");
  });

  it("is private with what was typed before and after, also after a kill and in a store made anew", async () => {
    const device = await begun();
    const typeIn = await openEditor(device);
    await typeIn("before ");
    await share(device, "private");
    await typeIn("after ");
    const again = await reopened(device);
    const anew = await openDevice({ ledger: device.ledger, table: await memoryTable(), clock: device.clock });
    for (const each of [again, anew]) {
      expect(await offered(each)).toEqual([]);
      expect(await noteOf(each, li)).toBe("after before ");
      expect((await record(each, li))?.visibility).toBe("private");
    }
  });

  it("follows the record back by Undo, as one step, and by being shared", async () => {
    const device = await begun();
    await type(device, li, "open");
    await share(device, "private");
    expect(device.notebook.history().undo).toMatchObject({ kind: "change", count: 1, ids: [li] });
    await type(device, li, "more ");
    expect((await device.notebook.undo()).ok).toBe(true);
    expect((await offered(device)).toSorted()).toEqual([li, note].toSorted());
    expect((await device.notebook.redo()).ok).toBe(true);
    expect(await offered(device)).toEqual([]);
    await share(device, "project");
    expect((await offered(device)).toSorted()).toEqual([li, note].toSorted());
  });

  it("is kept and withdrawn when a colleague wrote the first one", async () => {
    const device = await begun();
    await share(device, "private");
    const other = await begun();
    await type(other, li, "from Brussels");
    const [theirs] = (await other.notebook.syncStore.waiting(10)).filter(({ id }) => id === note);
    if (!theirs) throw new Error("no note");
    await device.notebook.syncStore.writePulled(
      "n",
      { arrivals: [{ kind: "document", id: note, rev: "1-n", content: theirs.content }] },
      decide,
    );
    expect(await noteOf(device, li)).toBe("from Brussels");
    expect(await offered(device)).toEqual([]);
    expect(await toWithdraw(device)).toEqual([`${note} 1-n`]);
  });
});

describe("a record that the server has", () => {
  async function onServer(): Promise<Device> {
    const device = await begun();
    await type(device, li, "open");
    await pushed(device);
    expect(await device.notebook.read(li)).toMatchObject({ onServer: true, row: { waiting: false } });
    return device;
  }

  it("is to be withdrawn with its note once it is private, told at once and known after a restart", async () => {
    const device = await onServer();
    let told = 0;
    device.notebook.syncStore.onWaiting(() => (told += 1));
    await share(device, "private");
    expect(told).toBeGreaterThan(0);
    for (const each of [device, await reopened(device)]) {
      expect(await offered(each)).toEqual([]);
      expect(await toWithdraw(each)).toEqual([`${li} 1-a`, `${note} 1-a`]);
      expect(each.notebook.syncStore.waitingCount()).toBe(2);
      const { rows } = each.notebook.waiting({ offset: 0, limit: 10 }, true);
      expect(rows.map(({ reason }) => reason)).toEqual(["to-withdraw", "to-withdraw"]);
    }
  });

  it("is one that the server never had once it is withdrawn, and goes whole when it is shared again", async () => {
    const device = await onServer();
    await share(device, "private");
    const rows = await device.notebook.syncStore.withdrawals(10);
    await device.notebook.syncStore.accept(rows.map((row) => ({ ...row, rev: "2-d", content: null })));
    expect(await toWithdraw(device)).toEqual([]);
    expect(await device.notebook.read(li)).toMatchObject({ onServer: false, row: { private: true, bin: false } });
    await share(device, "project");
    const [row] = (await device.notebook.syncStore.waiting(10)).filter(({ id }) => id === li);
    expect(row).toMatchObject({ rev: undefined, base: undefined });
  });

  it("is merged from where it was when it is shared again before the server heard of it", async () => {
    const device = await onServer();
    await share(device, "private");
    await share(device, "project");
    const [row] = (await device.notebook.syncStore.waiting(10)).filter(({ id }) => id === li);
    expect(row).toMatchObject({ rev: "1-a", base: { kind: "known", record: { visibility: "project" } } });
    expect(await toWithdraw(device)).toEqual([]);
  });

  it("turned up there while it was private: shared again it meets that without a revision, to be merged", async () => {
    const device = await begun();
    await share(device, "private");
    await pull(device, { kind: "erase", rev: "5-x" });
    expect(await toWithdraw(device)).toEqual([`${li} 5-x`]);
    await share(device, "project");
    const [row] = (await device.notebook.syncStore.waiting(10)).filter(({ id }) => id === li);
    expect(row).toMatchObject({ rev: undefined, base: undefined });
  });

  it("is erased there as well when it is removed for good before it was withdrawn", async () => {
    const device = await onServer();
    await share(device, "private");
    await device.notebook.edit({ kind: "delete", id: li });
    await device.notebook.emptyBin([li]);
    expect(await toWithdraw(device)).toEqual([]);
    expect((await device.notebook.syncStore.erased(10)).map(({ id }) => id).toSorted()).toEqual([li, note].toSorted());
  });
});

it("neither what ships nor who writes can be private", async () => {
  const samr = "organisation:samr" as RecordId;
  const shipped = JSON.stringify([{ id: "samr", nameEn: "SAMR", level: "ministerial" }]);
  const device = await begunDevice({ shipped: { "organisations.json": shipped } });
  expect(await share(device, "private", samr)).toMatchObject({ ok: false });
  const { identity } = device.notebook;
  if (!identity) throw new Error("nobody has begun");
  expect(await share(device, "private", identity.author)).toMatchObject({ ok: false });
});

describe("what becomes of an arrival for a private record", () => {
  const mine = changed(aContact("1", { nameLatin: "Anna" }), {}, { visibility: "private" });
  const local = { id: "contact:1", content: mine, dirty: true, base: undefined, version: "1" };
  const theirs = { kind: "document", id: "contact:1", rev: "2-b", content: aContact("1", {}) } as const;

  it("a document where the server had nothing is to be deleted there", () => {
    expect(decide(theirs, { ...local, rev: undefined })).toEqual({ kind: "erase", rev: "2-b" });
  });

  it("a later revision of what is to be deleted changes nothing here: the deletion looks what is there", () => {
    expect(decide(theirs, { ...local, rev: "1-a", base: aContact("1", {}) })).toEqual({ kind: "keep" });
  });

  it("a deletion is no mark on what is private", () => {
    expect(decide({ kind: "tombstone", id: "contact:1", rev: "2-t" }, { ...local, rev: "1-a" })).toEqual({
      kind: "keep",
    });
  });

  it("what others changed of a shipped record is theirs", () => {
    const id = "organisation:samr";
    expect(decide({ ...theirs, id }, { ...local, id, rev: undefined })).toEqual({ kind: "keep" });
  });
});
