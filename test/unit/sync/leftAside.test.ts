import { expect, test } from "vitest";
import { success } from "../../../src-main/shared/result";
import type { QuarantineEntry } from "../../../src-renderer/domain/syncStatus";
import { createSyncEngine } from "../../../src-renderer/sync/engine";
import type { SyncGateway } from "../../../src-renderer/sync/exchange";
import { createFakeSyncStore } from "../../support/fakeSyncStore";
import { aContact } from "../../support/recordBuilders";

const entry = { direction: "push", reason: "refused", detail: "no", since: "2026-11-22T08:00:00.000Z" } as const;

/** Never answers: what is asked of the server does not matter here. */
const silent: SyncGateway = {
  request: (_name, _args, options) =>
    new Promise((resolve) => {
      options?.signal?.addEventListener("abort", () => {
        resolve(success({ status: 500, body: "{}", serverTime: null }) as never);
      });
    }),
  on: () => () => undefined,
};

test("Sync now offers again what was refused, but not what a person has left as it is; trying it again does", async () => {
  const store = createFakeSyncStore("laptop-a");
  store.edit(aContact("1", { nameLatin: "Anna" }));
  store.edit(aContact("2", { nameLatin: "Bruno" }));
  const kept: QuarantineEntry = { ...entry, id: "contact:2", kept: true };
  await store.setAside([{ ...entry, id: "contact:1" }, kept]);
  const engine = createSyncEngine({ store, gateway: silent });
  engine.start("n");
  engine.syncNow();
  await expect.poll(() => store.quarantine()).toEqual([kept]);
  expect(store.waitingCount()).toBe(1);
  await engine.retry("contact:2", "push");
  expect(await store.quarantine()).toEqual([]);
  await engine.dispose();
});
