import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readShipped, shippedFiles, type ShippedFile } from "../../../src-renderer/data/shipped";
import type { RecordOf } from "../../../src-renderer/domain/record";
import { recordKind } from "../../../src-renderer/domain/recordKinds";
import { preferredForm } from "../../../src-renderer/domain/records/term";

const quiet = (): void => undefined;

function fromDisk(file: ShippedFile): Promise<string> {
  return Promise.resolve(readFileSync(`resources/${file}`, "utf8"));
}

function only(file: ShippedFile, text: string): Promise<Awaited<ReturnType<typeof readShipped>>> {
  return readShipped((each) => Promise.resolve(each === file ? text : "[]"), quiet);
}

async function shippedTerm(id: string): Promise<RecordOf<"term">> {
  const record = (await readShipped(fromDisk, quiet)).records.get(id);
  if (record?.type !== "term") throw new Error(`no term ${id}`);
  return record;
}

describe("the shipped files", () => {
  it("are whole, and every record in them fits the schema of its type", async () => {
    const { records, damagedFiles } = await readShipped(fromDisk, quiet);
    expect(damagedFiles).toEqual([]);
    const count = (type: string): number => [...records.values()].filter((record) => record.type === type).length;
    expect([count("organisation"), count("term"), count("area")]).toEqual([148, 549, 27]);
    for (const { type, data } of records.values()) expect(recordKind(type).schema.parse(data)).toEqual(data);
  });

  it("name only records that ship as well", async () => {
    const { records } = await readShipped(fromDisk, quiet);
    for (const { id, type, data } of records.values()) {
      for (const link of recordKind(type).links(data)) expect(records.has(link), `${id} names ${link}`).toBe(true);
    }
  });

  it("give organisations stable ids of former names", async () => {
    const samr = (await readShipped(fromDisk, quiet)).records.get("organisation:samr");
    expect(samr?.type === "organisation" && new Set(samr.data.formerNames.map(({ id }) => id)).size).toBe(2);
  });

  it("keep the order of the areas, with the subjects of the glossary after the technical ones", async () => {
    const { records } = await readShipped(fromDisk, quiet);
    const areas = [...records.values()].filter((record) => record.type === "area");
    expect(areas.slice(0, 3).map(({ id }) => id)).toEqual([
      "area:cloud-computing",
      "area:consumer-protection",
      "area:toys",
    ]);
    expect(areas.slice(-3).map(({ data }) => [data.kind, data.nameZh])).toEqual([
      ["subject", "标准化"],
      ["subject", "合格评定"],
      ["subject", "贸易"],
    ]);
    expect(areas.find(({ id }) => id === "area:toys")?.data.parentId).toBe("area:consumer-protection");
  });

  it("give a term its preferred forms with reading and traditional characters, then its synonyms", async () => {
    const { data } = await shippedTerm("term:standardization");
    expect(preferredForm(data, "zh")).toEqual({
      id: "zh",
      language: "zh",
      text: "标准化",
      status: "preferred",
      pinyin: "biāo zhǔn huà",
      traditional: "標準化",
    });
    expect(data.forms.filter(({ language }) => language === "en")).toEqual([
      { id: "en", language: "en", text: "standardization", status: "preferred" },
      { id: "en:standardisation", language: "en", text: "standardisation", status: "admitted" },
    ]);
    expect(data.areaIds).toEqual(["area:standardization"]);
  });

  it("warn of forms to avoid, also where one stands among the synonyms", async () => {
    const { data } = await shippedTerm("term:association-standard");
    const group = data.forms.filter(({ text }) => text === "group standard");
    expect(group).toMatchObject([{ id: "en:group standard", status: "deprecated", prefer: "association standard" }]);
    expect(group[0]?.reason).toMatch(/literal rendering/);
  });

  it.each([
    ["that is no JSON", "[{"],
    ["that is no list", "{}"],
    ["that is empty", ""],
  ])("are named as damaged when there is one %s, and the others are read", async (_, text) => {
    const { records, damagedFiles } = await readShipped(
      (file) => (file === "glossary.json" ? Promise.resolve(text) : fromDisk(file)),
      quiet,
    );
    expect(damagedFiles).toEqual(["glossary.json"]);
    expect(records.size).toBe(148 + 27);
  });

  it("are named as damaged when they are missing", async () => {
    const { records, damagedFiles } = await readShipped(() => Promise.reject(new Error("404")), quiet);
    expect(damagedFiles).toEqual(shippedFiles);
    expect(records.size).toBe(0);
  });

  it.each([
    ["an entry that cannot be read", '{"id":"b","level":"galactic"}'],
    ["two entries of one slug", '{"id":"a","level":"platform"}'],
    ["an entry that is none", "null"],
  ])("are named as damaged when they have %s, and the other entries are used", async (_, entry) => {
    const read = await only("organisations.json", `[{"id":"a","level":"ministerial"},${entry}]`);
    expect(read.damagedFiles).toEqual(["organisations.json"]);
    expect([...read.records.values()].map(({ data }) => data)).toMatchObject([{ level: "ministerial" }]);
  });
});
