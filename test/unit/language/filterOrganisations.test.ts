import { readFileSync } from "node:fs";
import { Converter } from "opencc-js";
import { describe, expect, it } from "vitest";
import { buildFilterKeys, parseQuery, score } from "../../../src-renderer/language/filter";
import { organisation, organisationKind } from "../../../src-renderer/domain/records/organisation";

/** Every shipped organisation is found by every way in which somebody may write it. */

interface Shipped {
  readonly id: string;
  readonly nameEn: string;
  readonly nameZh?: string;
  readonly abbreviation?: string;
  readonly shortZh?: readonly string[];
  readonly pinyin?: string;
  readonly level: string;
  readonly formerNames?: readonly string[];
}
const shipped = JSON.parse(
  readFileSync(new URL("../../../resources/organisations.json", import.meta.url), "utf8"),
) as readonly Shipped[];
const rows = shipped.map((entry) => {
  const formerNames = (entry.formerNames ?? []).map((text, index) => ({ id: String(index), text }));
  const { nameEn, nameZh, abbreviation, shortZh, pinyin, level } = entry;
  const data = organisation.parse(
    JSON.parse(JSON.stringify({ nameEn, nameZh, abbreviation, shortZh, pinyin, level, formerNames })),
  );
  return { ...entry, keys: buildFilterKeys(organisationKind.searchTexts(data)) };
});

function found(query: string): readonly string[] {
  const parsed = parseQuery(query);
  return rows
    .map(({ id, keys }) => ({ id, points: score(parsed, keys) }))
    .filter(({ points }) => points > 0)
    .sort((a, b) => b.points - a.points)
    .map(({ id }) => id);
}

const toTraditional = Converter({ from: "cn", to: "t" });
const toTaiwan = Converter({ from: "cn", to: "tw" });
const toneMarks = ["\u0304", "\u0301", "\u030c", "\u0300"];

/** guó as guo2 */
function numbered(syllable: string): string {
  const bare = syllable
    .normalize("NFD")
    .replace(/[\u0304\u0301\u030c\u0300]/g, "")
    .normalize("NFC");
  const tone = toneMarks.findIndex((mark) => syllable.normalize("NFD").includes(mark)) + 1;
  return bare.replace("ü", "v") + (tone === 0 ? "" : String(tone));
}

function writings(row: Shipped): readonly string[] {
  const chinese = [row.nameZh ?? "", ...(row.shortZh ?? [])].filter((name) => name !== "");
  const syllables = (row.pinyin ?? "").split(/\s+/).filter((syllable) => /^\p{L}/u.test(syllable));
  const plain = syllables.map((syllable) => numbered(syllable).replace(/\d/, ""));
  const isHanOnly = /^\p{Script=Han}+$/u.test(row.nameZh ?? "");
  const spoken = isHanOnly
    ? [
        row.pinyin ?? "",
        syllables.join(""),
        syllables.map(numbered).join(""),
        syllables.map(numbered).join(" "),
        plain.join(" "),
        plain.join(""),
        plain.join("").slice(0, -1),
        plain.slice(0, 2).join(""),
        plain.slice(1, 4).join(""),
        plain.map((syllable) => syllable[0]).join(""),
      ]
    : [];
  const words = row.nameEn.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== "");
  return [
    ...chinese,
    ...chinese.map(toTraditional),
    ...chinese.map(toTaiwan),
    ...chinese.flatMap((name) => name.match(/\p{Script=Han}/gu) ?? []),
    ...spoken,
    row.abbreviation ?? row.nameEn,
    (row.abbreviation ?? row.nameEn).toLowerCase(),
    row.nameEn,
    row.nameEn.toUpperCase(),
    words.toReversed().join(" "),
    ...words.map((word) => word.slice(0, 4).toLowerCase()),
    `${words[0] ?? ""} ${Array.from(chinese[0] ?? "")
      .slice(0, 2)
      .join("")}`,
  ].filter((writing) => writing !== "");
}

describe("the filter over the shipped organisations", () => {
  it.each(rows.map((row) => [row.id, row] as const))("finds %s by every way of writing it", (id, row) => {
    expect(writings(row).filter((writing) => !found(writing).includes(id))).toEqual([]);
  });

  it.each(rows.map((row) => [row.id, row] as const))("puts %s first for its full names", (id, row) => {
    const fullNames = [row.nameEn, ...(row.nameZh === undefined ? [] : [row.nameZh, toTraditional(row.nameZh)])];
    for (const name of fullNames) expect(found(name)[0]).toBe(id);
  });

  it.each([
    "zjb",
    "jianshebu",
    "jian she bu",
    "JianSheBu",
    "zhujian",
    "zhujianb",
    "zhu4jian4bu4",
    "zhù jiàn bù",
    "zhùjiànbù",
    "住建部",
    "建设部",
    "住房和城乡建設部",
    "住房和城鄉建設部",
    "mohurd",
    "MOHURD",
    "mohu",
    "housing",
    "urban housing",
    "housing 住建",
    "ministry of housing",
  ])("puts the housing ministry first for %s", (query) => {
    expect(found(query)[0]).toBe("mohurd");
  });

  it("matches no tone but the one typed, and confuses no sounds", () => {
    expect(found("zhu4jian4bu3")).toEqual([]);
    expect(found("zujianbu")).toEqual([]);
    expect(found("zhujianpu")).toEqual([]);
    expect(found("zhujiangbu")).not.toContain("mohurd");
  });

  it("shows all for an empty query and nothing for nonsense", () => {
    expect(found("  ")).toHaveLength(rows.length);
    expect(found("qqqq")).toEqual([]);
    expect(found("龘龘")).toEqual([]);
  });
});
