import { existsSync } from "node:fs";
import { appendFile, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, it } from "vitest";
import type { Disk } from "../../src-main/ledger/format/disk";
import type { SegmentedLedger } from "../../src-main/ledger/segmentedLedger";
import { dyingDisk } from "../support/dyingDisk";
import { readAll, readSnapshot } from "../support/ledgerReading";
import { openSealedLedger } from "../support/sealedLedger";
import { seededRandom } from "../support/seededRandom";

/** A disk in memory, where there is one: a killed program needs no sync to be survived. */
const memory = "/dev/shm";
const day = 24 * 60 * 60 * 1000;
const seed = Number(process.env["QIAO_SEED"] ?? Date.now() % 1_000_000);
const lives = 40;

interface Kept {
  readonly entry: string;
  readonly position: number;
  /** When it was really written, whatever the clock said. */
  readonly at: number;
}

/** What was answered, and what may be there although nobody was told. */
class Model {
  kept: Kept[] = [];
  unanswered: readonly string[] = [];
  newestSnapshot = 0;
  /** Real time, and what the computer takes for it. */
  time = Date.UTC(2026, 0, 1);
  error = 0;
}

describe(`a ledger of many lives, seed ${seed}`, () => {
  it("loses nothing that was answered, and drops nothing younger than 90 days", async () => {
    const folder = await mkdtemp(path.join(existsSync(memory) ? memory : tmpdir(), "qiao-lives-"));
    const random = seededRandom(seed);
    const model = new Model();
    try {
      for (let life = 0; life < lives; life++) {
        const steps = random() < 0.7 ? Math.floor(random() * 400) : Infinity;
        await live(folder, model, random, dyingDisk(steps));
        if (random() < 0.3) await tear(folder, random);
        await check(folder, model, `seed ${seed}, life ${life}`);
      }
      expect(model.kept.length).toBeGreaterThan(50);
    } finally {
      await rm(folder, { recursive: true });
    }
  }, 120_000);
});

/** One run of the program, until it is closed or killed. */
async function live(folder: string, model: Model, random: () => number, disk: Disk): Promise<void> {
  const now = (): number => model.time + model.error;
  const ledger = await openSealedLedger(folder, { now, disk }).catch(() => null);
  if (!ledger) return;
  for (let work = Math.floor(random() * 12); work >= 0; work--) {
    const going = random() < 0.8 ? await appendSome(ledger, model, random) : await takeSnapshot(ledger, model, random);
    if (!going) return;
    passTime(model, random);
  }
  if (random() < 0.5) await ledger.settled();
  await ledger.close().catch(() => undefined);
}

async function appendSome(ledger: SegmentedLedger, model: Model, random: () => number): Promise<boolean> {
  const size = random() < 0.02 ? 1_500_000 : Math.floor(random() * 200);
  const entries = Array.from({ length: 1 + Math.floor(random() * 4) }, (_, index) => {
    const name = `${model.kept.length + index} `;
    return name + (random() < 0.2 ? "\ud800" : "建") + "x".repeat(size);
  });
  model.unanswered = entries;
  const appended = await ledger.append(entries);
  if (!appended.ok) return false;
  model.unanswered = [];
  let position = appended.value.position;
  const placed = entries.toReversed().map((entry) => {
    const kept = { entry, position, at: model.time };
    position -= 1 + Buffer.byteLength(entry, entry.includes("\ud800") ? "utf16le" : "utf8");
    return kept;
  });
  model.kept.push(...placed.reverse());
  return true;
}

async function takeSnapshot(ledger: SegmentedLedger, model: Model, random: () => number): Promise<boolean> {
  const any = model.kept[Math.floor(random() * model.kept.length)];
  const position = random() < 0.5 ? any?.position : model.kept.at(-1)?.position;
  const state = await ledger.start();
  if (position === undefined || !state.ok || position < state.value.begin) return true;
  if (!(await ledger.beginSnapshot(position)).ok) return false;
  if (!(await ledger.addToSnapshot([`snapshot at ${position}`])).ok) return false;
  if (random() < 0.1) {
    await ledger.abandonSnapshot();
    return true;
  }
  if (!(await ledger.endSnapshot()).ok) return false;
  model.newestSnapshot = Math.max(model.newestSnapshot, position);
  if (random() < 0.7) await ledger.settled();
  return true;
}

function passTime(model: Model, random: () => number): void {
  model.time += random() < 0.3 ? random() * 40 * day : random() * day;
  // A clock set back, at times to before 1970, and right again later.
  if (random() < 0.1) model.error = random() < 0.5 ? 0 : -random() * 30_000 * day;
}

/** What a power cut may leave behind the last append. */
async function tear(folder: string, random: () => number): Promise<void> {
  const newest = (await readdir(folder))
    .filter((name) => /^segment-\d+(-\d+)?$/.test(name))
    .sort()
    .at(-1);
  if (newest) await appendFile(path.join(folder, newest), Buffer.alloc(Math.floor(random() * 3_000), random() * 256));
}

async function check(folder: string, model: Model, what: string): Promise<void> {
  const ledger = await openSealedLedger(folder, { now: () => model.time + model.error });
  const state = await ledger.start();
  if (!state.ok) throw new Error(state.failure.kind);
  const { begin, end, snapshots } = state.value;
  const texts = await readAll(ledger, begin);
  const expected = model.kept.filter(({ position }) => position > begin);
  expect(texts.slice(0, expected.length), what).toEqual(expected.map(({ entry }) => entry));
  const more = texts.slice(expected.length);
  if (more.length > 0) {
    // The answer was lost on the way: all of it or nothing.
    expect(more, what).toEqual(model.unanswered);
    for (const entry of more) model.kept.push({ entry, position: 0, at: model.time });
    const page = await ledger.read(expected.at(-1)?.position ?? begin);
    if (!page.ok) throw new Error(page.failure.kind);
    model.kept.splice(-more.length);
    model.kept.push(...page.value.entries.slice(0, more.length).map((kept) => ({ ...kept, at: model.time })));
  }
  model.unanswered = [];
  expect(end, what).toBeGreaterThanOrEqual(model.kept.at(-1)?.position ?? 0);
  const young = model.kept.filter(({ position, at }) => position <= begin && at > model.time - 90 * day);
  expect(young, what).toEqual([]);
  if (begin > 0) expect(await readSnapshot(ledger, begin), what).toEqual([`snapshot at ${begin}`]);
  const newest = snapshots.at(-1) ?? 0;
  expect(newest, what).toBeGreaterThanOrEqual(model.newestSnapshot);
  if (newest > 0) expect(await readSnapshot(ledger, newest), what).toEqual([`snapshot at ${newest}`]);
  model.newestSnapshot = newest;
  await ledger.close();
}
