import { afterEach, describe, expect, it } from "vitest";
import type { AuthorId } from "../../../src-renderer/domain/ids";
import type { Content } from "../../../src-renderer/domain/record";
import type { Device as Computer } from "../../../src-renderer/domain/records/author";
import {
  begunDevice,
  closeTables,
  memoryTable,
  reopened,
  type Device,
  type DeviceHost,
} from "../../support/notebookDevice";
import { aRecord } from "../../support/recordBuilders";

afterEach(closeTables);

function me({ notebook }: Device): { readonly author: AuthorId; readonly device: string } {
  const { identity } = notebook;
  if (!identity) throw new Error("nobody writes here");
  return identity;
}

function computers(device: Device, author: AuthorId): readonly Computer[] {
  const [row] = device.notebook.rows([author]);
  if (row?.type !== "author") throw new Error("no such author");
  return row.devices;
}

async function copied(device: Device): Promise<Device> {
  const host: DeviceHost = { copied: true, renewals: [] };
  return reopened(device, { host, table: await memoryTable() });
}

/** How far the ledger goes: further after every write. */
async function endOf({ ledger }: Device): Promise<number> {
  const end = await ledger.end();
  if (!end.ok) throw new Error(end.failure.kind);
  return end.value.position;
}

async function waiting({ notebook }: Device): Promise<readonly string[]> {
  return (await notebook.syncStore.waiting(10)).map(({ id }) => id);
}

async function arrives(device: Device, content: Content): Promise<void> {
  const rev = "2-a";
  const id = content.kind === "opaque" ? content.id : content.record.id;
  const arrivals = [{ kind: "document" as const, id, rev, content }];
  const written = await device.notebook.syncStore.writePulled("n", { arrivals }, () => ({
    kind: "take",
    content,
    rev,
  }));
  expect(written.ok).toBe(true);
}

describe("this computer in its author's record", () => {
  it("is there from the first moment, by a number alone", async () => {
    const device = await begunDevice();
    const { author, device: id } = me(device);
    expect(computers(device, author)).toEqual([{ id, number: 1 }]);
    expect(device.notebook.history().undo).toBeNull();
  });

  it("is not written again at any later start", async () => {
    const device = await begunDevice();
    const end = await endOf(device);
    const later = await reopened(await reopened(device));
    expect(await endOf(later)).toBe(end);
    expect(computers(later, me(later).author)).toHaveLength(1);
  });

  it("is added once where the notebook was copied to another computer, to be sent, and is nothing to undo", async () => {
    const device = await begunDevice();
    const first = me(device);
    const copy = await copied(device);
    const second = me(copy);
    const both = [
      { id: first.device, number: 1 },
      { id: second.device, number: 2 },
    ];
    expect(computers(copy, first.author)).toEqual(both);
    expect(await waiting(copy)).toContain(first.author);
    expect(copy.notebook.history().undo).toBeNull();
    const end = await endOf(copy);
    const later = await reopened(copy);
    expect(computers(later, first.author)).toEqual(both);
    expect(await endOf(later)).toBe(end);
  });

  it("keeps the name that a person gives it, which is an edit like any other", async () => {
    const device = await begunDevice();
    const { author, device: id } = me(device);
    const item = { id, name: "Laptop, Brussels" };
    const edit = { kind: "change", id: author, changes: [{ op: "putItem", field: "devices", item }] } as const;
    expect((await device.notebook.edit({ ...edit, changes: [...edit.changes] })).ok).toBe(true);
    expect(computers(device, author)).toEqual([{ id, number: 1, name: "Laptop, Brussels" }]);
    expect((await device.notebook.undo()).ok).toBe(true);
    expect(computers(device, author)).toEqual([{ id, number: 1 }]);
    expect((await device.notebook.redo()).ok).toBe(true);
    expect(computers(await reopened(device), author)).toEqual([{ id, number: 1, name: "Laptop, Brussels" }]);
  });

  it("is added at the next start to a record that came without", async () => {
    const device = await begunDevice();
    const { author, device: id } = me(device);
    await arrives(device, aRecord(author, { data: { name: "Wei" } }));
    expect(computers(device, author)).toEqual([]);
    expect(computers(await reopened(device), author)).toEqual([{ id, number: 1 }]);
  });

  it("leaves alone what a newer version wrote", async () => {
    const device = await begunDevice();
    const { author } = me(device);
    await arrives(device, aRecord(author, { v: 99, data: { name: "Wei", devices: [] } }));
    const end = await endOf(device);
    expect(await endOf(await reopened(device))).toBe(end);
  });
});
