import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildFilterKeys, parseQuery, score, type SearchText } from "../../src-renderer/language/filter";
import { gramsOf, GramTable } from "../../src-renderer/language/filterGrams";

/** The quick look may be wrong in one direction only. */

const letters = fc.constantFrom(
  ..."abehnruwxyzgi".split(""),
  " ",
  "'",
  "王",
  "单",
  "女",
  "市",
  "標",
  "𠮷",
  "1",
  "ü",
  "ß",
);
const text = fc.string({ unit: letters, maxLength: 14 });
const kind = fc.constantFrom<SearchText["kind"]>("zh-name", "zh", "latin", "abbreviation", "plain");
const searchText = fc.record({ text, kind, pinyin: fc.option(text, { nil: undefined }) });

/** A row that was in the same place before. */
const everything = buildFilterKeys([
  { text: "the quick brown fox jumps over the lazy dog 国家标准化管理委员会", kind: "zh" },
]);

function looks(texts: readonly SearchText[], query: string): { readonly mayMatch: boolean; readonly points: number } {
  const keys = buildFilterKeys(texts);
  const table = new GramTable();
  table.write(3, everything);
  table.write(3, keys);
  const parsed = parseQuery(query);
  return { mayMatch: table.mayMatch(gramsOf(parsed), 3), points: score(parsed, keys) };
}

describe("the quick look before the filter", () => {
  it("lets every row through that matches", () => {
    let matches = 0;
    fc.assert(
      fc.property(fc.array(searchText, { minLength: 1, maxLength: 3 }), text, (texts, query) => {
        const seen = looks(texts, query);
        if (seen.points > 0) {
          matches += 1;
          expect(seen.mayMatch).toBe(true);
        }
      }),
      { numRuns: 5_000 },
    );
    expect(matches).toBeGreaterThan(100);
  });

  it("lets through what is found by a part of its own text, reading and initials", () => {
    fc.assert(
      fc.property(searchText, fc.nat(), fc.integer({ min: 1, max: 6 }), (one, from, length) => {
        const keys = buildFilterKeys([one]);
        for (const found of [keys.text, keys.pinyin, keys.initials]) {
          const start = from % Math.max(1, found.length);
          const seen = looks([one], found.slice(start, start + length));
          if (seen.points > 0) expect(seen.mayMatch).toBe(true);
        }
      }),
      { numRuns: 3_000 },
    );
  });

  it("stops nearly all rows that do not match", () => {
    const names = ["王小明", "李军", "张伟", "Anna Weber", "陈建国", "Markus Müller", "刘洋", "Ingrid Svensson"];
    const queries = ["wangxiaoming", "李军", "weber anna", "zhang1", "sven", "qqq", "lj"];
    let passed = 0;
    let matched = 0;
    for (const name of names) {
      for (const query of queries) {
        const seen = looks([{ text: name, kind: "zh-name" }], query);
        if (seen.mayMatch) passed += 1;
        if (seen.points > 0) matched += 1;
      }
    }
    expect(matched).toBeGreaterThan(4);
    expect(passed - matched).toBeLessThan(0.05 * names.length * queries.length);
  });
});
