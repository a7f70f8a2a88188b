import { expect, test } from "vitest";
import { needsAPerson, retryDelay, timeLeft } from "../../../src-renderer/sync/backoff";

const offline = { kind: "offline", detail: "" } as const;

test("the longest wait doubles from one second to five minutes, and chance takes the whole width", () => {
  expect([0, 1, 2, 8, 9, 50].map((attempt) => retryDelay(attempt, offline, 1))).toEqual([
    1_000, 2_000, 4_000, 256_000, 300_000, 300_000,
  ]);
  expect(retryDelay(5, offline, 0.5)).toBe(16_000);
  expect(retryDelay(5, offline, 0)).toBe(100);
});

test("what a server asks to wait for is kept, up to an hour, and not by all to the same moment", () => {
  const busy = (retryAfter?: number) =>
    ({ kind: "server-error", status: 429, reason: "", ...(retryAfter === undefined ? {} : { retryAfter }) }) as const;
  expect(retryDelay(0, busy(120_000), 0)).toBe(120_100);
  expect(retryDelay(0, busy(120_000), 1)).toBe(121_000);
  expect(retryDelay(0, busy(86_400_000), 0)).toBe(3_600_100);
  expect(retryDelay(0, busy(), 1)).toBe(1_000);
});

test("a password that is not there is for a person, everything else for time", () => {
  expect(needsAPerson({ kind: "credentials-rejected", reason: "missing" })).toBe(true);
  expect(needsAPerson({ kind: "credentials-rejected", reason: "password" })).toBe(false);
  expect(needsAPerson(offline)).toBe(false);
});

test("five rejected passwords never fall into the five minutes after which CouchDB locks the account", () => {
  const rejected = { kind: "credentials-rejected", reason: "password" } as const;
  expect(4 * retryDelay(0, rejected, 0)).toBeGreaterThan(300_000);
});

test("a clock that is set back does not make a wait longer", () => {
  expect(timeLeft(1_200, 1_000, 500)).toBe(200);
  expect(timeLeft(1_200, 5_000, 500)).toBe(0);
  expect(timeLeft(1_200, -86_400_000, 500)).toBe(0);
  expect(timeLeft(Number.NEGATIVE_INFINITY, 0, 500)).toBe(0);
});
