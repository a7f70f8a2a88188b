import { describe, expect, it } from "vitest";
import { buildFilterKeys, parseQuery, score, type SearchText } from "../../../src-renderer/language/filter";

function points(query: string, ...texts: readonly SearchText[]): number {
  return score(parseQuery(query), buildFilterKeys(texts));
}
const latin = (text: string): SearchText => ({ text, kind: "latin" });
const name = (text: string, pinyin?: string): SearchText => ({ text, kind: "zh-name", pinyin });
const plain = (text: string): SearchText => ({ text, kind: "plain" });

describe("the filter", () => {
  it.each([
    ["Weber Anna", latin("Anna Weber")],
    ["anna web", latin("Anna Weber")],
    ["web ann", latin("Anna Weber")],
    ["aw", latin("Anna Weber")],
    ["wa", latin("Anna Weber")],
    ["müller", latin("Mueller")],
    ["mueller", latin("Müller")],
    ["muller", latin("Müller")],
    ["obrien", latin("Sinéad O’Brien")],
    ["o'brien", latin("Sinead OBrien")],
    ["annamaria", latin("Anna-Maria")],
    ["单", name("單磊")],
    ["單磊", name("单磊")],
    ["shanlei", name("单磊")],
    ["shan4lei3", name("单磊")],
    ["Shàn Lěi", name("单磊")],
    ["danlei", name("单磊")],
    ["sl", name("单磊")],
    ["dl", name("单磊")],
    ["danlei", name("单磊", "Dān Lěi")],
    ["lvbu", name("吕布")],
    ["lübu", name("吕布")],
    ["lyubu", name("吕布")],
    ["lubu", name("吕布")],
    ["lü3bu4", name("吕布")],
    ["lu:3bu4", name("吕布")],
    ["xi'an", plain("西安")],
    ["xian", plain("西安")],
    ["ouyang", name("欧阳修")],
    ["oyx", name("欧阳修")],
    ["𠮷", name("𠮷田茂")],
    ["jitian", name("𠮷田茂")],
    ["gb/t 标准", plain("GB/T 19001 质量管理体系标准")],
    ["gbt", plain("GB/T 19001")],
    ["gb/t19001", plain("GB/T 19001")],
    ["eu标准", plain("EU 与中国的标准")],
    ["13812345678", plain("+86 138 1234 5678")],
    ["1234", plain("+86 138 1234 5678")],
    ["anna@cen.eu", plain("anna@cen.eu")],
    ["🙂", plain("Anna 🙂")],
  ])("finds %s in %o", (query, text) => {
    expect(points(query, text)).toBeGreaterThan(0);
  });

  it.each([
    ["zu", name("朱明")],
    ["shan2lei3", name("单磊")],
    ["lanjing", name("南京")],
    ["lin jing", name("林金")],
    ["linjan", name("林江")],
    ["anlei", name("单磊")],
    ["bb", latin("Anna Weber")],
    ["eb", latin("Anna Weber")],
    ["anna müller", latin("Anna Weber")],
    ["磊单", name("单磊")],
  ])("does not find %s in %o", (query, text) => {
    expect(points(query, text)).toBe(0);
  });

  it("ranks whole names before beginnings, beginnings before words inside, and initials last", () => {
    const ordered = [
      points("weber", latin("Weber")),
      points("weber", latin("Weberling")),
      points("weber", latin("Anna Weber")),
      points("weber", latin("Anna Schweber")),
    ];
    expect(ordered).toEqual([...ordered].sort((a, b) => b - a));
    expect(new Set(ordered).size).toBe(4);
    expect(points("li", name("李四"))).toBeGreaterThan(points("li", name("刘毅")));
  });

  it("ranks the reading that is right before one that is only possible", () => {
    expect(points("shanlei", name("单磊"))).toBeGreaterThan(points("danlei", name("单磊")));
    expect(points("danlei", name("单磊", "Dān Lěi"))).toBeGreaterThan(points("shanlei", name("单磊", "Dān Lěi")));
    expect(points("zhong4", name("众信"))).toBeGreaterThan(points("zhong4", name("中信")));
  });

  it("ranks more telling texts first", () => {
    expect(points("bruce", latin("Bruce"), plain("Anna"))).toBeGreaterThan(
      points("bruce", latin("Anna"), plain("Bruce")),
    );
  });

  it("stands absurd input", () => {
    const long = "中行".repeat(50_000);
    expect(points("中行", plain(long))).toBeGreaterThan(0);
    expect(points("z".repeat(100_000), plain(long))).toBe(0);
    expect(points("", plain(""))).toBe(1);
    expect(points("a", plain(""))).toBe(0);
    // Half a character is no character: nothing was asked for.
    expect(points("\ud842", plain("𠮷"))).toBe(1);
    expect(points("a\nb", latin("a b"))).toBeGreaterThan(0);
  });
});
