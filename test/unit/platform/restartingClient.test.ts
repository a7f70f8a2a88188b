import { describe, expect, it } from "vitest";
import type { Client } from "../../../src-main/shared/rpc";
import { RestartingClient, type RunningWorker } from "../../../src-renderer/platform/restartingClient";
import type { NotebookContract } from "../../../src-renderer/ports/notebook";

interface Asked {
  readonly name: string;
  readonly args: unknown;
  readonly answer: (value: unknown) => void;
  readonly refuse: (error: Error) => void;
}

/** A worker that answers when it is told to, and whose requests all fail once it is stopped. */
class ToldWorker implements RunningWorker {
  readonly asked: Asked[] = [];
  readonly listeners = new Map<string, Set<(payload: unknown) => void>>();
  isStopped = false;

  readonly client = {
    request: (name: string, args: unknown) =>
      new Promise((resolve, reject) => {
        this.asked.push({ name, args, answer: resolve, refuse: reject });
      }),
    on: (event: string, listener: (payload: unknown) => void) => {
      const set = this.listeners.get(event) ?? new Set();
      this.listeners.set(event, set.add(listener));
      return () => set.delete(listener);
    },
    dispose: () => undefined,
  } as unknown as Client<NotebookContract>;

  stop(): void {
    this.isStopped = true;
    for (const { refuse } of this.asked) refuse(new Error("stopped"));
  }

  tell(event: string, payload: unknown): void {
    for (const listener of this.listeners.get(event) ?? []) listener(payload);
  }
}

function restarting(): {
  client: RestartingClient;
  workers: ToldWorker[];
  latest: () => ToldWorker;
  clock: { now: number };
  givenUp: () => number;
} {
  const workers: ToldWorker[] = [];
  const clock = { now: 0 };
  let givenUp = 0;
  const client = new RestartingClient(
    () => {
      const worker = new ToldWorker();
      workers.push(worker);
      return worker;
    },
    () => clock.now,
    () => {
      givenUp += 1;
    },
  );
  return { client, workers, latest: () => workers.at(-1) ?? new ToldWorker(), clock, givenUp: () => givenUp };
}

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

describe("a client that outlives its worker", () => {
  it("asks the next worker what the dead one had not answered", async () => {
    const { client, latest } = restarting();
    const answer = client.request("rows", { ids: ["contact:a"] });
    client.restart();
    await settled();
    expect(latest().asked.map(({ name }) => name)).toEqual(["rows"]);
    latest().asked[0]?.answer([null]);
    expect(await answer).toEqual([null]);
  });

  it("brings typed text to the next worker", async () => {
    const { client, latest } = restarting();
    const update = new Uint8Array([1, 2]);
    const answer = client.request("updateNote", { about: "meeting:m", update });
    client.restart();
    await settled();
    expect(latest().asked).toMatchObject([{ name: "updateNote", args: { about: "meeting:m", update } }]);
    latest().asked[0]?.answer({ ok: true, value: null });
    expect(await answer).toEqual({ ok: true, value: null });
  });

  it("does not undo twice", async () => {
    const { client, latest } = restarting();
    const undone = client.request("undo", {});
    client.restart();
    await expect(undone).rejects.toThrow("stopped");
    expect(latest().asked).toEqual([]);
  });

  it("gives a worker's own error to whoever asked", async () => {
    const { client, latest } = restarting();
    const answer = client.request("history", {});
    latest().asked[0]?.refuse(new Error("a bug"));
    await expect(answer).rejects.toThrow("a bug");
  });

  it("lets listeners hear the next worker, and no longer those that left", () => {
    const { client, workers, latest } = restarting();
    const heard: unknown[] = [];
    client.on("quarantine", () => heard.push("stays"));
    const leave = client.on("quarantine", () => heard.push("leaves"));
    client.restart();
    leave();
    latest().tell("quarantine", {});
    expect(heard).toEqual(["stays"]);
    expect(workers[0]?.isStopped).toBe(true);
  });

  it("opens the notes again that editors have open, and gives them what has come since", async () => {
    const { client, latest } = restarting();
    const first = client.request("openNote", { about: "meeting:open" });
    const second = client.request("openNote", { about: "meeting:closed" });
    for (const { answer } of latest().asked) answer({ state: new Uint8Array() });
    await Promise.all([first, second]);
    const closed = client.request("closeNote", { about: "meeting:closed" });
    latest().asked.at(-1)?.answer(null);
    await closed;
    const changes: unknown[] = [];
    client.on("noteChanged", (change) => changes.push(change));
    client.restart();
    await settled();
    expect(latest().asked.map(({ args }) => args)).toEqual([{ about: "meeting:open" }]);
    latest().asked[0]?.answer({ state: new Uint8Array([7]) });
    await settled();
    expect(changes).toEqual([{ about: "meeting:open", update: new Uint8Array([7]) }]);
  });

  it("gives up when workers die one after the other, and not when they die rarely", () => {
    const often = restarting();
    for (let death = 0; death < 4; death += 1) often.client.restart();
    expect(often.givenUp()).toBe(1);
    expect(often.workers).toHaveLength(4);

    const rarely = restarting();
    for (let death = 0; death < 10; death += 1) {
      rarely.clock.now += 60_000;
      rarely.client.restart();
    }
    expect(rarely.givenUp()).toBe(0);
    expect(rarely.workers).toHaveLength(11);
  });
});
