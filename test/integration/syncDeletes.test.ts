import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { startTeam, type Team } from "../support/syncTeam";
import type { TeamMember } from "../support/teamMember";

/** Deleting against everything else, on two computers apart and whichever is first. */

let team: Team;
let wei: TeamMember;
let mei: TeamMember;

beforeEach(async () => {
  team = await startTeam();
  wei = await team.member();
  mei = await team.member();
  await wei.set("contact:li", { nameLatin: "Li", nameZh: "李" });
  await wei.type("contact:li", "A note. ");
  await wei.connect();
  await mei.connect();
  await team.same();
});
afterEach(() => team.dispose());

async function apart(): Promise<void> {
  await wei.offline();
  await mei.offline();
}

/** One after the other, so that the first one's work is on the server when the second one comes. */
async function meet(first: TeamMember, second: TeamMember): Promise<void> {
  first.online();
  await first.synced();
  second.online();
  await team.same();
}

const inBin = ({ device }: TeamMember): boolean | undefined => device.notebook.rows(["contact:li"])[0]?.bin;
const orders = [
  ["the first one first", 0],
  ["the second one first", 1],
] as const;

describe.each(orders)("%s", (_name, order) => {
  const inOrder = (): Promise<void> => (order === 0 ? meet(wei, mei) : meet(mei, wei));

  test("both delete: it is in the bin of both, once", async () => {
    await apart();
    await wei.edit({ kind: "delete", id: "contact:li" });
    await mei.edit({ kind: "delete", id: "contact:li" });
    await inOrder();
    expect([inBin(wei), inBin(mei)]).toEqual([true, true]);
    expect(await mei.read("contact:li")).toMatchObject({ nameZh: "李" });
  });

  test("one deletes and one edits: it is alive with the edit on both", async () => {
    await apart();
    await wei.edit({ kind: "delete", id: "contact:li" });
    await mei.set("contact:li", { wechat: "li-wei" });
    await inOrder();
    for (const member of [wei, mei]) {
      expect(inBin(member)).toBe(false);
      expect(await member.read("contact:li")).toMatchObject({ nameLatin: "Li", wechat: "li-wei" });
    }
  });

  test("one deletes and one types into its note: not a letter is lost", async () => {
    await apart();
    await wei.edit({ kind: "delete", id: "contact:li" });
    await mei.type("contact:li", "Typed meanwhile. ");
    await inOrder();
    for (const member of [wei, mei]) expect(await member.note("contact:li")).toBe("Typed meanwhile. A note. ");
  });

  test("deleted, restored and edited by one, edited by the other: all of it is there", async () => {
    await apart();
    await wei.edit({ kind: "delete", id: "contact:li" });
    await wei.edit({ kind: "restore", id: "contact:li" });
    await wei.set("contact:li", { nameLatin: "Li Wei" });
    await mei.set("contact:li", { wechat: "li-wei" });
    await inOrder();
    for (const member of [wei, mei]) {
      expect(inBin(member)).toBe(false);
      expect(await member.read("contact:li")).toMatchObject({ nameLatin: "Li Wei", wechat: "li-wei" });
    }
  });

  test("erased for good and made again by one, edited by the other: one record with both", async () => {
    await wei.edit({ kind: "delete", id: "contact:li" });
    await team.same();
    await apart();
    expect(await wei.device.notebook.emptyBin(["contact:li"])).toMatchObject({ ok: true });
    await wei.set("contact:li", { nameLatin: "Li anew" });
    await mei.edit({ kind: "restore", id: "contact:li" });
    await mei.set("contact:li", { wechat: "li-wei" });
    await inOrder();
    for (const member of [wei, mei]) {
      expect(inBin(member)).toBe(false);
      expect(await member.read("contact:li")).toMatchObject({ wechat: "li-wei" });
      // Shown, or for review beside the name that it had.
      expect(JSON.stringify((await member.shared()).get("contact:li"))).toContain(`"Li anew"`);
    }
  });

  test("a bare tombstone of another client against an edit here and none there: the edit brings it back to all", async () => {
    await apart();
    await mei.set("contact:li", { wechat: "li-wei" });
    team.server.write([{ _id: "contact:li", _rev: team.server.read("contact:li")["_rev"], _deleted: true }]);
    await inOrder();
    for (const member of [wei, mei]) {
      expect(inBin(member)).toBe(false);
      expect(await member.read("contact:li")).toMatchObject({ nameLatin: "Li", wechat: "li-wei" });
    }
  });
});

test("a bare tombstone of another client hides the record on all, and one who restores it restores it for all", async () => {
  team.server.write([{ _id: "contact:li", _rev: team.server.read("contact:li")["_rev"], _deleted: true }]);
  await expect.poll(() => [inBin(wei), inBin(mei)], { timeout: 10_000 }).toEqual([true, true]);
  await team.same();
  await mei.edit({ kind: "restore", id: "contact:li" });
  await expect.poll(() => [inBin(wei), inBin(mei)], { timeout: 10_000 }).toEqual([false, false]);
  await team.same();
  expect(await wei.read("contact:li")).toMatchObject({ nameLatin: "Li", nameZh: "李" });
});
