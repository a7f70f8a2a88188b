import { afterEach, expect, test } from "vitest";
import type { Change } from "../../../src-renderer/domain/edit";
import { begunDevice, closeTables, reopened, type Device } from "../../support/notebookDevice";

afterEach(closeTables);

const named = (nameLatin: string): Change[] => [{ op: "set", field: "nameLatin", value: nameLatin }];

async function withContact(visibility: "project" | "private" = "project"): Promise<Device> {
  const device = await begunDevice();
  const changes = named("Anna");
  await device.notebook.edit({ kind: "create", id: "contact:1", type: "contact", visibility, changes });
  return device;
}

async function accept({ notebook }: Device): Promise<void> {
  const waiting = await notebook.syncStore.waiting(10);
  await notebook.syncStore.accept(waiting.map(({ id, version, content }) => ({ id, rev: "1-a", version, content })));
}

test("a record is only here, then on the server since it was accepted, also after a restart, then changed here", async () => {
  const device = await withContact();
  const { notebook, clock } = device;
  expect(await notebook.recordSync("contact:1", true)).toEqual({ kind: "only-here", reason: null, since: null });
  clock.advance(60_000);
  const at = clock.now();
  await accept(device);
  clock.advance(60_000);
  expect(await notebook.recordSync("contact:1", false)).toEqual({ kind: "on-server", reason: null, since: null });
  expect(await notebook.recordSync("contact:1", true)).toEqual({ kind: "on-server", reason: null, since: at });
  const again = await reopened(device);
  expect(await again.notebook.recordSync("contact:1", true)).toMatchObject({ kind: "on-server", since: at });
  await again.notebook.edit({ kind: "change", id: "contact:1", changes: named("Anna B.") });
  expect(await again.notebook.recordSync("contact:1", true)).toMatchObject({ kind: "changed", since: at });
  await again.notebook.syncStore.forgetServer("n");
  expect(await again.notebook.recordSync("contact:1", true)).toMatchObject({ kind: "only-here", since: null });
});

test("what came from the server is there since it was taken", async () => {
  const device = await withContact();
  await accept(device);
  const { notebook, clock } = device;
  const [content] = [(await notebook.known.load(["contact:1"]))[0]?.stored];
  if (content?.kind !== "record") throw new Error("not stored");
  clock.advance(60_000);
  const arrival = { kind: "document", id: "contact:1", rev: "2-b", content: content.content } as const;
  await notebook.syncStore.writePulled("n", { arrivals: [arrival] }, ({ rev }) => ({
    kind: "take",
    content: content.content,
    rev,
  }));
  expect(await notebook.recordSync("contact:1", true)).toMatchObject({ kind: "on-server", since: clock.now() });
});

test("private, set aside and deleted elsewhere are said as what they are; of what is not there nothing is said", async () => {
  const hidden = await withContact("private");
  expect(await hidden.notebook.recordSync("contact:1", true)).toMatchObject({ kind: "private", since: null });
  expect(await hidden.notebook.recordSync("contact:2", true)).toBeNull();
  const { notebook } = await withContact();
  const since = "2026-11-22T08:00:00.000Z";
  await notebook.syncStore.setAside([{ id: "contact:1", direction: "push", reason: "too-large", detail: "", since }]);
  expect(await notebook.recordSync("contact:1", true)).toMatchObject({ kind: "set-aside", reason: "too-large" });
  const tombstone = { kind: "tombstone", id: "contact:1", rev: "2-t" } as const;
  await notebook.syncStore.writePulled("n", { arrivals: [tombstone] }, ({ rev }) => ({ kind: "gone", rev }));
  expect(await notebook.recordSync("contact:1", true)).toMatchObject({ kind: "gone" });
});
