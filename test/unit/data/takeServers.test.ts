import { afterEach, expect, test } from "vitest";
import * as Y from "yjs";
import type { Change } from "../../../src-renderer/domain/edit";
import { NOTE_TEXT } from "../../../src-renderer/domain/noteText";
import type { QuarantineEntry } from "../../../src-renderer/domain/syncStatus";
import { begunDevice, closeTables, reopened, type Device } from "../../support/notebookDevice";

afterEach(closeTables);

const refused: QuarantineEntry = {
  id: "contact:1",
  direction: "push",
  reason: "refused",
  detail: "no",
  since: "2026-11-22T08:00:00.000Z",
};

function set(fields: Record<string, unknown>): Change[] {
  return Object.entries(fields).map(([field, value]): Change => ({ op: "set", field, value }));
}

/** A contact that the server has, changed since in a way that the server refuses. */
async function withRefused(): Promise<Device> {
  const device = await begunDevice();
  const { notebook } = device;
  await notebook.edit({
    kind: "create",
    id: "contact:1",
    type: "contact",
    visibility: "project",
    changes: set({ nameLatin: "Anna", wechat: "anna" }),
  });
  await accept(device);
  await notebook.edit({ kind: "change", id: "contact:1", changes: set({ nameLatin: "Anna B.", wechat: "anna_b" }) });
  await notebook.syncStore.setAside([refused]);
  return device;
}

async function accept({ notebook }: Device): Promise<void> {
  const waiting = await notebook.syncStore.waiting(10);
  await notebook.syncStore.accept(waiting.map(({ id, version, content }) => ({ id, rev: "1-a", version, content })));
}

async function dataOf({ notebook }: Device): Promise<unknown> {
  return (await notebook.read("contact:1"))?.record.data;
}

test("taking the server's gives its values back, leaves nothing to send, and Undo takes that back", async () => {
  const device = await withRefused();
  const { notebook } = device;
  expect(await notebook.canTakeServers("contact:1")).toBe(true);
  expect(await notebook.takeServers("contact:1")).toMatchObject({ ok: true });
  expect(await dataOf(device)).toMatchObject({ nameLatin: "Anna", wechat: "anna" });
  expect(notebook.quarantine()).toEqual([]);
  expect(notebook.syncStore.waitingCount()).toBe(0);
  expect(await notebook.canTakeServers("contact:1")).toBe(false);
  await notebook.undo();
  expect(await dataOf(device)).toMatchObject({ nameLatin: "Anna B." });
  expect((await notebook.syncStore.waiting(10)).map(({ id, rev }) => [id, rev])).toEqual([["contact:1", "1-a"]]);
});

test("a record that the server never had has nothing to go back to", async () => {
  const device = await begunDevice();
  const { notebook } = device;
  const changes = set({ nameLatin: "Anna" });
  await notebook.edit({ kind: "create", id: "contact:1", type: "contact", visibility: "project", changes });
  expect(await notebook.canTakeServers("contact:1")).toBe(false);
  expect(await notebook.takeServers("contact:1")).toEqual({
    ok: false,
    failure: { kind: "not-found", id: "contact:1" },
  });
  expect(await dataOf(device)).toMatchObject({ nameLatin: "Anna" });
});

test("of a note the text goes back, as one step that Undo takes back", async () => {
  const device = await withRefused();
  const { notebook } = device;
  await type(device, "Agenda");
  await accept(device);
  await type(device, "Far too long. ");
  await notebook.syncStore.setAside([{ ...refused, id: "note:contact:1", reason: "too-large" }]);
  expect(await notebook.takeServers("note:contact:1")).toMatchObject({ ok: true });
  expect(await textOf(device)).toBe("Agenda");
  expect(notebook.quarantine().map(({ id }) => id)).toEqual(["contact:1"]);
  await notebook.undo();
  expect(await textOf(device)).toBe("Far too long. Agenda");
});

test("what is left as it is stays so after a restart, until it is edited", async () => {
  const before = await withRefused();
  expect(await before.notebook.keepAside("contact:1", "push")).toMatchObject({ ok: true });
  expect(await before.notebook.keepAside("contact:2", "push")).toMatchObject({ failure: { kind: "not-found" } });
  const { notebook } = await reopened(before);
  expect(notebook.quarantine()).toEqual([{ ...refused, kept: true }]);
  expect(notebook.syncStore.waitingCount()).toBe(0);
  await notebook.edit({ kind: "change", id: "contact:1", changes: set({ nameLatin: "Anna C." }) });
  expect(notebook.quarantine()).toEqual([]);
  expect(notebook.syncStore.waitingCount()).toBe(1);
});

async function open({ notebook }: Device): Promise<Y.Doc> {
  const document = new Y.Doc();
  Y.applyUpdate(document, (await notebook.openNote("contact:1")).state);
  await notebook.closeNote("contact:1");
  return document;
}

async function type(device: Device, text: string): Promise<void> {
  const document = await open(device);
  const updates: Uint8Array[] = [];
  document.on("update", (bytes: Uint8Array) => updates.push(bytes));
  document.getText(NOTE_TEXT).insert(0, text);
  for (const update of updates) expect((await device.notebook.updateNote("contact:1", update)).ok).toBe(true);
}

async function textOf(device: Device): Promise<string> {
  return (await open(device)).getText(NOTE_TEXT).toJSON();
}
