import type { Device } from "./records/author";

/** Characters of a computer's name. */
export const MAX_DEVICE_NAME = 60;

/** How a computer is told apart: by the name that a person gave it, or by its number among those of its author. */
export type DeviceName =
  { readonly kind: "named"; readonly name: string } | { readonly kind: "numbered"; readonly number: number };

/** Undefined for a device that its author's record does not have (yet). */
export function deviceName(devices: readonly Device[], id: string): DeviceName | undefined {
  const device = devices.find((each) => each.id === id);
  if (!device) return undefined;
  const name = device.name?.trim() ?? "";
  return name === ""
    ? { kind: "numbered", number: numbersOf(devices).get(id) ?? device.number }
    : { kind: "named", name };
}

/** What the next computer of this author is numbered. */
export function nextDeviceNumber(devices: readonly Device[]): number {
  return Math.max(0, ...numbersOf(devices).values()) + 1;
}

/**
 * The number of each computer, no two the same: of two that took theirs apart from each other, the one with the smaller
 * id keeps it, and the other goes to the end. The same on every computer, in whatever order the list lies.
 */
export function numbersOf(devices: readonly Device[]): ReadonlyMap<string, number> {
  const sorted = [...devices].sort((a, b) => a.number - b.number || (a.id < b.id ? -1 : 1));
  const numbers = new Map<string, number>();
  const taken = new Set<number>();
  const late: string[] = [];
  for (const { id, number } of sorted) {
    if (numbers.has(id)) continue;
    if (taken.has(number)) late.push(id);
    else {
      taken.add(number);
      numbers.set(id, number);
    }
  }
  let last = Math.max(0, ...taken);
  for (const id of late) if (!numbers.has(id)) numbers.set(id, ++last);
  return numbers;
}
