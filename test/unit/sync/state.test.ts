import { describe, expect, test } from "vitest";
import { initialState, statusOf, step, type SyncEvent, type SyncState } from "../../../src-renderer/sync/state";

function after(...events: SyncEvent[]): SyncState {
  return events.reduce(step, initialState);
}
const offline = { kind: "offline", detail: "x" } as const;
const missing = { kind: "credentials-rejected", reason: "missing" } as const;
const rejected = { kind: "credentials-rejected", reason: "password" } as const;

describe("what a person sees", () => {
  test.each<[string, SyncEvent[], object]>([
    ["before anything", [], { kind: "not-connected", waiting: 3 }],
    ["while it asks who the server is", [{ kind: "started" }], { kind: "syncing", done: 0, total: 0, waiting: 3 }],
    [
      "while pages arrive",
      [{ kind: "started" }, { kind: "pulled", done: 100, total: 5_000 }],
      { kind: "syncing", done: 100, total: 5_000, waiting: 3 },
    ],
    [
      "while both go on, added up",
      [{ kind: "started" }, { kind: "pulled", done: 100, total: 200 }, { kind: "pushing", done: 5, total: 10 }],
      { kind: "syncing", done: 105, total: 210, waiting: 3 },
    ],
    ["up to date", [{ kind: "started" }, { kind: "caught-up", at: 42 }], { kind: "synced", at: 42, waiting: 3 }],
    [
      "no network",
      [{ kind: "started" }, { kind: "failed", setback: offline, retryAt: 99 }],
      { kind: "offline", retryAt: 99, waiting: 3 },
    ],
    [
      "the attempt after no network still shows as offline",
      [{ kind: "started" }, { kind: "failed", setback: offline, retryAt: 99 }, { kind: "connecting" }],
      { kind: "offline", retryAt: null, waiting: 3 },
    ],
    [
      "a rejected password",
      [{ kind: "started" }, { kind: "failed", setback: rejected, retryAt: 99 }],
      { kind: "failed", failure: rejected, retryAt: 99, waiting: 3 },
    ],
    [
      "a password that is not there, and no next attempt",
      [{ kind: "started" }, { kind: "failed", setback: missing, retryAt: null }],
      { kind: "failed", failure: missing, retryAt: null, waiting: 3 },
    ],
    [
      "a server that reads but does not write",
      [
        { kind: "started" },
        { kind: "caught-up", at: 1 },
        { kind: "push-failed", setback: { kind: "server-error", status: 507, reason: "full" }, retryAt: 7 },
      ],
      { kind: "failed", failure: { kind: "server-error", status: 507, reason: "full" }, retryAt: 7, waiting: 3 },
    ],
    [
      "stopped",
      [{ kind: "started" }, { kind: "caught-up", at: 1 }, { kind: "stopped" }],
      { kind: "not-connected", waiting: 3 },
    ],
  ])("%s", (_name, events, status) => {
    expect(statusOf(after(...events), 3)).toEqual(status);
  });
});

test("asking again who the server is shows as what was there before", () => {
  const listening = after({ kind: "started" }, { kind: "caught-up", at: 42 });
  const renewed = [{ kind: "renewed" }, { kind: "connecting" }].reduce((s, e) => step(s, e as SyncEvent), listening);
  expect(statusOf(renewed, 0)).toEqual({ kind: "synced", at: 42, waiting: 0 });
  expect(renewed.attempt).toBe(1);
});

test("failures in a row are counted, and anything that comes through starts the count again", () => {
  const failed: SyncEvent = { kind: "failed", setback: offline, retryAt: 1 };
  expect(after({ kind: "started" }, failed, { kind: "connecting" }, failed).attempt).toBe(2);
  expect(after({ kind: "started" }, failed, { kind: "connecting" }, { kind: "progressed" }).attempt).toBe(0);
});

test("what arrives late after a stop changes nothing", () => {
  const stopped = after({ kind: "started" }, { kind: "stopped" });
  for (const late of [
    { kind: "caught-up", at: 1 },
    { kind: "failed", setback: offline, retryAt: 1 },
    { kind: "pushing", done: 1, total: 1 },
  ] as const) {
    expect(step(stopped, late)).toBe(stopped);
  }
});

test("an event without effect gives back the same state", () => {
  const state = after({ kind: "started" });
  expect(step(state, { kind: "progressed" })).toBe(state);
  expect(step(state, { kind: "push-done", at: 5 })).toBe(state);
});
