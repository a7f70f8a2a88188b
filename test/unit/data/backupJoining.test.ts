import { afterEach, describe, expect, it } from "vitest";
import type { Edit } from "../../../src-renderer/domain/edit";
import type { RecordId } from "../../../src-renderer/domain/ids";
import { data, noteOf, record, type } from "../../support/deviceRecords";
import { created, set } from "../../support/edits";
import {
  backupOf,
  backupWith,
  fates,
  joined,
  joiningOf,
  ledgerFrom,
  previewed,
  type Backup,
} from "../../support/backupLedger";
import { begunDevice, closeTables, openDevice, reopened, type Device } from "../../support/notebookDevice";
import { aContact } from "../../support/recordBuilders";

afterEach(closeTables);

const li = "contact:01890000-0000-7000-8000-000000000001" as const;
const wang = "contact:01890000-0000-7000-8000-000000000002" as const;
const visit = "meeting:01890000-0000-7000-8000-000000000003" as const;
const mohurd = "organisation:mohurd" as const;
const shipped = {
  "organisations.json": JSON.stringify([
    { id: "mohurd", nameEn: "MOHURD", nameZh: "住房和城乡建设部", level: "ministerial" },
  ]),
};
const never = new AbortController().signal;

/** Edits one after another, each at a time of its own. */
async function did(device: Device, ...edits: Edit[]): Promise<void> {
  for (const edit of edits) {
    device.clock.advance(5_000);
    expect((await device.notebook.edit(edit)).ok).toBe(true);
  }
}

async function emptied(device: Device, ...ids: RecordId[]): Promise<void> {
  for (const id of ids) await did(device, { kind: "delete", id });
  expect((await device.notebook.emptyBin(ids)).ok).toBe(true);
}

/** The same notebook on another computer, as it was restored there from a backup. */
async function restored(backup: Backup): Promise<Device> {
  return openDevice({ ledger: await ledgerFrom(backup), shipped });
}

/** A notebook with a contact, a meeting with a note and a changed shipped organisation, and its backup. */
async function backedUp(): Promise<{ readonly device: Device; readonly backup: Backup }> {
  const device = await begunDevice({ shipped });
  await did(device, created(li, { nameLatin: "Li" }), created(visit, { title: "Visit" }));
  await did(device, set(mohurd, "shortZh", ["住建部"]));
  await type(device, visit, "first ");
  return { device, backup: await backupOf(device.ledger) };
}

describe("what joining a backup would do", () => {
  it("is nothing while the notebook is as it was", async () => {
    const { device, backup } = await backedUp();
    const preview = await previewed(await joiningOf(device, backup));
    expect(fates(preview)).toEqual({});
    // The author, the contact, the meeting, its note, the organisation.
    expect(preview.same).toBe(5);
  });

  it("leaves everything that was changed since as it is, and writes nothing", async () => {
    const { device, backup } = await backedUp();
    await did(device, set(li, "nameLatin", "Li Na"), set(visit, "place", "Beijing"), set(mohurd, "nameEn", "Ministry"));
    await type(device, visit, "second ");
    const before = await backupOf(device.ledger);
    const joining = await joiningOf(device, backup);
    const preview = await previewed(joining);
    expect(fates(preview)).toEqual({ stays: 4 });
    expect(preview.parts.stays.byType).toEqual({ contact: 1, meeting: 1, note: 1, organisation: 1 });
    expect(await joining.join(true, never)).toEqual({ ok: true, value: { added: 0, joined: 0, broughtBack: 0 } });
    expect(await backupOf(device.ledger)).toEqual(before);
    expect(await data(device, li)).toMatchObject({ nameLatin: "Li Na" });
  });

  it("names what comes back, what is joined and what is in the bin or was removed since", async () => {
    const { backup } = await backedUp();
    const other = await restored(backup);
    await did(other, created(wang, { nameLatin: "Wang" }), set(li, "wechat", "li-w"));
    const later = await backupOf(other.ledger);

    const device = await restored(backup);
    await did(device, set(li, "nameLatin", "Li Na"), { kind: "delete", id: visit });
    const { parts } = await previewed(await joiningOf(device, later));
    expect(parts.back).toMatchObject({ total: 1, byType: { contact: 1 }, rows: [{ id: wang, note: false }] });
    expect(parts.back.rows[0]?.row).toMatchObject({ type: "contact", nameLatin: "Wang", bin: false });
    expect(parts.joined).toMatchObject({ total: 1, rows: [{ id: li }] });
    expect(parts.away).toMatchObject({ total: 1, rows: [{ id: visit, away: "bin", row: { title: "Visit" } }] });
    await emptied(device, visit);
    const after = (await previewed(await joiningOf(device, later))).parts.away;
    expect(after).toMatchObject({ total: 2, byType: { meeting: 1, note: 1 } });
    expect(after.rows.map(({ id, away, note, row }) => [id, away, note, row?.type])).toEqual([
      [visit, "erased", false, "meeting"],
      [`note:${visit}`, "erased", true, "meeting"],
    ]);
  });

  it("shows at most 200 rows and counts the rest", async () => {
    const device = await begunDevice();
    const contents = Array.from({ length: 450 }, (_, index) => ({ content: aContact(`c-${index}`, {}), gone: false }));
    const { parts } = await previewed(await joiningOf(device, await backupWith([{ kind: "puts", records: contents }])));
    expect(parts.back.total).toBe(450);
    expect(parts.back.rows).toHaveLength(200);
  });

  it("tells of progress that only grows, up to the whole", async () => {
    const { device, backup } = await backedUp();
    await did(device, set(li, "nameLatin", "Li Na"));
    const told: number[] = [];
    const preview = await (await joiningOf(device, backup)).preview((done) => told.push(done), never);
    expect(preview.ok).toBe(true);
    expect(told).toEqual([...told].sort((a, b) => a - b));
    expect(told.at(-1)).toBe(1);
  });

  it("can be given up, and then nothing can be joined", async () => {
    const { device, backup } = await backedUp();
    const joining = await joiningOf(device, backup);
    const controller = new AbortController();
    const preview = joining.preview(() => {
      controller.abort();
    }, controller.signal);
    await expect(preview).rejects.toThrow();
    expect(await joining.join(false, never)).toEqual({ ok: false, failure: { kind: "no-preview" } });
  });

  it("counts entries that a newer version wrote", async () => {
    const device = await begunDevice();
    const backup = await backupWith([{ kind: "put", content: aContact("li", {}), gone: false }]);
    const newer = { entry: JSON.stringify({ f: 99, kind: "wonder" }), position: 1_000_000 };
    const preview = await previewed(await joiningOf(device, { ...backup, entries: [...backup.entries, newer] }));
    expect(preview).toMatchObject({ notUnderstood: 1, parts: { back: { total: 1 } } });
  });

  it("is refused where the backup turns out damaged, and changes nothing", async () => {
    const { device, backup } = await backedUp();
    const reason = { kind: "ledger-damaged", at: 10, resume: 20 } as const;
    const joining = await joiningOf(device, { ...backup, failure: reason });
    expect(await joining.preview(() => undefined, never)).toEqual({
      ok: false,
      failure: { kind: "backup-unreadable", reason },
    });
    expect(await joining.join(true, never)).toMatchObject({ ok: false });
  });
});

describe("joining a backup", () => {
  it("brings back what is not here, to be pushed, with its note, and once only", async () => {
    const { backup } = await backedUp();
    const device = await begunDevice({ shipped });
    // The author of then comes too, beside the one of now.
    expect(await joined(device, backup)).toEqual({ added: 5, joined: 0, broughtBack: 0 });
    expect(await data(device, li)).toMatchObject({ nameLatin: "Li" });
    expect(await data(device, mohurd)).toMatchObject({ shortZh: ["住建部"], nameEn: "MOHURD" });
    expect(await noteOf(device, visit)).toBe("first ");
    const waiting = await device.notebook.syncStore.waiting(100);
    const revs = waiting.filter(({ id }) => id === li || id === `note:${visit}`).map(({ rev }) => rev);
    expect(revs).toEqual([undefined, undefined]);
    expect(device.notebook.identity?.name).toBe("Wei");
    expect(await joined(device, backup)).toEqual({ added: 0, joined: 0, broughtBack: 0 });
    const again = await reopened(device, { shipped });
    expect(await data(again, li)).toMatchObject({ nameLatin: "Li" });
    expect(await noteOf(again, visit)).toBe("first ");
  });

  it("merges what was changed apart from the version that both had, field by field", async () => {
    const { backup } = await backedUp();
    const other = await restored(backup);
    await did(other, set(li, "wechat", "from the backup"), set(li, "nameLatin", "Backup"));
    const device = await restored(backup);
    device.clock.advance(60_000);
    await did(device, set(li, "phones", []), set(li, "nameLatin", "Here"));
    expect(await joined(device, await backupOf(other.ledger))).toEqual({ added: 0, joined: 1, broughtBack: 0 });
    expect(await data(device, li)).toMatchObject({ nameLatin: "Here", wechat: "from the backup" });
    const kept = (await record(device, li))?.kept ?? [];
    expect(kept.map(({ path, value }) => [path, value])).toEqual([["nameLatin", "Backup"]]);
    expect(await joined(device, await backupOf(other.ledger))).toEqual({ added: 0, joined: 0, broughtBack: 0 });
  });

  it("takes over what the backup has changed since the notebook was as it is here", async () => {
    const { backup } = await backedUp();
    const other = await restored(backup);
    await did(other, set(li, "nameLatin", "Later"), { kind: "delete", id: visit });
    const device = await restored(backup);
    // Nothing goes into the bin by joining.
    expect(await joined(device, await backupOf(other.ledger))).toEqual({ added: 0, joined: 1, broughtBack: 0 });
    expect(await record(device, li)).toMatchObject({ data: { nameLatin: "Later" } });
    expect((await record(device, li))?.kept).toBeUndefined();
    expect((await record(device, visit))?.deletedAt).toBeUndefined();
  });

  it("joins the texts of notes, also in the editor that has one open", async () => {
    const { backup } = await backedUp();
    const other = await restored(backup);
    await type(other, visit, "theirs ");
    const device = await restored(backup);
    await type(device, visit, "ours ");
    await device.notebook.openNote(visit);
    const changes = device.noteChanges.length;
    expect(await joined(device, await backupOf(other.ledger))).toMatchObject({ joined: 1 });
    expect([...(await noteOf(device, visit)).split(" ")].filter(Boolean).sort()).toEqual(["first", "ours", "theirs"]);
    expect(device.noteChanges.length).toBe(changes + 1);
    expect(await joined(device, await backupOf(other.ledger))).toMatchObject({ joined: 0 });
  });

  it("leaves in the bin and removed what was put there since, unless it is asked for", async () => {
    const { device, backup } = await backedUp();
    await did(device, set(li, "nameLatin", "Li Na"), { kind: "delete", id: li });
    await emptied(device, visit);
    expect(await joined(device, backup)).toEqual({ added: 0, joined: 0, broughtBack: 0 });
    expect((await record(device, li))?.deletedAt).toBeDefined();
    expect(await record(device, visit)).toBeUndefined();

    expect(await joined(device, backup, true)).toEqual({ added: 0, joined: 0, broughtBack: 3 });
    expect(await record(device, li)).toMatchObject({ data: { nameLatin: "Li Na" } });
    expect((await record(device, li))?.deletedAt).toBeUndefined();
    expect(await data(device, visit)).toMatchObject({ title: "Visit" });
    expect(await noteOf(device, visit)).toBe("first ");
    expect(await joined(device, backup, true)).toEqual({ added: 0, joined: 0, broughtBack: 0 });
  });

  it("does not bring back what was in the bin when the backup was made and has been emptied from it since", async () => {
    const { device } = await backedUp();
    await did(device, { kind: "delete", id: li });
    const backup = await backupOf(device.ledger);
    await emptied(device, li);
    expect(fates(await previewed(await joiningOf(device, backup)))).toEqual({});
  });

  it("is one step of Undo, but for the notes", async () => {
    const { device, backup } = await backedUp();
    await did(device, { kind: "delete", id: li });
    await emptied(device, visit);
    expect(await joined(device, backup, true)).toMatchObject({ broughtBack: 3 });
    expect(device.notebook.history().undo).toMatchObject({ kind: "join", count: 2 });
    expect(await device.notebook.undo()).toMatchObject({ ok: true, value: { left: 0 } });
    expect((await record(device, li))?.deletedAt).toBeDefined();
    expect((await record(device, visit))?.deletedAt).toBeDefined();
    expect(await device.notebook.redo()).toMatchObject({ ok: true, value: { left: 0 } });
    expect((await record(device, li))?.deletedAt).toBeUndefined();
    expect((await record(device, visit))?.deletedAt).toBeUndefined();
  });

  it("does not touch what was changed between the preview and the joining", async () => {
    const { backup } = await backedUp();
    const other = await restored(backup);
    await did(other, set(li, "wechat", "w"), created(wang, { nameLatin: "Backup" }));
    const device = await restored(backup);
    const joining = await joiningOf(device, await backupOf(other.ledger));
    expect(fates(await previewed(joining))).toEqual({ back: 1, joined: 1 });
    await did(device, { kind: "delete", id: li }, created(wang, { nameLatin: "Here" }));
    expect(await joining.join(false, never)).toEqual({ ok: true, value: { added: 0, joined: 0, broughtBack: 0 } });
    expect(await data(device, wang)).toMatchObject({ nameLatin: "Here" });
    expect((await record(device, li))?.deletedAt).toBeDefined();
  });

  it("keeps private what was private", async () => {
    const device = await begunDevice();
    const secret = aContact("secret", {}, { visibility: "private" });
    const backup = await backupWith([{ kind: "put", content: secret, gone: false }]);
    expect(await joined(device, backup)).toMatchObject({ added: 1 });
    expect((await record(device, "contact:secret"))?.visibility).toBe("private");
    const waiting = await device.notebook.syncStore.waiting(100);
    expect(waiting.map(({ id }) => id)).not.toContain("contact:secret");
  });

  it("keeps byte for byte what this version cannot read, and leaves what is here", async () => {
    const json = '{ "id":"dialogue:one","type":"dialogue","v":3,  "data":{} }';
    const opaque = { kind: "opaque", id: "dialogue:one", type: "dialogue", v: 3, json } as const;
    const backup = await backupWith([{ kind: "put", content: opaque, gone: false }]);
    const device = await begunDevice();
    expect(await joined(device, backup)).toMatchObject({ added: 1 });
    expect((await backupOf(device.ledger)).entries.at(-1)?.entry).toContain(JSON.stringify(json));
    const other = await backupWith([
      { kind: "put", content: { ...opaque, json: json.replace("3", "4"), v: 4 }, gone: false },
    ]);
    expect(fates(await previewed(await joiningOf(device, other)))).toEqual({ stays: 1 });
  });

  it("reads a snapshot and what follows it", async () => {
    const kept = { gone: false, rev: "3-a", dirty: false };
    const snapshot = await backupWith([
      { kind: "notebook", states: {}, records: 2 },
      {
        kind: "kept",
        records: [
          { content: aContact("li", {}), ...kept },
          { content: aContact("wang", {}), ...kept },
        ],
      },
    ]);
    const tail = await backupWith([{ kind: "erased", ids: ["contact:wang"], at: "2026-11-22T08:00:00.000Z" }]);
    const device = await begunDevice();
    const backup: Backup = {
      begin: 500,
      snapshot: { position: 500, entries: snapshot.entries.map(({ entry }) => entry) },
      entries: tail.entries.map(({ entry, position }) => ({ entry, position: position + 500 })),
    };
    expect((await previewed(await joiningOf(device, backup))).parts.back).toMatchObject({
      total: 1,
      rows: [{ id: "contact:li" }],
    });
  });

  it("asks before it brings back what is missing where the history since the backup is gone", async () => {
    const device = await begunDevice();
    const backup = await backupWith([{ kind: "put", content: aContact("li", {}), gone: false }]);
    const end = backup.entries.at(-1)?.position ?? 0;
    const own: Backup = { begin: end + 1, snapshot: { position: end + 1, entries: [] }, entries: [] };
    const { parts } = await previewed(await joiningOf(device, backup, own));
    expect(parts.away).toMatchObject({ total: 1, rows: [{ away: "erased" }] });
    const another = await previewed(await joiningOf(device, { ...backup, ledger: "another" }, own));
    expect(fates(another)).toEqual({ back: 1 });
  });

  it("saves nothing that the ledger does not take", async () => {
    const { backup } = await backedUp();
    const device = await begunDevice({ shipped });
    const joining = await joiningOf(device, backup);
    await previewed(joining);
    device.ledger.refuseAppends({ kind: "disk-full" });
    expect(await joining.join(true, never)).toEqual({ ok: false, failure: { kind: "disk-full" } });
    expect(await record(device, li)).toBeUndefined();
    device.ledger.refuseAppends(null);
    expect(await joining.join(true, never)).toMatchObject({ ok: true, value: { added: 5 } });
  });
});
