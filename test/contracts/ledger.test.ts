import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { FileLedger } from "../../src-main/ledger/fileLedger";
import type { Ledger } from "../../src-main/ledger/ledger";
import { appended, readAll } from "../support/ledgerReading";
import { MemoryLedger } from "../support/memoryLedger";

/** What every ledger promises to the notebook worker. */
const implementations: readonly { name: string; make: (folder: string) => Ledger }[] = [
  { name: "on disk", make: (folder) => new FileLedger(path.join(folder, "notebook")) },
  { name: "in memory", make: () => new MemoryLedger() },
];

describe.each(implementations)("a ledger $name", ({ make }) => {
  let folder: string;
  let ledger: Ledger;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "qiao-ledger-"));
    ledger = make(folder);
  });
  afterEach(async () => {
    await ledger.close();
    await rm(folder, { recursive: true });
  });

  it("is empty at first", async () => {
    expect(await ledger.end()).toEqual({ ok: true, value: { position: 0 } });
    expect(await ledger.read(0)).toEqual({ ok: true, value: { entries: [], next: null } });
  });

  it("gives back entries in the order of the appends", async () => {
    await appended(ledger, ["one", "two"]);
    await appended(ledger, ["三"]);
    expect(await readAll(ledger)).toEqual(["one", "two", "三"]);
  });

  it("answers an append with the position after its last entry", async () => {
    const first = await appended(ledger, ["one", "two"]);
    const second = await appended(ledger, ["three"]);
    expect(second).toBeGreaterThan(first);
    expect(await ledger.end()).toEqual({ ok: true, value: { position: second } });
    const page = await ledger.read(0);
    expect(page.ok && page.value.entries.map(({ position }) => position).slice(1)).toEqual([first, second]);
  });

  it("reads on from the position of any entry", async () => {
    await appended(ledger, ["one", "two", "three"]);
    await appended(ledger, ["four"]);
    const all = await ledger.read(0);
    if (!all.ok) throw new Error(all.failure.kind);
    const rests = await Promise.all(all.value.entries.map(({ position }) => readAll(ledger, position)));
    expect(rests).toEqual([["two", "three", "four"], ["three", "four"], ["four"], []]);
  });

  it("gives pages of about the size asked, and at least one entry each", async () => {
    const entries = Array.from({ length: 50 }, (_, index) => `${index} ${"x".repeat(100)}`);
    await appended(ledger, entries);
    const small = await ledger.read(0, 1);
    expect(small.ok && small.value.entries.length).toBe(1);
    const page = await ledger.read(0, 1000);
    expect(page.ok && page.value.entries.length).toBeGreaterThan(5);
    expect(page.ok && page.value.entries.length).toBeLessThan(15);
    expect(await readAll(ledger, 0, 1000)).toEqual(entries);
  });

  it("keeps the order of appends that were not waited for", async () => {
    const entries = Array.from({ length: 200 }, (_, index) => `entry ${index}`);
    const positions = await Promise.all(entries.map((entry) => appended(ledger, [entry])));
    expect(positions).toEqual([...positions].sort((a, b) => a - b));
    expect(new Set(positions).size).toBe(entries.length);
    expect(await readAll(ledger)).toEqual(entries);
  });

  it("never shows half of an append to a reader", async () => {
    const writing = Promise.all(Array.from({ length: 20 }, () => appended(ledger, ["a", "b", "c"])));
    const seen: number[] = [];
    for (let round = 0; round < 20; round++) seen.push((await readAll(ledger)).length);
    await writing;
    expect(seen.filter((count) => count % 3 !== 0)).toEqual([]);
    expect((await readAll(ledger)).length).toBe(60);
  });

  it("takes entries of five million characters", async () => {
    const big = "建".repeat(5_000_000);
    await appended(ledger, ["before", big, "after"]);
    const [before, middle, after] = await readAll(ledger);
    expect([before, after]).toEqual(["before", "after"]);
    expect(middle === big).toBe(true);
  });

  it("says so when asked for a position behind the end", async () => {
    const end = await appended(ledger, ["one"]);
    expect(await ledger.read(end + 1)).toEqual({
      ok: false,
      failure: { kind: "ledger-damaged", at: end, resume: end },
    });
  });

  it("refuses appends once it is closed", async () => {
    await ledger.close();
    expect(await ledger.append(["late"])).toEqual({
      ok: false,
      failure: { kind: "ledger-unavailable", detail: "closed" },
    });
  });

  it("gives back any text exactly, half surrogate pairs included", async () => {
    const kept: string[] = [];
    await fc.assert(
      fc.asyncProperty(fc.array(fc.string({ unit: "binary" }), { minLength: 1 }), async (entries) => {
        kept.push(...entries, ...entries.map((entry) => `${entry}\ud800`));
        await appended(ledger, [...entries, ...entries.map((entry) => `${entry}\ud800`)]);
      }),
      { numRuns: 30 },
    );
    expect(await readAll(ledger)).toEqual(kept);
  });
});
