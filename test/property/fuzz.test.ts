import { describe, expect, test } from "vitest";
import { historyOf } from "../fuzz/actions";
import { play } from "../fuzz/play";
import type { Answered, Asked } from "../fuzz/fuzzServer";
import { ModelFuzzServer } from "../fuzz/modelFuzzServer";
import { fuzz, HISTORY } from "../fuzz/runFuzz";
import { Simulation } from "../fuzz/simulation";

/** Actions from either seed. */
const ACTIONS = 10_000;
/** Generous, since other suites run at the same time. */
const TIMEOUT = 600_000;

/** Fresh seeds are for `npm run fuzz`; they come here once a million actions have found nothing. */
describe.each([
  ["seeds from 1", 1],
  ["seeds from 100, or FUZZ_SEED", Number(process.env["FUZZ_SEED"] ?? 100)],
])("%s", (_name, seed) => {
  test(
    `${ACTIONS} actions on several devices under faults lose and double nothing, and all end with the same`,
    async () => {
      const { failed } = await fuzz(seed, ACTIONS);
      expect(
        failed.map(({ history, faults }) => [`npm run fuzz -- --seed ${history.seed} --actions ${HISTORY}`, faults]),
      ).toEqual([]);
    },
    TIMEOUT,
  );
});

describe("seeds that found a bug", () => {
  test.each([
    ["what was edited under another client's tombstone was lost when a colleague brought the record back", 848],
    ["a value on a leaf that lost went with the database when that was made anew before the leaves were joined", 896],
    ["stopping while a page was written waited for the end of the next long-poll", 6022],
    ["a counter that was refused was not raised later, and a restored server not noticed", 836],
  ])(
    "%s",
    async (_bug, seed) => {
      expect((await play(historyOf(seed, HISTORY))).faults).toEqual([]);
    },
    TIMEOUT,
  );
});

test("the same seed plays the same history to the last byte, another one another", { timeout: TIMEOUT }, async () => {
  const [first, again, other] = [
    await play(historyOf(5, 250)),
    await play(historyOf(5, 250)),
    await play(historyOf(6, 250)),
  ];
  expect(again.hash).toBe(first.hash);
  expect(again.log).toEqual(first.log);
  expect(other.hash).not.toBe(first.hash);
});

test("a server that says it took what it threw away is found out", { timeout: TIMEOUT }, async () => {
  const simulation = new Simulation();
  const outcome = await play(historyOf(5, 250), { simulation, server: new ForgetfulServer(simulation, 5) });
  expect(outcome.faults).not.toEqual([]);
});

/** Of every tenth batch it keeps nothing but answers that it did. */
class ForgetfulServer extends ModelFuzzServer {
  #batches = 0;

  override async handle(asked: Asked): Promise<Answered> {
    if (asked.path === "_bulk_docs" && ++this.#batches % 10 === 0) {
      const { docs } = JSON.parse(asked.body ?? "{}") as { docs: readonly { readonly _id: string }[] };
      const rows = docs.map(({ _id: id }) => ({ ok: true, id, rev: `1-${"a".repeat(32)}` }));
      return { status: 201, body: JSON.stringify(rows) };
    }
    return super.handle(asked);
  }
}
