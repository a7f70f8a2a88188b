// @vitest-environment happy-dom
import { expect, it } from "vitest";
import type { KeysState } from "../../../src-main/shared/keys";
import { NotebookRuns } from "../../../src-renderer/app/notebookRuns";
import type { MainClient } from "../../../src-renderer/platform/bridge";
import type { startNotebookWorker } from "../../../src-renderer/platform/notebookWorker";
import { createFakeNotebook } from "../../support/fakeNotebook";

const open: KeysState = { kind: "open", protection: "passphrase", kit: null, keychain: false, rotation: null };
const locked: KeysState = { kind: "locked", kit: false };

interface Worker {
  hasPorts: boolean;
  isStopped: boolean;
  readonly requests: readonly string[];
}

/** A page whose main process answers `first` and tells more by `tell`. */
function page(first: KeysState): {
  readonly runs: NotebookRuns;
  readonly workers: readonly Worker[];
  readonly tell: (state: KeysState) => void;
  readonly answer: () => void;
} {
  const workers: Worker[] = [];
  let tell: (state: KeysState) => void = () => undefined;
  let answer: () => void = () => undefined;
  const main: MainClient = {
    invoke: () =>
      new Promise((resolve) => {
        answer = () => {
          resolve(first as never);
        };
      }),
    on: (_event, listener) => {
      tell = (state) => {
        listener({ state } as never);
      };
      return () => undefined;
    },
  };
  const startWorker: typeof startNotebookWorker = (_main, _onCrash, whenOpen) => {
    const client = createFakeNotebook();
    const worker: Worker = { hasPorts: false, isStopped: false, requests: client.requests };
    workers.push(worker);
    void whenOpen.then(() => (worker.hasPorts = true));
    return { client, stop: () => (worker.isStopped = true) };
  };
  const runs = new NotebookRuns(main, startWorker);
  return {
    runs,
    workers,
    tell: (state) => {
      tell(state);
    },
    answer: () => {
      answer();
    },
  };
}

it("loads the worker while the keys are asked for, and opens the notebook as soon as they are there", async () => {
  const { runs, workers, answer } = page(open);
  const started = runs.start();
  expect(workers).toMatchObject([{ hasPorts: false, requests: [] }]);
  answer();
  await started;
  expect(workers).toMatchObject([{ hasPorts: true, requests: ["open"] }]);
  expect(await runs.snapshot().run?.opening).toMatchObject({ kind: "open" });
});

it("gives no ports and asks nothing while it is locked", async () => {
  const { runs, workers, tell, answer } = page(locked);
  const started = runs.start();
  answer();
  await started;
  expect(workers).toMatchObject([{ hasPorts: false, requests: [] }]);
  expect(runs.snapshot()).toEqual({ keys: locked, run: null });
  tell(open);
  await Promise.resolve();
  expect(workers).toMatchObject([{ hasPorts: true, requests: ["open"] }]);
});

it("ends the worker with the keys, and opens with another one", async () => {
  const { runs, workers, tell, answer } = page(open);
  const started = runs.start();
  answer();
  await started;
  const first = runs.snapshot().run;
  tell({ ...open, kit: { madeAt: "2026-11-22T01:00:00.000Z", rehearsedAt: null } });
  expect(runs.snapshot().run).toBe(first);
  tell(locked);
  expect(runs.snapshot()).toEqual({ keys: locked, run: null });
  expect(workers).toMatchObject([{ isStopped: true }]);
  tell(open);
  expect(workers).toMatchObject([{ isStopped: true }, { isStopped: false, requests: ["open"] }]);
  expect(runs.snapshot().run?.number).toBe(2);
});

it("believes an event more than the answer that was on its way", async () => {
  const { runs, tell, answer } = page(open);
  const started = runs.start();
  tell(locked);
  answer();
  await started;
  expect(runs.snapshot()).toEqual({ keys: locked, run: null });
});
