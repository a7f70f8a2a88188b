import { afterEach, describe, expect, it } from "vitest";
import * as Y from "yjs";
import type { RecordId } from "../../src-renderer/domain/ids";
import { canonicalText } from "../../src-renderer/domain/jsonValue";
import { NOTE_TEXT } from "../../src-renderer/domain/noteText";
import { backupOf, fates, joined, joiningOf, ledgerFrom, previewed, type Backup } from "../support/backupLedger";
import { begunDevice, closeTables, openDevice, type Device } from "../support/notebookDevice";
import { seededRandom } from "../support/seededRandom";

afterEach(closeTables);

const seeds = Array.from({ length: 8 }, (_, index) => index + 11);
/** More than are in use at a time: an id that was removed for good is never used again. */
const contacts = Array.from({ length: 40 }, (_, index) => `contact:p${index}` as const);
const IN_USE = 4;
const fields = ["nameZh", "nameLatin", "wechat"];

/** Random edits, deletions, restorations, emptied bins and typed notes. */
async function work(
  device: Device,
  random: () => number,
  operations: number,
  mark: string,
  used: (typeof contacts)[number][],
): Promise<void> {
  const { notebook, clock } = device;
  for (let count = 0; count < operations; count += 1) {
    const id = used[Math.floor(random() * IN_USE)] ?? "contact:p0";
    const value = `${mark}${count}`;
    // Clocks go wrong now and then.
    if (random() < 0.8) clock.advance(Math.floor(random() * 60_000));
    const pick = random();
    if (pick < 0.5) {
      const field = fields[Math.floor(random() * fields.length)] ?? "";
      const changes = [{ op: "set" as const, field, value }];
      await notebook.edit({ kind: "create", id, type: "contact", visibility: "project", changes });
    } else if (pick < 0.65) {
      const item = { id: `e${Math.floor(random() * 3)}`, value };
      await notebook.edit({ kind: "change", id, changes: [{ op: "putItem", field: "emails", item }] });
    } else if (pick < 0.7) {
      const itemId = `e${Math.floor(random() * 3)}`;
      await notebook.edit({ kind: "change", id, changes: [{ op: "removeItem", field: "emails", itemId }] });
    } else if (pick < 0.78) await notebook.edit({ kind: "delete", id });
    else if (pick < 0.84) await notebook.edit({ kind: "restore", id });
    else if (pick < 0.87) {
      const binned = new Set((await notebook.bin({ filter: "", offset: 0, limit: 100 })).rows.map((row) => row.id));
      await notebook.emptyBin(null);
      used.splice(0, used.length, ...used.filter((one) => !binned.has(one)));
    } else await type(device, id, `${value} `, random);
  }
}

async function type({ notebook }: Device, about: RecordId, text: string, random: () => number): Promise<void> {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, (await notebook.openNote(about)).state);
  let update = new Uint8Array();
  doc.on("update", (bytes: Uint8Array) => (update = new Uint8Array(bytes)));
  const held = doc.getText(NOTE_TEXT);
  held.insert(Math.floor(random() * held.length), text);
  await notebook.updateNote(about, update);
  await notebook.closeNote(about);
}

/** All that a person can see of the notebook. */
async function shown({ notebook }: Device): Promise<unknown> {
  const records = await Promise.all(contacts.map(async (id) => (await notebook.read(id))?.record));
  const notes = await Promise.all(
    contacts.map(async (id) => {
      const doc = new Y.Doc();
      Y.applyUpdate(doc, (await notebook.openNote(id)).state);
      await notebook.closeNote(id);
      return doc.getText(NOTE_TEXT).toJSON();
    }),
  );
  return { records, notes };
}

async function values(device: Device): Promise<readonly string[]> {
  return [...new Set(JSON.stringify(await shown(device)).match(/(?:here|there)\d+/g) ?? [])].sort();
}

async function copyOf(backup: Backup): Promise<Device> {
  return openDevice({ ledger: await ledgerFrom(backup) });
}

describe("joining a backup", () => {
  it.each(seeds)("of the same notebook changes nothing, however old it is (seed %i)", async (seed) => {
    const random = seededRandom(seed);
    const device = await begunDevice();
    const backups: Backup[] = [];
    const used = [...contacts];
    for (let round = 0; round < 4; round += 1) {
      await work(device, random, 15, "here", used);
      backups.push(await backupOf(device.ledger));
    }
    const before = await shown(device);
    const written = (await backupOf(device.ledger)).entries.length;
    for (const backup of backups) {
      const preview = await previewed(await joiningOf(device, backup));
      expect(Object.keys(fates(preview)).filter((fate) => fate !== "stays" && fate !== "away")).toEqual([]);
      expect(await joined(device, backup)).toEqual({ added: 0, joined: 0, broughtBack: 0 });
    }
    expect(await shown(device)).toEqual(before);
    expect((await backupOf(device.ledger)).entries.length).toBe(written);
  });

  it.each(seeds)(
    "of a copy that went its own way loses nothing of either, and is done once (seed %i)",
    async (seed) => {
      const random = seededRandom(seed);
      const first = await begunDevice();
      const used = contacts.slice(0, 20);
      await work(first, random, 15, "here", used);
      const common = await backupOf(first.ledger);
      const [device, other] = [await copyOf(common), await copyOf(common)];
      // What is made after the parting is made by one of them.
      const usedThere = [...used.slice(0, IN_USE), ...contacts.slice(20)];
      await work(device, random, 12, "here", used);
      await work(other, random, 12, "there", usedThere);
      const mine = await shown(device);
      const backup = await backupOf(other.ledger);
      await joined(device, backup, true);
      const after = canonicalText(await shown(device));
      // What was shown here before, or was set aside, is there still, and nothing went into the bin.
      const { records } = mine as { readonly records: readonly ({ readonly deletedAt?: string } | undefined)[] };
      const now = (await shown(device)) as { readonly records: typeof records };
      records.forEach((record, index) => {
        if (record && record.deletedAt === undefined) expect(now.records[index]?.deletedAt).toBeUndefined();
      });
      const scalars = records.flatMap((record) => {
        const { nameZh, nameLatin, wechat } = (record as { data?: Record<string, string> } | undefined)?.data ?? {};
        return [nameZh, nameLatin, wechat].filter((value) => value !== undefined);
      });
      for (const value of scalars) expect(isIn(after, value) || wasCommon(common, value)).toBe(true);
      const step = (await backupOf(device.ledger)).entries.length;
      expect(await joined(device, backup, true)).toEqual({ added: 0, joined: 0, broughtBack: 0 });
      expect((await backupOf(device.ledger)).entries.length).toBe(step);
      expect(canonicalText(await shown(device))).toBe(after);
    },
  );

  it.each(seeds)("of an emptied notebook brings all of it back (seed %i)", async (seed) => {
    const random = seededRandom(seed);
    const other = await begunDevice();
    await work(other, random, 25, "there", [...contacts]);
    const device = await begunDevice();
    await joined(device, await backupOf(other.ledger));
    expect(await values(device)).toEqual(await values(other));
    expect(await shown(device)).toEqual(await shown(other));
  });
});

function isIn(text: string, value: string): boolean {
  return new RegExp(`${value}(?!\\d)`).test(text);
}

/** A value that both had is replaced where the other side alone changed it. */
function wasCommon({ entries }: Backup, value: string): boolean {
  return entries.some(({ entry }) => isIn(entry, value));
}
