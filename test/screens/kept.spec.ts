import { writeFileSync } from "node:fs";
import { join } from "node:path";
import enBackup from "../../locales/en/backup.json" with { type: "json" };
import enHistory from "../../locales/en/history.json" with { type: "json" };
import enProtection from "../../locales/en/protection.json" with { type: "json" };
import zhBackup from "../../locales/zh-CN/backup.json" with { type: "json" };
import zhHistory from "../../locales/zh-CN/history.json" with { type: "json" };
import zhProtection from "../../locales/zh-CN/protection.json" with { type: "json" };
import { expect, test, type RunningApp } from "../support/app";
import { Expert } from "../support/expert";
import { nextWindow } from "../support/nextWindow";
import { saveWindow, setSize, setTheme, takeAll } from "./pictures";
import { languages, people } from "./words";

/** How the notebook is kept: what protects it, its backups, and the history of what is in it. */

const protectionTexts = { en: enProtection, "zh-CN": zhProtection } as const;
const backupTexts = { en: enBackup, "zh-CN": zhBackup } as const;
const historyTexts = { en: enHistory, "zh-CN": zhHistory } as const;

const PASSPHRASE = "stapler lantern orchid gravel";

type Language = (typeof languages)[number];
type Take = (name: string) => Promise<void>;

/** One app whose window may be replaced by another while its pictures are taken. */
class Sitter {
  constructor(
    private running: RunningApp,
    readonly language: Language,
  ) {}

  get expert(): Expert {
    return new Expert(this.running.page, this.language);
  }

  readonly take: Take = (name) => takeAll(this.running, `${this.language}-${name}`);

  async nextWindow(act: () => Promise<void>): Promise<void> {
    this.running = { ...this.running, page: await nextWindow(this.running, act) };
    await setSize(this.running, "usual");
    await setTheme(this.running, "light");
  }

  /** What the person chooses in the system's own dialogs from now on. */
  async choose(path: string): Promise<void> {
    await this.running.app.evaluate(({ dialog }, chosen) => {
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: chosen });
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] });
    }, path);
  }

  async scrollTo(selector: string): Promise<void> {
    await this.running.page.locator(selector).evaluate((part) => {
      part.scrollIntoView({ block: "start" });
    });
  }
}

async function protect({ page, words }: Expert): Promise<void> {
  await page.getByLabel(words.protection.passphrase, { exact: true }).fill(PASSPHRASE);
  await page.getByLabel(words.protection.repeat, { exact: true }).fill(PASSPHRASE);
  await page.getByRole("button", { name: words.protection.first.protect }).click();
}

async function start(expert: Expert): Promise<void> {
  await expert.field(expert.words.firstRun.yourName).fill(people[expert.language]);
  await expert.button(expert.words.firstRun.start).click();
  await expect(expert.status).toHaveText(expert.words.app.sync.notConnected);
}

for (const language of languages) {
  test(`protection in ${language}`, async ({ launch, temporaryFolder }) => {
    const sitter = new Sitter(await launch({ language, keychain: false }), language);
    const texts = protectionTexts[language];
    await test.step("the first choice", async () => {
      const { expert, take } = sitter;
      await expert.page.getByRole("radio", { name: language === "en" ? "English" : "中文" }).check({ force: true });
      await take("b0-first-choice");
      await expert.page.getByLabel(texts.passphrase, { exact: true }).fill("rain");
      await expert.button(texts.first.protect).click();
      await take("b1-first-choice-too-short");
      await protect(expert);
      await expect(expert.field(expert.words.firstRun.yourName)).toBeVisible();
      await take("b2-first-run");
      await start(expert);
    });
    await test.step("settings", () => protectionSettings(sitter, join(temporaryFolder("stick"), "kit.pdf")));
    await test.step("locked", async () => {
      await sitter.nextWindow(() => sitter.expert.page.keyboard.press("Control+Shift+L"));
      const { expert, take } = sitter;
      const field = expert.page.getByLabel(texts.passphrase, { exact: true });
      await expect(field).toBeFocused();
      await take("b20-locked");
      for (const wrong of ["rain", "rain on", "rain on a", "rain on a tin"]) {
        await field.fill(wrong);
        await expect(expert.button(texts.locked.unlock)).toBeEnabled({ timeout: 30_000 });
        await field.press("Enter");
        await expect(expert.page.getByText(texts.failure.wrongPassphrase)).toBeVisible();
      }
      await take("b21-locked-wrong");
      await expert.button(texts.locked.useKit).click();
      await take("b22-locked-kit");
    });
  });

  test(`keys that do not open the notebook in ${language}`, async ({ launch, temporaryFolder }) => {
    const userDataDir = temporaryFolder("sealed");
    const texts = protectionTexts[language];
    const first = await launch({ language, keychain: true, userDataDir });
    const before = new Sitter(first, language);
    await before.expert.begin(people[language]);
    await before.take("b30-reminder");
    await before.expert.page.getByRole("button", { name: texts.reminder.noKit }).click();
    await expect(before.expert.page.getByRole("heading", { name: texts.now.title })).toBeInViewport();
    await before.take("b31-settings-keychain");
    await first.close();

    await test.step("sealed", async () => {
      const running = await launch({ language, keychain: false, userDataDir });
      const { expert, take } = new Sitter(running, language);
      await expect(expert.page.getByRole("heading", { name: texts.sealed.title })).toBeVisible();
      await take("b32-sealed");
      await expert.button(texts.beside.begin).click();
      await take("b33-sealed-beside");
      await running.close();
    });

    await test.step("damaged", async () => {
      writeFileSync(join(userDataDir, "notebook", "keyring.json"), "{ not json");
      const running = await launch({ language, keychain: false, userDataDir });
      const { expert, take } = new Sitter(running, language);
      await expect(expert.page.getByRole("heading", { name: texts.damaged.title })).toBeVisible();
      await take("b34-damaged");
    });
  });

  test(`backups in ${language}`, async ({ launch, temporaryFolder }) => {
    const file = join(temporaryFolder("stick"), "Qiao.qiao");
    const running = await launch({ language, keychain: false });
    const sitter = new Sitter(running, language);
    await protect(sitter.expert);
    await start(sitter.expert);
    await test.step("in use", () => backupsInUse(sitter, file));
    await running.close();
    const empty = new Sitter(await launch({ language, keychain: false }), language);
    await test.step("into an empty app", () => restoreIntoEmpty(empty, file));
  });

  test(`history in ${language}`, async ({ launch }) => {
    const sitter = new Sitter(await launch({ language }), language);
    await sitter.expert.begin(people[language]);
    await histories(sitter);
  });

  test(`keeping, with large text, in ${language}`, async ({ launch }) => {
    const running = await launch({ language });
    const { expert } = new Sitter(running, language);
    const texts = protectionTexts[language];
    await setSize(running, "usual");
    await setTheme(running, "light");
    await running.page.evaluate(() => window.qiao?.invoke("settings:change", { textZoom: 2 }));
    await expect(expert.button(texts.first.without)).toBeVisible();
    const save = (name: string): Promise<void> => saveWindow(running, `screens/${language}-${name}.png`);
    await save("b90-large-first-choice");
    await expert.begin(people[language]);
    await expert.goTo("contacts");
    await expert.button(expert.words.contacts.newContact).click();
    await expert.field(expert.words.contacts.field.nameZh).fill("单磊");
    await expert.isSaved();
    await expert.button(expert.words.common.history).click();
    await expect(expert.page.getByRole("option").first()).toBeVisible();
    await save("b91-large-history");
    await expert.page.keyboard.press("Escape");
    await expert.goTo("settings");
    await expert.button(texts.kit.make).click();
    await expect(expert.page.getByRole("dialog")).toBeVisible();
    await save("b92-large-kit");
    await expert.button(texts.kit.done).click();
    await save("b93-large-settings");
    await expert.button(texts.erase.erase).click();
    await save("b94-large-erase");
  });
}

async function protectionSettings(sitter: Sitter, pdf: string): Promise<void> {
  const { expert, take, language } = sitter;
  const { page } = expert;
  const texts = protectionTexts[language];
  await expert.goTo("settings");
  await sitter.scrollTo("#settings-protection h2");
  await take("b3-settings");
  await sitter.scrollTo("#protection-lock");
  await take("b4-settings-end");
  await expert.button(texts.kit.make).click();
  const dialog = page.getByRole("dialog", { name: texts.kit.dialogTitle });
  const listed = dialog.getByRole("list", { name: texts.kit.words }).getByRole("listitem");
  await expect(listed).toHaveCount(12);
  const words = await listed.allTextContents();
  await take("b5-kit");
  await sitter.choose(pdf);
  await expert.button(texts.kit.savePdf).click();
  await expect(dialog.getByText(pdf)).toBeVisible();
  await take("b6-kit-saved");
  await page.emulateMedia({ media: "print" });
  await page.screenshot({ path: join(import.meta.dirname, "..", "..", "screens", `${language}-b6-kit-printed.png`) });
  await page.emulateMedia({ media: "screen" });
  await expert.button(texts.kit.done).click();
  await sitter.scrollTo("#protection-kit");
  await take("b7-kit-made");
  await expert.button(texts.kit.try).click();
  const typed = page.getByLabel(texts.kit.words);
  await typed.fill(words.with(2, "chees").join(" "));
  await typed.press("Enter");
  await expect(page.getByRole("alert").filter({ hasText: /3/ })).toBeVisible();
  await take("b8-rehearsal-misspelt");
  await typed.fill(words.join(" "));
  await typed.press("Enter");
  await expect(page.getByText(texts.rehearsal.right)).toBeVisible();
  await take("b9-rehearsal-right");
  await expert.button(expert.words.common.close).click();
  await expert.button(texts.kit.make).click();
  await take("b10-kit-again");
  await page.keyboard.press("Escape");
  await expert.button(texts.change.change).click();
  await take("b11-change-passphrase");
  await expert.button(expert.words.common.cancel).click();
  await expert.button(texts.change.remove).click();
  await take("b12-remove-passphrase");
  await expert.button(expert.words.common.cancel).click();
  await expert.button(texts.rotate.change).click();
  await take("b13-change-key");
  await expert.button(expert.words.common.cancel).click();
  await expert.button(texts.erase.erase).click();
  await page.getByRole("dialog").getByRole("textbox").fill(texts.erase.word);
  await take("b14-erase");
  await page.keyboard.press("Escape");
}

async function backupsInUse(sitter: Sitter, file: string): Promise<void> {
  const { expert, take, language } = sitter;
  const { page } = expert;
  const { common, contacts } = expert.words;
  const texts = backupTexts[language];
  await expert.goTo("contacts");
  for (const name of ["Leo Shan", "Dr. Wolfgang Amadeus von Hohenlohe-Langenburg-Schillingsfürst 单磊", "Wang Wei"]) {
    await expert.button(contacts.newContact).click();
    await expert.field(contacts.field.nameLatin).fill(name);
    await expert.isSaved();
  }
  await expert.goTo("settings");
  await sitter.scrollTo("#settings-backup h2");
  await take("b40-backup-none");
  await sitter.choose(file);
  await expert.button(texts.make.now).click();
  await expect(page.getByText(texts.make.done)).toBeVisible({ timeout: 60_000 });
  await expert.button(texts.use.verify).click();
  await expect(page.getByText(texts.use.verified)).toBeVisible({ timeout: 60_000 });
  await sitter.scrollTo("#settings-backup h2");
  await take("b41-backup-made");
  await sitter.choose(join(file, "..", "unplugged"));
  await expert.button(texts.automatic.chooseFolder).click();
  await page.getByLabel(texts.automatic.every, { exact: true }).selectOption(texts.automatic.intervals.week);
  await sitter.scrollTo("#settings-backup h2");
  await take("b42-backup-automatic");
  await expert.openContact("Wang Wei");
  await expert.button(common.delete).click();
  await expert.openContact("Leo Shan");
  await expert.field(contacts.field.nameLatin).fill("Leo Shan Newer");
  await expert.isSaved();
  await expert.goTo("settings");
  await sitter.choose(file);
  await expect(expert.button(common.putBack), "the message about the deletion has gone").toHaveCount(0);
  await expert.button(texts.restore.button).click();
  await expect(page.getByRole("dialog").getByRole("tab").first()).toBeVisible({ timeout: 60_000 });
  await take("b43-restore-preview");
  await page.getByRole("dialog").getByRole("checkbox").check();
  await page.getByRole("dialog").getByRole("button", { name: texts.preview.join }).click();
  await expect(page.getByRole("dialog").getByText(texts.joined.done)).toBeVisible();
  await take("b44-restored");
  await page.keyboard.press("Escape");
  writeFileSync(`${file}.txt`, "no backup");
  await sitter.choose(`${file}.txt`);
  await expert.button(texts.restore.button).click();
  await expect(page.getByRole("dialog").getByRole("alert")).toBeVisible();
  await take("b45-restore-refused");
}

async function restoreIntoEmpty(sitter: Sitter, file: string): Promise<void> {
  const { expert, take, language } = sitter;
  const texts = backupTexts[language];
  await expert.answerFirstQuestions();
  await sitter.choose(file);
  await expert.button(texts.restore.button).click();
  const dialog = expert.page.getByRole("dialog");
  const secret = dialog.getByLabel(texts.secret.label, { exact: true });
  await expect(secret).toBeVisible();
  await take("b50-restore-secret");
  await secret.fill("not this one");
  await secret.press("Enter");
  await expect(dialog.getByText(texts.secret.wrong)).toBeVisible({ timeout: 30_000 });
  await take("b51-restore-wrong");
  await secret.fill(PASSPHRASE);
  await dialog.getByRole("button", { name: texts.secret.open }).click({ timeout: 30_000 });
  await expect(dialog.getByText(texts.restore.ready)).toBeVisible({ timeout: 60_000 });
  await take("b52-restore-ready");
}

async function histories(sitter: Sitter): Promise<void> {
  const { expert, take, language } = sitter;
  const { page } = expert;
  const { common, contacts, meetings, organisations } = expert.words;
  const texts = historyTexts[language];
  const open = async (): Promise<void> => {
    await expert.button(common.history).click();
    await expect(page.getByRole("dialog")).toBeVisible();
    await page.waitForTimeout(500);
  };
  const close = async (): Promise<void> => {
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toBeHidden();
  };
  await expert.goTo("contacts");
  await expert.button(contacts.newContact).click();
  await expert.field(contacts.field.nameZh).fill("单磊");
  await expert.field(contacts.field.nameLatin).fill("Dr. Wolfgang Amadeus von Hohenlohe-Langenburg-Schillingsfürst");
  await expert.isSaved();
  await expert.choose(contacts.field.organisation, "zjb", "住房和城乡建设部");
  await expert.isSaved();
  for (const title of ["处长", "副司长", "Deputy Director-General, Department of Standards and Quotas"]) {
    await expert.field(contacts.field.jobTitle).fill(title);
    await expert.isSaved();
  }
  await open();
  await take("b60-history-contact");
  await page.getByRole("dialog").getByRole("listbox").press("End");
  await page.getByRole("dialog").getByText(texts.against.now, { exact: true }).click();
  await take("b61-history-contact-first-now");
  await page.getByRole("button", { name: texts.restore, exact: true }).click();
  await expect(page.getByRole("dialog")).toBeHidden();
  await take("b62-history-restored");

  await expert.goTo("meetings");
  await expert.button(meetings.newMeeting).click();
  await expert.field(meetings.field.title).fill("JGJ/T 449 bilateral 双边会谈");
  await expert.field(meetings.field.starts).fill("2026-11-23 09:00");
  await expert.note.click();
  await page.keyboard.insertText("## Scope 适用范围\nJGJ/T 449 是**推荐性标准**: a recommended standard.\n".repeat(8));
  await expert.isSaved();
  for (let line = 1; line <= 60; line += 1) {
    await page.keyboard.press("Control+End");
    await page.keyboard.insertText(`\n${String(line)}. 全生命周期含拆除阶段, module D of EN 15978.`);
    await page.waitForTimeout(120);
    if (line % 10 === 0) await expert.field(meetings.field.place).fill(`北京三里河路${String(line)}号`);
    if (line % 10 === 0) await expert.note.click();
  }
  await page.keyboard.press("Control+Home");
  await page.keyboard.press("Shift+End");
  await page.keyboard.insertText("## Scope and terms 适用范围与术语");
  await expert.isSaved();
  await open();
  await take("b63-history-meeting");
  await close();

  await expert.goTo("organisations");
  await expert.filter("zjb");
  await expert.entry("住房和城乡建设部").first().click();
  await open();
  await take("b64-history-shipped");
  await close();
  await expert.field(organisations.website).fill("https://www.mohurd.example");
  await expert.isSaved();
  await open();
  await take("b65-history-organisation");
  await close();
  await expert.goTo("glossary");
  await expert.filter("tjxbz");
  await expert.entry("推荐性标准").first().click();
  await expert.field(expert.words.glossary.field.note).fill("Never “voluntary”.");
  await expert.isSaved();
  await open();
  await take("b66-history-term");
  await close();
  await expert.goTo("areas");
  await page.getByRole("treeitem").first().click();
  await open();
  await take("b67-history-area");
  await close();
  await expert.goTo("contacts");
  await expert
    .entry(/Wolfgang|单磊/)
    .first()
    .click();
  await expert.button(common.delete).click();
  await expert.goTo("bin");
  await expert
    .entry(/Wolfgang|单磊/)
    .first()
    .click();
  await take("b68-bin");
  await open();
  await take("b69-history-bin");
}
