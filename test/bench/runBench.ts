import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { SEED } from "./app/records";
import { appBenches } from "./appBenches";
import { fuzzBench } from "./fuzzBench";
import { killBench } from "./killBench";
import { ledgerBenches } from "./ledgerBenches";
import type { Row } from "./measure";
import { storeBenches } from "./storeBenches";
import { syncBenches } from "./syncBenches";
import { typingBench } from "./typingBench";

/** Runs the named measures, or all but the longest, prints a table and keeps the numbers in `bench/results.json`. */
export async function runBench(root: string, names: readonly string[], say: (text: string) => void): Promise<number> {
  const all = [
    typingBench(),
    ...storeBenches(root),
    ...ledgerBenches(),
    ...syncBenches(root),
    ...appBenches(root),
    killBench(),
    fuzzBench(root),
  ];
  const unknown = names.filter((name) => !all.some((bench) => bench.name === name));
  if (unknown.length > 0) {
    say(`Nothing is measured by the name ${unknown.join(", ")}. There are: ${all.map(({ name }) => name).join(", ")}`);
    return 1;
  }
  const wanted =
    names.length === 0
      ? all.filter(({ isOnlyByName }) => isOnlyByName !== true)
      : all.filter(({ name }) => names.includes(name));
  say(`seed ${SEED}; ${cpus().length} × ${cpus()[0]?.model ?? "processor"}`);
  const rows: Row[] = [];
  for (const [index, bench] of wanted.entries()) {
    const place = `${index + 1}/${wanted.length} ${bench.name}`;
    say(`${place}: ${bench.work} (npm run bench -- ${bench.name})`);
    const made = await bench.run((text) => {
      say(`${place}: ${text}`);
    });
    rows.push(...made);
    keep(join(root, "bench"), made);
  }
  console.table(
    rows.map(({ name, value, unit, n, peers, ratio }) => ({
      name,
      value: rounded(value),
      unit,
      n,
      peers: Object.entries(peers ?? {})
        .map(([peer, number]) => `${peer} ${rounded(number)}`)
        .join(", "),
      ratio: ratio === undefined ? "" : rounded(ratio),
    })),
  );
  return 0;
}

/** Rows measured now take the place of those of the same name; the others stay. */
function keep(folder: string, rows: readonly Row[]): void {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, "results.json");
  const kept = new Map(readRows(file).map((row) => [row.name, row]));
  for (const row of rows) kept.set(row.name, row);
  const sorted = [...kept.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  writeFileSync(file, `${JSON.stringify(sorted, null, 2)}\n`);
}

function readRows(file: string): readonly Row[] {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Row[];
  } catch {
    return [];
  }
}

function rounded(value: number): number {
  return Number(value.toPrecision(3));
}
