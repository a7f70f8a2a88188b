import { expect } from "@playwright/test";
import type { Expert } from "./expert";

/** What two colleagues, Anna in English and Bing in Chinese, do with one notebook while both are connected. */

/** Far more than an exchange takes. */
const soon = { timeout: 20_000 };

const area = { en: "Smart sustainable construction", "zh-CN": "智能与可持续建造" } as const;

/** The one finds the Chinese, the other the English. */
export async function shareTerm(anna: Expert, bing: Expert): Promise<void> {
  const { glossary } = anna.words;
  await anna.goTo("glossary");
  await anna.button(glossary.newTerm).click();
  await anna.field(glossary.field.zh).fill("桥梁绿色评价");
  await expect(anna.page.getByText(glossary.missing.en)).toBeVisible();
  await anna.isSaved();

  await bing.goTo("glossary");
  await bing.filter("qiaoliang");
  await expect(bing.entry("桥梁绿色评价")).toContainText(bing.words.glossary.noEnglish, soon);
  await bing.entry("桥梁绿色评价").click();
  await expect(bing.field(bing.words.glossary.field.pinyin)).toHaveValue("qiáo liáng lǜ sè píng jià");
  await bing.field(bing.words.glossary.field.en).fill("green assessment of bridges");
  await bing.isSaved();
  await bing.filter("");
  await expect(anna.field(glossary.field.en)).toHaveValue("green assessment of bridges", soon);
  await expect(anna.page.getByText(glossary.missing.en)).toHaveCount(0);
}

/** All meetings of the notebook, selected by keys, get an area in one step, which is taken back and done again. */
export async function giveAreaToAll(anna: Expert, bing: Expert, titles: readonly string[]): Promise<void> {
  const { lists, meetings } = anna.words;
  const { page } = anna;
  const chosen = (expert: Expert): ReturnType<Expert["button"]> =>
    expert.button(expert.words.common.remove.replace("{{name}}", area[expert.language]));
  await anna.goTo("meetings");
  for (const title of titles.slice(1)) {
    await anna.button(meetings.newMeeting).click();
    await anna.field(meetings.field.title).fill(title);
    await anna.isSaved();
  }
  await page.getByRole("listbox").first().focus();
  await page.keyboard.press("Control+a");
  const count = String(titles.length);
  await expect(
    page.getByRole("heading", { name: lists.selected_other.replace("{{count, number}}", count) }),
  ).toBeVisible();
  await anna.choose(lists.giveArea, "kechixu", area.en);
  await expect(page.getByText(lists.areaAdded_other.replace("{{count, number}}", count))).toBeVisible();
  await anna.button(lists.clearSelection).click();

  for (const title of titles) {
    await bing.openMeeting(title);
    await expect(chosen(bing), title).toBeVisible(soon);
  }
  await anna.button(anna.words.app.shortcuts.undo).click();
  for (const title of titles) {
    await anna.openMeeting(title);
    await expect(chosen(anna), title).toHaveCount(0);
  }
  await expect(chosen(bing)).toHaveCount(0, soon);
  await anna.button(anna.words.app.shortcuts.redo).click();
  await expect(chosen(bing)).toBeVisible(soon);
  for (const title of titles) {
    await anna.openMeeting(title);
    await expect(chosen(anna), title).toBeVisible();
  }
}

/** Deleted by the one, it lies in the other's bin and is restored there. */
export async function deleteAndRestore(anna: Expert, bing: Expert, title: string): Promise<void> {
  await anna.openMeeting(title);
  await anna.button(anna.words.common.delete).click();
  await expect(anna.entry(title)).toHaveCount(0);
  await bing.goTo("bin");
  await expect(bing.entry(title)).toBeVisible(soon);
  await bing.entry(title).click();
  await bing.button(bing.words.bin.restore).click();
  await expect(bing.entry(title)).toHaveCount(0);
  await expect(anna.entry(title)).toBeVisible(soon);
}

/** Undo takes back what was done here, and leaves what came from elsewhere since. */
export async function undoOnlyOwn(anna: Expert, bing: Expert, title: string): Promise<void> {
  const { app, meetings } = anna.words;
  const [here, there] = [anna.field(meetings.field.place), bing.field(bing.words.meetings.field.place)];
  await anna.openMeeting(title);
  await anna.field(meetings.field.ends).fill("2026-12-01 12:00");
  await anna.isSaved();
  await here.fill("钓鱼台");
  await anna.isSaved();
  await bing.openMeeting(title);
  await expect(there).toHaveValue("钓鱼台", soon);
  await there.fill("国宾馆");
  await bing.isSaved();
  await expect(here).toHaveValue("国宾馆", soon);

  await anna.button(app.shortcuts.undo).click();
  await expect(anna.page.getByText(/1 value stays/)).toBeVisible();
  await expect(here).toHaveValue("国宾馆");
  await anna.button(app.shortcuts.undo).click();
  await expect(anna.field(meetings.field.ends)).toHaveValue("");
  await expect(here).toHaveValue("国宾馆");
  await expect(bing.field(bing.words.meetings.field.ends)).toHaveValue("", soon);
  await expect(there).toHaveValue("国宾馆");
}

/** Today names what the colleague changed, and who it was. */
export async function seeToday(bing: Expert, changed: string, by: string): Promise<void> {
  await bing.goTo("today");
  const arrived = bing.page.getByRole("region", { name: bing.words.today.arrived.title });
  const line = arrived.getByRole("button").filter({ hasText: changed });
  await expect(line).toContainText(by);
  await line.click();
  await expect(bing.note).toBeVisible();
}

/** A shipped organisation on screen. */
export async function openOrganisation(expert: Expert, filter: string, name: string): Promise<void> {
  await expert.goTo("organisations");
  await expert.filter(filter);
  await expert.entry(name).first().click();
  await expect(expert.page.getByRole("heading", { level: 2, name })).toBeVisible();
  await expert.filter("");
}
