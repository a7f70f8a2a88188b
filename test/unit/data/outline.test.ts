import { describe, expect, it } from "vitest";
import { Roster } from "../../../src-renderer/data/roster";
import { aRecord } from "../../support/recordBuilders";
import { seededRandom } from "../../support/seededRandom";

const uuid = (name: string | number): string =>
  `organisation:01890000-0000-7000-8000-${String(name).padStart(12, "0")}`;

/** Organisations by number; `[3, 1]` stands below 1. */
function rosterOf(
  ...bodies: readonly (readonly [name: number, superior?: number | undefined, deleted?: boolean])[]
): Roster {
  const roster = new Roster(() => false);
  for (const [name, superior, deleted] of bodies) put(roster, name, superior, deleted);
  return roster;
}

function put(roster: Roster, name: number, superior?: number, deleted = false): void {
  const parentId = superior === undefined ? {} : { parentId: uuid(superior) };
  const content = aRecord(uuid(name), {
    data: { nameEn: String(name).padStart(5, "0"), level: "platform", ...parentId },
    ...(deleted ? { deletedAt: "2026-11-22T08:00:00.000Z" } : {}),
  });
  roster.put({
    id: uuid(name),
    content,
    gone: false,
    rev: "",
    dirty: false,
    base: undefined,
    ownRev: "",
    hasSide: false,
  });
}

/** The tree as `[name, depth, below]`. */
function shown(roster: Roster, collapsed: readonly number[] = [], offset = 0, limit = 200) {
  const { rows, total } = roster.outline({ type: "organisation", collapsed: collapsed.map(uuid), offset, limit });
  return { total, rows: rows.map(({ row, depth, below }) => [Number(row.id.slice(-12)), depth, below]) };
}

describe("the tree of organisations", () => {
  it("has every superior before its subordinates, in the order of the list", () => {
    expect(shown(rosterOf([1], [2], [3, 1], [4, 3], [5, 1])).rows).toEqual([
      [1, 0, 3],
      [3, 1, 1],
      [4, 2, 0],
      [5, 1, 0],
      [2, 0, 0],
    ]);
  });

  it("makes those roots whose superior is in the bin or not known", () => {
    expect(shown(rosterOf([1, undefined, true], [2, 1], [3, 9])).rows).toEqual([
      [2, 0, 0],
      [3, 0, 0],
    ]);
  });

  it("shows nothing below what is collapsed, counts what is shown, and gives windows of it", () => {
    const roster = rosterOf([1], [2, 1], [3, 2], [4], [5, 4]);
    expect(shown(roster, [1])).toEqual({
      total: 3,
      rows: [
        [1, 0, 2],
        [4, 0, 1],
        [5, 1, 0],
      ],
    });
    expect(shown(roster, [1, 2], 1, 1)).toEqual({ total: 3, rows: [[4, 0, 1]] });
    const place = (name: number, collapsed: readonly number[]): number | null =>
      roster.outlinePlace({ type: "organisation", collapsed: collapsed.map(uuid) }, uuid(name));
    expect([place(3, []), place(4, [1]), place(3, [1]), place(9, [])]).toEqual([2, 1, null, null]);
  });

  it("cuts a circle at the first of its records, so that each has one place", () => {
    expect(shown(rosterOf([1, 3], [2, 1], [3, 2], [4, 3])).rows).toEqual([
      [1, 0, 3],
      [2, 1, 2],
      [3, 2, 1],
      [4, 3, 0],
    ]);
    expect(shown(rosterOf([7, 7], [5, 9], [8, 9], [9, 8])).rows).toEqual([
      [7, 0, 0],
      [8, 0, 2],
      [9, 1, 1],
      [5, 2, 0],
    ]);
  });

  it("follows every change", () => {
    const roster = rosterOf([1], [2, 1]);
    expect(shown(roster).rows).toHaveLength(2);
    put(roster, 1, undefined, true);
    expect(shown(roster).rows).toEqual([[2, 0, 0]]);
  });

  it.each([5, 77, 3_303])("has each record once, right below its superior, whatever the circles (SEED=%i)", (seed) => {
    const random = seededRandom(seed);
    const bodies = Array.from({ length: 200 }, (_, name) => [name, Math.floor(random() * 220)] as const);
    const { rows, total } = shown(rosterOf(...bodies));
    expect(total).toBe(200);
    expect(new Set(rows.map(([name]) => name)).size).toBe(200);
    for (const [place, [name, depth = 0, below = 0]] of rows.entries()) {
      const under = rows.slice(place + 1);
      const end = under.findIndex(([, other = 0]) => other <= depth);
      expect(below).toBe(end < 0 ? under.length : end);
      if (depth === 0) continue;
      const superior = rows.slice(0, place).findLast(([, other]) => other === depth - 1);
      expect(superior?.[0]).toBe(bodies.find(([each]) => each === name)?.[1]);
    }
  });

  it("holds a chain of ten thousand", () => {
    const chain = Array.from({ length: 10_000 }, (_, name) => [name, name === 0 ? undefined : name - 1] as const);
    const { rows, total } = shown(rosterOf(...chain), [], 9_990, 10);
    expect(total).toBe(10_000);
    expect(rows.at(-1)).toEqual([9_999, 9_999, 0]);
  });
});
