import { expect, it } from "vitest";
import type { AreaRow } from "../../../src-renderer/domain/rosterRow";
import { isRetired, offeredAreas } from "../../../src-renderer/ui/offeredAreas";

const today = "2026-11-22";

function area(slug: string, depth: number, more: Partial<AreaRow> = {}): { row: AreaRow; depth: number } {
  return { row: { type: "area", id: `area:${slug}`, kind: "technical", bin: false, waiting: false, ...more }, depth };
}

const places = [
  area("old", 0, { validTo: "2026-11-21" }),
  area("consumer", 0),
  area("toys", 1),
  area("trade", 0, { kind: "subject" }),
];

it("an area is retired from the day after its last one", () => {
  expect(isRetired({ validTo: "2026-11-21" }, today)).toBe(true);
  expect(isRetired({ validTo: today }, today)).toBe(false);
  expect(isRetired({}, today)).toBe(false);
});

it("retired areas are offered last and marked, those chosen already are not, the others stay a tree", () => {
  const offered = offeredAreas(places, { kinds: ["technical", "subject"], today, without: new Set(["area:trade"]) });
  expect(offered.map(({ row, depth, retired }) => [row.id, depth, retired])).toEqual([
    ["area:consumer", 0, false],
    ["area:toys", 1, false],
    ["area:old", 0, true],
  ]);
});

it("subjects are offered only where the glossary asks for them", () => {
  const offered = offeredAreas(places, { kinds: ["technical"], today });
  expect(offered.map(({ row }) => row.id)).not.toContain("area:trade");
});
