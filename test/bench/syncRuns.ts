import { buildBenchApp, newProfile, startBenchApp, type BenchApp } from "./benchApp";
import { peerNames, type Exchanged, type PeerName, type SyncContract } from "./syncApp/syncContract";
import { fill, type BenchServer } from "./syncServers";

export type Contender = "ours" | PeerName;
export const peersAndWe: readonly Contender[] = ["ours", ...peerNames];
/** Who brings the records; the floor is nothing but what nobody can leave out. */
export type Runner = Contender | "floor";

export interface Run extends Exchanged {
  /** The longest block of the page, in ms. */
  readonly pageBlock: number;
  /** The peak of the page's process, in MB. */
  readonly memory: number;
}

type SyncApp = BenchApp<SyncContract>;

/** Runs of the measuring app against one server: each in a process of its own, on an installation of its own. */
export class SyncRuns {
  private built: Promise<string> | undefined;
  private databases = 0;
  private readonly filled = new Map<number, Promise<string>>();

  constructor(
    private readonly root: string,
    readonly server: BenchServer,
  ) {}

  /** The database with that many records; nobody writes to it. */
  full(count: number): Promise<string> {
    const known = this.filled.get(count) ?? this.fill(count);
    this.filled.set(count, known);
    return known;
  }

  async empty(): Promise<string> {
    const name = `empty${(this.databases += 1)}`;
    await this.server.makeDatabase(name);
    return name;
  }

  /** All records of a full server into an empty app. `address`: of a line to the server. */
  async pull(runner: Runner, count: number, address = this.server.address): Promise<Run> {
    const database = await this.full(count);
    return this.inNewApp(database, address, async (app) => {
      const notebook = `${address}/${database}`;
      if (runner === "floor") return runOf(app, await app.ask("floor", { address: notebook }));
      if (runner !== "ours") {
        return runOf(app, await app.ask("peerExchange", { peer: runner, address: notebook, direction: "pull" }));
      }
      await app.ask("open", {});
      return runOf(app, await app.ask("exchange", { notebook, expected: count }));
    });
  }

  /** Records made here to an empty server; the floor is the bare requests. */
  async push(runner: Runner, count: number): Promise<Run> {
    const database = await this.empty();
    const { address } = this.server;
    const run = await this.inNewApp(database, address, async (app) => {
      const notebook = `${address}/${database}`;
      if (runner === "floor") return runOf(app, await app.ask("bareBatches", { address: notebook, count }));
      if (runner === "ours") {
        await app.ask("open", {});
        await app.ask("stock", { count });
        return runOf(app, await app.ask("exchange", { notebook, expected: 0 }));
      }
      await app.ask("peerStock", { peer: runner, count });
      return runOf(app, await app.ask("peerExchange", { peer: runner, address: notebook, direction: "push" }));
    });
    const arrived = await this.server.count(database);
    if (arrived < count) throw new Error(`${runner}: ${arrived} of ${count} records arrived`);
    return run;
  }

  /** Until a hundred records are of use, in ms. */
  async firstPage(count: number, address: string): Promise<number> {
    const database = await this.full(count);
    return this.inNewApp(database, address, async (app) => {
      await app.ask("open", {});
      return (await app.ask("firstPage", { notebook: `${address}/${database}` })).answer;
    });
  }

  async inNewApp<Value>(database: string, address: string, work: (app: SyncApp) => Promise<Value>): Promise<Value> {
    const profile = await newProfile();
    try {
      return await this.inApp(profile.folder, database, address, work);
    } finally {
      await profile.remove();
    }
  }

  async inApp<Value>(
    profile: string,
    database: string,
    address: string,
    work: (app: SyncApp) => Promise<Value>,
  ): Promise<Value> {
    this.built ??= buildBenchApp(this.root, "syncApp");
    const { user, password } = this.server;
    const connection = JSON.stringify({ address, database, user, password });
    const app = await startBenchApp<SyncContract>(await this.built, this.root, profile, {
      QIAO_BENCH_SERVER: connection,
    });
    try {
      return await work(app);
    } finally {
      await app.close();
    }
  }

  private async fill(count: number): Promise<string> {
    const name = `full${count}`;
    await fill(this.server, name, count);
    return name;
  }
}

async function runOf(
  app: SyncApp,
  { answer, pageBlock }: { readonly answer: Exchanged; readonly pageBlock: number },
): Promise<Run> {
  return { ...answer, pageBlock, memory: await app.peakMemory() };
}
