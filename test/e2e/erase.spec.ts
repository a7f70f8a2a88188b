import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "../support/app";
import { Expert } from "../support/expert";

test("erasing removes the notebook, keys first, and the next start is the first one", async ({ launch }) => {
  const app = await launch();
  const anna = new Expert(app.page);
  const { meetings, protection } = anna.words;
  await anna.begin("Anna Weber");
  await anna.goTo("meetings");
  await anna.button(meetings.newMeeting).first().click();
  await anna.field(meetings.field.title).fill("Visit to SAC");
  await anna.isSaved();
  const keyring = join(app.userDataDir, "notebook", "keyring.json");
  const before = readFileSync(keyring, "utf8");
  // The program that would follow could not be seen from here; the test starts it itself.
  await app.app.evaluate(({ app: electron }) => {
    electron.relaunch = () => undefined;
  });

  await anna.goTo("settings");
  await anna.button(protection.erase.erase).click();
  const question = app.page.getByRole("dialog");
  await question.getByRole("textbox").fill(protection.erase.word);
  // The window goes while it is still being clicked; whether it was is seen by what follows.
  await question
    .getByRole("button", { name: protection.erase.yes, exact: true })
    .click()
    .catch(() => undefined);
  await expect.poll(() => app.isRunning()).toBe(false);
  expect(existsSync(keyring)).toBe(false);

  const again = await launch({ userDataDir: app.userDataDir });
  const next = new Expert(again.page);
  await next.begin("Li Bing");
  await next.goTo("meetings");
  await expect(again.page.getByText("Visit to SAC")).toHaveCount(0);
  expect(readFileSync(keyring, "utf8")).not.toBe(before);
  expect(readdirSync(join(app.userDataDir, "notebook")).filter((name) => name.startsWith("ledger-"))).toHaveLength(1);
  expect(existsSync(join(app.userDataDir, "erasing"))).toBe(false);
});
