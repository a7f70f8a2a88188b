import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { RecordId } from "../../src-renderer/domain/ids";
import { startTeam, type Team } from "../support/syncTeam";
import type { TeamMember } from "../support/teamMember";

/** Wrong clocks, long absences and many hands on one record. */

const day = 86_400_000;
let team: Team;
let wei: TeamMember;
let mei: TeamMember;

beforeEach(async () => {
  team = await startTeam();
  wei = await team.member();
  mei = await team.member();
});
afterEach(() => team.dispose());

async function bothConnected(): Promise<void> {
  await wei.connect();
  await mei.connect();
  await team.same();
}

describe("a clock that is wrong by a day", () => {
  test.each([day, -day])("(%i ms) decides nothing but which of two values is shown first", async (error) => {
    await wei.set("contact:li", { nameLatin: "Li", nameZh: "李" });
    await wei.type("contact:li", "A note. ");
    await bothConnected();
    await wei.offline();
    await mei.offline();
    wei.clock.error = error;
    await wei.set("contact:li", { wechat: "wei", nameLatin: "Li by Wei" });
    await wei.type("contact:li", "Wei. ");
    await wei.edit({ kind: "delete", id: "contact:li" });
    await mei.set("contact:li", { nameZh: "李梅", nameLatin: "Li by Mei" });
    await mei.type("contact:li", "Mei. ");
    wei.online();
    mei.online();
    await team.same();
    for (const member of [wei, mei]) {
      expect(member.device.notebook.rows(["contact:li"])[0]?.bin).toBe(false);
      expect(await member.read("contact:li")).toMatchObject({ wechat: "wei", nameZh: "李梅" });
      const record = JSON.stringify((await member.shared()).get("contact:li"));
      for (const name of ["Li by Wei", "Li by Mei"]) expect(record).toContain(name);
      const note = await member.note("contact:li");
      for (const part of ["A note. ", "Wei. ", "Mei. "]) expect(note.split(part)).toHaveLength(2);
    }
  });

  test("and that jumps to and fro while records are exchanged stops nothing", async () => {
    await bothConnected();
    for (let round = 0; round < 8; round++) {
      wei.clock.error = round % 2 === 0 ? day : -day;
      mei.clock.error = round % 3 === 0 ? -day : 0;
      await wei.set(`contact:${round}`, { nameLatin: `Round ${round}` });
      await mei.set("contact:0", { wechat: `round-${round}` });
      await new Promise((resolve) => setTimeout(resolve, 40));
    }
    await team.same();
    expect(await wei.read("contact:0")).toMatchObject({ nameLatin: "Round 0", wechat: "round-7" });
    expect((await mei.shared()).has("contact:7")).toBe(true);
  });
});

test("a computer that was away for half a year, with hundreds of edits on both sides, comes back without losing one", async () => {
  const ids = Array.from({ length: 150 }, (_, n): RecordId => `contact:${n}`);
  const change = (member: TeamMember, which: readonly RecordId[], field: string, value: string): Promise<unknown> =>
    member.device.notebook.editMany(
      which.map((id) => ({
        kind: "create",
        id,
        type: "contact",
        visibility: "project",
        changes: [{ op: "set", field, value }],
      })),
    );
  await change(wei, ids, "nameLatin", "Before");
  await bothConnected();
  await mei.offline();
  for (let week = 0; week < 26; week++) {
    wei.clock.skip(7 * day);
    mei.clock.skip(7 * day);
    const some = ids.slice(week * 5, week * 5 + 20);
    await change(wei, some, "nameLatin", `Week ${week}`);
    await change(mei, some, "wechat", `week-${week}`);
  }
  await wei.edit({ kind: "delete", id: "contact:149" });
  await mei.edit({ kind: "delete", id: "contact:148" });
  await mei.type("contact:7", "Typed far away. ");
  mei.online();
  await team.same(30_000);
  expect(await wei.read("contact:60")).toMatchObject({ nameLatin: "Week 12", wechat: "week-12" });
  expect(await mei.read("contact:60")).toMatchObject({ nameLatin: "Week 12", wechat: "week-12" });
  expect(await wei.note("contact:7")).toBe("Typed far away. ");
  for (const member of [wei, mei]) {
    for (const id of ["contact:148", "contact:149"]) expect(member.device.notebook.rows([id])[0]?.bin).toBe(true);
  }
});

test("two windows of one computer write through one door: what both do at a time is all there, here and elsewhere", async () => {
  await wei.set("contact:one", { nameLatin: "One" });
  await bothConnected();
  const window = async (name: string): Promise<void> => {
    for (let n = 0; n < 10; n++) {
      const item = { id: `${name}-${n}`, value: `${name}-${n}@example.org` };
      await wei.edit({ kind: "change", id: "contact:one", changes: [{ op: "putItem", field: "emails", item }] });
      await wei.type("contact:one", `(${name}-${n})`);
    }
  };
  await Promise.all([window("left"), window("right"), mei.type("contact:one", "(elsewhere)")]);
  await team.same();
  expect((await mei.read("contact:one"))["emails"]).toHaveLength(20);
  const note = await mei.note("contact:one");
  for (const name of ["left", "right"]) {
    for (let n = 0; n < 10; n++) expect(note.split(`(${name}-${n})`)).toHaveLength(2);
  }
  expect(note).toContain("(elsewhere)");
});

test("sixty edits of one record on three computers at once: each field, each item and each letter is there", async () => {
  const li = await team.member();
  await wei.set("contact:one", { nameLatin: "One" });
  await li.connect();
  await bothConnected();
  const members = [wei, mei, li];
  const fields = ["nameZh", "wechat", "nameLatin"] as const;
  const edits = members.map(async (member, who) => {
    for (let n = 0; n < 10; n++) {
      const value = `${who}-${n}@example.org`;
      const item = { id: `${who}-${n}`, value };
      const changes = [
        { op: "putItem" as const, field: "emails", item },
        { op: "set" as const, field: fields[who] ?? "wechat", value },
      ];
      await member.edit({ kind: "change", id: "contact:one", changes });
      await member.type("contact:one", `(${who}-${n})`);
    }
  });
  await Promise.all(edits);
  await team.same(30_000);
  const last = { nameZh: "0-9@example.org", wechat: "1-9@example.org", nameLatin: "2-9@example.org" };
  const emails = (await wei.read("contact:one"))["emails"] as readonly { id: string }[];
  expect(await wei.read("contact:one")).toMatchObject(last);
  expect(emails.map(({ id }) => id).sort()).toEqual(
    members.flatMap((_, who) => Array.from({ length: 10 }, (__, n) => `${who}-${n}`)),
  );
  const note = await li.note("contact:one");
  for (const { id } of emails) expect(note.split(`(${id})`)).toHaveLength(2);
});
