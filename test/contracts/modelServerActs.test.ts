import { expect, test } from "vitest";
import { BrokenOff, wholeBody, type ModelRequest, type ModelResponse } from "../support/modelServer/exchange";
import { databaseMissing, withFaults, type Fault } from "../support/modelServer/faults";
import { createModelServer, type ModelServer } from "../support/modelServer/modelServer";
import { manualScheduler, type ManualScheduler } from "../support/modelServer/scheduler";
import { seededRandom } from "../support/seededRandom";

interface World {
  readonly scheduler: ManualScheduler;
  readonly server: ModelServer;
}

function world(seed = 1): World {
  const scheduler = manualScheduler();
  const random = seededRandom(seed);
  const database = { name: "notebook", members: ["wei"] };
  return { scheduler, server: createModelServer({ scheduler, random, users: { wei: "pw", admin: "pw" }, database }) };
}

function request(method: string, path: string, body?: unknown): ModelRequest {
  return {
    method,
    path: `/notebook${path}`,
    headers: {
      authorization: `Basic ${btoa("wei:pw")}`,
      "content-type": "application/json",
      accept: "application/json",
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  };
}

interface Feed {
  readonly results: readonly { readonly id: string; readonly seq: string }[];
  readonly last_seq: string;
  readonly pending: number;
}

function json(response: ModelResponse): unknown {
  if (typeof response.body !== "string") throw new Error("the body comes later");
  return JSON.parse(response.body);
}

const feed = ({ server }: World, query: string): Feed =>
  json(server.answer(request("GET", `/_changes?${query}`))) as Feed;
const write = ({ server }: World, ...ids: readonly string[]): ModelResponse =>
  server.answer(request("POST", "/_bulk_docs", { docs: ids.map((_id) => ({ _id, n: 1 })) }));
const many = (name: string, count: number): string[] => Array.from({ length: count }, (_, at) => `${name}${at}`);

test("equal seeds and requests give equal answers, other seeds another order of rows", () => {
  const ids = many("note:", 30);
  const order = (seed: number): string => {
    const one = world(seed);
    write(one, ...ids);
    return JSON.stringify(feed(one, "since=0"));
  };
  expect(order(1)).toBe(order(1));
  expect(order(1)).not.toBe(order(2));
});

test("pages of any size bring every document once, seed 3", () => {
  const one = world(3);
  write(one, ...many("note:", 57));
  const seen: string[] = [];
  for (let since = "0", page = feed(one, "since=0&limit=7"); ; page = feed(one, `since=${since}&limit=7`)) {
    seen.push(...page.results.map(({ id }) => id));
    since = page.last_seq;
    expect(page.pending).toBe(57 - seen.length);
    if (page.results.length === 0) break;
  }
  expect(seen.sort()).toEqual(many("note:", 57).sort());
});

test("a restored copy takes a newer seq without an error and never shows what was written after it", () => {
  const one = world();
  write(one, ...many("old:", 4));
  const copy = one.server.snapshot("notebook");
  write(one, ...many("lost:", 10));
  const { last_seq: seen } = feed(one, "since=0");
  one.server.restore(copy);
  write(one, ...many("new:", 3));
  expect(feed(one, `since=${seen}`).results).toEqual([]);
  expect(
    feed(one, "since=0")
      .results.map(({ id }) => id)
      .sort(),
  ).toEqual([...many("new:", 3), ...many("old:", 4)].sort());
});

test("a re-created database shows everything again to a seq from before", () => {
  const one = world();
  write(one, ...many("old:", 9));
  const { last_seq: seen } = feed(one, "since=0");
  one.server.recreateDatabase("notebook");
  write(one, "new:1", "new:2");
  expect(
    feed(one, `since=${seen}`)
      .results.map(({ id }) => id)
      .sort(),
  ).toEqual(["new:1", "new:2"]);
});

test("two servers that replicate both ways hold the same winner and the same loser", () => {
  const [brussels, beijing] = [world(1), world(2)];
  write(brussels, "x");
  brussels.server.replicateTo(beijing.server, "notebook");
  const { _rev: rev } = json(brussels.server.answer(request("GET", "/x"))) as { readonly _rev: string };
  for (const [side, n] of [
    [brussels, 2],
    [beijing, 3],
  ] as const)
    side.server.answer(request("PUT", "/x", { _rev: rev, n }));
  brussels.server.replicateTo(beijing.server, "notebook");
  beijing.server.replicateTo(brussels.server, "notebook");
  const read = (side: World): unknown => json(side.server.answer(request("GET", "/x?conflicts=true")));
  expect(read(brussels)).toEqual(read(beijing));
  expect(read(brussels)).toMatchObject({ _conflicts: [expect.stringMatching(/^2-/)] });
});

test("a feed of a server that stops breaks off in mid-body, and nothing is left open", async () => {
  const one = world();
  const response = one.server.answer(request("GET", "/_changes?feed=longpoll&heartbeat=1000&since=now"));
  const body = wholeBody(response);
  one.scheduler.advance(3500);
  expect(one.server.openFeeds).toBe(1);
  one.server.stop();
  await expect(body).rejects.toThrow(BrokenOff);
  expect(() => one.server.answer(request("GET", ""))).toThrow(BrokenOff);
  expect([one.server.openFeeds, one.scheduler.waiting]).toEqual([0, 0]);
  one.server.start();
  expect(one.server.answer(request("GET", "")).status).toBe(200);
});

test("a reader who leaves ends its feed", () => {
  const one = world();
  const { body } = one.server.answer(request("GET", "/_changes?feed=longpoll&since=now&heartbeat=1000"));
  if (typeof body === "string") throw new Error("the feed did not stay open");
  const leave = body.read({ chunk: () => undefined, end: () => undefined, broken: () => undefined });
  leave();
  expect([one.server.openFeeds, one.server.database("notebook").openFeeds, one.scheduler.waiting]).toEqual([0, 0, 0]);
});

test("a password lock ends after its time", () => {
  const one = world();
  const signIn = (password: string): number =>
    one.server.answer({
      ...request("POST", "", { name: "wei", password }),
      path: "/_session",
      headers: { "content-type": "application/json" },
    }).status;
  for (let time = 0; time < 5; time++) expect(signIn("wrong")).toBe(401);
  expect(signIn("pw")).toBe(403);
  one.scheduler.advance(300_000);
  expect(signIn("pw")).toBe(200);
});

test("an answer lost after the write leaves the document written", async () => {
  const one = world();
  const plan: (Fault | null)[] = [{ kind: "cutAfter", characters: 0 }];
  const handle = withFaults(
    (sent) => one.server.handle(sent),
    () => plan.shift() ?? null,
    one.scheduler,
  );
  const put = request("PUT", "/x", { n: 1 });
  await expect(handle(put)).rejects.toThrow(BrokenOff);
  expect((await handle(put)).status).toBe(409);
});

test("faults that the server never sees leave nothing written", async () => {
  const one = world();
  const plan: (Fault | null)[] = [{ kind: "cutBefore" }, databaseMissing, { kind: "conflicts" }];
  const handle = withFaults(
    (sent) => one.server.handle(sent),
    () => plan.shift() ?? null,
    one.scheduler,
  );
  const bulk = request("POST", "/_bulk_docs", { docs: [{ _id: "x", n: 1 }] });
  await expect(handle(bulk)).rejects.toThrow(BrokenOff);
  expect((await handle(bulk)).status).toBe(404);
  expect(json(await handle(bulk))).toMatchObject([{ id: "x", error: "conflict" }]);
  expect(one.server.database("notebook").count).toBe(0);
});

test("a slow request is overtaken by the next one", async () => {
  const one = world();
  const plan: (Fault | null)[] = [{ kind: "slow", there: 1000, back: 500 }];
  const handle = withFaults(
    (sent) => one.server.handle(sent),
    () => plan.shift() ?? null,
    one.scheduler,
  );
  const slow = handle(request("PUT", "/x", { n: "slow" }));
  expect((await handle(request("PUT", "/x", { n: "quick" }))).status).toBe(201);
  one.scheduler.advance(1000);
  await Promise.resolve();
  await Promise.resolve();
  one.scheduler.advance(500);
  expect((await slow).status).toBe(409);
});
