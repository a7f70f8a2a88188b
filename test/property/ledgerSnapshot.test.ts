import { afterEach, describe, expect, it } from "vitest";
import * as Y from "yjs";
import type { Decision } from "../../src-renderer/data/syncStore";
import type { Change } from "../../src-renderer/domain/edit";
import type { RecordId } from "../../src-renderer/domain/ids";
import { NOTE_TEXT } from "../../src-renderer/domain/noteText";
import type { MemoryLedger } from "../support/memoryLedger";
import { begunDevice, closeTables, Life, memoryTable, openDevice, type Device } from "../support/notebookDevice";
import { aContact, aRecord } from "../support/recordBuilders";
import { seededRandom } from "../support/seededRandom";
import { storedNotebook } from "../support/storedNotebook";

afterEach(closeTables);

const SERVER = "https://server/n";
const samr = "organisation:samr" as const;
const shipped = {
  "organisations.json": JSON.stringify([{ id: "samr", nameEn: "Administration", level: "ministerial" }]),
};
const people = ["contact:0", "contact:1", "contact:2", "contact:3"] as const;

/** Does one random thing, as a person or as the sync would. */
async function step(device: Device, random: () => number, count: number, chosen?: number): Promise<void> {
  const { notebook } = device;
  const { syncStore } = notebook;
  const id = people[Math.floor(random() * people.length)] ?? people[0];
  const value = `name ${count}`;
  const set = (field: string): Change => ({ op: "set", field, value });
  const pull = (about: string, decision: Decision): Promise<unknown> =>
    syncStore.writePulled(
      SERVER,
      {
        arrivals: [
          decision.kind === "gone" || decision.kind === "keep" || decision.kind === "erase"
            ? { kind: "tombstone", id: about, rev: `${count}-p` }
            : { kind: "document", id: about, rev: `${count}-p`, content: decision.content },
        ],
        checkpoint: String(count),
      },
      (_, local, erased) => {
        if (decision.kind === "erase") return !local && erased ? decision : { kind: "keep" };
        return decision;
      },
    );
  const theirs = (parts: object = {}): ReturnType<typeof aContact> =>
    aContact(id.slice("contact:".length), { nameLatin: `${value} of theirs` }, { by: "anna", ...parts });
  const rev = `${count}-p`;
  const pick = chosen ?? Math.floor(random() * 18);
  if (pick <= 2) {
    const visibility = random() < 0.2 ? "private" : "project";
    await notebook.edit({ kind: "create", id, type: "contact", visibility, changes: [set("nameLatin")] });
  } else if (pick === 17) await notebook.edit({ kind: "change", id, changes: [set("nameLatin")] });
  else if (pick === 3) await notebook.edit({ kind: "delete", id });
  else if (pick === 4) await notebook.edit({ kind: "restore", id });
  else if (pick === 5) await notebook.edit({ kind: "change", id: samr, changes: [set("nameEn")] });
  else if (pick <= 8) await typeInto(device, id, value);
  else if (pick === 9) await pull(id, { kind: "take", content: theirs(), rev });
  else if (pick === 10) await pull(id, { kind: "merged", content: theirs(), rev, base: theirs({ mood: count }) });
  else if (pick === 11) await pull(id, { kind: "gone", rev });
  else if (pick === 12) await pull(id, { kind: "erase", rev });
  else if (pick === 13) {
    const waiting = await syncStore.waiting(2);
    // Of another version than the one that was sent: it was changed meanwhile.
    const accepted = waiting.map(({ id: sent, version, content }) => ({
      id: sent,
      rev: `${count}-a`,
      version: random() < 0.3 ? "older" : version,
      content,
    }));
    const erased = (await syncStore.erased(1)).map((one) => ({ ...one, rev: `${count}-e`, content: null }));
    if (accepted.length + erased.length > 0) await syncStore.accept([...accepted, ...erased]);
  } else if (pick === 14) await notebook.emptyBin(null);
  else if (pick === 15 && random() < 0.3) await syncStore.forgetServer(SERVER);
  else if (pick === 16) {
    const since = "2026-11-22T08:00:00.000Z";
    await syncStore.setAside([{ id, direction: "push", reason: "refused", detail: value, since }]);
  }
}

async function typeInto({ notebook }: Device, about: RecordId, text: string): Promise<void> {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, (await notebook.openNote(about)).state);
  const updates: Uint8Array[] = [];
  doc.on("update", (update: Uint8Array) => updates.push(update));
  doc.getText(NOTE_TEXT).insert(0, text);
  for (const update of updates) await notebook.updateNote(about, update);
  if (text.length % 2 === 0) await notebook.closeNote(about);
}

/** What people and sync do while a snapshot is written: mostly they change what was just accepted, or accept that. */
async function workMeanwhile(device: Device, random: () => number, from: number): Promise<void> {
  const steps = 1 + Math.floor(random() * 8);
  for (let count = from; count < from + steps && !device.life.isOver; count += 1) {
    const often = [17, 17, 13, 13][Math.floor(random() * 5)];
    await step(device, random, count, often);
  }
}

/** Lives and works with snapshots begun at any moment, until it is killed. Never rejects. */
async function live(device: Device, random: () => number, steps: number): Promise<void> {
  const { ledger } = device;
  let done = 1_000;
  const meanwhile = <Args extends unknown[], Answer>(ask: (...args: Args) => Promise<Answer>) => {
    return async (...args: Args): Promise<Answer> => {
      const answer = await ask(...args);
      if (random() < 0.7) await workMeanwhile(device, random, (done += 100));
      return answer;
    };
  };
  ledger.beginSnapshot = meanwhile(ledger.beginSnapshot.bind(ledger));
  ledger.addToSnapshot = meanwhile(ledger.addToSnapshot.bind(ledger));
  for (let count = 1; count <= steps && !device.life.isOver; count += 1) {
    if (random() < 0.05) void device.notebook.keepLedger();
    await step(device, random, count);
    device.clock.advance(Math.floor(random() * 3_000));
    if (random() < 0.3) await new Promise((resolve) => setImmediate(resolve));
  }
  await device.notebook.keepLedger();
}

/** What a device comes to that opens on this ledger with these rows, everything folded and stored. */
async function stateOf(ledger: MemoryLedger, { table, clock }: Pick<Device, "table" | "clock">): Promise<unknown> {
  const device = await openDevice({ ledger, table, clock, shipped });
  await device.notebook.flush();
  const waiting = (await device.notebook.syncStore.waiting(1_000)).map(({ id }) => id).sort();
  const stored = await storedNotebook(device.table);
  device.life.end();
  return { waiting, stored };
}

/** Resolves when life has ended and what it had begun has come to rest. */
async function over(life: Life): Promise<void> {
  while (!life.isOver) await new Promise((resolve) => setImmediate(resolve));
  await new Promise((resolve) => setTimeout(resolve, 2));
}

describe("a store made anew from a snapshot of the ledger and what follows", () => {
  const seed = Number(process.env["SEED"] ?? Date.now() % 1_000_000);

  it(`is the store that lived, whatever was done and killed while snapshots were written (SEED=${seed})`, async () => {
    const random = seededRandom(seed);
    let withSnapshot = 0;
    for (let round = 0; round < 25; round += 1) {
      const life = new Life(random() < 0.5 ? undefined : Math.floor(random() * 900));
      const born = await begunDevice({ shipped });
      born.life.end();
      const device = openDevice({ ledger: born.ledger, table: born.table, clock: born.clock, shipped, life });
      await Promise.race([device.then((opened) => live(opened, random, 60)), over(life)]);
      life.end();
      await new Promise((resolve) => setTimeout(resolve, 2));
      const { ledger, clock } = born;
      const lived = await stateOf(ledger, born);
      const started = await ledger.start();
      if (started.ok && started.value.snapshots.length > 0) withSnapshot += 1;
      expect(await stateOf(ledger, { table: await memoryTable(), clock })).toEqual(lived);
      expect(await stateOf(ledger.withoutSnapshots(), { table: await memoryTable(), clock })).toEqual(lived);
      await closeTables();
    }
    expect(withSnapshot).toBeGreaterThan(5);
  }, 120_000);

  it("has every record as it was when the snapshot was begun, whatever is accepted and changed meanwhile", async () => {
    const device = await begunDevice({ shipped });
    const { notebook, ledger, clock } = device;
    const id = "contact:0";
    const named = (value: string): Promise<unknown> =>
      notebook.edit({ kind: "change", id, changes: [{ op: "set", field: "nameLatin", value }] });
    await notebook.edit({ kind: "create", id, type: "contact", visibility: "project", changes: [] });
    await named("sent");
    const waiting = (await notebook.syncStore.waiting(10)).filter((each) => each.id === id);
    const begin = ledger.beginSnapshot.bind(ledger);
    ledger.beginSnapshot = async (position) => {
      const begun = await begin(position);
      // Replayed over what comes of this, the acceptance would take the later name for the one that was sent.
      await notebook.syncStore.accept(waiting.map((each) => ({ ...each, rev: "1-a" })));
      await named("later");
      return begun;
    };
    await notebook.keepLedger();
    await notebook.flush();
    const lived = await storedNotebook(device.table);
    expect(JSON.stringify(lived)).toContain("sent");
    expect((await started(ledger)).snapshots).toHaveLength(1);
    const again = await openDevice({ ledger, clock, shipped });
    await again.notebook.flush();
    expect(await storedNotebook(again.table)).toEqual(lived);
  });

  it("keeps what only this computer has: private records, changes to what ships, what is in the bin or was erased", async () => {
    const device = await begunDevice({ shipped });
    const { notebook, ledger, clock } = device;
    const create = (id: RecordId, visibility: "private" | "project"): Promise<unknown> =>
      notebook.edit({
        kind: "create",
        id,
        type: "contact",
        visibility,
        changes: [{ op: "set", field: "nameLatin", value: id }],
      });
    await create("contact:private", "private");
    await create("contact:deleted", "project");
    await create("contact:erased", "project");
    const [waiting] = (await notebook.syncStore.waiting(10)).filter(({ id }) => id === "contact:erased");
    if (!waiting) throw new Error("does not wait");
    await notebook.syncStore.accept([{ ...waiting, rev: "1-a" }]);
    await notebook.edit({ kind: "delete", id: "contact:erased" });
    await notebook.emptyBin(null);
    await notebook.edit({ kind: "delete", id: "contact:deleted" });
    await notebook.edit({ kind: "change", id: samr, changes: [{ op: "set", field: "nameEn", value: "SAMR" }] });
    await notebook.syncStore.writePulled(
      SERVER,
      { arrivals: [{ kind: "document", id: "contact:new", rev: "1-a", content: aRecord("contact:new") }] },
      (arrival) =>
        arrival.kind === "document" ? { kind: "take", content: arrival.content, rev: "1-a" } : { kind: "keep" },
    );
    await notebook.keepLedger();
    await notebook.flush();
    const lived = await storedNotebook(device.table);
    const {
      snapshots: [position = 0],
    } = await started(ledger);
    ledger.dropBefore(position);
    const again = await openDevice({ ledger, clock, shipped });
    await again.notebook.flush();
    expect(await storedNotebook(again.table)).toEqual(lived);
    expect(Object.keys(lived)).toEqual(
      expect.arrayContaining(["contact:private", "contact:deleted", samr, "sync:contact:erased (erased)"]),
    );
    expect(again.notebook.rebuilt).toMatchObject({ reason: "missing", notes: 0, damaged: [] });
  });
});

async function started(ledger: MemoryLedger): Promise<{ readonly snapshots: readonly number[] }> {
  const answer = await ledger.start();
  if (!answer.ok) throw new Error(answer.failure.kind);
  return answer.value;
}
