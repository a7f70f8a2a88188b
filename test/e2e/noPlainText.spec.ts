import { existsSync, mkdirSync } from "node:fs";
import type { ElectronApplication, JSHandle, Page } from "@playwright/test";
import { expect, test } from "../support/app";
import { Expert } from "../support/expert";
import { nextWindow } from "../support/nextWindow";
import { startSyncServer } from "../support/syncServer";
import { tracesOf } from "../support/traces";

/** Begins each marker, so that one search finds them all; no word of any language, and nothing that ships. */
const SIGN = "Zqvkx";
const HAN = "龘靐齉";

/** Writes a marker of its own into every text field on screen; what each was given. */
async function markAll(page: Page, section: string): Promise<number> {
  const fields = page.locator("main").getByRole("textbox");
  const count = await fields.count();
  let written = 0;
  for (let index = 0; index < count; index += 1) {
    const field = fields.nth(index);
    if (!(await field.isVisible()) || !(await field.isEditable())) continue;
    await field.click();
    await page.keyboard.press("Control+End");
    await page.keyboard.insertText(`${SIGN}${section}${String(index)} ${HAN}`);
    await page.keyboard.press("Tab");
    written += 1;
  }
  return written;
}

/** The page's own process. */
async function processOf(app: ElectronApplication, page: Page): Promise<number> {
  const window = (await app.browserWindow(page)) as JSHandle<{
    readonly webContents: { readonly getOSProcessId: () => number };
  }>;
  return window.evaluate(({ webContents }) => webContents.getOSProcessId());
}

test("nothing that was typed lies readable on the disk: open, locked, closed, synced or backed up", async ({
  launch,
  temporaryFolder,
}) => {
  test.setTimeout(180_000);
  const userDataDir = temporaryFolder("profile");
  const temporary = temporaryFolder("temporary");
  const backups = temporaryFolder("backups");
  const elsewhere = temporaryFolder("home");
  mkdirSync(elsewhere, { recursive: true });
  const folders = [userDataDir, temporary, backups, elsewhere];
  const texts = [SIGN, HAN];
  const server = await startSyncServer();
  try {
    const app = await launch({ userDataDir, env: { TMPDIR: temporary, HOME: elsewhere } });
    const { page } = app;
    const anna = new Expert(page);
    const { areas, backup, contacts, glossary, meetings, organisations, protection } = anna.words;
    await page.getByLabel(protection.passphrase, { exact: true }).fill("correct horse battery");
    await page.getByLabel(protection.repeat, { exact: true }).fill("correct horse battery");
    await anna.button(protection.first.protect).click();
    await anna.field(anna.words.firstRun.yourName).fill(`Anna ${SIGN} ${HAN}`);
    await anna.button(anna.words.firstRun.start).click();

    for (const [section, create] of [
      ["contacts", contacts.newContact],
      ["meetings", meetings.newMeeting],
      ["organisations", organisations.newOrganisation],
      ["glossary", glossary.newTerm],
      ["areas", areas.newArea],
    ] as const) {
      await test.step(section, async () => {
        await anna.goTo(section);
        await anna.button(create).first().click();
        await page.waitForTimeout(300);
        expect(await markAll(page, section), "fields written in").toBeGreaterThan(3);
        await anna.filter("");
      });
    }
    await test.step("synced and backed up", async () => {
      await anna.connect(server);
      await anna.keepPasswordUntilClose();
      await anna.isSynced();
      await app.app.evaluate(({ dialog }, folder) => {
        dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: `${folder}/copy.qiao` });
      }, backups);
      await anna.goTo("settings");
      await anna.button(backup.make.now).click();
      await expect.poll(() => existsSync(`${backups}/copy.qiao`), { timeout: 20_000 }).toBe(true);
    });

    await test.step("open", () => {
      expect(tracesOf(texts, folders)).toEqual([]);
    });
    await test.step("locked", async () => {
      const seen = await processOf(app.app, page);
      const screen = await nextWindow(app, () => page.keyboard.press("Control+Shift+L"));
      await expect(screen.getByRole("button", { name: protection.locked.unlock, exact: true })).toBeVisible();
      expect(await processOf(app.app, screen), "a process that has never seen the notebook").not.toBe(seen);
      expect(await screen.content()).not.toContain(SIGN);
      expect(await screen.title()).not.toContain(SIGN);
      expect(tracesOf(texts, folders)).toEqual([]);
    });
    await app.close();
    await test.step("closed", () => {
      expect(tracesOf(texts, folders)).toEqual([]);
      // The search sees into these files: what is meant to be readable is found.
      expect(tracesOf(["state:applied"], [userDataDir]).length, "ids of rows").toBeGreaterThan(0);
    });
  } finally {
    await server.dispose();
  }
});
