import { describe, expect, it } from "vitest";
import { foldHan, foldSpelledOut, foldText, hasHan, isHan } from "../../../src-renderer/language/fold";
import { foldPairs } from "../../../src-renderer/language/foldTable";

describe("folding a text for comparison", () => {
  it.each([
    ["Müller", "muller"],
    ["STRASSE Straße", "strasse strasse"],
    ["Østergård", "ostergard"],
    ["Łódź", "lodz"],
    ["O’Brien", "obrien"],
    ["O'Brien", "obrien"],
    ["Anna-Maria", "anna maria"],
    ["ＧＢ／Ｔ　１９００１", "gb t 19001"],
    ["GB/T 19001-2016", "gb t 19001 2016"],
    ["住房和城鄉建設部", "住房和城乡建设部"],
    ["標準", "标准"],
    ["臺灣", "台湾"],
    ["裡裏", "里里"],
    ["為爲", "为为"],
    ["eu标准", "eu 标准"],
    ["㎡", "m2"],
    ["𠮷野家", "𠮷野家"],
    ["lǚ", "lu"],
    ["🙂", "🙂"],
    ["?!", ""],
    ["", ""],
  ])("%s is %s", (text, folded) => {
    expect(foldText(text)).toBe(folded);
    expect(foldText(folded)).toBe(folded);
  });

  it("knows the other spelling of umlauts", () => {
    expect(foldSpelledOut("Müller")).toBe("mueller");
    expect(foldSpelledOut("Østergård")).toBe("oestergaard");
    expect(foldSpelledOut("Weber")).toBeUndefined();
  });

  it("sees Chinese beyond the basic block, and in nothing else", () => {
    for (const character of ["中", "㐂", "𠮷", "〇", "\u{30000}"]) expect(isHan(character)).toBe(true);
    for (const character of ["a", "あ", "한", "，", "1", "é", "🙂"]) expect(isHan(character)).toBe(false);
    expect(hasHan("abc 𠮷")).toBe(true);
    expect(hasHan("abc, é")).toBe(false);
  });
});

describe("the fold table", () => {
  const characters = foldPairs.flatMap((line) => Array.from(line));

  it("leads every character to its end in one step", () => {
    const sources = new Set(characters.filter((_, index) => index % 2 === 0));
    const targets = characters.filter((_, index) => index % 2 === 1);
    expect(characters.length % 2).toBe(0);
    expect(sources.size).toBe(targets.length);
    expect(targets.filter((target) => sources.has(target))).toEqual([]);
    expect(targets.length).toBeGreaterThan(3500);
  });

  it("leaves the characters of simplified text alone", () => {
    const text = "国家市场监督管理总局发布了关于加强标准化工作的若干意见干后里面台几发历";
    expect(foldHan(text)).toBe(text);
  });
});
