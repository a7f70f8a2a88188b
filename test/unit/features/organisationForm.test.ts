import { describe, expect, it } from "vitest";
import {
  changesForShortForms,
  isProposed,
  levelBelow,
  openableUrl,
  shortFormsIn,
} from "../../../src-renderer/features/organisations/organisationForm";

describe("short forms in one line", () => {
  it("are parted by Chinese and Latin commas, semicolons and line breaks, each once", () => {
    expect(shortFormsIn(" 住建部、建设部，MOHURD; 住建部\n部")).toEqual(["住建部", "建设部", "MOHURD", "部"]);
    expect(shortFormsIn(" 、, ")).toEqual([]);
  });

  it("take away what was on the form and is no longer typed, and nothing else", () => {
    expect(changesForShortForms(new Set(["住", "住建", "建设部"]), "住建部、建设部")).toEqual([
      { op: "removeMember", field: "shortZh", value: "住" },
      { op: "removeMember", field: "shortZh", value: "住建" },
      { op: "addMember", field: "shortZh", value: "住建部" },
      { op: "addMember", field: "shortZh", value: "建设部" },
    ]);
    expect(changesForShortForms(new Set(), "")).toEqual([]);
  });
});

describe("a website", () => {
  it.each([
    ["https://www.samr.gov.cn", "https://www.samr.gov.cn/"],
    [" http://例子.中国/a b ", "http://xn--fsqu00a.xn--fiqs8s/a%20b"],
  ])("%s can be opened", (typed, url) => {
    expect(openableUrl(typed)).toBe(url);
  });

  it.each([
    "www.samr.gov.cn",
    "",
    "javascript:alert(1)",
    "file:///etc/passwd",
    "ftp://a.cn",
    "https://",
    "data:text/html,x",
  ])("%s cannot be opened", (typed) => {
    expect(openableUrl(typed)).toBeUndefined();
  });
});

describe("a pinyin", () => {
  it("follows the name while it is absent or the proposed one, however it is spaced", () => {
    expect(isProposed(undefined, "zhù")).toBe(true);
    expect(isProposed("Guó jiā", "guójiā")).toBe(true);
    expect(isProposed("shàn", "dān")).toBe(false);
    expect(isProposed("shàn", undefined)).toBe(false);
  });
});

it("bodies below a ministry are likely its agencies, others are like their superior", () => {
  expect(levelBelow("ministerial")).toBe("ministerial-agency");
  expect(levelBelow("provincial")).toBe("provincial");
});
