import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describeKilling, killInSeries, RUNS, type Outcome } from "../support/killing";
import { victims } from "../support/victims";
import { SEED } from "./app/records";
import type { Bench, Row } from "./measure";

const SERIES = 10;

/**
 * Characters that were shown as saved and are not there after main, page, worker or GPU process was killed at a random
 * moment of typing, saving, compaction, backup, restoring, joining, a change of the passphrase or of the root key.
 * Rejects where the app is not usable afterwards: then there is no number.
 */
export function killBench(): Bench {
  return {
    name: "crash.lost",
    work: `${SERIES * RUNS} kills of main, page, worker and GPU process at random moments of all kinds of work`,
    run: async (progress) => {
      const outcomes: Outcome[] = [];
      for (let series = 0; series < SERIES; series++) {
        const folder = await mkdtemp(join(tmpdir(), "qiao-bench-"));
        try {
          await killInSeries(SEED + series, folder, (outcome) => {
            outcomes.push(outcome);
            progress(`${outcomes.length} of ${SERIES * RUNS}: ${describeKilling(outcome)}`);
          });
        } finally {
          await rm(folder, { recursive: true, force: true, maxRetries: 10 });
        }
      }
      return rowsOf(outcomes);
    },
  };
}

/** `n`: runs. */
function rowsOf(outcomes: readonly Outcome[]): readonly Row[] {
  const lost = (name: string, some: readonly Outcome[]): Row => ({
    name,
    value: some.reduce((sum, outcome) => sum + outcome.lost, 0),
    unit: "characters",
    n: some.length,
  });
  return [
    lost("crash.lost", outcomes),
    ...victims.map((victim) =>
      lost(
        `crash.lost.${victim}`,
        outcomes.filter((outcome) => outcome.victim === victim),
      ),
    ),
    {
      name: "crash.saved",
      value: outcomes.reduce((sum, { saved }) => sum + saved, 0),
      unit: "characters",
      n: outcomes.length,
    },
  ];
}
