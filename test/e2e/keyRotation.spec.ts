import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "../support/app";
import { Expert } from "../support/expert";

test("the root key is changed while the notebook is in use, and nothing of the former one is left", async ({
  launch,
}) => {
  test.setTimeout(90_000);
  const app = await launch({ keychain: true });
  const anna = new Expert(app.page);
  const { meetings, protection } = anna.words;
  await anna.begin("Anna Weber");
  await anna.goTo("meetings");
  await anna.button(meetings.newMeeting).first().click();
  await anna.field(meetings.field.title).fill("Visit to SAC");
  await anna.note.click();
  await app.page.keyboard.insertText("what was said 所说的话");
  await anna.isSaved();
  const keyring = (): { notebook: string; ledger: string; partition: string } =>
    JSON.parse(readFileSync(join(app.userDataDir, "notebook", "keyring.json"), "utf8")) as ReturnType<typeof keyring>;
  const before = keyring();

  await anna.goTo("settings");
  await anna.button(protection.rotate.change).click();
  const next = app.app.waitForEvent("window");
  await anna.button(protection.rotate.begin).click();
  const again = new Expert(await next);
  await again.openMeeting("Visit to SAC");
  await expect(again.note).toHaveText(/what was said 所说的话/);

  const after = keyring();
  expect(after.notebook).toBe(before.notebook);
  expect(after.ledger).not.toBe(before.ledger);
  expect(after.partition).not.toBe(before.partition);
  await expect.poll(() => existsSync(join(app.userDataDir, "notebook", before.ledger))).toBe(false);

  await again.note.click();
  await again.page.keyboard.press("Control+End");
  await again.page.keyboard.insertText(" and afterwards");
  await again.isSaved();
  await app.kill();
  const third = new Expert((await launch({ keychain: true, userDataDir: app.userDataDir })).page);
  await third.openMeeting("Visit to SAC");
  await expect(third.note).toHaveText(/what was said 所说的话 and afterwards/);
  const folder = (partition: string): string => join(app.userDataDir, "Partitions", partition.replace("persist:", ""));
  expect(existsSync(folder(before.partition)), "the former store").toBe(false);
  expect(existsSync(folder(after.partition)), "the store").toBe(true);
});
