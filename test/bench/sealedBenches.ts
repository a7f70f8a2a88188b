import type { BenchApp } from "./benchApp";
import { newProfile } from "./benchApp";
import { median, quantile, type Bench, type Row } from "./measure";

const RECORDS = 10_000;
const NOTES = 10_000;
const ROUNDS = 5;
const REBUILDS = 3;

/** Runs in an app that is started on a profile, and closed afterwards. */
export type InApp = <Value>(profile: string, work: (app: BenchApp) => Promise<Value>) => Promise<Value>;

/** What sealing costs, and what it costs to make the store anew from the ledger. */
export function sealedBenches(inApp: InApp): readonly Bench[] {
  return [crypt(inApp), rebuild(inApp)];
}

function crypt(inApp: InApp): Bench {
  return {
    name: "crypt.write",
    work: `${RECORDS} records of 1.4 KB written, and read again all and in pages of 50: sealed, beside left as they are`,
    run: (progress) =>
      withProfile((profile) =>
        inApp(profile, async (app) => {
          await app.ask("open", {});
          const rounds: Compared[] = [];
          for (let round = 1; round <= ROUNDS; round++) {
            progress(`round ${round} of ${ROUNDS}`);
            // Each is first in turn: what comes first in a round has the emptier machine, or the fuller disk.
            const order = round % 2 === 0 ? [true, false] : [false, true];
            const times = new Map<boolean, Times>();
            for (const isSealed of order) {
              times.set(isSealed, (await app.ask("storeAlone", { count: RECORDS, isSealed })).answer);
            }
            const [sealed, plain] = [times.get(true), times.get(false)];
            if (sealed && plain) rounds.push({ sealed, plain });
          }
          return cryptRows(rounds);
        }),
      ),
  };
}

interface Times {
  readonly write: number;
  readonly read: number;
  readonly pages: readonly number[];
  readonly longestBlock: number;
}
interface Compared {
  readonly sealed: Times;
  readonly plain: Times;
}

function cryptRows(rounds: readonly Compared[]): readonly Row[] {
  const ratio = (of: (times: Times) => number): number =>
    median(rounds.map(({ sealed }) => of(sealed))) / median(rounds.map(({ plain }) => of(plain)));
  const pages = (which: keyof Compared): readonly number[] => rounds.flatMap((round) => round[which].pages);
  const ms = (name: string, value: number, n: number, plain: number): Row => ({
    name,
    value,
    unit: "ms",
    n,
    peers: { "left as they are": plain },
  });
  const medianOf = (which: keyof Compared, of: (times: Times) => number): number =>
    median(rounds.map((round) => of(round[which])));
  const both = (of: (times: Times) => number): readonly [number, number, number] => [
    medianOf("sealed", of),
    RECORDS,
    medianOf("plain", of),
  ];
  return [
    { name: "crypt.write", value: ratio(({ write }) => write), unit: "×", n: rounds.length },
    { name: "crypt.read", value: ratio(({ read }) => read), unit: "×", n: rounds.length },
    ms("crypt.write.all", ...both(({ write }) => write)),
    ms("crypt.read.all", ...both(({ read }) => read)),
    ms("crypt.read.page", median(pages("sealed")), pages("sealed").length, median(pages("plain"))),
    ms("crypt.read.page.p95", quantile(pages("sealed"), 0.95), pages("sealed").length, quantile(pages("plain"), 0.95)),
    ms(
      "crypt.workerBlock",
      medianOf("sealed", ({ longestBlock }) => longestBlock),
      rounds.length,
      medianOf("plain", ({ longestBlock }) => longestBlock),
    ),
  ];
}

function rebuild(inApp: InApp): Bench {
  return {
    name: "ledger.rebuild",
    work: `a store made anew from the ledger, ${NOTES} notes and ${2 * NOTES} terms, beside the inserts alone`,
    run: (progress) =>
      withProfile(async (profile) => {
        progress(`storing ${NOTES} notes and ${2 * NOTES} terms`);
        await inApp(profile, async (app) => {
          await app.ask("open", {});
          await app.ask("notesAndTerms", { notes: NOTES });
          await app.ask("close", {});
        });
        const history = await rebuilds(inApp, profile, (round) => {
          progress(`from history alone, round ${round} of ${REBUILDS}`);
        });
        progress("writing a snapshot");
        await inApp(profile, async (app) => {
          await app.ask("open", {});
          await app.ask("keepLedger", {});
          await app.ask("close", {});
        });
        const snapshot = await rebuilds(inApp, profile, (round) => {
          progress(`from a snapshot, round ${round} of ${REBUILDS}`);
        });
        return [...rebuildRows("ledger.rebuild", snapshot), ...rebuildRows("ledger.rebuild.history", history)];
      }),
  };
}

interface Rebuild {
  readonly ms: number;
  readonly firstRows: number;
  readonly longestBlock: number;
  readonly inserts: number;
  readonly raw: number;
}

async function rebuilds(inApp: InApp, profile: string, progress: (round: number) => void): Promise<readonly Rebuild[]> {
  const made: Rebuild[] = [];
  for (let round = 1; round <= REBUILDS; round++) {
    progress(round);
    await inApp(profile, async (app) => {
      await app.ask("dropDatabase", {});
      const { answer } = await app.ask("openWatched", {});
      const inserts = (await app.ask("insertAlone", {})).answer.ms;
      const raw = (await app.ask("rawInsert", {})).answer.ms;
      made.push({ ...answer, inserts, raw });
      await app.ask("close", {});
    });
  }
  return made;
}

function rebuildRows(name: string, made: readonly Rebuild[]): readonly Row[] {
  const medianOf = (of: (rebuild: Rebuild) => number): number => median(made.map(of));
  const ms = medianOf((each) => each.ms);
  const inserts = medianOf((each) => each.inserts);
  const n = 3 * NOTES;
  return [
    { name, value: ms / inserts, unit: "×", n },
    {
      name: `${name}.all`,
      value: ms,
      unit: "ms",
      n,
      peers: { "the inserts alone": inserts, "dexie 4.4.2 bulkAdd": medianOf((each) => each.raw) },
    },
    { name: `${name}.firstRows`, value: medianOf((each) => each.firstRows), unit: "ms", n: made.length },
    { name: `${name}.workerBlock`, value: medianOf((each) => each.longestBlock), unit: "ms", n: made.length },
  ];
}

async function withProfile<Value>(work: (folder: string) => Promise<Value>): Promise<Value> {
  const profile = await newProfile();
  try {
    return await work(profile.folder);
  } finally {
    await profile.remove();
  }
}
