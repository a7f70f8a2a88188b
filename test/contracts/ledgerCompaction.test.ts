import { existsSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { LedgerState } from "../../src-main/ledger/ledger";
import type { SegmentedLedger } from "../../src-main/ledger/segmentedLedger";
import { dyingDisk } from "../support/dyingDisk";
import { appended, readAll, readAroundDamage, readSnapshot } from "../support/ledgerReading";
import { openSealedLedger } from "../support/sealedLedger";

/** A disk in memory, where there is one: a killed program needs no sync to be survived. */
const memory = "/dev/shm";
const day = 24 * 60 * 60 * 1000;
let root: string;
let folder: string;
let clock: number;
const now = (): number => clock;

beforeEach(async () => {
  root = await mkdtemp(path.join(existsSync(memory) ? memory : tmpdir(), "qiao-compaction-"));
  folder = path.join(root, "ledger");
  clock = Date.UTC(2026, 0, 1);
});
afterEach(() => rm(root, { recursive: true }));

async function stateOf(ledger: SegmentedLedger): Promise<LedgerState> {
  const state = await ledger.start();
  if (!state.ok) throw new Error(state.failure.kind);
  return state.value;
}

/** A snapshot of all there is, and what main does after it. Answers its position. */
async function snapshot(ledger: SegmentedLedger, ...entries: string[]): Promise<number> {
  const { end } = await stateOf(ledger);
  for (const done of [
    await ledger.beginSnapshot(end),
    await ledger.addToSnapshot([`snapshot at ${end}`, ...entries]),
    await ledger.endSnapshot(),
  ]) {
    if (!done.ok) throw new Error(done.failure.kind);
  }
  await ledger.settled();
  return end;
}

const namesOf = async (prefix: string): Promise<string[]> =>
  (await readdir(folder)).filter((name) => name.startsWith(prefix)).sort();

describe("after a snapshot", () => {
  it("closed segments become packs that hold the same in less room, positions kept", async () => {
    const ledger = await openSealedLedger(folder, { now });
    const positions: number[] = [];
    for (let index = 0; index < 300; index++) {
      positions.push(await appended(ledger, [`typing, increment ${index} of one and the same note`]));
    }
    const [segment = ""] = await namesOf("segment-");
    const before = (await readFile(path.join(folder, segment))).length;
    await snapshot(ledger);
    const [pack = "", ...others] = await namesOf("pack-");
    expect(others).toEqual([]);
    expect((await readFile(path.join(folder, pack))).length).toBeLessThan(before / 2);
    const page = await ledger.read(0);
    expect(page.ok && page.value.entries.map(({ position }) => position)).toEqual(positions);
    expect((await readAll(ledger, positions[150])).length).toBe(149);
    await ledger.close();
    const again = await openSealedLedger(folder, { now });
    expect((await readAll(again)).length).toBe(300);
    await again.close();
  });

  it("small packs are joined, and one that is large enough is left alone", async () => {
    const ledger = await openSealedLedger(folder, { now });
    for (const entry of ["a".repeat(4_500_000), "b", "c", "d"]) {
      await appended(ledger, [entry]);
      await snapshot(ledger);
      clock += day;
    }
    expect((await namesOf("pack-")).length).toBe(2);
    expect((await readAll(ledger)).map((entry) => entry.charAt(0))).toEqual(["a", "b", "c", "d"]);
    expect((await stateOf(ledger)).snapshots.length).toBe(2);
    await ledger.close();
  });

  it("a segment that a snapshot divides becomes two packs", async () => {
    const ledger = await openSealedLedger(folder, { now });
    const middle = await appended(ledger, ["one", "two"]);
    await appended(ledger, ["three"]);
    await ledger.beginSnapshot(middle);
    await ledger.addToSnapshot(["record"]);
    await appended(ledger, ["four"]);
    await ledger.endSnapshot();
    await ledger.settled();
    expect((await namesOf("pack-")).length).toBe(2);
    expect(await readAll(ledger)).toEqual(["one", "two", "three", "four"]);
    expect(await readAll(ledger, middle)).toEqual(["three", "four"]);
    await ledger.close();
  });

  it("a damaged segment is left as it is, and what can be read of it can be read", async () => {
    const ledger = await openSealedLedger(folder, { now });
    await appended(ledger, ["one"]);
    await appended(ledger, ["two"]);
    await appended(ledger, ["three"]);
    await ledger.close();
    const [segment = ""] = await namesOf("segment-");
    const bytes = await readFile(path.join(folder, segment));
    const place = bytes.lastIndexOf(Buffer.from([0xa5, 0x51, 0xe6, 0xf1]));
    bytes.fill(0, place - 30, place - 20);
    await writeFile(path.join(folder, segment), bytes);
    const again = await openSealedLedger(folder, { now });
    await snapshot(again);
    await appended(again, ["four"]);
    await snapshot(again);
    expect(await namesOf("segment-")).toContain(segment);
    expect(await readAroundDamage(again)).toEqual(["one", "three", "four"]);
    await again.close();
  });

  it("appends go on while files are packed", async () => {
    const ledger = await openSealedLedger(folder, { now });
    const entries = Array.from({ length: 3_000 }, (_, index) => `${index} ${"建设部 ".repeat(100)}`);
    for (let from = 0; from < entries.length; from += 100) await appended(ledger, entries.slice(from, from + 100));
    const { end } = await stateOf(ledger);
    await ledger.beginSnapshot(end);
    await ledger.addToSnapshot(["record"]);
    await ledger.endSnapshot();
    const background = { settled: false };
    const settling = ledger.settled().then(() => (background.settled = true));
    let meanwhile = 0;
    while (!background.settled) await appended(ledger, [`meanwhile ${meanwhile++}`]);
    await settling;
    expect(meanwhile).toBeGreaterThan(5);
    const all = await readAll(ledger);
    expect(all.length).toBe(entries.length + meanwhile);
    expect(all.at(-1)).toBe(`meanwhile ${meanwhile - 1}`);
    await ledger.close();
  });
});

describe("history", () => {
  /** Every 20 days an entry and a snapshot. */
  async function live(ledger: SegmentedLedger, rounds: number): Promise<void> {
    for (let round = 0; round < rounds; round++) {
      clock += 20 * day;
      await appended(ledger, [`at ${new Date(clock).toISOString().slice(0, 10)}`]);
      await snapshot(ledger);
    }
  }

  it("older than 90 days is dropped where a snapshot covers it, nothing younger, and the snapshot stays", async () => {
    const ledger = await openSealedLedger(folder, { now });
    await live(ledger, 12);
    const { begin, snapshots } = await stateOf(ledger);
    expect(begin).toBeGreaterThan(0);
    expect(snapshots[0]).toBe(begin);
    expect(await readSnapshot(ledger, begin)).toEqual([`snapshot at ${begin}`]);
    const kept = await readAll(ledger, begin);
    const oldest = clock - 90 * day;
    expect(kept.length).toBeGreaterThanOrEqual(5);
    expect(kept.length).toBeLessThan(12);
    const dates = kept.map((entry) => Date.parse(entry.slice(3)));
    expect(dates.filter((date) => date >= oldest).length).toBe(5);
    expect(await ledger.read(begin - 1)).toMatchObject({ ok: false, failure: { resume: begin } });
    await ledger.close();
    const again = await openSealedLedger(folder, { now });
    expect(await stateOf(again)).toMatchObject({ begin, snapshots });
    expect(await readAll(again, begin)).toEqual(kept);
    await again.close();
  });

  it("is not dropped early by a clock that was a year behind while it was written", async () => {
    const ledger = await openSealedLedger(folder, { now });
    await appended(ledger, ["before"]);
    clock -= 365 * day;
    for (let round = 0; round < 3; round++) {
      clock += day;
      await appended(ledger, [`behind ${round}`]);
      await snapshot(ledger);
    }
    clock += 365 * day;
    await appended(ledger, ["right again"]);
    await snapshot(ledger);
    await ledger.close();
    const again = await openSealedLedger(folder, { now });
    clock += day;
    await snapshot(again);
    expect((await stateOf(again)).begin).toBe(0);
    expect((await readAll(again)).length).toBe(5);
    await again.close();
  });

  it("is not dropped early by a clock that was wrong from the first day, nor by one that jumps ahead", async () => {
    clock = 0;
    const ledger = await openSealedLedger(folder, { now });
    await appended(ledger, ["in 1970"]);
    await snapshot(ledger);
    clock = Date.UTC(2026, 0, 1);
    await appended(ledger, ["today"]);
    await snapshot(ledger);
    clock += 400 * day;
    await appended(ledger, ["a year ahead"]);
    await snapshot(ledger);
    clock += 60_000;
    await snapshot(ledger);
    expect((await stateOf(ledger)).begin).toBe(0);
    expect((await readAll(ledger)).length).toBe(3);
    await ledger.close();
  });

  it("is not dropped early by a clock set back between two starts of the program", async () => {
    const first = await openSealedLedger(folder, { now });
    await appended(first, ["start"]);
    clock += 80 * day;
    await appended(first, ["eighty days later"]);
    await first.close();
    clock -= 365 * day;
    const second = await openSealedLedger(folder, { now });
    await appended(second, ["behind"]);
    await snapshot(second);
    await second.close();
    clock += 365 * day;
    const third = await openSealedLedger(folder, { now });
    for (let round = 0; round < 4; round++) {
      clock += 21 * day;
      await appended(third, [`round ${round}`]);
      await snapshot(third);
    }
    // 84 days after it was written.
    const { begin } = await stateOf(third);
    expect(await readAll(third, begin)).toContain("behind");
    await third.close();
  });
});

describe("a kill", () => {
  /** Appends, snapshots, packs, prunes and drops; stops at the first thing that is refused. */
  async function work(ledger: SegmentedLedger, kept: { entries: string[]; snapshots: number[] }): Promise<void> {
    for (let round = 0; round < 6; round++) {
      for (let index = 0; index < 3; index++) {
        const entries = [`${round}-${index}`, `${round}-${index} second`];
        if (!(await ledger.append(entries)).ok) return;
        kept.entries.push(...entries);
      }
      const end = await ledger.end();
      if (!end.ok || !(await ledger.beginSnapshot(end.value.position)).ok) return;
      if (!(await ledger.addToSnapshot([`snapshot at ${end.value.position}`])).ok) return;
      if (!(await ledger.endSnapshot()).ok) return;
      kept.snapshots.push(end.value.position);
      await ledger.settled();
      clock += round === 2 ? day : 31 * day;
    }
  }

  it("after any step of writing, snapshots, packing, pruning and dropping loses nothing that was answered", async () => {
    const whole = dyingDisk(Infinity);
    const start = clock;
    const complete = await openSealedLedger(folder, { now, disk: whole });
    const all = { entries: [] as string[], snapshots: [] as number[] };
    await work(complete, all);
    const finalState = await stateOf(complete);
    await complete.close();
    expect(finalState.begin).toBeGreaterThan(0);
    let killed = 0;
    for (let steps = 1; steps < whole.steps(); steps++) {
      await rm(folder, { recursive: true, force: true });
      clock = start;
      const kept = { entries: [] as string[], snapshots: [] as number[] };
      const dying = await openSealedLedger(folder, { now, disk: dyingDisk(steps) }).catch(() => null);
      if (dying) await work(dying, kept);
      if (kept.entries.length < all.entries.length) killed++;
      // Nobody closes what was killed.
      const ledger = await openSealedLedger(folder, { now });
      kept.entries = await checkAgainst(ledger, kept, `killed after step ${steps}`);
      await appended(ledger, ["after the kill"]);
      await snapshot(ledger);
      kept.entries.push("after the kill");
      await checkAgainst(ledger, kept, `gone on after step ${steps}`);
      expect((await readdir(folder)).filter((name) => name.endsWith(".new"))).toEqual([]);
      await ledger.close();
      await dying?.close().catch(() => undefined);
    }
    expect(killed).toBeGreaterThan(100);
  }, 240_000);

  async function checkAgainst(
    ledger: SegmentedLedger,
    kept: { readonly entries: readonly string[]; readonly snapshots: readonly number[] },
    what: string,
  ): Promise<string[]> {
    const { begin, snapshots } = await stateOf(ledger);
    const texts = await readAll(ledger, begin);
    // Of what was dropped, a snapshot is there; all after it is, and in order.
    if (begin > 0) expect(await readSnapshot(ledger, begin), what).toEqual([`snapshot at ${begin}`]);
    const first = begin === 0 ? 0 : kept.entries.indexOf(texts[0] ?? "");
    expect(first, what).toBeGreaterThanOrEqual(0);
    const expected = kept.entries.slice(first);
    const same = texts.slice(0, expected.length);
    expect(same, what).toEqual(expected);
    // Written and not answered before the kill: it may be there, and only whole.
    expect([0, 2], what).toContain(texts.length - expected.length);
    const newest = kept.snapshots.at(-1);
    if (newest !== undefined) {
      expect(snapshots.at(-1), what).toBeGreaterThanOrEqual(newest);
      const last = snapshots.at(-1) ?? 0;
      expect(await readSnapshot(ledger, last), what).toEqual([`snapshot at ${last}`]);
    }
    return texts;
  }
});
