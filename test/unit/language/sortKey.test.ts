import { describe, expect, it } from "vitest";
import { compareSortKeys, sortKey } from "../../../src-renderer/language/sortKey";

function sorted(...names: readonly string[]): readonly string[] {
  return [...names].sort((a, b) => compareSortKeys(sortKey(a, "name"), sortKey(b, "name")));
}

describe("the order of names", () => {
  it("is one for both scripts", () => {
    expect(sorted("Weber", "张三", "李四", "Adams", "欧阳修", "Müller", "曾志伟")).toEqual([
      "Adams",
      "李四",
      "Müller",
      "欧阳修",
      "Weber",
      "曾志伟",
      "张三",
    ]);
  });

  it("puts the same syllables together and lets tones decide", () => {
    expect(sorted("黎明", "李明", "离明", "力明")).toEqual(["离明", "黎明", "李明", "力明"]);
    expect(sorted("李四五", "李四")).toEqual(["李四", "李四五"]);
  });

  it("follows a reading that was corrected by hand", () => {
    expect(sortKey("单磊", "name", "Dān Lěi") < sortKey("李四", "name")).toBe(true);
    expect(sortKey("单磊", "name") > sortKey("李四", "name")).toBe(true);
  });

  it("puts empty names last and characters nobody can read behind Latin", () => {
    expect(sorted("", "\u{2A6D6}", "Zoe")).toEqual(["Zoe", "\u{2A6D6}", ""]);
  });

  it("ignores case and marks first", () => {
    expect(sorted("éric", "Emil", "Eva", "emma")).toEqual(["Emil", "emma", "éric", "Eva"]);
  });
});
