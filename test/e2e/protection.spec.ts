import type { Page } from "@playwright/test";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import firstRun from "../../locales/en/firstRun.json" with { type: "json" };
import en from "../../locales/en/protection.json" with { type: "json" };
import { violations } from "../support/accessibility";
import { expect, test } from "../support/app";
import { Expert } from "../support/expert";
import { nextWindow } from "../support/nextWindow";

const PASSPHRASE = "rain on a tin roof";
const MARK = "Visit to SAC on the ninth floor";

async function protectWith(page: Page, passphrase: string): Promise<void> {
  await page.getByLabel(en.passphrase, { exact: true }).fill(passphrase);
  await page.getByLabel(en.repeat, { exact: true }).fill(passphrase);
  await page.getByRole("button", { name: en.first.protect }).click();
}

async function writeMeeting(person: Expert): Promise<void> {
  const { meetings } = person.words;
  await person.goTo("meetings");
  await person.button(meetings.newMeeting).first().click();
  await person.field(meetings.field.title).fill(MARK);
  await person.isSaved();
}

test("a notebook with a passphrase locks, shows nothing of itself then, and opens again by it", async ({ launch }) => {
  const running = await launch({ keychain: false });
  await expect(running.page.getByRole("heading", { name: en.first.title })).toBeVisible();
  expect(await violations(running.page)).toEqual([]);
  await protectWith(running.page, PASSPHRASE);
  await expect(running.page.getByRole("heading", { name: firstRun.title })).toBeVisible();
  const anna = new Expert(running.page);
  await anna.begin("Anna Weber");
  await writeMeeting(anna);
  // Typed and not rested yet: the lock waits until it is saved.
  await anna.note.click();
  await running.page.keyboard.insertText("the last word");
  const locked = await nextWindow(running, () => running.page.keyboard.press("Control+Shift+L"));

  await expect(locked.getByRole("heading", { name: en.locked.title })).toBeVisible();
  expect(await violations(locked)).toEqual([]);
  const everything = await locked.content();
  expect(everything).not.toContain("SAC");
  expect(everything).not.toContain("Anna");
  const titles = await running.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map((window) => window.getTitle()),
  );
  expect(titles).toEqual(["Qiao 桥"]);

  const field = locked.getByLabel(en.passphrase, { exact: true });
  await expect(field).toBeFocused();
  await field.fill("rain on a tin");
  await field.press("Enter");
  await expect(locked.getByRole("alert").filter({ hasText: en.failure.wrongPassphrase })).toBeVisible();
  await expect(field).toBeFocused();
  await expect(field).toHaveValue("rain on a tin");
  await expect(locked.getByRole("button", { name: en.locked.unlock })).toBeEnabled();
  await field.fill(PASSPHRASE);
  await locked.getByRole("button", { name: en.locked.unlock }).click();
  const again = new Expert(locked);
  await again.openMeeting(MARK);
  await expect(again.note).toHaveText("the last word");
  await expect(locked.getByText(en.reminder.unprotected)).toHaveCount(0);
});

test("a recovery kit is made, printed, tried, and opens the notebook when the keychain is gone", async ({
  launch,
  temporaryFolder,
}) => {
  const userDataDir = temporaryFolder("with-kit");
  const running = await launch({ keychain: true, userDataDir });
  const { page } = running;
  const anna = new Expert(page);
  await anna.begin("Anna Weber");
  await writeMeeting(anna);
  const reminder = page.getByRole("button", { name: en.reminder.noKit });
  await reminder.click();
  await page.getByRole("button", { name: en.kit.make }).click();
  const dialog = page.getByRole("dialog", { name: en.kit.dialogTitle });
  await expect(dialog).toBeVisible();
  const words = await dialog.getByRole("list", { name: en.kit.words }).getByRole("listitem").allTextContents();
  expect(words).toHaveLength(12);
  expect(await violations(page)).toEqual([]);

  const pdf = join(temporaryFolder("stick"), "kit.pdf");
  await running.app.evaluate(({ dialog: dialogs }, filePath) => {
    dialogs.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
  }, pdf);
  await dialog.getByRole("button", { name: en.kit.savePdf }).click();
  await expect(dialog.getByText(pdf)).toBeVisible();
  const printed = await readFile(pdf, "latin1");
  expect(printed.startsWith("%PDF-")).toBe(true);
  expect(printed.match(/\/Type\s*\/Page\b/g)).toHaveLength(1);

  await dialog.getByRole("button", { name: en.kit.done }).click();
  await expect(dialog).toBeHidden();
  await expect(reminder).toHaveCount(0);
  expect(await page.content()).not.toContain(words.join(" "));

  await page.getByRole("button", { name: en.kit.try }).click();
  const typed = page.getByLabel(en.kit.words);
  await typed.fill(words.with(0, words[1] ?? "").join(" "));
  await typed.press("Enter");
  await expect(page.getByRole("alert").filter({ hasText: en.failure.badWords })).toBeVisible();
  await typed.fill(words.join(" "));
  await typed.press("Enter");
  await expect(page.getByText(en.rehearsal.right)).toBeVisible();
  await running.close();

  const without = await launch({ keychain: false, userDataDir });
  await expect(without.page.getByRole("heading", { name: en.sealed.title })).toBeVisible();
  expect(await violations(without.page)).toEqual([]);
  await without.page.getByRole("button", { name: en.locked.useKit }).click();
  await without.page.getByLabel(en.kit.words).fill(words.map((word, at) => `${at + 1}. ${word}`).join("\n"));
  await without.page.getByRole("radio", { name: en.recover.passphrase }).check({ force: true });
  await without.page.getByLabel(en.newPassphrase, { exact: true }).fill(PASSPHRASE);
  await without.page.getByLabel(en.repeat, { exact: true }).fill(PASSPHRASE);
  await without.page.getByRole("button", { name: en.recover.open }).click();
  await new Expert(without.page).openMeeting(MARK);
});

test("a notebook that its keychain does not open stays whole beside a new one, and it is said where", async ({
  launch,
  temporaryFolder,
}) => {
  const userDataDir = temporaryFolder("sealed");
  const first = await launch({ keychain: true, userDataDir });
  await new Expert(first.page).begin("Anna Weber");
  await first.close();
  const again = await launch({ keychain: false, userDataDir });
  await again.page.getByRole("button", { name: en.beside.begin }).click();
  await expect(again.page.getByText(userDataDir).last()).toBeVisible();
  const page = await nextWindow(again, () => again.page.getByRole("button", { name: en.beside.yes }).click());
  await expect(page.getByRole("heading", { name: en.first.title })).toBeVisible();
  const kept = (await readdir(userDataDir)).filter((name) => name.startsWith("notebook.sealed-"));
  expect(kept).toHaveLength(1);
});

test("who wants no protection is told what that means, and is reminded until it is settled", async ({ launch }) => {
  const { page } = await launch({ keychain: false });
  await expect(page.getByText(en.first.withoutText)).toBeVisible();
  await page.getByRole("button", { name: en.first.without }).click();
  await new Expert(page).begin("Anna Weber");
  await page.getByRole("button", { name: en.reminder.unprotected }).click();
  await expect(page.getByText(en.now.none)).toBeVisible();
  expect(await violations(page)).toEqual([]);
  await expect(page.getByRole("button", { name: en.lock.now })).toBeDisabled();
  // The key says why it does nothing.
  await page.keyboard.press("Control+Shift+L");
  await expect(page.getByText(en.lock.needsPassphrase)).toBeVisible();

  await page.getByRole("button", { name: en.change.set }).click();
  await page.getByLabel(en.newPassphrase, { exact: true }).fill(PASSPHRASE);
  await page.getByLabel(en.repeat, { exact: true }).fill(PASSPHRASE);
  await page.getByRole("button", { name: en.change.save }).click();
  await expect(page.getByText(en.change.wasSet)).toBeVisible();
  await expect(page.getByRole("button", { name: en.reminder.unprotected })).toHaveCount(0);
  await expect(page.getByRole("button", { name: en.lock.now })).toBeEnabled();
});
