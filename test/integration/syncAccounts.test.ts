import { afterEach, beforeEach, expect, test } from "vitest";
import type { SyncStatus } from "../../src-renderer/domain/syncStatus";
import { aDocument } from "../support/recordBuilders";
import { startTeam, type Team } from "../support/syncTeam";
import type { TeamMember } from "../support/teamMember";

/** Sessions, passwords, membership and the server's own rules, with Apache CouchDB's behaviour. */

let team: Team;
let wei: TeamMember;
let mei: TeamMember;

beforeEach(async () => {
  team = await startTeam();
  wei = await team.member();
  mei = await team.member();
  await wei.connect();
  await mei.connect();
});
afterEach(() => team.dispose());

const signIns = (): number => team.server.seen.filter((asked) => asked === "POST /_session").length;
const rejected =
  (reason: string) =>
  (status: SyncStatus): boolean =>
    status.kind === "failed" && status.failure.kind === "credentials-rejected" && status.failure.reason === reason;

test("a session that ends in the middle of the work is renewed without a word", async () => {
  // A new salt: every cookie that was given out ends.
  team.server.model.setUser("wei", "pw");
  const before = signIns();
  await wei.set("contact:1", { nameLatin: "After the session" });
  await team.same();
  expect(await mei.read("contact:1")).toMatchObject({ nameLatin: "After the session" });
  expect(signIns() - before).toBeLessThanOrEqual(2);
});

test("a password that was changed elsewhere is tried once, whatever happens, and the account is never locked", async () => {
  team.server.model.setUser("wei", "changed");
  const before = signIns();
  await wei.set("contact:1", { nameLatin: "Waits for the password" });
  await mei.set("contact:2", { nameLatin: "Waits too" });
  await wei.until(rejected("password"));
  await mei.until(rejected("password"));
  for (let times = 0; times < 5; times++) {
    for (const member of [wei, mei]) member.wake();
    await new Promise((resolve) => setTimeout(resolve, 60));
  }
  await new Promise((resolve) => setTimeout(resolve, 400));
  expect(signIns() - before).toBe(2);
  team.server.model.setUser("wei", "pw");
  // Nobody types anything: the refusal is believed for a quarter of an hour.
  for (const member of [wei, mei]) {
    member.gateway.pass(16 * 60_000);
    member.clock.skip(17 * 60_000);
  }
  await team.same();
});

test("an account that CouchDB has locked after five wrong passwords opens by itself", async () => {
  const { model } = team.server;
  for (let times = 0; times < 5; times++) {
    await fetch(`${team.server.address}/_session`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ name: "wei", password: `guess ${times}` }),
    });
  }
  // Every session that there is ends.
  model.setUser("wei", "pw");
  await wei.set("contact:1", { nameLatin: "Waits" });
  await wei.until(rejected("locked"));
  model.settings.lockoutTime = 0;
  // Time goes on: the other computer may hear of the lock only when it asks for something.
  const passing = setInterval(() => {
    for (const member of [wei, mei]) {
      member.gateway.pass(6 * 60_000);
      member.clock.skip(8 * 60_000);
    }
  }, 300);
  try {
    await team.same();
  } finally {
    clearInterval(passing);
  }
  expect(await mei.read("contact:1")).toMatchObject({ nameLatin: "Waits" });
});

test("who is no member any more is told so and goes on when the team takes the account in again", async () => {
  const { model } = team.server;
  const { security } = model.database("notebook");
  model.setSecurity("notebook", { ...security, members: { names: ["somebody else"], roles: [] } });
  await wei.set("contact:1", { nameLatin: "Waits" });
  await wei.until(rejected("not-a-member"));
  model.setSecurity("notebook", security);
  for (const member of [wei, mei]) member.clock.skip(4 * 60_000);
  await team.same();
  expect(await mei.read("contact:1")).toMatchObject({ nameLatin: "Waits" });
});

test("one record among thousands that a rule of the server forbids is set aside, and only that one", async () => {
  team.server.model.setValidations("notebook", [
    (document) => {
      const data = document["data"] as Record<string, unknown> | undefined;
      const refusal = Object.assign(new Error("refused"), { forbidden: "no such name here" });
      if (data?.["nameLatin"] === "Forbidden") throw refusal;
    },
  ]);
  const edits = Array.from({ length: 2_000 }, (_, n) => ({
    kind: "create" as const,
    id: `contact:${n}`,
    type: "contact" as const,
    visibility: "project" as const,
    changes: [{ op: "set" as const, field: "nameLatin", value: n === 1_234 ? "Forbidden" : `Contact ${n}` }],
  }));
  expect(await wei.device.notebook.editMany(edits)).toMatchObject({ ok: true });
  await wei.synced(30_000);
  expect(wei.aside()).toMatchObject([
    { id: "contact:1234", direction: "push", reason: "refused", detail: "no such name here" },
  ]);
  await team.same();
  expect((await mei.shared()).has("contact:1999")).toBe(true);
  // The cause goes: the record is put right, or the rule is lifted and a person offers it again.
  team.server.model.setValidations("notebook", []);
  await wei.engine.retry("contact:1234", "push");
  await expect.poll(() => wei.aside()).toEqual([]);
  await team.same();
  expect(await mei.read("contact:1234")).toMatchObject({ nameLatin: "Forbidden" });
});

test("a record larger than the server takes is set aside, and goes out once it is small enough", async () => {
  team.server.model.settings.maxDocumentSize = 20_000;
  await wei.set("contact:small", { nameLatin: "Small" });
  await wei.type("contact:small", "x".repeat(60_000));
  await wei.set("contact:next", { nameLatin: "Next" });
  await expect
    .poll(() => wei.aside(), { timeout: 10_000 })
    .toMatchObject([{ id: "note:contact:small", reason: "too-large" }]);
  await team.same();
  team.server.model.settings.maxDocumentSize = 8_000_000;
  await wei.type("contact:small", "Short. ");
  await expect.poll(() => wei.aside()).toEqual([]);
  await team.same();
  expect(await mei.note("contact:small")).toBe(`Short. ${"x".repeat(60_000)}`);
});

test("a record of 9 MB that somebody else has written holds back no other, there and back", async () => {
  team.server.model.settings.maxDocumentSize = 20_000_000;
  team.server.write([
    aDocument("contact:before", { nameLatin: "Before" }),
    aDocument("contact:large", { nameLatin: "x".repeat(9_000_000) }),
    aDocument("contact:after", { nameLatin: "After" }),
  ]);
  await wei.set("contact:mine", { nameLatin: "Mine" });
  await team.same(30_000);
  for (const member of [wei, mei]) {
    const ids = [...(await member.shared()).keys()].filter((id) => id.startsWith("contact:")).sort();
    expect(ids).toEqual(["contact:after", "contact:before", "contact:large", "contact:mine"]);
    expect(member.aside()).toEqual([]);
  }
});
