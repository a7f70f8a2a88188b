import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nextDeviceNumber, numbersOf } from "../../src-renderer/domain/devices";

const id = fc.string({ minLength: 1, maxLength: 3 });
const devices = fc.uniqueArray(fc.record({ id, number: fc.integer({ min: 1, max: 6 }) }), {
  selector: (device) => device.id,
  maxLength: 8,
});

describe("the numbers of an author's computers", () => {
  it("are all different, whatever was taken apart, and the next one is none of them", () => {
    fc.assert(
      fc.property(devices, (all) => {
        const numbers = [...numbersOf(all).values()];
        expect(new Set(numbers).size).toBe(all.length);
        expect(numbers).not.toContain(nextDeviceNumber(all));
      }),
    );
  });

  it("are the same in whatever order a merge has left the list", () => {
    fc.assert(
      fc.property(
        devices.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
        ([all, shuffled]) => {
          expect(new Map([...numbersOf(shuffled)].sort())).toEqual(new Map([...numbersOf(all)].sort()));
        },
      ),
    );
  });

  it("stay where nobody else has them", () => {
    fc.assert(
      fc.property(devices, (all) => {
        const numbers = numbersOf(all);
        for (const device of all) {
          const isAlone = all.every((other) => other.id === device.id || other.number !== device.number);
          if (isAlone) expect(numbers.get(device.id)).toBe(device.number);
        }
      }),
    );
  });
});
