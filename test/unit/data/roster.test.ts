import { readFileSync } from "node:fs";
import { afterEach, describe, expect, it } from "vitest";
import { Roster } from "../../../src-renderer/data/roster";
import { readShipped } from "../../../src-renderer/data/shipped";
import type { StoredRecord } from "../../../src-renderer/data/storedRecord";
import { idOfContent } from "../../../src-renderer/domain/parseRecord";
import type { Content } from "../../../src-renderer/domain/record";
import type { RosterRow } from "../../../src-renderer/domain/rosterRow";
import { aContact, aRecord } from "../../support/recordBuilders";
import { seededRandom } from "../../support/seededRandom";
import { begunDevice, closeTables, reopened } from "../../support/notebookDevice";

afterEach(closeTables);

const readFile = (file: string): Promise<string> => Promise.resolve(readFileSync(`resources/${file}`, "utf8"));

function rosterOf(...contents: readonly Content[]): Roster {
  const roster = new Roster((id) => id === "contact:waits");
  for (const content of contents) roster.put(storedRecord(content, false));
  return roster;
}

async function ids(roster: Roster, type: RosterRow["type"], filter = "", linkedTo?: string): Promise<string[]> {
  const { rows } = await roster.list({ type, filter, offset: 0, limit: 200, linkedTo });
  return rows.map(({ id }) => id);
}

function storedRecord(content: Content, gone: boolean): StoredRecord {
  const id = idOfContent(content);
  return { id, content, gone, rev: "", dirty: false, base: undefined, ownRev: "", hasSide: false };
}

describe("the roster", () => {
  it("lists organisations by level, then by name", async () => {
    const organisation = (id: string, nameEn: string, level: string): Content =>
      aRecord(`organisation:${id}`, { data: { nameEn, level } });
    const roster = rosterOf(
      organisation("1", "Zhejiang", "provincial"),
      organisation("2", "Ministry B", "ministerial"),
      organisation("3", "ministry a", "ministerial"),
    );
    expect(await ids(roster, "organisation")).toEqual(["organisation:3", "organisation:2", "organisation:1"]);
  });

  it("lists contacts by reading or Latin name, the nameless last, meetings newest first or by when they were begun", async () => {
    const roster = rosterOf(
      aContact("none", {}),
      aContact("zhang", { nameZh: "张三", pinyin: { value: "Zhāng Sān", source: "typed" } }),
      aContact("waits", { nameLatin: "Müller" }),
      aContact("bai", { nameZh: "白", pinyin: { value: "Bái", source: "proposed" } }),
      aRecord("meeting:undated", { data: { title: "Some day" }, createdAt: "2025-06-01T01:00:00.000Z" }),
      aRecord("meeting:old", { data: { title: "Old", startsAt: "2025-01-01T01:00:00.000Z" } }),
      aRecord("meeting:new", { data: { title: "New", startsAt: "2026-01-01T01:00:00.000Z" } }),
    );
    expect(await ids(roster, "contact")).toEqual(["contact:bai", "contact:waits", "contact:zhang", "contact:none"]);
    expect(await ids(roster, "meeting")).toEqual(["meeting:new", "meeting:undated", "meeting:old"]);
    expect(roster.row("contact:waits")).toMatchObject({ waiting: true });
    expect(roster.row("contact:bai")).toMatchObject({ waiting: false });
  });

  it("keeps meetings of 1900 and 2999 in their order, beside those of today and one without a date", async () => {
    const at = (id: string, startsAt?: string): Content => aRecord(`meeting:${id}`, { data: { title: id, startsAt } });
    const roster = rosterOf(
      at("a1900", "1899-12-31T16:00:00.000Z"),
      at("undated"),
      at("z1969", "1969-07-20T20:17:00.000Z"),
      at("2999", "2999-12-31T15:59:00.000Z"),
      at("next", "2026-11-22T01:00:00.000Z"),
    );
    expect(await ids(roster, "meeting")).toEqual([
      "meeting:2999",
      "meeting:next",
      "meeting:undated",
      "meeting:z1969",
      "meeting:a1900",
    ]);
  });

  it("lists terms by their English form, one without by its reading, and areas as they ship, then by name", async () => {
    const own = "01890000-0000-7000-8000-00000000000";
    const { records } = await readShipped(readFile, () => undefined);
    const roster = new Roster(() => false);
    for (const record of records.values()) if (record.type === "area") roster.putShipped(record);
    for (const [index, nameEn] of ["Zinc", "Batteries"].entries()) {
      roster.put(storedRecord(aRecord(`area:${own}${index}`, { data: { nameEn } }), false));
    }
    const retired = { data: { validTo: "2026-12-31" } };
    roster.put(storedRecord(aRecord("area:cloud-computing", retired), false));
    const areas = await ids(roster, "area");
    expect(areas.slice(0, 2)).toEqual(["area:consumer-protection", "area:toys"]);
    expect(areas.slice(-7)).toEqual([
      "area:e-mobility",
      `area:${own}1`,
      `area:${own}0`,
      "area:standardization",
      "area:conformity-assessment",
      "area:trade",
      "area:cloud-computing",
    ]);
    const form = (language: string, text: string, pinyin?: string): object => ({
      id: language,
      language,
      text,
      status: "preferred",
      pinyin,
    });
    const term = (index: number, ...forms: object[]): Content => aRecord(`term:${own}${index}`, { data: { forms } });
    const terms = rosterOf(
      term(0, form("en", "mandate")),
      term(1, form("zh", "标准", "biāo zhǔn")),
      term(2, form("en", "Accreditation"), form("zh", "认可", "rèn kě")),
      term(3),
    );
    expect(await ids(terms, "term")).toEqual([2, 1, 0, 3].map((index) => `term:${own}${index}`));
  });

  it("tells all ids of a list and the place of one, filtered or not", async () => {
    const roster = rosterOf(...["Cai", "Anna", "Bo", "Hanna"].map((nameLatin) => aContact(nameLatin, { nameLatin })));
    const all = { type: "contact", filter: "" } as const;
    expect(await roster.ids(all)).toEqual(["contact:Anna", "contact:Bo", "contact:Cai", "contact:Hanna"]);
    expect(await roster.place(all, "contact:Cai")).toBe(2);
    expect(await roster.ids({ ...all, filter: "ann" })).toEqual(["contact:Anna", "contact:Hanna"]);
    expect(await roster.place({ ...all, filter: "ann" }, "contact:Hanna")).toBe(1);
    expect(await roster.place({ ...all, filter: "ann" }, "contact:Bo")).toBeNull();
    expect(await roster.place(all, "contact:nobody")).toBeNull();
  });

  it.each([3, 17, 4_711])("keeps its order through any changes, as if it were made anew (SEED=%i)", async (seed) => {
    const random = seededRandom(seed);
    const roster = new Roster(() => false);
    const latest = new Map<string, StoredRecord>();
    await ids(roster, "contact");
    for (let step = 0; step < 300; step++) {
      const id = String(Math.floor(random() * 40));
      const nameLatin = "abcdef"[Math.floor(random() * 6)];
      const deleted = random() < 0.2 ? { deletedAt: "2026-11-22T08:00:00.000Z" } : {};
      const record = storedRecord(aContact(id, nameLatin === "f" ? {} : { nameLatin }, deleted), random() < 0.1);
      latest.set(record.id, record);
      roster.put(record);
      if (step % 10 === 0) {
        const anew = new Roster(() => false);
        for (const each of latest.values()) anew.put(each);
        expect(await ids(roster, "contact")).toEqual(await ids(anew, "contact"));
        expect(await ids(roster, "contact", "a")).toEqual(await ids(anew, "contact", "a"));
      }
    }
  });

  it("filters with the best match first and counts all matches beyond the window", async () => {
    const roster = rosterOf(
      ...Array.from({ length: 30 }, (_, index) => aContact(`a${index}`, { nameLatin: `Anna Weber ${index}` })),
      aContact("weber", { nameLatin: "Weber" }),
      aContact("other", { nameLatin: "Dupont" }),
    );
    const page = await roster.list({ type: "contact", filter: "weber", offset: 0, limit: 5 });
    expect(page.total).toBe(31);
    expect(page.rows).toHaveLength(5);
    expect(page.rows[0]?.id).toBe("contact:weber");
    const end = await roster.list({ type: "contact", filter: "weber", offset: 30, limit: 5 });
    expect(end.rows).toHaveLength(1);
  });

  it("finds the ministry among the shipped organisations by every way of typing it", async () => {
    const { records } = await readShipped(readFile, () => undefined);
    const roster = new Roster(() => false);
    for (const record of records.values()) roster.putShipped(record);
    expect(await ids(roster, "organisation")).toHaveLength(148);
    for (const typed of ["住建部", "住房和城鄉建設部", "zjb", "jianshebu", "mohurd", "housing"]) {
      expect((await ids(roster, "organisation", typed)).slice(0, 5)).toContain("organisation:mohurd");
    }
  });

  it("knows who names whom, also after the link is gone", async () => {
    const { notebook } = await begunDevice();
    const post = { id: "p", organisationId: "organisation:samr" };
    const create = (id: string, field: string, value: unknown) =>
      notebook.edit({
        kind: "create",
        id,
        type: id.startsWith("contact") ? "contact" : "meeting",
        visibility: "project",
        changes: [{ op: "set", field, value }],
      });
    await create("contact:a", "posts", [post]);
    await create("meeting:m", "attendees", [{ id: "x", contactId: "contact:a" }]);
    const linked = async (type: "contact" | "meeting", linkedTo: string): Promise<string[]> =>
      (await notebook.list({ type, filter: "", offset: 0, limit: 10, linkedTo })).rows.map(({ id }) => id);
    expect(await linked("contact", "organisation:samr")).toEqual(["contact:a"]);
    expect(await linked("meeting", "contact:a")).toEqual(["meeting:m"]);
    await create("contact:a", "posts", []);
    expect(await linked("contact", "organisation:samr")).toEqual([]);
  });

  it("comes from its snapshot after a restart, with what changed after it was taken", async () => {
    const device = await begunDevice();
    const { notebook } = device;
    const page = Array.from({ length: 300 }, (_, index) => aContact(`p${index}`, { nameLatin: `Person ${index}` }));
    await notebook.syncStore.writePulled(
      "n",
      { arrivals: page.map((content, index) => ({ kind: "document", id: `contact:p${index}`, rev: "1-a", content })) },
      (arrival) =>
        arrival.kind === "document" ? { kind: "take", content: arrival.content, rev: "1-a" } : { kind: "keep" },
    );
    await notebook.flush();
    const head = await device.table.get(["state:roster", "state:roster-0"]);
    expect(head.size).toBe(2);
    await notebook.edit({
      kind: "change",
      id: "contact:p7",
      changes: [{ op: "set", field: "nameLatin", value: "Zoë" }],
    });
    await notebook.edit({ kind: "delete", id: "contact:p8" });
    await notebook.flush();
    const scans: string[] = [];
    const later = await reopened(device, {
      table: { ...bound(device.table), all: (limit, after) => (scans.push(after), device.table.all(limit, after)) },
    });
    const { rows, total } = await later.notebook.list({ type: "contact", filter: "zoe", offset: 0, limit: 10 });
    expect(rows.map(({ id }) => id)).toEqual(["contact:p7"]);
    expect(total).toBe(1);
    expect((await later.notebook.list({ type: "contact", filter: "", offset: 0, limit: 10 })).total).toBe(299);
    expect(scans).toEqual([]);
  });
});

function bound(table: Awaited<ReturnType<typeof begunDevice>>["table"]) {
  return {
    get: table.get.bind(table),
    write: table.write.bind(table),
    ofType: table.ofType.bind(table),
    all: table.all.bind(table),
    close: table.close.bind(table),
  };
}
