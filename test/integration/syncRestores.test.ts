import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { startTeam, type Team } from "../support/syncTeam";
import type { TeamMember } from "../support/teamMember";

/** What administrators do to a database, with what Apache CouchDB 3.5 makes of sequences from before. */

let team: Team;
let wei: TeamMember;
let mei: TeamMember;

beforeEach(async () => {
  team = await startTeam();
  wei = await team.member();
  mei = await team.member();
});
afterEach(() => team.dispose());

async function add(member: TeamMember, from: number, to: number): Promise<void> {
  for (let n = from; n < to; n++) await member.set(`contact:${n}`, { nameLatin: `Contact ${n}` });
}

async function bothConnected(): Promise<void> {
  await wei.connect();
  await mei.connect();
  await team.same();
}

/** The counters that tell a restored copy are raised after a moment of quiet. */
async function atRest(): Promise<void> {
  await team.same();
  const counters = (): number =>
    [...team.server.model.database("notebook").locals].reduce((sum, [, { rev }]) => sum + rev, 0);
  for (let before = -1; before !== counters(); await new Promise((resolve) => setTimeout(resolve, 250))) {
    before = counters();
  }
}

describe("a database that is deleted", () => {
  test("is said to be missing, and made again empty it gets everything from those who have it", async () => {
    await add(wei, 0, 15);
    await wei.type("contact:1", "A note. ");
    await bothConnected();
    team.server.model.deleteDatabase("notebook");
    await wei.until((status) => status.kind === "failed" && status.failure.kind === "database-missing");
    await add(mei, 15, 20);
    await wei.set("contact:1", { wechat: "written-meanwhile" });
    team.server.model.createDatabase("notebook", ["wei"]);
    await team.same();
    expect((await wei.shared()).size).toBe((await mei.shared()).size);
    expect(await mei.read("contact:1")).toMatchObject({ nameLatin: "Contact 1", wechat: "written-meanwhile" });
    expect(await wei.read("contact:19")).toMatchObject({ nameLatin: "Contact 19" });
    expect(await mei.note("contact:1")).toBe("A note. ");
  });

  test("and made again in one moment, while one computer was away with changes of its own", async () => {
    await add(wei, 0, 10);
    await bothConnected();
    await mei.offline();
    team.server.model.recreateDatabase("notebook");
    await add(wei, 10, 15);
    await mei.set("contact:3", { wechat: "away" });
    await mei.edit({ kind: "delete", id: "contact:4" });
    mei.online();
    await team.same();
    expect(await wei.read("contact:3")).toMatchObject({ wechat: "away" });
    expect(await wei.read("contact:14")).toEqual(await mei.read("contact:14"));
  });
});

describe("an older copy that is put in the place of the database", () => {
  test("accepts sequences from after it and skips what follows without an error: still nothing is missed", async () => {
    await add(wei, 0, 5);
    await bothConnected();
    await atRest();
    const copy = team.server.model.snapshot("notebook");
    await add(wei, 5, 25);
    await mei.set("contact:2", { wechat: "after-the-copy" });
    await atRest();
    await mei.offline();
    team.server.model.restore(copy);
    // Written by somebody who starts from the copy: its sequence is lower than those that the others remember.
    const newcomer = await team.member();
    await newcomer.set("contact:new", { nameLatin: "After the restore" });
    await newcomer.connect();
    mei.online();
    await team.same();
    for (const member of [wei, mei, newcomer]) {
      expect(await member.read("contact:new")).toMatchObject({ nameLatin: "After the restore" });
      expect(await member.read("contact:24")).toMatchObject({ nameLatin: "Contact 24" });
      expect(await member.read("contact:2")).toMatchObject({ wechat: "after-the-copy" });
    }
  });

  test("takes nothing back that was written after it was made; what was deleted since is alive again, on all alike", async () => {
    await add(wei, 0, 5);
    await wei.type("contact:1", "Before. ");
    await bothConnected();
    await atRest();
    const copy = team.server.model.snapshot("notebook");
    await wei.edit({ kind: "delete", id: "contact:0" });
    await mei.set("contact:1", { nameLatin: "Renamed" });
    await mei.type("contact:1", "After. ");
    await atRest();
    team.server.model.restore(copy);
    await team.same();
    expect(await wei.read("contact:1")).toMatchObject({ nameLatin: "Renamed" });
    expect(await wei.note("contact:1")).toBe("After. Before. ");
    // The copy has it alive and nobody knows any more what both descend from: an edit would beat the deletion.
    for (const member of [wei, mei]) expect(member.device.notebook.rows(["contact:0"])[0]?.bin).toBe(false);
  });
});

test("a server that stops and starts again in the middle of pushing and pulling goes on where it was", async () => {
  await add(wei, 0, 200);
  for (const member of [wei, mei]) await member.connect();
  const edits = (name: string) =>
    Array.from({ length: 300 }, (_, n) => ({
      kind: "create" as const,
      id: `contact:${name}-${n}`,
      type: "contact" as const,
      visibility: "project" as const,
      changes: [{ op: "set" as const, field: "nameLatin", value: `${name} ${n}` }],
    }));
  const newcomer = await team.member({ limits: { firstPage: 20, largestPage: 20, newest: 20 } });
  await newcomer.gateway.connect({ address: team.server.address });
  await wei.device.notebook.editMany(edits("wei"));
  let stops = 0;
  const stop = (): void => {
    stops += 1;
    team.server.model.stop();
    setTimeout(() => team.server.model.start(), 150);
  };
  let requests = 0;
  team.server.fault = () => {
    if (++requests % 7 === 5 && stops < 3) stop();
    return null;
  };
  newcomer.online();
  await mei.device.notebook.editMany(edits("mei"));
  await team.same(30_000);
  expect(stops).toBe(3);
  expect((await newcomer.shared()).has("contact:mei-299")).toBe(true);
});
