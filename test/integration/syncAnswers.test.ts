import { afterEach, beforeEach, expect, test } from "vitest";
import {
  databaseMissing,
  portalPage,
  serverBroken,
  tooManyRequests,
  unavailable,
  type Fault,
} from "../support/modelServer/faults";
import { aDocument } from "../support/recordBuilders";
import { seededRandom } from "../support/seededRandom";
import { isTo, startTeam, type Team } from "../support/syncTeam";
import type { TeamMember } from "../support/teamMember";

/** Whatever the line does to requests and answers, both computers and the server have the same once it has stopped. */

let team: Team;
let wei: TeamMember;
let mei: TeamMember;

beforeEach(async () => {
  team = await startTeam();
  wei = await team.member();
  mei = await team.member();
});
afterEach(() => team.dispose());

async function bothWork(round: number | string): Promise<void> {
  for (const [name, member] of [
    ["wei", wei],
    ["mei", mei],
  ] as const) {
    for (let n = 0; n < 6; n++) await member.set(`contact:${name}-${round}-${n}`, { nameLatin: `${name} ${n}` });
    await member.set("contact:both", { [name === "wei" ? "nameZh" : "wechat"]: `${name} ${round}` });
    await member.type("contact:both", `${name}-${round} `);
  }
}

/** Both exchange at a time, as two people do. */
async function together(): Promise<void> {
  wei.online();
  mei.online();
  await team.same();
}

const faults: readonly (readonly [string, Fault])[] = [
  ["429 with Retry-After", tooManyRequests(1)],
  ["503 with Retry-After", unavailable(1)],
  ["500", serverBroken],
  ["404", databaseMissing],
  ["a hotel's page with status 200", portalPage],
  ["a connection that breaks before the request arrives", { kind: "cutBefore" }],
  ["an answer that is lost after the work is done", { kind: "cutAfter", characters: 0 }],
  ["a connection that breaks in the middle of the answer", { kind: "cutAfter", characters: 70 }],
  ["JSON that ends too early", { kind: "truncated", characters: 60 }],
  ["garbled JSON", { kind: "garbled" }],
  ["a server that accepts and never answers", { kind: "silent", reachesServer: false }],
  ["a server that does its work and never answers", { kind: "silent", reachesServer: true }],
  ["requests that arrive twice", { kind: "duplicated" }],
  ["requests that conflict without end", { kind: "conflicts" }],
];

test.each(faults)("%s, for every second request of a whole exchange", async (_name, fault) => {
  await wei.connect();
  await mei.connect();
  await wei.offline();
  await mei.offline();
  await bothWork("offline");
  const random = seededRandom(5);
  let met = 0;
  team.server.fault = () => (met < 5 && random() < 0.5 ? (met++, fault) : null);
  await together();
  expect(met).toBe(5);
  expect(await wei.read("contact:both")).toMatchObject({ nameZh: "wei offline", wechat: "mei offline" });
  const note = await mei.note("contact:both");
  for (const part of ["wei-offline ", "mei-offline "]) expect(note.split(part)).toHaveLength(2);
});

test("a storm of conflicts is borne: what is not taken waits and goes when it is over", async () => {
  await wei.connect();
  await mei.connect();
  let conflicts = 0;
  team.server.fault = (request) => (isTo("_bulk_docs")(request) ? (conflicts++, { kind: "conflicts" }) : null);
  await bothWork("storm");
  await expect.poll(() => conflicts, { timeout: 15_000 }).toBeGreaterThan(12);
  const soFar = conflicts;
  await new Promise((resolve) => setTimeout(resolve, 500));
  // A record that conflicts again and again rests between its attempts.
  expect(conflicts - soFar).toBeLessThan(30);
  team.server.fault = () => null;
  await team.same();
  expect(await mei.read("contact:both")).toMatchObject({ nameZh: "wei storm", wechat: "mei storm" });
});

test("requests and answers that overtake one another change nothing", async () => {
  const random = seededRandom(6);
  const slow = (): Fault => ({ kind: "slow", there: random() * 80, back: random() * 80 });
  await wei.connect();
  await mei.connect();
  team.server.fault = () => slow();
  for (let round = 0; round < 5; round++) await bothWork(round);
  team.server.fault = () => null;
  await team.same();
  expect(await mei.read("contact:both")).toMatchObject({ nameZh: "wei 4", wechat: "mei 4" });
});

test("a connection that is reset at any stage of an exchange is taken up again, each stage in turn", async () => {
  const ways: readonly Fault[] = [
    { kind: "cutBefore" },
    { kind: "cutAfter", characters: 0 },
    { kind: "cutAfter", characters: 25 },
  ];
  await wei.connect();
  await mei.connect();
  for (let stage = 0; stage < 12; stage++) {
    await wei.offline();
    await wei.set(`contact:${stage}`, { nameLatin: `Stage ${stage}` });
    await mei.set("contact:both", { wechat: `stage-${stage}` });
    let seen = 0;
    const fault = ways[stage % ways.length] ?? null;
    team.server.fault = () => (seen++ === stage ? fault : null);
    await together();
    team.server.fault = () => null;
  }
  expect(await wei.read("contact:both")).toMatchObject({ wechat: "stage-11" });
  expect((await mei.shared()).has("contact:11")).toBe(true);
});

test("a network that goes without any event is noticed, and used again when it is back", async () => {
  await wei.connect();
  await mei.connect();
  team.server.fault = () => ({ kind: "silent", reachesServer: false });
  // Ends the long-polls that were open: the next ones meet the silence.
  team.server.write([aDocument("contact:elsewhere", { nameLatin: "Elsewhere" })]);
  await wei.set("contact:1", { nameLatin: "Written without a network" });
  await wei.until(({ kind }) => kind === "offline");
  await mei.until(({ kind }) => kind === "offline");
  team.server.fault = () => null;
  await team.same();
  expect(await mei.read("contact:1")).toMatchObject({ nameLatin: "Written without a network" });
  expect((await wei.shared()).has("contact:elsewhere")).toBe(true);
});
