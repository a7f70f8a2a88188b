import { describe, expect, test } from "vitest";
import type { AreaRow } from "../../../src-renderer/domain/rosterRow";
import { chinaDate, readChinaDay } from "../../../src-renderer/domain/chinaTime";
import { changesForRenaming, dayBefore } from "../../../src-renderer/features/areas/areaForm";
import { areaPlaces } from "../../../src-renderer/features/areas/areaPlaces";

describe("days", () => {
  test("are read in the ways people write them, a time left out", () => {
    expect(readChinaDay("2026-11-24")).toBe("2026-11-24");
    expect(readChinaDay("24 Nov 2026")).toBe("2026-11-24");
    expect(readChinaDay("2999年12月31日")).toBe("2999-12-31");
    expect(readChinaDay("2026-11-24 23:30")).toBe("2026-11-24");
    expect(readChinaDay("2026-02-30")).toBeNull();
    expect(readChinaDay("soon")).toBeNull();
  });

  test("before others cross months, years and the end of the calendar's range", () => {
    expect(dayBefore("2026-03-01")).toBe("2026-02-28");
    expect(dayBefore("2024-03-01")).toBe("2024-02-29");
    expect(dayBefore("1900-01-01")).toBe("1899-12-31");
  });

  test("begin at midnight in China", () => {
    expect(chinaDate(Date.parse("2026-11-22T15:59:00Z"))).toBe("2026-11-22");
    expect(chinaDate(Date.parse("2026-11-22T16:00:00Z"))).toBe("2026-11-23");
  });
});

describe("renaming", () => {
  const area = { nameEn: "Toys", nameZh: "玩具" };
  test("changes nothing without a new name", () => {
    expect(changesForRenaming(area, { ...area, from: "2027-01-01" }, "id")).toBeNull();
    expect(changesForRenaming(area, { nameEn: " ", nameZh: "", from: "2027-01-01" }, "id")).toBeNull();
  });

  test("keeps both old names, also where only one is new or one falls away", () => {
    const former = { id: "id", nameEn: "Toys", nameZh: "玩具", until: "2026-12-31" };
    expect(changesForRenaming(area, { nameEn: "Games", nameZh: "", from: "2027-01-01" }, "id")).toEqual([
      { op: "putItem", field: "formerNames", item: former },
      { op: "set", field: "nameEn", value: "Games" },
      { op: "set", field: "nameZh", value: undefined },
    ]);
  });
});

test("what stands below a retired area moves up to the next superior that is not", () => {
  const at = (slug: string, depth: number, rest: Partial<AreaRow> = {}) => ({
    depth,
    row: { type: "area", id: `area:${slug}`, kind: "technical", bin: false, waiting: false, ...rest } as AreaRow,
  });
  const places = areaPlaces(
    [
      at("a", 0),
      at("b", 1, { validTo: "2026-01-01" }),
      at("c", 2),
      at("d", 3),
      at("e", 1),
      at("f", 0, { validTo: "2026-01-02" }),
      at("g", 1, { kind: "subject" }),
    ],
    "2026-01-02",
  );
  expect(places.map(({ row, group, depth }) => `${row.id} ${group} ${String(depth)}`)).toEqual([
    "area:a technical 0",
    "area:c technical 1",
    "area:d technical 2",
    "area:e technical 1",
    "area:f technical 0",
    "area:g subject 1",
    "area:b retired 0",
  ]);
});
