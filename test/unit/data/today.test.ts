import { afterEach, describe, expect, it } from "vitest";
import type { Decision } from "../../../src-renderer/data/syncStore";
import type { Change, Edit } from "../../../src-renderer/domain/edit";
import type { RecordId } from "../../../src-renderer/domain/ids";
import { endOfMeeting } from "../../../src-renderer/domain/meetingTime";
import type { Content } from "../../../src-renderer/domain/record";
import { aContact, aRecord, changed } from "../../support/recordBuilders";
import { begunDevice, closeTables, reopened, type Device } from "../../support/notebookDevice";

afterEach(closeTables);

const DAY = 24 * 60 * 60 * 1000;

function created(
  id: RecordId,
  fields: Record<string, unknown> = {},
  visibility: "project" | "private" = "project",
): Edit {
  const type = id.slice(0, id.indexOf(":")) as "contact";
  const changes = Object.entries(fields).map(([field, value]): Change => ({ op: "set", field, value }));
  return { kind: "create", id, type, visibility, changes };
}

/** A page of the server's, taken as it is. */
async function pulled(device: Device, contents: readonly Content[], rev: string, first = false): Promise<void> {
  const arrivals = contents.map((content) => {
    if (content.kind === "opaque") throw new Error("a readable one");
    return { kind: "document" as const, id: content.record.id, rev, content };
  });
  const take = (arrival: { readonly content?: Content }): Decision => {
    if (!arrival.content) throw new Error("a document");
    return { kind: "take", content: arrival.content, rev };
  };
  const page = { arrivals, first };
  expect((await device.notebook.syncStore.writePulled("n", page, (arrival) => take(arrival as never))).ok).toBe(true);
}

async function todayOf({ notebook, clock }: Device) {
  return notebook.today(clock.now());
}

describe("what is on today", () => {
  it("has the meetings to come, the next one first, and those that are over, the latest first", async () => {
    const device = await begunDevice();
    const now = Date.parse("2026-11-22T08:00:00.000Z");
    const at = (hours: number): string => new Date(now + hours * 3_600_000).toISOString();
    const meetings: Record<string, Record<string, unknown>> = {
      "in-2-h": { startsAt: at(2) },
      "in-1-h": { startsAt: at(1) },
      "begun-half-an-hour-ago": { startsAt: at(-0.5) },
      "begun-2-h-ago": { startsAt: at(-2) },
      "two-days-long": { startsAt: at(-20), endsAt: at(20) },
      // Midnight in China: some time today.
      "some-time-today": { startsAt: "2026-11-21T16:00:00.000Z" },
      yesterday: { startsAt: at(-24) },
      "without-a-date": {},
    };
    for (const [name, fields] of Object.entries(meetings)) {
      await device.notebook.edit(created(`meeting:${name}`, { title: name, ...fields }));
    }
    await device.notebook.edit(created("meeting:deleted", { startsAt: at(3) }));
    await device.notebook.edit({ kind: "delete", id: "meeting:deleted" });
    const { next, last } = await todayOf(device);
    expect(next.map(({ title }) => title)).toEqual([
      "two-days-long",
      "some-time-today",
      "begun-half-an-hour-ago",
      "in-1-h",
      "in-2-h",
    ]);
    expect(last.map(({ title }) => title)).toEqual(["begun-2-h-ago", "yesterday"]);
  });

  it("says when a meeting is over", () => {
    expect(endOfMeeting(undefined, undefined)).toBeUndefined();
    expect(endOfMeeting("soon", undefined)).toBeUndefined();
    expect(endOfMeeting("2026-11-22T01:00:00.000Z", undefined)).toBe(Date.parse("2026-11-22T02:00:00.000Z"));
    expect(endOfMeeting("2026-11-21T16:00:00.000Z", undefined)).toBe(Date.parse("2026-11-22T16:00:00.000Z"));
    expect(endOfMeeting("2026-11-21T16:00:00.000Z", "2026-11-21T18:00:00.000Z")).toBe(
      Date.parse("2026-11-21T18:00:00.000Z"),
    );
  });
});

describe("what arrived", () => {
  const li = aContact("li", { nameLatin: "Li" }, { by: "anna" });
  const wang = aContact("wang", { nameLatin: "Wang" }, { by: "ben" });

  it("is what colleagues changed since yesterday, newest first, and outlives a restart", async () => {
    const device = await begunDevice();
    await pulled(device, [li], "1-a");
    device.clock.advance(1_000);
    await pulled(device, [wang], "1-a");
    const expected = [
      { row: { id: "contact:wang" }, by: "author:ben", note: false },
      { row: { id: "contact:li" }, by: "author:anna", note: false },
    ];
    expect(await todayOf(device)).toMatchObject({ arrived: expected, arrivedTotal: 2 });
    const later = await reopened(device);
    expect(await todayOf(later)).toMatchObject({ arrived: expected, arrivedTotal: 2 });
    later.clock.advance(DAY);
    expect(await todayOf(later)).toMatchObject({ arrivedTotal: 2 });
    later.clock.advance(DAY);
    expect(await todayOf(later)).toMatchObject({ arrived: [], arrivedTotal: 0 });
  });

  it("leaves out who colleagues are and on which computers: they stand beside what they wrote", async () => {
    const device = await begunDevice();
    await pulled(device, [aRecord("author:anna", { by: "anna", data: { name: "Anna Weber" } }), li], "1-a");
    expect(await todayOf(device)).toMatchObject({ arrived: [{ row: { id: "contact:li" } }], arrivedTotal: 1 });
  });

  it("has a record once, with its last change, and the note about it as its own arrival", async () => {
    const device = await begunDevice();
    await pulled(device, [li], "1-a");
    device.clock.advance(1_000);
    await pulled(device, [wang], "1-a");
    await pulled(device, [changed(li, { nameLatin: "Li Wei" }, { by: "ben" })], "2-b");
    const state = "AAA=";
    await pulled(device, [aRecord("note:contact:wang", { by: "anna", data: { markdown: "", state } })], "1-n");
    expect((await todayOf(device)).arrived).toMatchObject([
      { row: { id: "contact:wang" }, note: true, by: "author:anna" },
      { row: { id: "contact:li", nameLatin: "Li Wei" }, note: false, by: "author:ben" },
      { row: { id: "contact:wang" }, note: false },
    ]);
  });

  it("has nothing of the first full pull, of our own changes, and of what changes nothing", async () => {
    const device = await begunDevice();
    await pulled(device, [li, wang], "1-a", true);
    await pulled(device, [li], "2-b");
    const own = device.notebook.identity;
    if (!own || wang.kind !== "known") throw new Error("begun");
    const mine = {
      ...wang.record,
      updatedBy: { author: own.author, device: own.device },
      visibility: "public" as const,
    };
    await pulled(device, [{ kind: "known", record: mine }], "2-b");
    expect(await todayOf(device)).toMatchObject({ arrived: [], arrivedTotal: 0 });
  });

  it("counts what is too much to be named", async () => {
    const device = await begunDevice();
    const many = Array.from({ length: 400 }, (_, at) => aContact(`p${at}`, { nameLatin: `P${at}` }, { by: "anna" }));
    await pulled(device, many, "1-a");
    const { arrived, arrivedTotal } = await todayOf(device);
    expect(arrivedTotal).toBe(400);
    expect(arrived).toHaveLength(50);
    expect((await todayOf(await reopened(device))).arrivedTotal).toBe(400);
  });
});

describe("what waits", () => {
  const reasons = ({ notebook }: Device, isConnected = true) =>
    notebook.waiting({ offset: 0, limit: 100 }, isConnected).rows.map(({ id, reason }) => [id, reason]);

  it("is named with its reason, newest first", async () => {
    const device = await begunDevice();
    const author = device.notebook.identity?.author;
    const ids = ["contact:a", "contact:b", "contact:secret", "contact:gone", "contact:erased"] as const;
    for (const id of ids) {
      device.clock.advance(1_000);
      await device.notebook.edit(created(id, {}, id === "contact:secret" ? "private" : "project"));
    }
    const { syncStore } = device.notebook;
    for (const row of await syncStore.waiting(10)) {
      if (row.id !== "contact:gone" && row.id !== "contact:erased") continue;
      await syncStore.accept([{ ...row, rev: "1-a" }]);
    }
    await syncStore.writePulled("n", { arrivals: [{ kind: "tombstone", id: "contact:gone", rev: "2-b" }] }, () => ({
      kind: "gone",
      rev: "2-b",
    }));
    device.clock.advance(1_000);
    await device.notebook.edit({ kind: "delete", id: "contact:erased" });
    await device.notebook.emptyBin(["contact:erased"]);
    const since = "2026-11-22T08:00:00.000Z";
    await syncStore.setAside([{ id: "contact:a", direction: "push", reason: "refused", detail: "", since }]);
    const expected = [
      ["contact:erased", "queued"],
      ["contact:secret", "private"],
      ["contact:b", "queued"],
      ["contact:a", "set-aside"],
      [author, "queued"],
      ["contact:gone", "gone"],
    ];
    expect(reasons(device)).toEqual(expected);
    expect(reasons(device, false)).toContainEqual(["contact:b", "not-connected"]);
    expect(device.notebook.waiting({ offset: 1, limit: 1 }, true)).toMatchObject({
      total: 6,
      rows: [{ row: { bin: false } }],
    });
    expect(reasons(await reopened(device))).toEqual(expected);
  });

  it("shows a note as the record it is about, and both as one today", async () => {
    const device = await begunDevice();
    await device.notebook.edit(created("contact:a", { nameLatin: "A" }));
    device.clock.advance(1_000);
    await pulled(device, [], "1-a");
    await device.notebook.openNote("contact:a");
    const { Doc } = await import("yjs");
    const doc = new Doc();
    let update = new Uint8Array();
    doc.on("update", (bytes: Uint8Array) => (update = new Uint8Array(bytes)));
    doc.getText("text").insert(0, "typed");
    expect((await device.notebook.updateNote("contact:a", update)).ok).toBe(true);
    const [first] = device.notebook.waiting({ offset: 0, limit: 10 }, true).rows;
    expect(first).toMatchObject({ id: "note:contact:a", note: true, reason: "queued", row: { id: "contact:a" } });
    const { waiting, waitingTotal } = await todayOf(device);
    expect(waiting.map(({ id }) => id)).toEqual(["contact:a", device.notebook.identity?.author]);
    expect(waitingTotal).toBe(2);
  });
});
