import { expect, type ElectronApplication } from "@playwright/test";
import { resolve } from "node:path";
import type { Expert } from "./expert";

type Screen = (name: string) => Promise<void>;

/** One record of each kind, made as a person makes it, with each section's chosen record left on screen. */
export async function fillNotebook(expert: Expert): Promise<void> {
  const { areas, common, contacts, glossary, meetings, organisations } = expert.words;
  await expert.goTo("contacts");
  await expert.button(contacts.newContact).click();
  await expert.field(contacts.field.nameZh).fill("单磊");
  await expert.field(contacts.field.email).fill("shan@example.cn");
  await expert.isSaved();
  for (const title of ["Mistake", "JGJ/T 449 bilateral 双边会谈"]) {
    await expert.goTo("meetings");
    await expert.button(meetings.newMeeting).click();
    await expert.field(meetings.field.title).fill(title);
    await expert.isSaved();
    if (title === "Mistake") await expert.button(common.delete).click();
  }
  await expert.field(meetings.field.starts).fill("2026-11-24 09:00");
  await expert.note.click();
  await expert.page.keyboard.insertText("推荐性标准 is a **recommended** standard.");
  await expert.isSaved();
  await expert.goTo("organisations");
  await expert.filter("samr");
  await expert.entry("市场监督管理总局").first().click();
  await expert.field(organisations.website).fill("https://www.samr.example");
  await expert.isSaved();
  await expert.filter("");
  await expert.goTo("glossary");
  await expert.filter("推荐性标准");
  await expert.entry("推荐性标准").first().click();
  await expert.field(glossary.field.note).fill("Say it slowly.");
  await expert.isSaved();
  await expert.filter("");
  await expert.goTo("areas");
  await expert.page.getByRole("treeitem").first().click();
  await expect(expert.button(areas.rename.open)).toBeVisible();
}

/** Every section with a chosen record or its contents, one after the other. */
export async function walkSections(expert: Expert, look: Screen): Promise<void> {
  const { app, bin } = expert.words;
  for (const section of Object.keys(app.sections) as (keyof typeof app.sections)[]) {
    await expert.goTo(section);
    await expect(expert.page.getByRole("heading", { level: 1, name: app.sections[section] })).toBeVisible();
    if (section === "bin") {
      await expert.entry("Mistake").click();
      await expect(expert.button(bin.restore)).toBeVisible();
    }
    await look(section);
  }
}

const noBackup = resolve(import.meta.dirname, "..", "..", "package.json");

/** What lies over a section or stands in its place for a while, one after the other. */
export async function walkOverlays(app: ElectronApplication, expert: Expert, look: Screen): Promise<void> {
  const { page, words } = expert;
  const { areas, backup, bin, common, contacts, lists, protection } = words;
  await expert.goTo("bin");
  await expert.button(bin.emptyBin).click();
  await expect(page.getByRole("dialog")).toBeVisible();
  await look("the question before the bin is emptied");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);

  await expert.goTo("areas");
  await expert.button(areas.rename.open).click();
  await expect(expert.field(areas.rename.nameEn)).toBeFocused();
  await look("the renaming of an area");
  await expert.button(common.cancel).click();

  await expert.goTo("organisations");
  await expect(page.getByRole("treeitem", { selected: true })).toBeVisible();
  await page.getByRole("tree").focus();
  await page.keyboard.press("Shift+ArrowDown");
  await expect(expert.field(lists.giveArea)).toBeVisible();
  await look("what can be done with many");
  await expert.button(lists.clearSelection).click();

  await expert.goTo("contacts");
  await expert.button(common.delete).click();
  await expect(expert.button(common.putBack).last()).toBeVisible();
  await look("the message after a deletion");
  await expert.button(words.app.shortcuts.undo).click();
  await expect(expert.field(contacts.field.nameZh)).toHaveValue("单磊");

  await expert.button(common.history).click();
  await expect(page.getByRole("dialog").getByRole("option").first()).toBeVisible();
  await look("the history of a contact");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);

  await expert.goTo("settings");
  await expert.button(protection.erase.erase).click();
  await expect(page.getByRole("dialog").getByRole("textbox")).toBeFocused();
  await page.keyboard.insertText(protection.erase.word);
  await expect(expert.button(protection.erase.yes)).toBeEnabled();
  await look("the question before the notebook is erased");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);

  const kit = page.getByRole("dialog", { name: protection.kit.dialogTitle });
  const again = expert.button(protection.kit.again);
  await expert.button(protection.kit.make).click();
  await expect(again.or(kit).first()).toBeVisible();
  if (await again.isVisible()) await again.click();
  await expect(kit).toBeVisible();
  await look("the recovery kit");
  await expert.button(protection.kit.done).click();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expert.button(protection.kit.try).click();
  await expect(expert.field(protection.kit.words)).toBeFocused();
  await look("the rehearsal of the kit");
  await expert.button(common.cancel).click();

  await app.evaluate(({ dialog }, path) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [path] });
  }, noBackup);
  await expert.button(backup.restore.button).click();
  await expect(page.getByRole("dialog").getByRole("alert")).toBeVisible();
  await look("a file that is no backup");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expert.goTo("contacts");

  await expert.button(words.app.shortcuts.title).click();
  await expect(page.getByRole("dialog")).toBeVisible();
  await look("the shortcut sheet");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
}
