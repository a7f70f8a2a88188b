import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SegmentedLedger } from "../../src-main/ledger/segmentedLedger";
import { entryText } from "../../src-renderer/data/ledgerEntries";
import { idOfContent } from "../../src-renderer/domain/parseRecord";
import type { Content } from "../../src-renderer/domain/record";
import { peopleAndPlaces, SEED } from "./app/records";
import { seededRandom } from "../support/seededRandom";
import { median, type Bench } from "./measure";

const CONTACTS = 9_000;
const ORGANISATIONS = 1_000;
const EDITS = 10_000;
const PAGE = 500;
const ROUNDS = 5;

/** The measures of the ledger alone, without an app around it. */
export function ledgerBenches(): readonly Bench[] {
  const size: Bench = {
    name: "ledger.size",
    work: `the ledger's files after ${EDITS} edits of 10,000 records and a snapshot, against the records as text`,
    run: async (progress) => {
      const folder = await mkdtemp(join(tmpdir(), "qiao-bench-ledger-"));
      try {
        progress("storing 10,000 records and editing them");
        const ledger = await openLedger(folder);
        const records = [...peopleAndPlaces(CONTACTS, ORGANISATIONS)];
        for (let from = 0; from < records.length; from += PAGE) await pull(ledger, records.slice(from, from + PAGE));
        const random = seededRandom(SEED);
        for (let edit = 0; edit < EDITS; edit++) await editOne(ledger, records, random, edit);
        progress("opening it");
        const opened = await openings(folder, ledger);
        progress("a snapshot, and what follows it");
        const again = await openLedger(folder);
        await snapshot(again, records);
        await again.settled();
        await again.close();
        const live = records.reduce((sum, content) => sum + Buffer.byteLength(JSON.stringify(content)), 0);
        return [
          { name: "ledger.size", value: (await bytesIn(folder)) / live, unit: "×", n: EDITS },
          { name: "ledger.open", value: median(opened), unit: "ms", n: opened.length },
        ];
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
  };
  return [size];
}

async function openLedger(folder: string): Promise<SegmentedLedger> {
  const opened = await SegmentedLedger.open({
    folder,
    // Of no secret: it seals as long as any other.
    key: Buffer.alloc(32, 1),
    notebook: "00000000-0000-4000-8000-000000000000",
    now: () => Date.now(),
  });
  if (!opened.ok) throw new Error(JSON.stringify(opened.failure));
  return opened.value;
}

async function append(ledger: SegmentedLedger, text: string): Promise<void> {
  const appended = await ledger.append([text]);
  if (!appended.ok) throw new Error(appended.failure.kind);
}

async function pull(ledger: SegmentedLedger, contents: readonly Content[]): Promise<void> {
  const outcomes = contents.map(
    (content) => ({ kind: "take", id: idOfContent(content), rev: `1-${"0".repeat(32)}`, content }) as const,
  );
  const notebook = "http://127.0.0.1/bench";
  await append(ledger, await entryText({ kind: "pulled", notebook, outcomes, checkpoint: "1", quarantined: [] }));
}

/** The whole record is written for each edit, as the form of a record does. */
async function editOne(ledger: SegmentedLedger, records: Content[], random: () => number, edit: number): Promise<void> {
  const index = Math.floor(random() * records.length);
  const content = records[index];
  if (!content) throw new Error("nothing to edit");
  const updatedAt = new Date(Date.UTC(2026, 2, 3) + edit * 60_000).toISOString();
  const edited = { ...content, updatedAt };
  records[index] = edited;
  await append(ledger, await entryText({ kind: "put", content: edited, gone: false }));
}

/** Closed and opened again, as at a start of the program, in ms. */
async function openings(folder: string, ledger: SegmentedLedger): Promise<readonly number[]> {
  const samples: number[] = [];
  await ledger.close();
  for (let round = 0; round < ROUNDS; round++) {
    const began = performance.now();
    const opened = await openLedger(folder);
    samples.push(performance.now() - began);
    await opened.close();
  }
  return samples;
}

async function snapshot(ledger: SegmentedLedger, records: readonly Content[]): Promise<void> {
  const end = await ledger.end();
  if (!end.ok || !(await ledger.beginSnapshot(end.value.position)).ok) throw new Error("no snapshot");
  for (let from = 0; from < records.length; from += PAGE) {
    const kept = records.slice(from, from + PAGE).map((content) => ({
      content,
      gone: false,
      rev: `1-${"0".repeat(32)}`,
      dirty: true,
    }));
    const added = await ledger.addToSnapshot([await entryText({ kind: "kept", records: kept })]);
    if (!added.ok) throw new Error(added.failure.kind);
  }
  const ended = await ledger.endSnapshot();
  if (!ended.ok) throw new Error(ended.failure.kind);
}

async function bytesIn(folder: string): Promise<number> {
  const sizes = await Promise.all((await readdir(folder)).map(async (name) => (await stat(join(folder, name))).size));
  return sizes.reduce((sum, each) => sum + each, 0);
}
