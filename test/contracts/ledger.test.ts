import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Ledger, LedgerState } from "../../src-main/ledger/ledger";
import { appended, readAll, readSnapshot } from "../support/ledgerReading";
import { MemoryLedger } from "../support/memoryLedger";
import { openSealedLedger } from "../support/sealedLedger";

/** What every ledger promises to the notebook worker. */
const implementations: readonly { name: string; make: (folder: string) => Promise<Ledger> }[] = [
  { name: "on disk", make: (folder) => openSealedLedger(path.join(folder, "ledger")) },
  { name: "in memory", make: async () => new MemoryLedger() },
];

describe.each(implementations)("a ledger $name", ({ make }) => {
  let folder: string;
  let ledger: Ledger;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "qiao-ledger-"));
    ledger = await make(folder);
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

  const started = async (): Promise<LedgerState> => {
    const state = await ledger.start();
    if (!state.ok) throw new Error(state.failure.kind);
    return state.value;
  };

  it("says where it stands", async () => {
    const empty = await started();
    expect(empty).toMatchObject({ begin: 0, end: 0, snapshots: [] });
    expect(empty.ledger).not.toBe("");
    const end = await appended(ledger, ["one"]);
    expect(await started()).toEqual({ ...empty, end });
  });

  it("finds entries that hold one of some texts, whatever their script", async () => {
    const entries = ["alpha 一", "beta", "gamma 住建部", "half \ud800 beta", "delta"];
    for (const entry of entries) await appended(ledger, [entry, "filler ".repeat(20)]);
    const found = async (...containing: string[]): Promise<string[]> => {
      const texts: string[] = [];
      let from: number | null = 0;
      while (from !== null) {
        const page: Awaited<ReturnType<Ledger["read"]>> = await ledger.read(from, 100, containing);
        if (!page.ok) throw new Error(page.failure.kind);
        texts.push(...page.value.entries.map(({ entry }) => entry));
        from = page.value.next;
      }
      return texts;
    };
    expect(await found("beta")).toEqual(["beta", "half \ud800 beta"]);
    expect(await found("建", "delta")).toEqual(["gamma 住建部", "delta"]);
    expect(await found("\ud800")).toEqual(["half \ud800 beta"]);
    expect(await found("nowhere")).toEqual([]);
    const page = await ledger.read(0, 1_000_000, ["gamma"]);
    const all = await ledger.read(0, 1_000_000);
    expect(page.ok && all.ok && page.value.entries).toEqual(
      all.ok ? all.value.entries.filter(({ entry }) => entry.startsWith("gamma")) : [],
    );
  });

  it("keeps snapshots beside the history, and names them once they are ended", async () => {
    const first = await appended(ledger, ["one", "two"]);
    expect(await ledger.beginSnapshot(first)).toEqual({ ok: true, value: null });
    const entries = Array.from({ length: 40 }, (_, index) => `record ${index} 建 \ud800`);
    expect(await ledger.addToSnapshot(entries.slice(0, 30))).toEqual({ ok: true, value: null });
    await appended(ledger, ["meanwhile"]);
    expect((await started()).snapshots).toEqual([]);
    expect(await ledger.addToSnapshot(entries.slice(30))).toEqual({ ok: true, value: null });
    expect(await ledger.endSnapshot()).toEqual({ ok: true, value: null });
    expect((await started()).snapshots).toEqual([first]);
    expect(await readSnapshot(ledger, first)).toEqual(entries);
    expect(await readSnapshot(ledger, first, ["record 7 ", "record 33 "])).toEqual([entries[7], entries[33]]);
    expect(await readAll(ledger)).toEqual(["one", "two", "meanwhile"]);
  });

  it("throws a snapshot away that is abandoned, or when another is begun", async () => {
    const end = await appended(ledger, ["one"]);
    await ledger.beginSnapshot(end);
    await ledger.addToSnapshot(["a"]);
    await ledger.abandonSnapshot();
    expect(await ledger.endSnapshot()).toMatchObject({ ok: false, failure: { kind: "ledger-unavailable" } });
    await ledger.beginSnapshot(0);
    await ledger.addToSnapshot(["b"]);
    await ledger.beginSnapshot(end);
    await ledger.addToSnapshot(["c"]);
    await ledger.endSnapshot();
    expect((await started()).snapshots).toEqual([end]);
    expect(await readSnapshot(ledger, end)).toEqual(["c"]);
  });

  it("takes a snapshot of nothing, and answers for one that is not there", async () => {
    await ledger.beginSnapshot(0);
    expect(await ledger.endSnapshot()).toEqual({ ok: true, value: null });
    expect(await readSnapshot(ledger, 0)).toEqual([]);
    expect(await ledger.readSnapshot(7, 0)).toMatchObject({ ok: false, failure: { kind: "ledger-damaged" } });
    expect(await ledger.addToSnapshot(["late"])).toMatchObject({ ok: false, failure: { kind: "ledger-unavailable" } });
  });
});
