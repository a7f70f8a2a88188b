import { afterEach, describe, expect, it } from "vitest";
import type { Content } from "../../../src-renderer/domain/record";
import { decide } from "../../../src-renderer/sync/decide";
import { begunDevice, closeTables, reopened, type Device } from "../../support/notebookDevice";
import { aContact, changed } from "../../support/recordBuilders";

afterEach(closeTables);

const ID = "contact:1";
const all = { offset: 0, limit: 50 };

async function arrives({ notebook }: Device, content: Content, rev: string): Promise<void> {
  const page = { arrivals: [{ kind: "document" as const, id: ID, rev, content }] };
  expect((await notebook.syncStore.writePulled("n", page, decide)).ok).toBe(true);
}

/** A contact whose job title and e-mail were changed here and, a little earlier, in Brussels. */
async function changedTwice(): Promise<Device> {
  const device = await begunDevice();
  const first = aContact("1", { nameZh: "单磊", wechat: "old" });
  await arrives(device, first, "1-a");
  const change = { op: "set", field: "wechat", value: "mine" } as const;
  expect((await device.notebook.edit({ kind: "change", id: ID, changes: [change] })).ok).toBe(true);
  await arrives(device, changed(first, { wechat: "theirs" }, { by: "bing", at: "2026-03-02T02:00:00.000Z" }), "2-b");
  return device;
}

describe("double edits", () => {
  it("are listed until a person has decided, also after a restart", async () => {
    const device = await changedTwice();
    const { total, records } = await device.notebook.review(all);
    expect(total).toBe(1);
    expect(records[0]).toMatchObject({
      row: { id: ID, review: 1 },
      values: [{ shown: "mine", other: "theirs", by: { author: "author:bing" } }],
    });
    const again = await reopened(device);
    expect(await again.notebook.review(all)).toEqual({ total, records });
    const keys = records.flatMap(({ values }) => values.map(({ key }) => key));
    await again.notebook.edit({ kind: "settle", id: ID, keys, settled: true });
    expect(await again.notebook.review(all)).toEqual({ total: 0, records: [] });
    expect(again.notebook.rows([ID])[0]).not.toHaveProperty("review");
  });

  it("are switched and the switch is undone", async () => {
    const { notebook } = await changedTwice();
    const [found] = (await notebook.review({ ...all, id: ID })).records;
    const key = found?.values[0]?.key ?? "";
    await notebook.edit({ kind: "switch", id: ID, key });
    expect((await notebook.read(ID))?.record.data).toMatchObject({ wechat: "theirs" });
    expect((await notebook.review(all)).records[0]?.values).toMatchObject([{ shown: "theirs", other: "mine" }]);
    await notebook.undo();
    expect((await notebook.read(ID))?.record.data).toMatchObject({ wechat: "mine" });
    expect((await notebook.review(all)).records[0]?.values).toMatchObject([{ shown: "mine", other: "theirs" }]);
    await notebook.edit({ kind: "settle", id: ID, keys: [key], settled: true });
    expect((await notebook.review(all)).total).toBe(0);
    await notebook.undo();
    expect((await notebook.review(all)).total).toBe(1);
  });

  it("are none of a record that does not exist", async () => {
    const { notebook } = await begunDevice();
    expect(await notebook.review({ ...all, id: "contact:nobody" })).toEqual({ total: 0, records: [] });
  });
});
