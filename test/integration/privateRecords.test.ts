import { afterEach, beforeEach, expect, test } from "vitest";
import * as Y from "yjs";
import { systemClock } from "../../src-renderer/data/clock";
import type { Visibility } from "../../src-renderer/domain/envelope";
import { noteIdOf, type RecordId } from "../../src-renderer/domain/ids";
import { NOTE_TEXT } from "../../src-renderer/domain/noteText";
import type { Question } from "../../src-renderer/sync/exchange";
import { createSyncEngine, notebookKey, type SyncEngine } from "../../src-renderer/sync/engine";
import { created, set } from "../support/edits";
import { begunDevice, closeTables, openDevice, StillClock, type Device } from "../support/notebookDevice";
import { createNodeGateway, type NodeGateway } from "../support/nodeGateway";
import { seededRandom } from "../support/seededRandom";
import { eventually, isSynced, quickLimits, until } from "../support/syncDevice";
import { startSyncServer, type SyncServer } from "../support/syncServer";

/** What is private stays on its computer: whole notebooks against a real server, and everything that was asked of it. */

class RunningClock extends StillClock {
  override now(): number {
    return systemClock.now();
  }
  override schedule(ms: number, task: () => void): () => void {
    return systemClock.schedule(ms, task);
  }
}

interface Computer {
  device: Device;
  engine: SyncEngine;
  gateway: NodeGateway;
}

const li = "contact:0190a6f2-0000-7000-8000-000000000001" as RecordId;
const wang = "contact:0190a6f2-0000-7000-8000-000000000002" as RecordId;

let server: SyncServer;
const computers: Computer[] = [];

beforeEach(async () => {
  server = await startSyncServer({ memory: true });
}, 60_000);
afterEach(async () => {
  for (const { engine, device } of computers.splice(0)) {
    await engine.dispose();
    await device.notebook.close();
  }
  await closeTables();
  await server.dispose();
});

/** `cut`: whether the answer to a request is lost; the server has had it. */
function engineOf(device: Device, cut: (question: Question) => boolean): Pick<Computer, "engine" | "gateway"> {
  const gateway = createNodeGateway(server);
  const engine = createSyncEngine({
    store: device.notebook.syncStore,
    gateway: {
      on: gateway.on,
      request: async (name, args, options) => {
        const answer = await gateway.request(name, args, options);
        if (name === "send" && cut(args as Question)) throw new Error("the line is cut");
        return answer;
      },
    },
    random: () => 0,
    limits: quickLimits,
  });
  return { gateway, engine };
}

async function aComputer(cut: (question: Question) => boolean = () => false): Promise<Computer> {
  const device = await begunDevice({ clock: new RunningClock() });
  const computer = { device, ...engineOf(device, cut) };
  computers.push(computer);
  return computer;
}

/** The worker is killed, and the app started again. */
async function restart(computer: Computer): Promise<void> {
  await computer.engine.dispose();
  const { ledger, table, clock, life } = computer.device;
  life.end();
  computer.device = await openDevice({ ledger, table, clock });
  Object.assign(
    computer,
    engineOf(computer.device, () => false),
  );
}

async function connect({ engine }: Computer): Promise<void> {
  engine.start(notebookKey(server));
  await until(engine, isSynced);
}

async function disconnect(...those: readonly Computer[]): Promise<void> {
  await Promise.all(those.map(({ engine }) => engine.stop()));
}

async function begin(
  { device: { notebook } }: Computer,
  id: RecordId,
  name: string,
  visibility: Visibility = "project",
): Promise<void> {
  const edit = created(id, { nameLatin: name });
  expect((await notebook.edit({ ...edit, visibility } as typeof edit)).ok).toBe(true);
}

async function share({ device: { notebook } }: Computer, id: RecordId, visibility: Visibility): Promise<void> {
  expect((await notebook.edit({ kind: "share", id, visibility })).ok).toBe(true);
}

async function rename({ device: { notebook } }: Computer, id: RecordId, name: string): Promise<void> {
  expect((await notebook.edit(set(id, "nameLatin", name))).ok).toBe(true);
}

async function noteOf({ device: { notebook } }: Computer, about: RecordId): Promise<Y.Doc> {
  const document = new Y.Doc();
  Y.applyUpdate(document, (await notebook.openNote(about)).state);
  await notebook.closeNote(about);
  return document;
}

async function type(computer: Computer, about: RecordId, text: string): Promise<void> {
  const document = await noteOf(computer, about);
  const before = Y.encodeStateVector(document);
  document.getText(NOTE_TEXT).insert(0, text);
  const saved = await computer.device.notebook.updateNote(about, Y.encodeStateAsUpdate(document, before));
  expect(saved.ok).toBe(true);
}

async function textOf(computer: Computer, about: RecordId): Promise<string> {
  return (await noteOf(computer, about)).getText(NOTE_TEXT).toJSON();
}

async function nameOf({ device: { notebook } }: Computer, id: RecordId): Promise<unknown> {
  const view = await notebook.read(id);
  if (view === null) return undefined;
  return view.row.bin ? "gone" : (view.record.data as { nameLatin?: unknown }).nameLatin;
}

async function onServer(id: string): Promise<unknown> {
  const { status, body } = await server.admin("GET", `${server.database}/${encodeURIComponent(id)}`);
  return status === 200 ? body : status;
}

/** Neither the record nor its note. */
async function expectNotOnServer(id: RecordId): Promise<void> {
  expect([await onServer(id), await onServer(noteIdOf(id))]).toEqual([404, 404]);
}

async function bothHave(name: string, note: string): Promise<[Computer, Computer]> {
  const [beijing, brussels] = [await aComputer(), await aComputer()];
  await begin(beijing, li, name);
  await type(beijing, li, note);
  await connect(beijing);
  await connect(brussels);
  await eventually(async () => {
    expect([await nameOf(brussels, li), await textOf(brussels, li)]).toEqual([name, note]);
  });
  return [beijing, brussels];
}

test("marked private later it goes from the server with its note, stays here, and a colleague keeps a mark", async () => {
  const [beijing, brussels] = await bothHave("Li Wei", "Met at the ministry.");
  await share(beijing, li, "private");
  await until(beijing.engine, isSynced);
  await expectNotOnServer(li);
  expect([await nameOf(beijing, li), await textOf(beijing, li)]).toEqual(["Li Wei", "Met at the ministry."]);
  await eventually(async () => expect(await nameOf(brussels, li)).toBe("gone"));
  const { rows } = beijing.device.notebook.waiting({ offset: 0, limit: 10 }, true);
  expect(rows.map(({ reason }) => reason)).toEqual(["private", "private"]);
});

test("what is typed and edited while private never leaves; no longer private it goes whole, over the deletion", async () => {
  const [beijing, brussels] = await bothHave("Li Wei", "Open.");
  await share(beijing, li, "private");
  await until(beijing.engine, isSynced);
  await type(beijing, li, "Hidden. ");
  await rename(beijing, li, "Li the Hidden");
  await beijing.device.notebook.flush();
  await new Promise((resolve) => setTimeout(resolve, 300));
  await expectNotOnServer(li);
  await share(beijing, li, "project");
  await eventually(async () => {
    expect([await nameOf(brussels, li), await textOf(brussels, li)]).toEqual(["Li the Hidden", "Hidden. Open."]);
  });
});

test("taking the mark back by Undo brings record and note back to the server", async () => {
  const [beijing, brussels] = await bothHave("Li Wei", "Open.");
  await share(beijing, li, "private");
  await until(beijing.engine, isSynced);
  expect((await beijing.device.notebook.undo()).ok).toBe(true);
  await eventually(async () => {
    expect([await nameOf(brussels, li), await textOf(brussels, li)]).toEqual(["Li Wei", "Open."]);
  });
});

test("edited elsewhere meanwhile: ours stays ours, theirs is deleted on the server and a mark there", async () => {
  const [beijing, brussels] = await bothHave("Li Wei", "Open.");
  await disconnect(beijing, brussels);
  await share(beijing, li, "private");
  await rename(beijing, li, "Li of Beijing");
  await rename(brussels, li, "Li of Brussels");
  await type(brussels, li, "From Brussels. ");
  await connect(brussels);
  await connect(beijing);
  await expectNotOnServer(li);
  expect([await nameOf(beijing, li), await textOf(beijing, li)]).toEqual(["Li of Beijing", "Open."]);
  await eventually(async () => expect(await nameOf(brussels, li)).toBe("gone"));
  expect(await textOf(brussels, li)).toBe("From Brussels. Open.");
});

test("a colleague who had not heard puts it back by an edit: it is deleted on the server again", async () => {
  const [beijing, brussels] = await bothHave("Li Wei", "Open.");
  await disconnect(brussels);
  await share(beijing, li, "private");
  await until(beijing.engine, isSynced);
  await rename(brussels, li, "Li of Brussels");
  await connect(brussels);
  await eventually(async () => {
    await expectNotOnServer(li);
    expect(await nameOf(brussels, li)).toBe("gone");
  });
  expect(await nameOf(beijing, li)).toBe("Li Wei");
});

test("a colleague's first note about what is private here is kept here and deleted on the server", async () => {
  const [beijing, brussels] = [await aComputer(), await aComputer()];
  await begin(beijing, li, "Li Wei");
  await connect(beijing);
  await connect(brussels);
  await eventually(async () => expect(await nameOf(brussels, li)).toBe("Li Wei"));
  await disconnect(beijing, brussels);
  await share(beijing, li, "private");
  await type(brussels, li, "From Brussels.");
  await connect(brussels);
  await connect(beijing);
  await expectNotOnServer(li);
  expect(await textOf(beijing, li)).toBe("From Brussels.");
  await type(beijing, li, "Secret. ");
  await beijing.device.notebook.flush();
  await new Promise((resolve) => setTimeout(resolve, 300));
  await expectNotOnServer(li);
});

test("no longer private before the server heard of it, it is merged with what was changed there", async () => {
  const [beijing, brussels] = await bothHave("Li Wei", "Open.");
  await disconnect(beijing, brussels);
  await share(beijing, li, "private");
  await rename(beijing, li, "Li of Beijing");
  await share(beijing, li, "project");
  expect((await brussels.device.notebook.edit(set(li, "wechat", "li_wei"))).ok).toBe(true);
  await connect(brussels);
  await connect(beijing);
  await eventually(async () => {
    for (const { device } of [beijing, brussels]) {
      expect((await device.notebook.read(li))?.record.data).toMatchObject({
        nameLatin: "Li of Beijing",
        wechat: "li_wei",
      });
    }
  });
});

test("killed after the deletion was sent and before its answer was heard, it begins again and ends the same", async () => {
  let cuts = false;
  const beijing = await aComputer(({ method, path }) => cuts && method === "POST" && path === "_bulk_docs");
  await begin(beijing, li, "Li Wei");
  await type(beijing, li, "Open.");
  await connect(beijing);
  await disconnect(beijing);
  await share(beijing, li, "private");
  cuts = true;
  beijing.engine.start(notebookKey(server));
  await eventually(() => expectNotOnServer(li));
  await restart(beijing);
  await connect(beijing);
  await expectNotOnServer(li);
  expect([await nameOf(beijing, li), await textOf(beijing, li)]).toEqual(["Li Wei", "Open."]);
  expect((await beijing.device.notebook.read(li))?.onServer).toBe(false);
});

test("made private after a first push whose answer was lost, it is found on the server and deleted there", async () => {
  const beijing = await aComputer(({ method, path }) => method === "POST" && path === "_bulk_docs");
  await begin(beijing, li, "Li Wei");
  beijing.engine.start(notebookKey(server));
  await eventually(async () => expect(await onServer(li)).toMatchObject({ type: "contact" }));
  await restart(beijing);
  await share(beijing, li, "private");
  await connect(beijing);
  await eventually(() => expectNotOnServer(li));
  expect(await nameOf(beijing, li)).toBe("Li Wei");
});

test("leaves of a conflict go with it: none of them comes to light", async () => {
  const beijing = await aComputer();
  await begin(beijing, li, "Li Wei");
  await connect(beijing);
  await disconnect(beijing);
  const stored = (await onServer(li)) as Record<string, unknown>;
  const leaf = { ...stored, _rev: "1-0123456789abcdef0123456789abcdef" };
  expect((await server.admin("POST", `${server.database}/_bulk_docs`, { docs: [leaf], new_edits: false })).status).toBe(
    201,
  );
  await share(beijing, li, "private");
  await connect(beijing);
  await new Promise((resolve) => setTimeout(resolve, 300));
  await expectNotOnServer(li);
});

test("nothing private is in any request of a long random exchange", async () => {
  const seed = 20261122;
  const random = seededRandom(seed);
  const [beijing, brussels] = [await aComputer(), await aComputer()];
  await Promise.all([connect(beijing), connect(brussels)]);
  const ids = Array.from(
    { length: 8 },
    (_, n) => `contact:0190a6f2-0000-7000-8000-0000000001${String(n).padStart(2, "0")}` as RecordId,
  );
  /** Private from the start and for ever: not even their ids may be heard. */
  const always = new Set(ids.slice(0, 2));
  const isPrivate = new Set<RecordId>(always);
  const secrets: string[] = [];
  for (const id of ids)
    await begin(beijing, id, always.has(id) ? secret() : "open", always.has(id) ? "private" : "project");
  for (let turn = 0; turn < 120; turn += 1) {
    const id = ids[Math.floor(random() * ids.length)];
    if (id === undefined) throw new Error("no id");
    const text = isPrivate.has(id) ? secret() : `open-${turn} `;
    const act = Math.floor(random() * 5);
    if (act === 0 && !always.has(id) && !isPrivate.has(id)) {
      isPrivate.add(id);
      await share(beijing, id, "private");
    } else if (act <= 2) await type(beijing, id, text);
    else await rename(beijing, id, text);
    if (act === 4 && !always.has(id) && (await nameOf(brussels, id)) !== undefined)
      await type(brussels, id, `b-${turn} `);
    if (random() < 0.1) await disconnect(beijing);
    if (random() < 0.3) beijing.engine.start(notebookKey(server));
    if (random() < 0.3) await new Promise((resolve) => setTimeout(resolve, 25));
  }
  beijing.engine.start(notebookKey(server));
  await until(beijing.engine, isSynced);
  await until(brussels.engine, isSynced);
  await eventually(async () => {
    for (const id of isPrivate) await expectNotOnServer(id);
  });
  const asked = [...beijing.gateway.asked, ...brussels.gateway.asked].map((question) => JSON.stringify(question));
  expect(asked.length).toBeGreaterThan(20);
  expect(secrets.length, `seed ${seed}`).toBeGreaterThan(20);
  const told = [...secrets.map((text) => text.trim()), ...always, '\\"private\\"', "-private-"];
  expect(asked.filter((text) => told.some((word) => text.includes(word)))).toEqual([]);
  for (const id of isPrivate) expect(await nameOf(beijing, id)).not.toBe("gone");

  function secret(): string {
    const text = `secret-${secrets.length}-${Math.floor(random() * 1e9).toString(36)} `;
    secrets.push(text);
    return text;
  }
});

test("a private record that the server never had leaves by no way: its deletion and its emptying are not heard either", async () => {
  const beijing = await aComputer();
  await begin(beijing, wang, "Wang", "private");
  await type(beijing, wang, "Not for others.");
  await connect(beijing);
  await beijing.device.notebook.edit({ kind: "delete", id: wang });
  await beijing.device.notebook.emptyBin([wang]);
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(JSON.stringify(beijing.gateway.asked)).not.toContain(wang);
});
