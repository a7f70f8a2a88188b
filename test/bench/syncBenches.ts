import { median, quantile, type Bench, type Row } from "./measure";
import { goodLine, startLine, type Line } from "./slowLine";
import { peerNames, type PeerName } from "./syncApp/syncContract";
import { peersAndWe, SyncRuns, type Contender, type Run, type Runner } from "./syncRuns";
import { modelServer, pouchServer, type ServerKind } from "./syncServers";
import { newProfile } from "./benchApp";

const RECORDS = 10_000;
const MANY = 50_000;
const ROUNDS = 3;
const EDITS = 40;
/** Longer than the outbox waits between two pushes, so that no edit waits for the one before, in ms. */
const BETWEEN_EDITS = 350;
/** Time in which an app with nothing to do would ask again, in ms. */
const RESTING = 8_000;

const slow: Line = { roundTrip: 300, bitsPerSecond: 4_000_000, cuts: 0 };
const bad: Line = { ...slow, cuts: 0.03 };

type Measure = (runs: SyncRuns, progress: (text: string) => void) => Promise<readonly Row[]>;

/** The measures of the sync beside RxDB's and PouchDB's; those of speed against both kinds of server. */
export function syncBenches(root: string): readonly Bench[] {
  const both = [pouchServer, modelServer];
  const one = [pouchServer];
  const bench = (name: string, work: string, servers: readonly ServerKind[], run: Measure): Bench => ({
    name,
    work,
    run: (progress) => onServers(root, servers, run, progress),
  });
  const longBench = (name: string, work: string, run: Measure): Bench => ({
    ...bench(name, work, one, run),
    isOnlyByName: true,
  });
  return [
    bench("sync.first", `${RECORDS} records from a server into an empty app`, both, first),
    bench("sync.push", `${RECORDS} records made here to an empty server`, both, push),
    bench("sync.usable", "the first 100 records, at 300 ms and 4 Mbit/s from a valid session", both, usable),
    bench("sync.idle", `requests of a start when nothing changed, ${RECORDS} records`, one, idle),
    bench("sync.echo", "an edit in one app until another app shows it", both, echo),
    longBench("sync.slow", `${RECORDS} records at 300 ms and 4 Mbit/s, 3 % of requests cut`, slowly),
    longBench("sync.first.50k", `${MANY} records into an empty app, beside ${RECORDS}`, (runs, progress) =>
      grow("pull", runs, progress),
    ),
    longBench("sync.push.50k", `${MANY} records made here, beside ${RECORDS}`, (runs, progress) =>
      grow("push", runs, progress),
    ),
  ];
}

async function onServers(
  root: string,
  kinds: readonly ServerKind[],
  run: Measure,
  progress: (text: string) => void,
): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const kind of kinds) {
    progress(`starting ${kind.name}`);
    const server = await kind.start();
    try {
      const made = await run(new SyncRuns(root, server), (text) => {
        progress(`${kind.name}: ${text}`);
      });
      rows.push(...made.map((row) => ({ ...row, name: row.name + kind.suffix })));
    } finally {
      await server.dispose();
    }
  }
  return rows;
}

type Runs = ReadonlyMap<Runner, readonly Run[]>;

/** Each is first, second and so on in turn: the machine is not the same at the end of a round. */
async function inTurns(
  runners: readonly Runner[],
  rounds: number,
  run: (runner: Runner) => Promise<Run>,
  progress: (text: string) => void,
): Promise<Runs> {
  const made = new Map<Runner, Run[]>(runners.map((runner) => [runner, []]));
  for (let round = 0; round < rounds; round++) {
    const order = [...runners.slice(round % runners.length), ...runners.slice(0, round % runners.length)];
    for (const runner of order) {
      const one = await run(runner);
      made.get(runner)?.push(one);
      progress(`round ${round + 1} of ${rounds}: ${runner} ${told(one)}`);
    }
  }
  return made;
}

function told({ ms, usable: first, longestBlock, pageBlock, memory, stages }: Run): string {
  const parts = Object.entries(stages).map(([stage, spent]) => `${stage} ${Math.round(spent)}`);
  return [
    `${Math.round(ms)} ms`,
    ...(first === null ? [] : [`the first 100 after ${Math.round(first)}`]),
    `longest blocks ${Math.round(longestBlock)} (worker) and ${Math.round(pageBlock)} (page)`,
    `${Math.round(memory)} MB`,
    ...(parts.length > 0 ? [`of which ${parts.join(", ")}`] : []),
  ].join("; ");
}

function medianOf(runs: Runs, runner: Runner, of: (run: Run) => number): number {
  return median((runs.get(runner) ?? []).map(of));
}

function peersOf(runs: Runs, of: (run: Run) => number): Record<PeerName, number> {
  return Object.fromEntries(peerNames.map((peer) => [peer, medianOf(runs, peer, of)])) as Record<PeerName, number>;
}

/** Our value beside the peers'; the ratio is to the best of them. */
function besidePeers(name: string, unit: Row["unit"], n: number, runs: Runs, of: (run: Run) => number): Row {
  const peers = peersOf(runs, of);
  const value = medianOf(runs, "ours", of);
  return { name, value, unit, n, peers, ratio: Math.min(...Object.values(peers)) / value };
}

const msOf = (run: Run): number => run.ms;

function costRows(name: string, runs: Runs): readonly Row[] {
  return [
    besidePeers(name, "ms", RECORDS, runs, msOf),
    besidePeers(`${name}.memory`, "MB", ROUNDS, runs, ({ memory }) => memory),
    besidePeers(`${name}.workerBlock`, "ms", ROUNDS, runs, ({ longestBlock }) => longestBlock),
  ];
}

async function first(runs: SyncRuns, progress: (text: string) => void): Promise<readonly Row[]> {
  progress(`filling the server with ${RECORDS} records`);
  await runs.full(RECORDS);
  const made = await inTurns([...peersAndWe, "floor"], ROUNDS, (runner) => runs.pull(runner, RECORDS), progress);
  const ours = medianOf(made, "ours", msOf);
  const floor = medianOf(made, "floor", msOf);
  return [
    ...costRows("sync.first", made),
    { name: "sync.first.rxdb", value: medianOf(made, "rxdb", msOf) / ours, unit: "×", n: ROUNDS },
    { name: "sync.first.floor", value: ours / floor, unit: "×", n: ROUNDS, peers: { "floor, ms": floor } },
    besidePeers("sync.usable", "ms", ROUNDS, made, ({ usable: at }) => at ?? Number.POSITIVE_INFINITY),
    besidePeers("sync.longtask", "ms", ROUNDS, made, ({ pageBlock }) => pageBlock),
  ];
}

async function push(runs: SyncRuns, progress: (text: string) => void): Promise<readonly Row[]> {
  const made = await inTurns([...peersAndWe, "floor"], ROUNDS, (runner) => runs.push(runner, RECORDS), progress);
  const bare = medianOf(made, "floor", msOf);
  return [
    ...costRows("sync.push", made),
    {
      name: "sync.push.floor",
      value: medianOf(made, "ours", msOf) / bare,
      unit: "×",
      n: ROUNDS,
      peers: { "bare requests, ms": bare },
    },
  ];
}

async function usable(runs: SyncRuns, progress: (text: string) => void): Promise<readonly Row[]> {
  progress(`filling the server with ${RECORDS} records`);
  await runs.full(RECORDS);
  // Gives the server its name, as the first of a team's computers does.
  await runs.firstPage(RECORDS, runs.server.address);
  const samples: number[] = [];
  for (let round = 1; round <= ROUNDS; round++) {
    const line = await startLine(runs.server.address, slow);
    try {
      samples.push(await runs.firstPage(RECORDS, line.address));
      progress(`round ${round} of ${ROUNDS}: ${Math.round(samples.at(-1) ?? 0)} ms`);
    } finally {
      await line.close();
    }
  }
  return [{ name: "sync.usable.slow", value: median(samples), unit: "ms", n: ROUNDS }];
}

async function slowly(runs: SyncRuns, progress: (text: string) => void): Promise<readonly Row[]> {
  progress(`filling the server with ${RECORDS} records`);
  await runs.full(RECORDS);
  const run = async (runner: Runner): Promise<Run> => {
    const line = await startLine(runs.server.address, bad);
    try {
      const made = await runs.pull(runner, RECORDS, line.address);
      progress(`${runner}: ${line.asked.length} requests, ${line.cuts()} cut, ${Math.round(line.bytes() / 1e6)} MB`);
      return made;
    } finally {
      await line.close();
    }
  };
  const made = await inTurns(peersAndWe, 1, run, progress);
  return [
    besidePeers("sync.slow", "ms", RECORDS, made, msOf),
    besidePeers("sync.slow.usable", "ms", 1, made, ({ usable: at }) => at ?? Number.POSITIVE_INFINITY),
    besidePeers("sync.slow.memory", "MB", 1, made, ({ memory }) => memory),
  ];
}

/** What five times the records cost, for each of them. */
async function grow(
  direction: "pull" | "push",
  runs: SyncRuns,
  progress: (text: string) => void,
): Promise<readonly Row[]> {
  const run = (count: number) => (runner: Runner) =>
    direction === "pull" ? runs.pull(runner, count) : runs.push(runner, count);
  const few = await inTurns(["ours"], ROUNDS, run(RECORDS), progress);
  const many = await inTurns(peersAndWe, 1, run(MANY), progress);
  const name = direction === "pull" ? "sync.first" : "sync.push";
  const growth = medianOf(many, "ours", msOf) / MANY / (medianOf(few, "ours", msOf) / RECORDS);
  return [
    besidePeers(`${name}.50k`, "ms", MANY, many, msOf),
    besidePeers(`${name}.50k.memory`, "MB", 1, many, ({ memory }) => memory),
    besidePeers(`${name}.50k.workerBlock`, "ms", 1, many, ({ longestBlock }) => longestBlock),
    besidePeers(`${name}.50k.pageBlock`, "ms", 1, many, ({ pageBlock }) => pageBlock),
    { name: `${name}.50k.growth`, value: growth, unit: "×", n: MANY },
  ];
}

async function idle(runs: SyncRuns, progress: (text: string) => void): Promise<readonly Row[]> {
  progress(`filling the server with ${RECORDS} records`);
  const database = await runs.full(RECORDS);
  const counts = new Map<Contender, number>();
  for (const runner of peersAndWe) {
    const line = await startLine(runs.server.address, goodLine);
    const profile = await newProfile();
    const notebook = `${line.address}/${database}`;
    try {
      await runs.inApp(profile.folder, database, line.address, async (app) => {
        if (runner === "ours") {
          await app.ask("open", {});
          await app.ask("exchange", { notebook, expected: RECORDS });
          await wait(RESTING);
          await app.ask("close", {});
        } else await app.ask("peerExchange", { peer: runner, address: notebook, direction: "pull" });
      });
      const asked = await runs.inApp(profile.folder, database, line.address, async (app) => {
        if (runner === "ours") await app.ask("open", {});
        const before = line.asked.length;
        if (runner === "ours") await app.ask("exchange", { notebook, expected: 0 });
        else await app.ask("peerListen", { peer: runner, address: notebook });
        await wait(RESTING);
        return line.asked.slice(before);
      });
      // The one that stays open and waits for news is none of them.
      counts.set(runner, asked.length - 1);
      progress(`${runner}: ${asked.map((each) => each.slice(0, 60)).join("; ")}`);
    } finally {
      await line.close();
      await profile.remove();
    }
  }
  const peers = Object.fromEntries(peerNames.map((peer) => [peer, counts.get(peer) ?? Number.NaN]));
  return [{ name: "sync.idle", value: counts.get("ours") ?? Number.NaN, unit: "requests", n: RECORDS, peers }];
}

async function echo(runs: SyncRuns, progress: (text: string) => void): Promise<readonly Row[]> {
  const samples = new Map<Contender, readonly number[]>();
  for (const runner of peersAndWe) {
    samples.set(runner, await echoes(runs, runner));
    const [p50, p95] = [0.5, 0.95].map((share) => Math.round(quantile(samples.get(runner) ?? [], share)));
    progress(`${runner}: ${p50} ms, 95 of 100 within ${p95} ms`);
  }
  const at = (share: number): Pick<Row, "value" | "peers" | "unit" | "n"> => ({
    value: quantile(samples.get("ours") ?? [], share),
    unit: "ms",
    n: EDITS,
    peers: Object.fromEntries(peerNames.map((peer) => [peer, quantile(samples.get(peer) ?? [], share)])),
  });
  return [
    { name: "sync.echo", ...at(0.95) },
    { name: "sync.echo.p50", ...at(0.5) },
  ];
}

/** Two apps at one database; edits in the one, one after the other, until the other shows each. */
async function echoes(runs: SyncRuns, runner: Contender): Promise<readonly number[]> {
  const database = await runs.empty();
  const { address } = runs.server;
  const notebook = `${address}/${database}`;
  const id = "contact:bench-echo";
  return runs.inNewApp(database, address, (one) =>
    runs.inNewApp(database, address, async (other) => {
      for (const app of [one, other]) {
        if (runner === "ours") {
          await app.ask("open", {});
          await app.ask("exchange", { notebook, expected: 0 });
        } else {
          await app.ask("peerListen", { peer: runner, address: notebook });
        }
      }
      const samples: number[] = [];
      // The first one makes the record and is not counted.
      for (let edit = 0; edit <= EDITS; edit++) {
        await wait(BETWEEN_EDITS);
        const value = `Anna Weber ${edit}`;
        const [seen, edited] =
          runner === "ours"
            ? await Promise.all([other.ask("seen", { id, value }), one.ask("edit", { id, value })])
            : await Promise.all([
                other.ask("peerSeen", { peer: runner, id, value }),
                one.ask("peerEdit", { peer: runner, id, value }),
              ]);
        if (edit > 0) samples.push(seen.answer - edited.answer);
      }
      return samples;
    }),
  );
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
