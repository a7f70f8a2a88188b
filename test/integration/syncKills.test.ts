import { afterEach, beforeEach, expect, test } from "vitest";
import { startTeam, type Team } from "../support/syncTeam";
import type { TeamMember } from "../support/teamMember";

/** kill -9 between any two steps of the app towards its ledger and its store, again and again while it exchanges. */

let team: Team;
let wei: TeamMember;
let mei: TeamMember;

beforeEach(async () => {
  team = await startTeam();
  wei = await team.member({ limits: { batch: 4, firstPage: 4, largestPage: 4, newest: 3 } });
  mei = await team.member();
  await wei.connect();
  await mei.connect();
});
afterEach(() => team.dispose());

/** Lets each life of `member` end a step later than the one before, until one gets through. */
async function killedAtEveryStep(member: TeamMember): Promise<number> {
  for (let lives = 1; lives < 60; lives++) {
    await member.kill(lives);
    if (!(await getsThrough(member))) continue;
    await member.kill();
    return lives;
  }
  throw new Error("never gets through");
}

/** Whether the member exchanged everything before it died. */
async function getsThrough(member: TeamMember): Promise<boolean> {
  for (;;) {
    if (member.device.life.isOver) return false;
    const { kind, waiting } = member.engine.status();
    if (kind === "synced" && waiting === 0) {
      // What belongs to an exchange, such as this computer's counter, follows it.
      await new Promise((resolve) => setTimeout(resolve, 80));
      return !member.device.life.isOver;
    }
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

test("at any moment of a push: everything arrives, nothing twice", async () => {
  await wei.offline();
  for (let n = 0; n < 12; n++) await wei.set(`contact:${n}`, { nameLatin: `Contact ${n}` });
  await wei.type("contact:1", "A note. ");
  wei.online();
  const lives = await killedAtEveryStep(wei);
  expect(lives).toBeGreaterThan(4);
  await team.same();
  expect(await mei.note("contact:1")).toBe("A note. ");
  expect(await mei.read("contact:11")).toMatchObject({ nameLatin: "Contact 11" });
  for (let n = 0; n < 12; n++) expect(team.server.read(`contact:${n}`)["_rev"]).toMatch(/^1-/);
});

test("at any moment of a pull: everything arrives", async () => {
  await wei.offline();
  for (let n = 0; n < 24; n++) await mei.set(`contact:${n}`, { nameLatin: `Contact ${n}` });
  await mei.type("contact:1", "A note. ");
  await mei.synced();
  wei.online();
  const lives = await killedAtEveryStep(wei);
  expect(lives).toBeGreaterThan(4);
  await team.same();
  expect(await wei.note("contact:1")).toBe("A note. ");
  for (let n = 0; n < 24; n++) expect(await wei.read(`contact:${n}`)).toMatchObject({ nameLatin: `Contact ${n}` });
});

test("at any moment of merges: both sides' values and every letter are there once", async () => {
  for (let n = 0; n < 6; n++) await wei.set(`contact:${n}`, { nameLatin: `Contact ${n}` });
  await wei.type("contact:1", "Common. ");
  await team.same();
  await wei.offline();
  for (let n = 0; n < 6; n++) {
    await wei.set(`contact:${n}`, { wechat: `wei-${n}` });
    await mei.set(`contact:${n}`, { nameZh: `梅${n}` });
  }
  await wei.type("contact:1", "Beijing. ");
  await mei.type("contact:1", "Brussels. ");
  await mei.synced();
  wei.online();
  const lives = await killedAtEveryStep(wei);
  expect(lives).toBeGreaterThan(4);
  await team.same();
  for (const member of [wei, mei]) {
    for (let n = 0; n < 6; n++) {
      const merged = { nameLatin: `Contact ${n}`, wechat: `wei-${n}`, nameZh: `梅${n}` };
      expect(await member.read(`contact:${n}`)).toMatchObject(merged);
    }
    const note = await member.note("contact:1");
    for (const part of ["Common. ", "Beijing. ", "Brussels. "]) expect(note.split(part)).toHaveLength(2);
  }
});
