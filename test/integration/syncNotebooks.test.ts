import { afterEach, beforeEach, describe, expect, test } from "vitest";
import * as Y from "yjs";
import { systemClock } from "../../src-renderer/data/clock";
import type { Change } from "../../src-renderer/domain/edit";
import type { RecordId } from "../../src-renderer/domain/ids";
import type { RecordView } from "../../src-renderer/ports/notebook";
import { createSyncEngine, notebookKey, type SyncEngine } from "../../src-renderer/sync/engine";
import { begunDevice, closeTables, StillClock, type Device } from "../support/notebookDevice";
import { createNodeGateway } from "../support/nodeGateway";
import { eventually, isSynced, quickLimits, until } from "../support/syncDevice";
import { backupOf, joined } from "../support/backupLedger";
import { startSyncServer, type SyncServer } from "../support/syncServer";
import { seededRandom } from "../support/seededRandom";
import { NOTE_TEXT } from "../../src-renderer/domain/noteText";

/** The real store over RxDB, the real engine, a real server process: two whole notebooks without a window. */

class RunningClock extends StillClock {
  override now(): number {
    return systemClock.now();
  }
  override schedule(ms: number, task: () => void): () => void {
    return systemClock.schedule(ms, task);
  }
}

interface Computer extends Device {
  readonly engine: SyncEngine;
  set(id: RecordId, fields: Record<string, unknown>): Promise<void>;
  type(about: RecordId, at: number, text: string): Promise<void>;
  text(about: RecordId): Promise<string>;
  connect(): Promise<void>;
  disconnect(): Promise<void>;
}

let server: SyncServer;
const computers: Computer[] = [];

beforeEach(async () => {
  server = await startSyncServer();
});
afterEach(async () => {
  for (const computer of computers.splice(0)) {
    await computer.engine.dispose();
    await computer.notebook.close();
  }
  await closeTables();
  await server.dispose();
});

async function aComputer(seed: number, organisations: readonly object[] = []): Promise<Computer> {
  const shipped = { "organisations.json": JSON.stringify(organisations) };
  const device = await begunDevice({ clock: new RunningClock(), shipped });
  const { notebook } = device;
  const random = seededRandom(seed);
  const engine = createSyncEngine({
    store: notebook.syncStore,
    gateway: createNodeGateway(server),
    random: () => random() / 10,
    limits: quickLimits,
  });
  async function note(about: RecordId): Promise<Y.Doc> {
    const document = new Y.Doc();
    const { state } = await notebook.openNote(about);
    Y.applyUpdate(document, state);
    await notebook.closeNote(about);
    return document;
  }
  const computer: Computer = {
    ...device,
    engine,
    set: async (id, fields) => {
      const changes = Object.entries(fields).map(([field, value]): Change => ({ op: "set", field, value }));
      const type = id.slice(0, id.indexOf(":")) as "contact";
      const saved = await notebook.edit({ kind: "create", id, type, visibility: "project", changes });
      expect(saved.ok).toBe(true);
    },
    type: async (about, at, text) => {
      const document = await note(about);
      let update: Uint8Array | undefined;
      document.on("update", (bytes: Uint8Array) => (update = bytes));
      document.getText(NOTE_TEXT).insert(at, text);
      const saved = update && (await notebook.updateNote(about, update));
      expect(saved?.ok).toBe(true);
    },
    text: async (about) => (await note(about)).getText(NOTE_TEXT).toJSON(),
    connect: async () => {
      engine.start(notebookKey(server));
      await until(engine, isSynced);
    },
    disconnect: () => engine.stop(),
  };
  computers.push(computer);
  return computer;
}

async function dataOf(computer: Computer, id: string): Promise<object | undefined> {
  return (await computer.notebook.read(id))?.record.data;
}

test("different fields of one contact, changed offline on both, are both there on both", async () => {
  const [beijing, brussels] = [await aComputer(1), await aComputer(2)];
  await beijing.set("contact:1", { nameZh: "单晓明" });
  await beijing.connect();
  await brussels.connect();
  await eventually(async () => expect(await dataOf(brussels, "contact:1")).toMatchObject({ nameZh: "单晓明" }));
  await Promise.all([beijing.disconnect(), brussels.disconnect()]);
  await beijing.set("contact:1", { wechat: "shan_xm" });
  await brussels.set("contact:1", { nameLatin: "Shan Xiaoming" });
  await Promise.all([beijing.connect(), brussels.connect()]);
  await eventually(async () => {
    for (const computer of [beijing, brussels]) {
      expect(await dataOf(computer, "contact:1")).toMatchObject({
        nameZh: "单晓明",
        wechat: "shan_xm",
        nameLatin: "Shan Xiaoming",
      });
    }
  });
  expect((await beijing.notebook.read("contact:1"))?.record).toEqual(
    (await brussels.notebook.read("contact:1"))?.record,
  );
});

test("one note, typed in offline on both, holds what both typed, on both", async () => {
  const [beijing, brussels] = [await aComputer(3), await aComputer(4)];
  await beijing.set("meeting:1", { title: "Kick-off" });
  await beijing.type("meeting:1", 0, "Agenda\n");
  await beijing.connect();
  await brussels.connect();
  await eventually(async () => expect(await brussels.text("meeting:1")).toBe("Agenda\n"));
  await Promise.all([beijing.disconnect(), brussels.disconnect()]);
  await beijing.type("meeting:1", 7, "住建部 agreed. ");
  await brussels.type("meeting:1", 0, "Brussels: ");
  await Promise.all([beijing.connect(), brussels.connect()]);
  await eventually(async () => {
    for (const computer of [beijing, brussels]) {
      expect(await computer.text("meeting:1")).toBe("Brussels: Agenda\n住建部 agreed. ");
    }
  });
});

test("600 records come over in pages and are stored once, and nothing waits afterwards", async () => {
  const beijing = await aComputer(5);
  for (let n = 0; n < 600; n++) await beijing.set(`contact:${n}`, { nameLatin: `Contact ${n}` });
  await beijing.connect();
  const brussels = await aComputer(6);
  await brussels.connect();
  const list = { type: "contact", filter: "", offset: 0, limit: 1 } as const;
  await eventually(async () => expect((await brussels.notebook.list(list)).total).toBe(600));
  expect(brussels.notebook.syncStore.waitingCount()).toBe(0);
  const written = brussels.changed.filter(({ id, origin }) => origin === "remote" && id.startsWith("contact:"));
  expect(written).toHaveLength(600);
});

test("the database is made anew: what is here is offered again and nothing is lost", async () => {
  const beijing = await aComputer(7);
  for (let n = 0; n < 30; n++) await beijing.set(`contact:${n}`, { nameLatin: `Contact ${n}` });
  await beijing.connect();
  await server.recreateDatabase();
  await eventually(async () =>
    expect((await server.admin("GET", server.database)).body).toMatchObject({ doc_count: 31 }),
  );
  await until(beijing.engine, isSynced);
});

describe("an organisation that ships with the app", () => {
  const samr = "organisation:samr";
  const entry = { id: "samr", nameEn: "Administration", nameZh: "总局", level: "ministerial" };
  const now = (computer: Computer): Promise<RecordView | null> => computer.notebook.read(samr);

  test("changed apart on two computers ends the same on both, with both changes, and the contested one kept", async () => {
    const [beijing, brussels] = [await aComputer(10, [entry]), await aComputer(11, [entry])];
    await beijing.set(samr, { nameEn: "Beijing", website: "https://samr.example" });
    await brussels.set(samr, { nameEn: "Brussels", nameZh: undefined });
    await beijing.connect();
    await brussels.connect();
    await eventually(async () => {
      for (const computer of [beijing, brussels]) {
        expect((await now(computer))?.record.data).toMatchObject({
          nameEn: "Brussels",
          website: "https://samr.example",
          level: "ministerial",
        });
      }
    });
    const [here, there] = [await now(beijing), await now(brussels)];
    expect(here?.record).toEqual(there?.record);
    expect(here?.record.kept).toMatchObject([{ path: "nameEn", value: "Beijing" }]);
    expect(here && "nameZh" in here.record.data).toBe(false);
    expect(here?.changed).toEqual(there?.changed);
    await until(beijing.engine, isSynced);
    expect([beijing, brussels].map((each) => each.notebook.syncStore.waitingCount())).toEqual([0, 0]);
    const stored = await server.admin("GET", `${server.database}/${samr}`);
    expect(stored.body).toMatchObject({ data: { nameEn: "Brussels", nameZh: null, website: "https://samr.example" } });
    expect(stored.body).not.toHaveProperty("data.level");
  });

  test("hidden on one and changed on the other shows on both; hidden alone it is hidden on both, and shown again", async () => {
    const [beijing, brussels] = [await aComputer(12, [entry]), await aComputer(13, [entry])];
    await beijing.notebook.edit({ kind: "delete", id: samr });
    await brussels.set(samr, { nameEn: "Brussels" });
    await beijing.connect();
    await brussels.connect();
    for (const bin of [false, true, false]) {
      if (bin) await brussels.notebook.edit({ kind: "delete", id: samr });
      else if ((await now(brussels))?.row.bin) await beijing.notebook.edit({ kind: "return", id: samr });
      await eventually(async () => {
        for (const computer of [beijing, brussels]) expect((await now(computer))?.row.bin).toBe(bin);
      });
    }
    await eventually(async () => expect(await now(brussels)).toMatchObject({ shipped: true, changed: [] }));
  });

  test("changed where the list has it reaches a computer whose list does not, is changed there, and comes back", async () => {
    const [beijing, brussels] = [await aComputer(14, [entry]), await aComputer(15, [])];
    await beijing.set(samr, { nameEn: "Beijing" });
    await Promise.all([beijing.connect(), brussels.connect()]);
    await eventually(async () =>
      expect(await now(brussels)).toMatchObject({ base: null, record: { data: { nameEn: "Beijing" } } }),
    );
    await brussels.set(samr, { website: "https://samr.example" });
    await eventually(async () =>
      expect((await now(beijing))?.record.data).toMatchObject({
        nameEn: "Beijing",
        nameZh: "总局",
        level: "ministerial",
        website: "https://samr.example",
      }),
    );
  });

  test("changed in two leaves by a replication between servers becomes one, and no leaf is left", async () => {
    const [beijing, brussels] = [await aComputer(16, [entry]), await aComputer(17, [entry])];
    await beijing.set(samr, { nameEn: "Beijing" });
    await beijing.connect();
    const path = `${server.database}/${samr}`;
    const { body } = await server.admin("GET", path);
    const { _rev, ...document } = body as { _rev: string; data: object };
    const other = { ...document, _rev: `1-${"f".repeat(32)}`, data: { abbreviation: "SAMR" } };
    await server.admin("POST", `${server.database}/_bulk_docs`, { docs: [other], new_edits: false });
    await brussels.connect();
    await eventually(async () => {
      for (const computer of [beijing, brussels]) {
        expect((await now(computer))?.record.data).toMatchObject({ nameEn: "Beijing", abbreviation: "SAMR" });
      }
      expect((await server.admin("GET", `${path}?conflicts=true`)).body).not.toHaveProperty("_conflicts");
    });
  });
});

test("edits that follow each other fast are never turned back by their own echo", async () => {
  const [beijing, brussels] = [await aComputer(8), await aComputer(9)];
  await beijing.set("contact:1", { nameLatin: "0" });
  await Promise.all([beijing.connect(), brussels.connect()]);
  for (let n = 1; n <= 40; n++) {
    await beijing.set("contact:1", { nameLatin: String(n) });
    expect(await dataOf(beijing, "contact:1")).toMatchObject({ nameLatin: String(n) });
    await new Promise((resolve) => setTimeout(resolve, 15));
    expect(await dataOf(beijing, "contact:1")).toMatchObject({ nameLatin: String(n) });
  }
  await eventually(async () => expect(await dataOf(brussels, "contact:1")).toMatchObject({ nameLatin: "40" }));
  expect((await brussels.notebook.read("contact:1"))?.record.kept).toBeUndefined();
});

test("a computer that joined an old backup and another one end alike, with nothing doubled and nothing reverted", async () => {
  const [beijing, brussels] = [await aComputer(21), await aComputer(22)];
  await beijing.set("contact:li", { nameLatin: "Li" });
  await beijing.set("contact:gone", { nameLatin: "Gone" });
  await beijing.type("contact:li", 0, "first ");
  await beijing.connect();
  await brussels.connect();
  await eventually(async () => expect(await brussels.text("contact:li")).toBe("first "));
  const backup = await backupOf(beijing.ledger);

  await brussels.set("contact:li", { nameLatin: "Li Na" });
  await brussels.type("contact:li", 6, "second ");
  await beijing.notebook.edit({ kind: "delete", id: "contact:gone" });
  await beijing.notebook.emptyBin(["contact:gone"]);
  await eventually(async () => {
    expect(await dataOf(beijing, "contact:li")).toMatchObject({ nameLatin: "Li Na" });
    expect(await beijing.text("contact:li")).toBe("first second ");
    const { total } = await brussels.notebook.bin({ filter: "", offset: 0, limit: 10 });
    expect(total).toBe(1);
  });
  expect(await joined(beijing, backup)).toEqual({ added: 0, joined: 0, broughtBack: 0 });
  expect(await joined(beijing, backup, true)).toEqual({ added: 0, joined: 0, broughtBack: 1 });
  await until(beijing.engine, isSynced);
  await eventually(async () => {
    for (const computer of [beijing, brussels]) {
      const contacts = await computer.notebook.list({ type: "contact", filter: "", offset: 0, limit: 10 });
      expect(contacts.rows.map((row) => row.type === "contact" && row.nameLatin)).toEqual(["Gone", "Li Na"]);
      expect(await computer.text("contact:li")).toBe("first second ");
    }
  });
});
