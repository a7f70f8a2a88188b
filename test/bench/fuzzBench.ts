import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { fuzz, HISTORY } from "../fuzz/runFuzz";
import { SEED } from "./app/records";
import type { Bench } from "./measure";

const ALL = 1_000_000;
/** Actions of one run; the next run goes on where this one stopped. `FUZZ_SLICE` says another number. */
const SLICE = Number(process.env["FUZZ_SLICE"] ?? 20_000);

const progressSchema = z.object({
  seed: z.number(),
  done: z.number(),
  faults: z.number(),
  failed: z.array(z.number()),
});
type Progress = z.infer<typeof progressSchema>;

/**
 * Values and characters that were lost, doubled or different at the end of random histories (`test/fuzz/README.md`). A
 * million actions are played in slices: what was done is kept in `bench/fuzz.json`, and the row counts all of it.
 */
export function fuzzBench(root: string): Bench {
  return {
    name: "fuzz.lost",
    work: `${SLICE} more of ${ALL} random actions on several devices under faults`,
    run: async (progress) => {
      const file = join(root, "bench", "fuzz.json");
      let state = readProgress(file);
      if (state.done >= ALL) state = { seed: SEED, done: 0, faults: 0, failed: [] };
      const end = Math.min(ALL, state.done + SLICE);
      while (state.done < end) {
        const seed = state.seed + state.done / HISTORY;
        const { actions, failed } = await fuzz(seed, HISTORY);
        const faults = failed.reduce((sum, outcome) => sum + outcome.faults.length, 0);
        const seeds = failed.map(({ history }) => history.seed);
        state = {
          ...state,
          done: state.done + actions,
          faults: state.faults + faults,
          failed: [...state.failed, ...seeds],
        };
        keepProgress(file, state);
        progress(
          `${state.done} of ${ALL}, ${state.faults} lost or doubled; failed seeds: ${state.failed.join(" ") || "none"}`,
        );
      }
      return [{ name: "fuzz.lost", value: state.faults, unit: "values", n: state.done }];
    },
  };
}

function readProgress(file: string): Progress {
  try {
    return progressSchema.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    return { seed: SEED, done: 0, faults: 0, failed: [] };
  }
}

/** Under a new name first, so that a run that is ended leaves the last one whole. */
function keepProgress(file: string, state: Progress): void {
  mkdirSync(join(file, ".."), { recursive: true });
  writeFileSync(`${file}.new`, `${JSON.stringify(state)}\n`);
  renameSync(`${file}.new`, file);
}
