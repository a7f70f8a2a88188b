import { randomBytes } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { resealLedger, type ResealOptions } from "../../../../src-main/ledger/resealLedger";
import { SegmentedLedger } from "../../../../src-main/ledger/segmentedLedger";
import { appended, readAll, readAroundDamage, readSnapshot } from "../../../support/ledgerReading";
import { ledgerKey, ledgerNotebook, openSealedLedger } from "../../../support/sealedLedger";

const newKey = randomBytes(32);
let root: string;
let from: string;
let to: string;

beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), "qiao-reseal-"));
  [from, to] = [path.join(root, "ledger-1"), path.join(root, "ledger-2")];
});
afterEach(() => rm(root, { recursive: true }));

const reseal = (options: Partial<ResealOptions> = {}): ReturnType<typeof resealLedger> =>
  resealLedger({
    from: { folder: from, key: ledgerKey },
    to: { folder: to, key: newKey },
    which: "all",
    signal: new AbortController().signal,
    ...options,
  });

const nothingLost = { ok: true, value: { lost: [], lostSnapshots: [] } };

/** Packs, segments and two snapshots. Answers all entries and the snapshots' positions. */
async function makeLedger(): Promise<{ entries: string[]; snapshots: number[] }> {
  const ledger = await openSealedLedger(from);
  const entries: string[] = [];
  const snapshots: number[] = [];
  for (let round = 0; round < 2; round++) {
    for (let index = 0; index < 20; index++) {
      entries.push(`${round} ${index} ${randomBytes(60_000).toString("hex")}`);
      await appended(ledger, entries.slice(-1));
    }
    const end = await ledger.end();
    if (!end.ok) throw new Error(end.failure.kind);
    snapshots.push(end.value.position);
    await ledger.beginSnapshot(end.value.position);
    await ledger.addToSnapshot([`snapshot ${round}`, "建".repeat(700_000), "x".repeat(700_000)]);
    await ledger.endSnapshot();
    await ledger.settled();
  }
  entries.push("last");
  await appended(ledger, ["last"]);
  await ledger.close();
  return { entries, snapshots };
}

it("gives the same ledger under another key, and goes on at the same position", async () => {
  const { entries, snapshots } = await makeLedger();
  const progress: number[] = [];
  const before = await openSealedLedger(from);
  const state = await before.start();
  await before.close();
  expect(await reseal({ onProgress: ({ done, total }) => progress.push(done / total) })).toEqual(nothingLost);
  expect(progress.at(-1)).toBe(1);
  expect([...progress].sort((a, b) => a - b)).toEqual(progress);
  const after = await openSealedLedger(to, { key: newKey });
  expect(await after.start()).toEqual(state);
  expect(await readAll(after)).toEqual(entries);
  for (const [round, position] of snapshots.entries()) {
    expect((await readSnapshot(after, position)).map((entry) => entry.slice(0, 10))[0]).toBe(`snapshot ${round}`);
  }
  await appended(after, ["more"]);
  expect(await readAll(after)).toEqual([...entries, "more"]);
  await after.close();
  const old = await SegmentedLedger.open({
    folder: to,
    key: ledgerKey,
    notebook: ledgerNotebook,
    now: () => Date.now(),
  });
  expect(old).toMatchObject({ ok: false, failure: { detail: "wrong-key" } });
});

it("goes on where it was interrupted, and takes what came meanwhile", async () => {
  const { entries } = await makeLedger();
  const stop = new AbortController();
  let steps = 0;
  const interrupted = await reseal({ signal: stop.signal, onProgress: () => ++steps === 25 && stop.abort() });
  expect(interrupted).toEqual({ ok: false, failure: { kind: "cancelled" } });
  expect((await readdir(to)).some((name) => name.endsWith(".new"))).toBe(false);
  const finished = await readdir(to);
  expect(finished.length).toBeGreaterThan(0);
  const kept = await Promise.all(finished.map((name) => readFile(path.join(to, name), "latin1")));
  expect(await reseal({ which: "closed" })).toEqual(nothingLost);
  const source = await openSealedLedger(from);
  await appended(source, ["meanwhile"]);
  await source.close();
  expect(await reseal()).toEqual(nothingLost);
  expect(await Promise.all(finished.map((name) => readFile(path.join(to, name), "latin1")))).toEqual(kept);
  const after = await openSealedLedger(to, { key: newKey });
  expect(await readAll(after)).toEqual([...entries, "meanwhile"]);
  await after.close();
  const names = await readdir(to);
  expect(await reseal({ signal: new AbortController().signal })).toEqual(nothingLost);
  expect((await readdir(to)).length).toBe(names.length);
});

it("names what the former files do not give back, and takes everything around it", async () => {
  const { entries } = await makeLedger();
  const [pack = ""] = (await readdir(from)).filter((name) => name.startsWith("pack-")).sort();
  const bytes = await readFile(path.join(from, pack));
  bytes.fill(0, bytes.length >> 1, (bytes.length >> 1) + 10);
  await writeFile(path.join(from, pack), bytes);
  for (const run of ["first", "again"]) {
    const resealed = await reseal();
    if (!resealed.ok) throw new Error(resealed.failure.kind);
    const [hole, ...others] = resealed.value.lost;
    expect(others, run).toEqual([]);
    const after = await openSealedLedger(to, { key: newKey });
    expect(await after.read(hole?.from ?? 0), run).toEqual({
      ok: false,
      failure: { kind: "ledger-damaged", at: hole?.from, resume: hole?.to },
    });
    const around = await readAroundDamage(after);
    expect(around.length, run).toBeLessThan(entries.length);
    expect(around.length, run).toBeGreaterThan(entries.length - 15);
    await after.close();
  }
});
