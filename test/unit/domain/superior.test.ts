import { describe, expect, it } from "vitest";
import type { AnyRecord } from "../../../src-renderer/domain/record";
import { circleMade } from "../../../src-renderer/domain/superior";

/** a below b below c; d and e below each other. */
const superiors = new Map([
  ["area:a", "area:b"],
  ["area:b", "area:c"],
  ["area:d", "area:e"],
  ["area:e", "area:d"],
]);

function area(name: string, parentId?: string): AnyRecord {
  return {
    id: `area:${name}`,
    type: "area",
    data: { kind: "technical", formerNames: [], parentId },
  } as unknown as AnyRecord;
}

function circle(before: AnyRecord | undefined, after: AnyRecord) {
  return circleMade(before, after, (id) => superiors.get(id));
}

describe("a superior", () => {
  it("may be any record that does not stand below it", () => {
    expect(circle(area("c"), area("c", "area:x"))).toBeUndefined();
    expect(circle(undefined, area("new", "area:a"))).toBeUndefined();
    expect(circle(area("a", "area:b"), area("a", "area:c"))).toBeUndefined();
    expect(circle(area("a", "area:b"), area("a"))).toBeUndefined();
  });

  it("is refused where the record would stand below itself", () => {
    const failure = { kind: "circle", field: "parentId" };
    expect(circle(area("c"), area("c", "area:c"))).toEqual(failure);
    expect(circle(area("c"), area("c", "area:b"))).toEqual(failure);
    expect(circle(area("c"), area("c", "area:a"))).toEqual(failure);
  });

  it("is no hindrance to other changes where a circle is there already, and a way out of it is open", () => {
    expect(circle(area("d", "area:e"), area("d", "area:e"))).toBeUndefined();
    expect(circle(area("x"), area("x", "area:d"))).toBeUndefined();
    expect(circle(area("d", "area:e"), area("d", "area:c"))).toBeUndefined();
  });
});
