import { expect, test, type RunningApp } from "../support/app";
import { Expert } from "../support/expert";
import { startSyncServer, type SyncServer } from "../support/syncServer";
import { fillServer, spoilServer } from "./crowd";
import { saveWindow, setSize, setTheme, takeAll } from "./pictures";
import { languages, people, words } from "./words";

/** What concerns the whole notebook: Today, the bin, many at once, the settings, and how the window looks. */

type Take = (name: string) => Promise<void>;

for (const language of languages) {
  test(`today, bin and settings in ${language}`, async ({ launch }) => {
    const running = await launch({ language });
    const expert = new Expert(running.page, language);
    const take = (name: string): Promise<void> => takeAll(running, `${language}-${name}`);
    await expert.begin(people[language]);
    await expert.goTo("today");
    await take("90-today-empty");
    await expert.goTo("bin");
    await take("91-bin-empty");
    await settings(expert, take);
    await expert.goTo("contacts");
    await running.page.getByRole("heading", { level: 1 }).click();
    await running.page.keyboard.press("?");
    await expect(running.page.getByRole("dialog")).toBeVisible();
    await take("95-shortcuts");
    await running.page.keyboard.press("Escape");
  });

  test(`a full notebook in ${language}`, async ({ launch }) => {
    const server = await startSyncServer({ memory: true });
    try {
      await fillServer(server, 1_500);
      await spoilServer(server);
      const running = await launch({ language });
      const expert = new Expert(running.page, language);
      const take = (name: string): Promise<void> => takeAll(running, `${language}-${name}`);
      await expert.begin(people[language]);
      await expert.connect(server);
      await expert.keepPasswordUntilClose();
      await expert.isSynced();
      await full(expert, take, server);
    } finally {
      await server.dispose();
    }
  });

  test(`compact, and with large text, in ${language}`, async ({ launch }) => {
    const running = await launch({ language });
    const expert = new Expert(running.page, language);
    await expert.begin(people[language]);
    await setSize(running, "usual");
    await setTheme(running, "light");
    for (const [name, look] of [
      ["a0-compact", { density: "compact" }],
      ["a1-large-text", { density: "comfortable", textZoom: 1.5 }],
    ] as const) {
      await running.page.evaluate((chosen) => window.qiao?.invoke("settings:change", chosen), look);
      await running.page.reload();
      await sections(running, expert, `${language}-${name}`);
    }
  });
}

async function settings(expert: Expert, take: Take): Promise<void> {
  const { page, language } = expert;
  const { about } = words[language];
  await expert.goTo("settings");
  for (const [index, group] of (["appearance", "sync", "data", "about"] as const).entries()) {
    await page.locator(`#settings-${group} h2`).evaluate((title) => {
      title.scrollIntoView({ block: "start" });
    });
    await take(`92-settings-${String(index)}-${group}`);
  }
  await expert.button(about.licences.show).click();
  await expert.button(about.licences.show).evaluate((title) => {
    title.scrollIntoView({ block: "start" });
  });
  await take("93-licences");
  await expert.button(about.report.show).click();
  await expert.button(about.report.show).scrollIntoViewIfNeeded();
  await take("94-problem-report");
}

async function full(expert: Expert, take: Take, server: SyncServer): Promise<void> {
  const { page, language } = expert;
  const { common, bin } = expert.words;
  const { lists } = words[language];
  await expert.goTo("today");
  await take("96-today-full");
  await expert.goTo("contacts");
  const list = page.getByRole("listbox").first();
  await list.press("Home");
  for (let count = 0; count < 6; count += 1) await page.keyboard.press("Shift+ArrowDown");
  await take("97-bulk");
  await page.getByRole("button", { name: common.delete }).first().click();
  await expect(page.getByText(lists.deletedMany_other.replace("{{count, number}}", "7"))).toBeVisible();
  await expert.goTo("meetings");
  await page.getByRole("listbox").first().press("Home");
  await page.getByRole("button", { name: common.delete }).first().click();
  await expert.goTo("glossary");
  await expert.filter("voluntary");
  await page.getByRole("listbox").first().press("Home");
  await page.getByRole("button", { name: common.delete }).first().click();
  await expert.goTo("bin");
  await take("98-bin");
  await page.getByRole("listbox").first().press("Home");
  await take("98a-bin-chosen-hidden");
  await page.keyboard.press("ArrowDown");
  await take("98b-bin-chosen");
  await page.keyboard.press("Shift+ArrowDown");
  await page.keyboard.press("Shift+ArrowDown");
  await take("98c-bin-several");
  await page.keyboard.press("Escape");
  await expert.button(bin.emptyBin).click();
  await expect(page.getByRole("dialog")).toBeVisible();
  await take("98d-bin-question");
  await page.keyboard.press("Escape");
  await server.stop();
  await expert.goTo("contacts");
  await page.getByRole("listbox").first().press("Home");
  await page.keyboard.press("End");
  await expert.field(expert.words.contacts.field.wechat).fill("wx-new");
  await expert.goTo("today");
  await take("99-today-waiting");
  await expert.goTo("settings");
  await page.locator("#settings-sync-details").evaluate((title) => {
    title.scrollIntoView({ block: "start" });
  });
  await take("99a-sync-details");
}

async function sections(running: RunningApp, expert: Expert, name: string): Promise<void> {
  for (const section of ["today", "organisations", "glossary", "areas", "bin", "settings"] as const) {
    await expert.goTo(section);
    await expect(running.page.getByRole("heading", { level: 1 }).first()).toBeVisible();
    await running.page.waitForTimeout(300);
    const list = running.page.getByRole("listbox").or(running.page.getByRole("tree"));
    if (await list.first().isVisible()) await list.first().press("Home");
    await saveWindow(running, `screens/${name}-${section}.png`);
  }
}
