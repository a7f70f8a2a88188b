import { copyFileSync, existsSync, readdirSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { Locator } from "@playwright/test";
import enBackup from "../../locales/en/backup.json" with { type: "json" };
import { expect, test, type RunningApp } from "../support/app";
import { Expert } from "../support/expert";

test.setTimeout(240_000);

const PASSPHRASE = "stapler lantern orchid gravel";

/** What the person chooses in the system's own dialogs from now on. */
async function choose({ app }: RunningApp, path: string): Promise<void> {
  await app.evaluate(({ dialog }, chosen) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: chosen });
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] });
  }, path);
}

/** Holds what a backup writes back, as a slow stick does, until `meanwhile` is done. */
async function onSlowDisk({ app }: RunningApp, meanwhile: () => Promise<void>): Promise<void> {
  const letGo = await app.evaluateHandle(() => {
    const { syncBuiltinESMExports } = process.getBuiltinModule("node:module");
    const files = process.getBuiltinModule("node:fs/promises");
    const { open } = files;
    const held: (() => void)[] = [];
    files.open = async (file, ...rest) => {
      const opened = await open(file, ...rest);
      if (String(file).endsWith(".part")) await new Promise<void>((resolve) => held.push(resolve));
      return opened;
    };
    syncBuiltinESMExports();
    return () => {
      files.open = open;
      syncBuiltinESMExports();
      for (const release of held) release();
    };
  });
  await meanwhile();
  await letGo.evaluate((release) => {
    release();
  });
}

/** Begins with a passphrase, so that a backup has something to be opened with. */
async function beginProtected(anna: Expert, name: string): Promise<void> {
  const { page, words } = anna;
  await page.getByLabel(words.protection.passphrase, { exact: true }).fill(PASSPHRASE);
  await page.getByLabel(words.protection.repeat, { exact: true }).fill(PASSPHRASE);
  await anna.button(words.protection.first.protect).click();
  await anna.field(words.firstRun.yourName).fill(name);
  await anna.button(words.firstRun.start).click();
  await expect(anna.status).toHaveText(words.app.sync.notConnected);
}

async function writeContact(anna: Expert, name: string): Promise<void> {
  const { contacts } = anna.words;
  await anna.goTo("contacts");
  await anna.button(contacts.newContact).click();
  await anna.field(contacts.field.nameLatin).fill(name);
  await anna.isSaved();
}

async function writeMeeting(anna: Expert, title: string, note: string): Promise<void> {
  const { meetings } = anna.words;
  await anna.goTo("meetings");
  await anna.button(meetings.newMeeting).click();
  await anna.field(meetings.field.title).fill(title);
  await anna.note.click();
  await anna.page.keyboard.insertText(note);
  await anna.isSaved();
}

async function backUp(anna: Expert): Promise<void> {
  await anna.goTo("settings");
  await anna.button(enBackup.make.now).click();
  await expect(anna.page.getByText(enBackup.make.done)).toBeVisible({ timeout: 60_000 });
}

/** A contact and a meeting with a note, backed up into the file. */
async function fillAndBackUp(running: RunningApp, anna: Expert, file: string): Promise<void> {
  await writeContact(anna, "Leo Shan");
  await writeMeeting(anna, "Courtesy visit", "first impressions");
  await choose(running, file);
  await backUp(anna);
}

/** Takes the backup that was opened as the notebook: the window comes back with everything, and asks for no name. */
async function useBackup(running: RunningApp, dialog: Locator): Promise<Expert> {
  const next = running.app.waitForEvent("window", { timeout: 60_000 });
  await dialog.getByRole("button", { name: enBackup.restore.use }).click();
  const restored = new Expert(await next);
  await expect(restored.page.getByRole("navigation")).toBeVisible({ timeout: 60_000 });
  await restored.goTo("contacts");
  await expect(restored.entry("Leo Shan")).toHaveCount(1);
  await restored.openMeeting("Courtesy visit");
  await expect(restored.note).toContainText("first impressions");
  return restored;
}

test("a notebook is backed up, verified, and joined with what was written since", async ({
  launch,
  temporaryFolder,
}) => {
  const running = await launch();
  const { page } = running;
  const anna = new Expert(page);
  const { bin, common, contacts, meetings } = anna.words;
  const folder = temporaryFolder("stick");
  const file = join(folder, "Qiao.qiao");
  const dialog = page.getByRole("dialog", { name: enBackup.restore.title });
  await beginProtected(anna, "Anna Weber");

  await test.step("backed up into a folder, and verified", async () => {
    await writeContact(anna, "Leo Shan");
    await writeContact(anna, "Li Na");
    await writeContact(anna, "Wang Wei");
    await writeMeeting(anna, "Courtesy visit", "first impressions");
    await choose(running, file);
    await backUp(anna);
    expect(readdirSync(folder)).toEqual([basename(file)]);
    const bytes = readFileSync(file);
    for (const word of ["Leo Shan", "Courtesy", "impressions"]) expect(bytes.includes(word)).toBe(false);
    await anna.button(enBackup.use.verify).click();
    await expect(page.getByText(enBackup.use.verified)).toBeVisible({ timeout: 60_000 });
  });

  await test.step("without a change since then there is nothing to join", async () => {
    await anna.button(enBackup.restore.button).click();
    await expect(dialog.getByText(enBackup.preview.nothing)).toBeVisible({ timeout: 60_000 });
    await dialog.getByText(common.close, { exact: true }).click();
  });

  await test.step("one contact changes, one goes into the bin, one is removed for good, and the note grows", async () => {
    await anna.openContact("Li Na");
    await anna.field(contacts.field.nameLatin).fill("Li Na Newer");
    await anna.isSaved();
    for (const name of ["Leo Shan", "Wang Wei"]) {
      await anna.openContact(name);
      await anna.button(common.delete).click();
      await expect(anna.entry(name)).toHaveCount(0);
    }
    await anna.goTo("bin");
    await anna.entry("Wang Wei").click();
    await anna.button(bin.removeForGood).click();
    await page
      .getByRole("dialog")
      .getByRole("button", { name: /Remove/ })
      .click();
    await expect(anna.entry("Wang Wei")).toHaveCount(0);
    await anna.openMeeting("Courtesy visit");
    await anna.addLineToNote("second thoughts");
  });

  await test.step("the preview says what would happen, and the newer work stays", async () => {
    await anna.goTo("settings");
    await anna.button(enBackup.restore.button).click();
    await expect(dialog.getByRole("tab", { name: "Deleted since (2)" })).toBeVisible({ timeout: 60_000 });
    await expect(dialog.getByRole("tab", { name: "Stays (2)" })).toBeVisible();
    await expect(dialog.getByRole("tab")).toHaveCount(2);
    const away = dialog.getByRole("list", { name: enBackup.preview.fates.away });
    await expect(away.getByRole("listitem").filter({ hasText: "Leo Shan" })).toContainText("in the bin");
    await expect(away.getByRole("listitem").filter({ hasText: "Wang Wei" })).toContainText("removed for good");
    await dialog.getByRole("tab", { name: "Stays (2)" }).click();
    await expect(dialog.getByRole("list").getByText("Li Na Newer")).toBeVisible();
    await expect(dialog.getByRole("button", { name: enBackup.preview.join })).toBeDisabled();
    await dialog.getByRole("checkbox").check();
    await dialog.getByRole("button", { name: enBackup.preview.join }).click();
    await expect(dialog.getByText("2 records deleted since were brought back.")).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(dialog).toBeHidden();
    await anna.goTo("contacts");
    for (const name of ["Leo Shan", "Wang Wei", "Li Na Newer"]) await expect(anna.entry(name)).toHaveCount(1);
    await anna.openMeeting("Courtesy visit");
    await expect(anna.note).toContainText("first impressions");
    await expect(anna.note).toContainText("second thoughts");
    await expect(anna.field(meetings.field.title)).toHaveValue("Courtesy visit");
  });

  await test.step("Undo takes the joining back as one step", async () => {
    await anna.goTo("contacts");
    await page.keyboard.press("Control+z");
    await expect(anna.entry("Leo Shan")).toHaveCount(0);
    await expect(anna.entry("Wang Wei")).toHaveCount(0);
    await expect(anna.entry("Li Na Newer")).toHaveCount(1);
  });

  await test.step("a backup cut short, another file and one that is gone are refused in words", async () => {
    await anna.goTo("settings");
    const cut = join(folder, "cut.qiao");
    copyFileSync(file, cut);
    truncateSync(cut, readFileSync(file).length - 100);
    const stranger = join(folder, "holiday.qiao");
    writeFileSync(stranger, "not a backup at all".repeat(50));
    for (const [path, words] of [
      [cut, /is damaged or cut short/],
      [stranger, /is not a backup of Qiao/],
      [join(folder, "gone.qiao"), /could not be read/],
    ] as const) {
      await choose(running, path);
      await anna.button(enBackup.restore.button).click();
      await expect(dialog.getByRole("alert")).toHaveText(words);
      await expect(dialog.getByText(enBackup.restore.nothingChanged)).toBeVisible();
      await page.keyboard.press("Escape");
      await expect(dialog).toBeHidden();
    }
    await choose(running, cut);
    await anna.button(enBackup.use.verify).click();
    await expect(page.getByText(/is damaged or cut short/)).toBeVisible();
  });
});

test("a backup becomes the notebook of an empty installation, by its passphrase", async ({
  launch,
  temporaryFolder,
}) => {
  const file = join(temporaryFolder("stick"), "Qiao.qiao");
  const first = await launch();
  const anna = new Expert(first.page);
  await beginProtected(anna, "Anna Weber");
  await fillAndBackUp(first, anna, file);
  await first.close();

  const second = await launch();
  const ben = new Expert(second.page);
  await ben.answerFirstQuestions();
  await choose(second, file);
  await ben.button(enBackup.restore.button).click();
  const dialog = second.page.getByRole("dialog", { name: enBackup.restore.title });
  const secret = dialog.getByLabel(enBackup.secret.label, { exact: true });

  await test.step("a wrong passphrase does not open it, the right one does", async () => {
    await secret.fill("not this one");
    await secret.press("Enter");
    await expect(dialog.getByText(/does not open the backup/)).toBeVisible({ timeout: 30_000 });
    await secret.fill(PASSPHRASE);
    await dialog.getByRole("button", { name: enBackup.secret.open }).click({ timeout: 30_000 });
    await expect(dialog.getByText(enBackup.restore.ready)).toBeVisible({ timeout: 60_000 });
    await expect(dialog.getByText(file)).toBeVisible();
  });

  await test.step("the window comes back with everything, and asks for no name", async () => {
    const restored = await useBackup(second, dialog);
    // What the backup was opened with opens the notebook here, and a new backup of it is this notebook's.
    await restored.goTo("settings");
    await restored.button(enBackup.use.verify).click();
    await expect(restored.page.getByText(enBackup.use.verified)).toBeVisible({ timeout: 60_000 });
  });
});

test("a backup becomes the notebook of an empty installation by the words of the kit, which stays good there", async ({
  launch,
  temporaryFolder,
}) => {
  const file = join(temporaryFolder("stick"), "Qiao.qiao");
  const first = await launch({ keychain: true });
  const anna = new Expert(first.page);
  const { common, protection } = anna.words;
  await anna.begin("Anna Weber");
  await anna.button(protection.reminder.noKit).click();
  await anna.button(protection.kit.make).click();
  const kit = first.page.getByRole("dialog", { name: protection.kit.dialogTitle });
  const items = kit.getByRole("list", { name: protection.kit.words }).getByRole("listitem");
  await expect(items).toHaveCount(12);
  const words = await items.allTextContents();
  await kit.getByRole("button", { name: protection.kit.done }).click();
  await fillAndBackUp(first, anna, file);
  await first.close();

  const second = await launch({ keychain: true });
  const ben = new Expert(second.page);
  await ben.answerFirstQuestions();
  await choose(second, file);
  await ben.button(enBackup.restore.button).click();
  const dialog = second.page.getByRole("dialog", { name: enBackup.restore.title });
  const secret = dialog.getByLabel(enBackup.secret.label, { exact: true });

  await test.step("words of another kit do not open it, its own do, as they stand on the sheet", async () => {
    await secret.fill("legal winner thank year wave sausage worth useful legal winner thank yellow");
    await secret.press("Enter");
    await expect(dialog.getByText(/does not open the backup/)).toBeVisible({ timeout: 30_000 });
    await secret.fill(words.map((word, at) => `${at + 1}. ${word}`).join(" "));
    await dialog.getByRole("button", { name: enBackup.secret.open }).click({ timeout: 30_000 });
    await expect(dialog.getByText(enBackup.restore.ready)).toBeVisible({ timeout: 60_000 });
  });

  await test.step("the sheet opens the notebook here too", async () => {
    const restored = await useBackup(second, dialog);
    await restored.goTo("settings");
    await restored.button(protection.kit.try).click();
    const typed = restored.page.getByLabel(protection.kit.words);
    await typed.fill(words.join(" "));
    await typed.press("Enter");
    await expect(restored.page.getByText(protection.rehearsal.right)).toBeVisible({ timeout: 30_000 });
    await restored.button(common.close).click();
  });
});

test("a backup that is given up while it is made leaves no file, says so, and can be made again", async ({
  launch,
  temporaryFolder,
}) => {
  const folder = temporaryFolder("stick");
  const running = await launch();
  const { page } = running;
  const anna = new Expert(page);
  await beginProtected(anna, "Anna Weber");
  await writeContact(anna, "Leo Shan");
  await choose(running, join(folder, "Qiao.qiao"));
  await anna.goTo("settings");
  await onSlowDisk(running, async () => {
    await anna.button(enBackup.make.now).click();
    await expect(page.getByText(enBackup.progress.making)).toBeVisible();
    await expect.poll(() => readdirSync(folder)).toEqual([expect.stringMatching(/\.part$/)]);
    await anna.button(anna.words.common.cancel).click();
  });
  await expect(page.getByText(enBackup.failure.cancelled)).toBeVisible();
  await expect(page.getByText(enBackup.make.none)).toBeVisible();
  expect(readdirSync(folder)).toEqual([]);

  await backUp(anna);
  expect(readdirSync(folder)).toEqual(["Qiao.qiao"]);
});

test("a backup of another notebook is refused, and one that nothing could open is not made", async ({
  launch,
  temporaryFolder,
}) => {
  const file = join(temporaryFolder("stick"), "Anna.qiao");
  const first = await launch();
  const anna = new Expert(first.page);
  await beginProtected(anna, "Anna Weber");
  await choose(first, file);
  await backUp(anna);
  await first.close();

  const second = await launch();
  const { page } = second;
  const ben = new Expert(page);
  await ben.begin("Ben Maes");
  await choose(second, file);
  await ben.goTo("settings");
  await ben.button(enBackup.restore.button).click();
  const dialog = page.getByRole("dialog", { name: enBackup.restore.title });
  await expect(dialog.getByRole("alert")).toHaveText(/is a backup of another notebook/);
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();

  const own = join(temporaryFolder("other"), "Ben.qiao");
  await choose(second, own);
  await ben.button(enBackup.make.now).click();
  await expect(page.getByText(enBackup.failure.noWayToOpen)).toBeVisible();
  expect(existsSync(own)).toBe(false);
  await ben.button(enBackup.toProtection).click();
  await expect(page.getByRole("heading", { name: "Protection", exact: true })).toBeInViewport();
});

test("backups by themselves go into a folder, and a missing one is said with what to do", async ({
  launch,
  temporaryFolder,
}) => {
  const running = await launch();
  const { page } = running;
  const anna = new Expert(page);
  const folder = temporaryFolder("stick");
  const unplugged = join(folder, "unplugged");
  await beginProtected(anna, "Anna Weber");
  await anna.goTo("settings");
  await expect(page.getByText(enBackup.make.none)).toBeVisible();
  // Nobody has touched anything for a while.
  await running.app.evaluate(({ powerMonitor }) => {
    powerMonitor.getSystemIdleTime = () => 600;
  });
  const every = page.getByLabel(enBackup.automatic.every, { exact: true });
  await expect(every).toBeDisabled();

  await test.step("the stick is not plugged in", async () => {
    await choose(running, unplugged);
    await anna.button(enBackup.automatic.chooseFolder).click();
    await every.selectOption(enBackup.automatic.intervals.week);
    await expect(
      page.getByText(/The folder .*unplugged is not there\. If it is on a USB stick, plug it in/),
    ).toBeVisible();
  });

  await test.step("in another folder the backup is made at once", async () => {
    await choose(running, folder);
    await anna.button(enBackup.automatic.changeFolder).click();
    await expect(page.getByText(/^Last backup:/)).toBeVisible({ timeout: 60_000 });
    await expect(page.getByText(enBackup.automatic.failed)).toHaveCount(0);
    expect(readdirSync(folder)).toEqual([expect.stringMatching(/^Qiao backup .*\.qiao$/)]);
    await every.selectOption(enBackup.automatic.intervals.never);
    await expect(every).toHaveValue("never");
  });
});
