import { open } from "node:fs/promises";
import { join } from "node:path";
import { buildBenchApp, newProfile, startBenchApp, type BenchApp } from "./benchApp";
import { filterRows } from "./filterRows";
import { compared, median, quantile, type Bench, type Row } from "./measure";
import { sealedBenches } from "./sealedBenches";

const RECORDS = 10_000;
const PAGE = 500;
const ROUNDS = 3;

/** The measures of the data layer: they share one build and start an app of their own for every round. */
export function storeBenches(root: string): readonly Bench[] {
  let built: Promise<string> | undefined;

  async function inApp<Value>(profile: string, work: (app: BenchApp) => Promise<Value>): Promise<Value> {
    built ??= buildBenchApp(root);
    const app = await startBenchApp(await built, root, profile);
    try {
      return await work(app);
    } finally {
      await app.close();
    }
  }

  async function inNewApp<Value>(work: (app: BenchApp) => Promise<Value>): Promise<Value> {
    const profile = await newProfile();
    try {
      return await inApp(profile.folder, async (app) => {
        await app.ask("open", {});
        return await work(app);
      });
    } finally {
      await profile.remove();
    }
  }

  const pull: Bench = {
    name: "store.pull",
    work: `${RECORDS} records through the write door in pages of ${PAGE}, beside Dexie alone with the same rows`,
    run: async (progress) => {
      const ours: number[] = [];
      const raw: number[] = [];
      const workerBlocks: number[] = [];
      const pageBlocks: number[] = [];
      const rawBlocks: number[] = [];
      for (let round = 1; round <= ROUNDS; round++) {
        progress(`round ${round} of ${ROUNDS}`);
        await inNewApp(async (app) => {
          const pulled = await app.ask("pull", { count: RECORDS, page: PAGE });
          const inserted = await app.ask("rawInsert", {});
          ours.push(pulled.answer.ms);
          workerBlocks.push(pulled.answer.longestBlock);
          pageBlocks.push(pulled.pageBlock);
          raw.push(inserted.answer.ms);
          rawBlocks.push(inserted.answer.longestBlock);
        });
      }
      const dexie = "dexie 4.4.2 bulkAdd";
      return [
        compared({ name: "store.pull", value: median(ours), unit: "ms", n: RECORDS }, { [dexie]: median(raw) }),
        compared(
          { name: "store.pull.workerBlock", value: median(workerBlocks), unit: "ms", n: ROUNDS },
          { [dexie]: median(rawBlocks) },
        ),
        { name: "store.pull.pageBlock", value: median(pageBlocks), unit: "ms", n: ROUNDS },
      ];
    },
  };

  const reopen: Bench = {
    name: "store.open",
    work: `opening with ${RECORDS} records: as it was left, and anew from the ledger beside the inserts alone`,
    run: async (progress) => {
      const opens: number[] = [];
      const openBlocks: number[] = [];
      const rebuilds: number[] = [];
      const rebuildBlocks: number[] = [];
      const raw: number[] = [];
      const profile = await newProfile();
      try {
        progress(`storing ${RECORDS} records`);
        await inApp(profile.folder, async (app) => {
          await app.ask("open", {});
          await app.ask("pull", { count: RECORDS, page: PAGE });
          await app.ask("close", {});
        });
        for (let round = 1; round <= ROUNDS; round++) {
          progress(`opening, round ${round} of ${ROUNDS}`);
          await inApp(profile.folder, async (app) => {
            const { answer } = await app.ask("open", {});
            opens.push(answer.ms);
            openBlocks.push(answer.longestBlock);
            await app.ask("close", {});
          });
        }
        for (let round = 1; round <= ROUNDS; round++) {
          progress(`from the ledger alone, round ${round} of ${ROUNDS}`);
          await inApp(profile.folder, async (app) => {
            await app.ask("dropDatabase", {});
            const { answer } = await app.ask("open", {});
            rebuilds.push(answer.ms);
            rebuildBlocks.push(answer.longestBlock);
            raw.push((await app.ask("rawInsert", {})).answer.ms);
            await app.ask("close", {});
          });
        }
      } finally {
        await profile.remove();
      }
      return [
        { name: "store.open", value: median(opens), unit: "ms", n: RECORDS },
        { name: "store.open.workerBlock", value: median(openBlocks), unit: "ms", n: ROUNDS },
        compared(
          { name: "store.rebuild", value: median(rebuilds), unit: "ms", n: RECORDS },
          { "dexie 4.4.2 bulkAdd": median(raw) },
        ),
        { name: "store.rebuild.workerBlock", value: median(rebuildBlocks), unit: "ms", n: ROUNDS },
      ];
    },
  };

  const filter: Bench = {
    name: "filter.p95",
    work: "lists of 10,000 contacts and 1,148 organisations filtered in the worker, all kinds of query",
    run: async (progress) => {
      progress("storing contacts and organisations");
      return inNewApp(async (app) => {
        await app.ask("people", { contacts: 10_000, organisations: 1_000 });
        progress("filtering, and the same by others");
        const { answer } = await app.ask("filter", { rounds: 30, peerRounds: 5 });
        return filterRows(answer, progress);
      });
    },
  };

  const append: Bench = {
    name: "ledger.append",
    work: "1.4 KB into the ledger until it is on the disk, seen from the worker, beside a bare fdatasync",
    run: (progress) =>
      inNewApp(async (app) => {
        const count = 500;
        const bytes = 1_400;
        const ours: number[] = [];
        const bare: number[] = [];
        for (let round = 1; round <= ROUNDS; round++) {
          progress(`round ${round} of ${ROUNDS}`);
          bare.push(...(await bareSyncs(app.folder, count, bytes)));
          ours.push(...(await app.ask("append", { count, bytes })).answer);
        }
        const edits = (await app.ask("edit", { count })).answer;
        return [
          compared(
            { name: "ledger.append", value: quantile(ours, 0.95), unit: "ms", n: ours.length },
            { fdatasync: quantile(bare, 0.95) },
          ),
          { name: "ledger.append.p50", value: quantile(ours, 0.5), unit: "ms", n: ours.length },
          { name: "edit.saved.p95", value: quantile(edits, 0.95), unit: "ms", n: edits.length },
        ];
      }),
  };

  const forget: Bench = {
    name: "store.forget",
    work: `what a first meeting with a server begins with, over ${RECORDS} records that no server has`,
    run: async (progress) => {
      progress("storing");
      return inNewApp(async (app) => {
        await app.ask("offline", { count: RECORDS });
        const { answer } = await app.ask("forget", {});
        return [
          { name: "store.forget", value: answer.ms, unit: "ms", n: RECORDS },
          { name: "store.forget.workerBlock", value: answer.longestBlock, unit: "ms", n: 1 },
        ] satisfies Row[];
      });
    },
  };

  return [pull, reopen, filter, append, forget, ...sealedBenches(inApp)];
}

/** What the disk itself takes: a write at the end of a file and fdatasync, one after the other. */
async function bareSyncs(folder: string, count: number, bytes: number): Promise<readonly number[]> {
  const file = await open(join(folder, "bare"), "a");
  const samples: number[] = [];
  try {
    for (let done = 0; done < count; done++) {
      const began = performance.now();
      await file.write(Buffer.alloc(bytes, 1));
      await file.datasync();
      samples.push(performance.now() - began);
    }
  } finally {
    await file.close();
  }
  return samples;
}
