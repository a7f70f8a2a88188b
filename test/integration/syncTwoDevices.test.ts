import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createSyncDevice, eventually, isSynced, until, type SyncDevice } from "../support/syncDevice";
import { startSyncServer, type SyncServer } from "../support/syncServer";
import { aContact, changed } from "../support/recordBuilders";

let server: SyncServer;
let beijing: SyncDevice;
let brussels: SyncDevice;

beforeEach(async () => {
  server = await startSyncServer({ memory: true });
  beijing = createSyncDevice("wei", server, { seed: 7 });
  brussels = createSyncDevice("anna", server, { seed: 8 });
});
afterEach(async () => {
  await Promise.all([beijing.dispose(), brussels.dispose()]);
  await server.dispose();
});

async function both(): Promise<void> {
  for (const device of [beijing, brussels]) device.connect();
  await Promise.all([until(beijing.engine, isSynced), until(brussels.engine, isSynced)]);
}

describe("two computers", () => {
  test("what one writes the other has, also while both stay connected", async () => {
    beijing.store.edit(aContact("1", { nameZh: "单晓明" }));
    await both();
    await eventually(() =>
      expect(brussels.store.local("contact:1")?.content).toMatchObject({ record: { data: { nameZh: "单晓明" } } }),
    );
    brussels.store.edit(aContact("2", { nameLatin: "Anna" }));
    await eventually(() => expect(beijing.store.local("contact:2")).toBeDefined());
    expect(beijing.log.filter((line) => !line.startsWith("sync: server"))).toEqual([]);
  });

  test("different fields of one contact, changed offline on both, are both there on both", async () => {
    const contact = aContact("1", { nameZh: "单晓明" });
    beijing.store.edit(contact);
    await both();
    await eventually(() => expect(brussels.store.local("contact:1")).toBeDefined());
    await Promise.all([beijing.disconnect(), brussels.disconnect()]);
    beijing.store.edit(changed(contact, { wechat: "shan_xm" }, { by: "wei", at: "2026-03-03T01:00:00.000Z" }));
    brussels.store.edit(
      changed(contact, { nameLatin: "Shan Xiaoming" }, { by: "anna", at: "2026-03-03T02:00:00.000Z" }),
    );
    await both();
    await eventually(() => {
      const [a, b] = [beijing, brussels].map((device) => device.store.local("contact:1"));
      expect(a?.content).toMatchObject({ record: { data: { wechat: "shan_xm", nameLatin: "Shan Xiaoming" } } });
      expect(a?.content).toEqual(b?.content);
      expect(a?.rev).toBe(b?.rev);
      expect([a?.dirty, b?.dirty]).toEqual([false, false]);
    });
  });

  test("a large push does not come back over the line, and all of it reaches the other", async () => {
    const offline = createSyncDevice("li", server, { seed: 9, limits: { batch: 5 } });
    const ids = Array.from({ length: 60 }, (_, index) => `${index}`);
    for (const id of ids) offline.store.edit(aContact(id, { nameLatin: `Anna ${id}` }));
    offline.connect();
    try {
      await until(offline.engine, isSynced);
      const polls = offline.gateway.asked.filter(({ query }) => query?.["feed"] === "longpoll");
      expect(polls.slice(0, -1).every(({ query }) => query?.["include_docs"] === undefined)).toBe(true);
      expect(offline.gateway.asked.some(({ path }) => path === "_all_docs")).toBe(false);
    } finally {
      await offline.dispose();
    }
    await both();
    await eventually(() => expect(brussels.store.ids()).toHaveLength(ids.length));
  });
});
