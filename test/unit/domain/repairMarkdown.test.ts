import { describe, expect, it } from "vitest";
import { repairsOf } from "../../../src-renderer/domain/repairMarkdown";

function repaired(merged: string, ...versions: readonly string[]): string {
  return repairsOf(merged, versions).reduceRight(
    (text, { from, length }) => text.slice(0, from) + text.slice(from + length),
    merged,
  );
}

describe("repairing Markdown that two people changed at once", () => {
  it.each([
    ["## ## Costs", "## Costs"],
    ["# ## # Costs", "# Costs"],
    ["one\n## ## Costs\ntwo\n# # Next", "one\n## Costs\ntwo\n# Next"],
    ["- [xx] call", "- [x] call"],
    ["- [x ] call", "- [x] call"],
    ["- [ x] call", "- [x] call"],
    ["- [  ] call", "- [ ] call"],
    ["  1. [xX] call", "  1. [x] call"],
    ["- - item", "- item"],
    ["- [ ] - [ ] call", "- [ ] call"],
    ["- - [ ] call", "- [ ] call"],
    ["a ****bold**** word", "a **bold** word"],
  ])("%j becomes %j", (merged, expected) => {
    expect(repaired(merged)).toBe(expected);
    expect(repaired(expected)).toBe(expected);
  });

  it.each([
    "## Costs",
    "#hashtag # 2",
    "a ## ## b",
    "**a****b**",
    "****",
    "***both***",
    "- [x] xx",
    "[xx](link)",
    "- item - item",
    "--- ",
    "2 ** ** 3",
  ])("%j stays as it is", (text) => {
    expect(repaired(text)).toBe(text);
  });

  it("leaves alone a line that one of them had just so", () => {
    expect(repaired("## ## as shown\n- [xx]", "## ## as shown", "other\n- [xx]")).toBe("## ## as shown\n- [xx]");
  });

  it("stands long hostile lines", () => {
    for (const unit of ["# ", "- ", "****", "- [ ] ", "[x"]) {
      const line = unit.repeat(100_000);
      expect(repaired(line)).toBe(line);
      expect(repaired(unit.repeat(300)).length).toBeLessThanOrEqual(unit.length * 300);
    }
  });
});
