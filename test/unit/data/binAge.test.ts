import { afterEach, describe, expect, it } from "vitest";
import type { RecordId } from "../../../src-renderer/domain/ids";
import { created } from "../../support/edits";
import { begunDevice, closeTables, reopened, type Device } from "../../support/notebookDevice";

afterEach(closeTables);

const DAY = 24 * 60 * 60 * 1000;
const BEGIN = Date.parse("2026-11-22T00:00:00.000Z");

async function binOf({ notebook }: Device): Promise<readonly string[]> {
  return (await notebook.bin({ filter: "", offset: 0, limit: 100 })).rows.map(({ id }) => id);
}

/** The server has everything, the author's own record apart. */
async function pushed({ notebook }: Device): Promise<void> {
  const rows = await notebook.syncStore.waiting(1_000);
  expect((await notebook.syncStore.accept(rows.map((row) => ({ ...row, rev: "1-a" })))).ok).toBe(true);
}

async function deletedDevice(id: RecordId = "contact:li"): Promise<Device> {
  const device = await begunDevice();
  await device.notebook.edit(created(id));
  await device.notebook.edit({ kind: "delete", id });
  await pushed(device);
  return device;
}

/** Looks at the bin every ten days of the server's, from one day to another. */
async function daysPass({ notebook }: Device, from: number, to: number): Promise<void> {
  for (let day = from; day <= to; day += 10) await notebook.ageBin(BEGIN + day * DAY);
}

describe("what lies in the bin", () => {
  it("can be restored for 90 days of the server's, and goes then", async () => {
    const device = await deletedDevice();
    await daysPass(device, 0, 80);
    await device.notebook.ageBin(BEGIN + 89.9 * DAY);
    expect(await binOf(device)).toEqual(["contact:li"]);
    await device.notebook.ageBin(BEGIN + 90 * DAY);
    expect(await binOf(device)).toEqual([]);
    expect(await device.notebook.syncStore.erased(10)).toMatchObject([{ id: "contact:li", rev: "1-a" }]);
  });

  it("is counted over restarts, and this computer's clock does not matter", async () => {
    const device = await deletedDevice();
    await daysPass(device, 0, 50);
    await device.notebook.flush();
    device.clock.advance(400 * DAY);
    const again = await reopened(device);
    await daysPass(again, 60, 80);
    expect(await binOf(again)).toEqual(["contact:li"]);
    await daysPass(again, 90, 90);
    expect(await binOf(again)).toEqual([]);
  });

  it("does not go because the server's clock leaps, nor because it goes back", async () => {
    const device = await deletedDevice();
    await device.notebook.ageBin(BEGIN);
    await device.notebook.ageBin(BEGIN + 400 * DAY);
    await device.notebook.ageBin(BEGIN + DAY);
    await device.notebook.ageBin(BEGIN + 401 * DAY);
    expect(await binOf(device)).toEqual(["contact:li"]);
  });

  it("begins anew when it was restored meanwhile", async () => {
    const device = await deletedDevice();
    await daysPass(device, 0, 80);
    await device.notebook.edit({ kind: "restore", id: "contact:li" });
    await daysPass(device, 90, 100);
    await device.notebook.edit({ kind: "delete", id: "contact:li" });
    await pushed(device);
    await daysPass(device, 110, 190);
    expect(await binOf(device)).toEqual(["contact:li"]);
    await daysPass(device, 200, 200);
    expect(await binOf(device)).toEqual([]);
  });

  it("stays for as long as the server has not heard that it was deleted", async () => {
    const device = await begunDevice();
    await device.notebook.edit(created("contact:li"));
    await device.notebook.edit({ kind: "delete", id: "contact:li" });
    await daysPass(device, 0, 200);
    expect(await binOf(device)).toEqual(["contact:li"]);
    await pushed(device);
    await daysPass(device, 210, 290);
    expect(await binOf(device)).toEqual(["contact:li"]);
    await daysPass(device, 300, 300);
    expect(await binOf(device)).toEqual([]);
  });
});
