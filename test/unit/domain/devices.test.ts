import { describe, expect, it } from "vitest";
import { deviceName, nextDeviceNumber, numbersOf } from "../../../src-renderer/domain/devices";
import { mergeRecords } from "../../../src-renderer/domain/merge";
import { parseContent } from "../../../src-renderer/domain/parseRecord";
import type { AnyRecord } from "../../../src-renderer/domain/record";
import type { Device } from "../../../src-renderer/domain/records/author";

function anna(data: object, minute = 0, device = "a"): AnyRecord {
  const by = { author: "author:anna", device };
  const parsed = parseContent({
    id: "author:anna",
    type: "author",
    v: 1,
    createdAt: "2026-11-22T00:00:00.000Z",
    createdBy: { author: "author:anna", device: "a" },
    updatedAt: new Date(Date.UTC(2026, 10, 22, 0, minute)).toISOString(),
    updatedBy: by,
    visibility: "project",
    data: { name: "Anna Weber", ...data },
  });
  if (!parsed.ok || parsed.value.kind !== "known") throw new Error("not an author");
  return parsed.value.record;
}

function devicesOf(record: AnyRecord): readonly Device[] {
  if (record.type !== "author") throw new Error("not an author");
  return record.data.devices;
}

describe("an author's computers", () => {
  it("are none in a record of before", () => {
    expect(devicesOf(anna({}))).toEqual([]);
    expect(deviceName([], "a")).toBeUndefined();
  });

  it("go by the name that a person gave them, and by their number without one", () => {
    const devices = [
      { id: "a", number: 1, name: " Laptop " },
      { id: "b", number: 2, name: "  " },
    ];
    expect(deviceName(devices, "a")).toEqual({ kind: "named", name: "Laptop" });
    expect(deviceName(devices, "b")).toEqual({ kind: "numbered", number: 2 });
    expect(deviceName(devices, "c")).toBeUndefined();
  });

  it("have different numbers, also two that took theirs apart, wherever the record is read", () => {
    const devices = [
      { id: "d", number: 2 },
      { id: "a", number: 1 },
      { id: "b", number: 2 },
      { id: "c", number: 3 },
    ];
    const numbers = { a: 1, b: 2, c: 3, d: 4 };
    expect(Object.fromEntries(numbersOf(devices))).toEqual(numbers);
    expect(Object.fromEntries(numbersOf([...devices].reverse()))).toEqual(numbers);
    expect(nextDeviceNumber(devices)).toBe(5);
    expect(nextDeviceNumber([])).toBe(1);
  });

  it("are all there after two of them were added, and one renamed, apart from each other", () => {
    const base = anna({ devices: [{ id: "a", number: 1 }] });
    const there = anna(
      {
        devices: [
          { id: "a", number: 1 },
          { id: "b", number: 2 },
        ],
      },
      5,
      "b",
    );
    const here = anna(
      {
        devices: [
          { id: "a", number: 1, name: "Laptop" },
          { id: "c", number: 2 },
        ],
      },
      3,
      "c",
    );
    for (const merged of [mergeRecords(base, there, here), mergeRecords(base, here, there)]) {
      const devices = devicesOf(merged);
      expect(devices).toHaveLength(3);
      expect(devices).toEqual(
        expect.arrayContaining([
          { id: "a", number: 1, name: "Laptop" },
          { id: "b", number: 2 },
          { id: "c", number: 2 },
        ]),
      );
      expect(Object.fromEntries(numbersOf(devices))).toEqual({ a: 1, b: 2, c: 3 });
      expect(merged.kept).toBeUndefined();
    }
  });

  it("are all there where the record of before had none and both sides added theirs", () => {
    const merged = mergeRecords(
      anna({}),
      anna({ devices: [{ id: "a", number: 1 }] }, 1, "a"),
      anna({ devices: [{ id: "b", number: 1, name: "Desk" }] }, 2, "b"),
    );
    expect(new Set(devicesOf(merged).map(({ id }) => id))).toEqual(new Set(["a", "b"]));
  });
});
