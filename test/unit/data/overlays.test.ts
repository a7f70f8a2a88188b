import { afterEach, describe, expect, it } from "vitest";
import type { Notebook } from "../../../src-renderer/data/notebook";
import type { ShippedFile } from "../../../src-renderer/data/shipped";
import type { Edit } from "../../../src-renderer/domain/edit";
import { set } from "../../support/edits";
import { begunDevice, closeTables, memoryTable, reopened } from "../../support/notebookDevice";
import { aRecord } from "../../support/recordBuilders";

afterEach(closeTables);

const saved = { ok: true, value: null };
const samr = "organisation:samr" as const;
const sac = "organisation:sac" as const;

type Shipped = Partial<Record<ShippedFile, string>>;

function organisations(...entries: readonly object[]): Shipped {
  return { "organisations.json": JSON.stringify(entries) };
}

const samrEntry = {
  id: "samr",
  nameEn: "Administration",
  nameZh: "总局",
  level: "ministerial",
  website: "https://a.example",
};
const sacEntry = { id: "sac", nameEn: "Standardization Administration", level: "ministerial-agency", parentId: "samr" };
const list = organisations(samrEntry, sacEntry);

async function ids(
  notebook: Notebook,
  type: "organisation" | "term" | "area",
  filter = "",
): Promise<readonly string[]> {
  return notebook.ids({ type, filter });
}

describe("a shipped record", () => {
  it("is changed in place, shows what was changed, and returns to what ships", async () => {
    const { notebook } = await begunDevice({ shipped: list });
    expect(await notebook.read(samr)).toMatchObject({
      shipped: true,
      changed: [],
      row: { shipped: true, waiting: false },
    });
    expect(await notebook.edit(set(samr, "nameEn", "State Administration"))).toEqual(saved);
    expect(await notebook.edit(set(samr, "website", undefined))).toEqual(saved);
    const view = await notebook.read(samr);
    expect(view).toMatchObject({
      record: { data: { nameEn: "State Administration", nameZh: "总局", level: "ministerial" } },
      base: { data: { nameEn: "Administration" } },
      shipped: false,
      row: { nameEn: "State Administration", shipped: true, changed: true, waiting: true },
    });
    expect(new Set(view?.changed)).toEqual(new Set(["nameEn", "website"]));
    expect(Object.values(view?.record.data ?? {})).not.toContain(null);
    expect(await ids(notebook, "organisation", "state administration")).toEqual([samr]);
    await notebook.edit({ kind: "return", id: samr, fields: ["website"] });
    expect((await notebook.read(samr))?.record.data).toMatchObject({ website: "https://a.example" });
    await notebook.edit({ kind: "return", id: samr });
    const returned = await notebook.read(samr);
    expect(returned).toMatchObject({ shipped: true, changed: [], record: { data: { nameEn: "Administration" } } });
    expect(returned?.row.changed ?? false).toBe(false);
  });

  it("is hidden by deleting, moves its subordinates up, and is shown again", async () => {
    const { notebook } = await begunDevice({ shipped: list });
    await notebook.edit(set(samr, "nameEn", "Changed"));
    expect(await notebook.edit({ kind: "delete", id: samr })).toEqual(saved);
    expect(await ids(notebook, "organisation")).toEqual([sac]);
    expect(notebook.rows([samr])).toMatchObject([
      { bin: true, deletedAt: expect.any(String) as string, shipped: true },
    ]);
    const outline = notebook.outline({ type: "organisation", collapsed: [], offset: 0, limit: 10 });
    expect(outline.rows).toMatchObject([{ row: { id: sac }, depth: 0, below: 0 }]);
    await notebook.edit({ kind: "restore", id: samr });
    expect(await ids(notebook, "organisation")).toEqual([samr, sac]);
    expect((await notebook.read(samr))?.record.data).toMatchObject({ nameEn: "Changed" });
  });

  it("keeps its changes over a kill, a rebuild from the ledger, and a start from the snapshot", async () => {
    const device = await begunDevice({ shipped: list });
    await device.notebook.edit(set(samr, "nameEn", "Changed"));
    const fill = Array.from({ length: 60 }, (_, index): Edit => ({
      kind: "create",
      id: `contact:${index}`,
      type: "contact",
      visibility: "project",
      changes: [],
    }));
    await device.notebook.editMany(fill);
    await device.notebook.flush();
    expect((await device.table.get(["state:roster"])).size).toBe(1);
    const later = await reopened(device, { shipped: list });
    expect(await later.notebook.read(samr)).toMatchObject({
      row: { nameEn: "Changed", changed: true },
      changed: ["nameEn"],
    });
    const rebuilt = await reopened(later, { shipped: list, table: await memoryTable() });
    expect(await rebuilt.notebook.read(samr)).toMatchObject({ row: { nameEn: "Changed" }, changed: ["nameEn"] });
  });

  it("an area is renamed and retired, and never deleted", async () => {
    const shipped = {
      "technical-areas.json": JSON.stringify([
        { id: "toys", nameEn: "Toys" },
        { id: "ict", nameEn: "ICT" },
      ]),
    };
    const { notebook } = await begunDevice({ shipped });
    expect(await notebook.edit({ kind: "delete", id: "area:toys" })).toEqual({
      ok: false,
      failure: { kind: "not-deletable", id: "area:toys" },
    });
    await notebook.edit(set("area:toys", "validTo", "2026-12-31"));
    expect(await ids(notebook, "area")).toEqual(["area:ict", "area:toys"]);
  });

  it("is found by what its changes link to, and no longer by what ships", async () => {
    const shipped = {
      "glossary.json": JSON.stringify([{ id: "toy", en: ["toy"], zh: ["玩具"], area: "toys" }]),
      "technical-areas.json": JSON.stringify([{ id: "toys" }, { id: "ict" }]),
    };
    const { notebook } = await begunDevice({ shipped });
    const linked = (area: string): Promise<readonly string[]> =>
      notebook.ids({ type: "term", filter: "", linkedTo: area });
    expect(await linked("area:toys")).toEqual(["term:toy"]);
    await notebook.edit(set("term:toy", "areaIds", ["area:ict"]));
    expect([await linked("area:toys"), await linked("area:ict")]).toEqual([[], ["term:toy"]]);
    await notebook.edit({ kind: "return", id: "term:toy" });
    expect([await linked("area:toys"), await linked("area:ict")]).toEqual([["term:toy"], []]);
  });
});

describe("a superior", () => {
  it("that would make a circle is refused, through shipped, changed and own records alike", async () => {
    const { notebook } = await begunDevice({ shipped: list });
    const own = "organisation:01890000-0000-7000-8000-000000000001" as const;
    const changes = [
      { op: "set", field: "level", value: "platform" },
      { op: "set", field: "parentId", value: sac },
    ] as const;
    expect(
      await notebook.edit({
        kind: "create",
        id: own,
        type: "organisation",
        visibility: "project",
        changes: [...changes],
      }),
    ).toEqual(saved);
    const circle = { ok: false, failure: { kind: "circle", field: "parentId" } };
    expect(await notebook.edit(set(samr, "parentId", own))).toEqual(circle);
    expect(await notebook.edit(set(samr, "parentId", samr))).toEqual(circle);
    await notebook.edit({ kind: "delete", id: sac });
    expect(await notebook.edit(set(samr, "parentId", own))).toEqual(circle);
    await notebook.edit(set(own, "parentId", undefined));
    expect(await notebook.edit(set(samr, "parentId", own))).toEqual(saved);
  });

  it("that would make a circle with another edit of the same step is refused, and nothing of the step is kept", async () => {
    const { notebook } = await begunDevice({ shipped: organisations(samrEntry, { ...sacEntry, parentId: undefined }) });
    const outcome = await notebook.editMany([set(samr, "parentId", sac), set(sac, "parentId", samr)]);
    expect(outcome).toEqual({ ok: false, failure: { kind: "circle", field: "parentId" } });
    expect((await notebook.read(samr))?.changed).toEqual([]);
  });
});

describe("an updated list", () => {
  it("brings its news, and keeps what was changed here", async () => {
    const device = await begunDevice({ shipped: list });
    await device.notebook.edit(set(samr, "nameEn", "Mine"));
    const updated = organisations({ ...samrEntry, nameEn: "Theirs", nameZh: "新总局" }, sacEntry, {
      id: "miit",
      nameEn: "Industry",
      level: "ministerial",
    });
    const { notebook } = await reopened(device, { shipped: updated });
    expect(await notebook.read(samr)).toMatchObject({
      record: { data: { nameEn: "Mine", nameZh: "新总局" } },
      base: { data: { nameEn: "Theirs" } },
      changed: ["nameEn"],
    });
    expect(await ids(notebook, "organisation")).toContain("organisation:miit");
    await notebook.edit({ kind: "return", id: samr });
    expect((await notebook.read(samr))?.record.data).toMatchObject({ nameEn: "Theirs" });
  });

  it("that says what was changed here is no change any more, and the next list does not undo it", async () => {
    const device = await begunDevice({ shipped: list });
    await device.notebook.edit(set(samr, "nameEn", "Mine"));
    const same = await reopened(device, { shipped: organisations({ ...samrEntry, nameEn: "Mine" }, sacEntry) });
    expect(await same.notebook.read(samr)).toMatchObject({ shipped: true, changed: [] });
    const third = await reopened(same, { shipped: organisations({ ...samrEntry, nameEn: "Third" }, sacEntry) });
    expect(await third.notebook.read(samr)).toMatchObject({
      record: { data: { nameEn: "Mine" } },
      changed: ["nameEn"],
    });
  });

  it("without an entry still shows what was changed in it, which can be edited and is pushed", async () => {
    const device = await begunDevice({ shipped: list });
    await device.notebook.edit(set(samr, "nameEn", "Mine"));
    const { notebook } = await reopened(device, { shipped: organisations(sacEntry) });
    expect(await notebook.read(samr)).toMatchObject({
      record: { data: { nameEn: "Mine", level: "chinese-sdo" } },
      row: { changed: true },
      base: null,
      changed: ["nameEn"],
    });
    expect(await ids(notebook, "organisation")).toContain(samr);
    expect(await notebook.edit(set(samr, "level", "ministerial"))).toEqual(saved);
    expect(await notebook.edit({ kind: "return", id: samr })).toMatchObject({ failure: { kind: "not-found" } });
    const [waiting] = (await notebook.syncStore.waiting(10)).filter(({ id }) => id === samr);
    expect(waiting?.content).toMatchObject({
      kind: "overlay",
      record: { data: { nameEn: "Mine", level: "ministerial" } },
    });
    const back = await reopened({ ...device, notebook }, { shipped: list });
    expect((await back.notebook.read(samr))?.record.data).toMatchObject({ nameEn: "Mine", nameZh: "总局" });
  });

  it("with a new entry like one that was made here has both", async () => {
    const device = await begunDevice({ shipped: organisations(sacEntry) });
    const own = "organisation:01890000-0000-7000-8000-000000000001";
    const fields = { nameEn: samrEntry.nameEn, nameZh: samrEntry.nameZh, level: samrEntry.level };
    const changes = Object.entries(fields).map(([field, value]) => ({ op: "set" as const, field, value }));
    await device.notebook.edit({ kind: "create", id: own, type: "organisation", visibility: "project", changes });
    const { notebook } = await reopened(device, { shipped: list });
    expect([...(await ids(notebook, "organisation", "administration"))].sort()).toEqual([own, sac, samr].sort());
    expect(await notebook.read(own)).toMatchObject({ shipped: false, base: null, changed: [] });
  });

  it("that is damaged leaves the changes to its records in sight", async () => {
    const device = await begunDevice({ shipped: list });
    await device.notebook.edit(set(samr, "nameEn", "Mine"));
    await device.notebook.edit({ kind: "delete", id: sac });
    const { notebook, troubles } = await reopened(device, { shipped: { "organisations.json": "[{" } });
    expect(notebook.damagedFiles).toEqual(["organisations.json"]);
    expect(troubles).toEqual([]);
    expect(await ids(notebook, "organisation")).toEqual([samr]);
    expect(await notebook.read(sac)).toMatchObject({ row: { bin: true } });
  });
});

describe("changes that a newer version of the app made to a shipped record", () => {
  it("are shown as far as they fit, and not edited", async () => {
    const { notebook } = await begunDevice({ shipped: list });
    const newer = aRecord(samr, { v: 9, data: { nameEn: "Newer", level: { rank: 1 }, mood: 3 } });
    await notebook.syncStore.writePulled(
      "n",
      { arrivals: [{ kind: "document", id: samr, rev: "1-a", content: newer }] },
      () => ({ kind: "take", content: newer, rev: "1-a" }),
    );
    expect(await notebook.read(samr)).toMatchObject({
      record: { data: { nameEn: "Newer", nameZh: "总局", level: "ministerial" } },
      row: { newer: true, shipped: true },
    });
    expect(await notebook.edit(set(samr, "nameZh", "局"))).toMatchObject({ failure: { kind: "read-only" } });
  });
});
