import { afterEach, describe, expect, it } from "vitest";
import * as Y from "yjs";
import { NOTE_TEXT } from "../../../src-renderer/domain/noteText";
import { aContact } from "../../support/recordBuilders";
import { begunDevice, closeTables, Life, openDevice, type Device } from "../../support/notebookDevice";
import { seededRandom } from "../../support/seededRandom";

afterEach(closeTables);

const visit = "meeting:visit" as const;
const note = `note:${visit}`;

/** What was answered as saved, and what was under way when life ended. */
interface Promised {
  readonly names: Map<string, string>;
  /** Pulled or accepted, not edited since: the server's revision. */
  readonly revs: Map<string, string>;
  readonly waiting: Set<string>;
  readonly typed: string[];
  underWay: { readonly kind: "name" | "sync" | "typed"; readonly id: string; readonly value: string } | undefined;
}

/** Does random work until it is done or life ends; a promise of a dead worker never settles, so nobody waits for it. */
async function work(device: Device, random: () => number, promised: Promised, operations: number): Promise<void> {
  const { notebook, clock } = device;
  const { syncStore } = notebook;
  const desk = new Y.Doc();
  const updates: Uint8Array[] = [];
  desk.on("update", (update: Uint8Array) => updates.push(update));
  await notebook.openNote(visit);
  for (let count = 0; count < operations; count += 1) {
    const pick = random();
    const id = `contact:${Math.floor(random() * 5)}` as const;
    const value = `name ${count}`;
    if (pick < 0.35) {
      promised.underWay = { kind: "name", id, value };
      const changes = [{ op: "set" as const, field: "nameLatin", value }];
      const saved = await notebook.edit({ kind: "create", id, type: "contact", visibility: "project", changes });
      expect(saved.ok).toBe(true);
      promised.names.set(id, value);
      promised.revs.delete(id);
      promised.waiting.add(id);
    } else if (pick < 0.6) {
      promised.underWay = { kind: "typed", id: note, value };
      const text = desk.getText(NOTE_TEXT);
      text.insert(text.length, `<${value}>`);
      const [update = new Uint8Array()] = updates.splice(0);
      expect((await notebook.updateNote(visit, update)).ok).toBe(true);
      promised.typed.push(value);
    } else if (pick < 0.75) {
      const pulledId = `contact:pulled-${count % 3}`;
      promised.underWay = { kind: "sync", id: pulledId, value };
      const content = aContact(`pulled-${count % 3}`, { nameLatin: value });
      const page = {
        arrivals: [{ kind: "document" as const, id: pulledId, rev: `${count}-r`, content }],
        checkpoint: String(count),
      };
      const saved = await syncStore.writePulled("n", page, () => ({ kind: "take", content, rev: `${count}-r` }));
      expect(saved.ok).toBe(true);
      promised.names.set(pulledId, value);
      promised.revs.set(pulledId, `${count}-r`);
    } else if (pick < 0.9) {
      const [row] = await syncStore.waiting(1);
      if (!row) continue;
      promised.underWay = { kind: "sync", id: row.id, value };
      const rev = `${count}-pushed`;
      const saved = await syncStore.accept([{ id: row.id, rev, version: row.version, content: row.content }]);
      expect(saved.ok).toBe(true);
      promised.waiting.delete(row.id);
      promised.revs.set(row.id, rev);
    } else if (pick < 0.95) await notebook.flush();
    promised.underWay = undefined;
    clock.advance(Math.floor(random() * 3_000));
    if (random() < 0.5) await new Promise((resolve) => setImmediate(resolve));
  }
}

async function check(device: Device, promised: Promised): Promise<void> {
  const { notebook } = device;
  const { underWay } = promised;
  for (const [id, name] of promised.names) {
    const view = await notebook.read(id);
    const shown = view?.record.type === "contact" ? view.record.data.nameLatin : undefined;
    const allowed = underWay?.id === id && underWay.kind !== "typed" ? [name, underWay.value] : [name];
    expect(allowed).toContain(shown);
  }
  const doc = new Y.Doc();
  Y.applyUpdate(doc, (await notebook.openNote(visit)).state);
  const typed = promised.typed.map((value) => `<${value}>`).join("");
  const more = underWay?.kind === "typed" ? [typed, `${typed}<${underWay.value}>`] : [typed];
  expect(more).toContain(doc.getText(NOTE_TEXT).toJSON());
  const waiting = new Map((await notebook.syncStore.waiting(1_000)).map((row) => [row.id, row]));
  for (const id of promised.waiting) if (underWay?.id !== id) expect([...waiting.keys()]).toContain(id);
  for (const [id, rev] of promised.revs) {
    if (underWay?.id === id || id === note) continue;
    expect(notebook.rows([id as "contact:x"])).toMatchObject([{ waiting: false }]);
    expect(await localRev(device, id)).toBe(rev);
  }
}

async function localRev(device: Device, id: string): Promise<string | undefined> {
  let rev: string | undefined;
  await device.notebook.syncStore.writePulled(
    "n",
    { arrivals: [{ kind: "tombstone", id, rev: "9-x" }] },
    (_, local) => {
      rev = local?.rev;
      return { kind: "keep" };
    },
  );
  return rev;
}

function nothingPromised(): Promised {
  return { names: new Map(), revs: new Map(), waiting: new Set(), typed: [], underWay: undefined };
}

/** Works until step `endsAfter`, is killed, is killed once more while opening, and must then show all it promised. */
async function liveAndDie(seed: number, endsAfter: number, operations: number): Promise<number> {
  const random = seededRandom(seed);
  const first = await begunDevice();
  await first.notebook.flush();
  const life = new Life(endsAfter);
  const promised = nothingPromised();
  const opening = openDevice({ ledger: first.ledger, table: first.table, clock: first.clock, life });
  const done = opening.then((device) => work(device, random, promised, operations));
  await Promise.race([done, over(life)]);
  life.end();
  const again = new Life(Math.floor(random() * 12));
  await Promise.race([
    openDevice({ ledger: first.ledger, table: first.table, clock: first.clock, life: again }),
    over(again),
  ]);
  again.end();
  const last = await openDevice({ ledger: first.ledger, table: first.table, clock: first.clock });
  await check(last, promised);
  return life.stepsTaken;
}

/** Resolves when life has ended and what it had begun has come to rest. */
async function over(life: Life): Promise<void> {
  while (!life.isOver) await new Promise((resolve) => setImmediate(resolve));
  await new Promise((resolve) => setTimeout(resolve, 2));
}

describe("a worker killed at any moment", () => {
  it("has everything that was answered as saved, whichever step was its last", async () => {
    const steps = await liveAndDie(1, Number.POSITIVE_INFINITY, 25);
    expect(steps).toBeGreaterThan(50);
    for (let last = 0; last <= steps; last += 1) {
      await liveAndDie(1, last, 25);
      await closeTables();
    }
  }, 120_000);

  const seed = Number(process.env["SEED"] ?? Date.now() % 1_000_000);
  it(`has everything after random work (SEED=${seed})`, async () => {
    const random = seededRandom(seed);
    for (let round = 0; round < 30; round += 1) {
      await liveAndDie(Math.floor(random() * 1e9), Math.floor(random() * 400), 60);
      await closeTables();
    }
  }, 120_000);
});
