import type { Locator } from "@playwright/test";
import enAreas from "../../locales/en/areas.json" with { type: "json" };
import enCommon from "../../locales/en/common.json" with { type: "json" };
import enGlossary from "../../locales/en/glossary.json" with { type: "json" };
import { violations } from "../support/accessibility";
import { expect, test, type RunningApp } from "../support/app";
import { Expert } from "../support/expert";

/** The glossary and the areas, which ship with the app and are changed here. */

const { field } = enGlossary;
/** The row of the term, not of those that contain it. */
const recommended = /^recommended standard.*推荐性标准tuī/;

async function start(running: RunningApp): Promise<Expert> {
  const anna = new Expert(running.page);
  await anna.begin("Anna Weber");
  return anna;
}

/** Entries of the tree of areas. */
function area(anna: Expert, text: string | RegExp): Locator {
  return anna.page.getByRole("tree", { name: enAreas.title }).getByRole("treeitem").filter({ hasText: text });
}

test("a shipped term is found in every way, changed, compared and returned to its shipped form", async ({ launch }) => {
  const running = await launch();
  const anna = await start(running);
  await anna.goTo("glossary");
  for (const typed of ["tjxbz", "tuijianxing", "推薦性標準", "recommended stand", "推荐性标准"]) {
    await anna.filter(typed);
    await expect(anna.entry("推荐性标准").first(), typed).toBeVisible();
    await expect(anna.entry(recommended), typed).toHaveCount(1);
  }
  await anna.entry(recommended).click();
  const reading = anna.page.getByRole("region", { name: enGlossary.reading });
  await expect(reading).toContainText("tuī jiàn xìng biāo zhǔn");
  await expect(reading).toContainText("推薦性標準");
  await expect(reading.getByRole("note")).toContainText("Chinese voluntary standard");
  expect(await violations(running.page)).toEqual([]);

  await reading.getByRole("button", { name: enGlossary.copy }).nth(1).click();
  expect(await running.app.evaluate(({ clipboard }) => clipboard.readText())).toBe("推荐性标准");

  await anna.field(field.definitionEn).fill("Ours.");
  await anna.field(field.note).fill("Say it slowly.");
  await anna.isSaved();
  const changes = anna.page.getByRole("region", { name: enCommon.shipped.changed });
  await expect(changes).toContainText("A standard that users are encouraged but not generally obliged to follow.");
  await changes.getByRole("button", { name: enCommon.shipped.returnOne }).first().click();
  await expect(changes.getByRole("button", { name: enCommon.shipped.returnOne })).toHaveCount(0);
  await changes.getByRole("button", { name: enCommon.shipped.returnAll }).click();
  await expect(changes).toHaveCount(0);
  await expect(anna.field(field.definitionEn)).toHaveValue(/encouraged but not generally obliged/);
  await expect(reading).not.toContainText("Say it slowly.");
});

test("a new term without Chinese and a hidden shipped one survive a restart; the hidden one comes back", async ({
  launch,
}) => {
  const first = await launch();
  const anna = await start(first);
  await anna.goTo("glossary");
  await anna.filter("自愿性标准");
  await anna.entry("自愿性标准").first().click();
  await anna.button(anna.words.common.delete).click();
  await expect(anna.entry("自愿性标准")).toHaveCount(0);
  await anna.filter("");
  await first.page.keyboard.press("Control+n");
  await anna.field(field.en).fill("spring loaded rattle");
  await expect(first.page.getByText(enGlossary.missing.zh)).toBeVisible();
  await anna.isSaved();
  await first.close();

  const again = await launch({ userDataDir: first.userDataDir });
  const back = new Expert(again.page);
  await back.goTo("glossary");
  await back.filter("spring loaded");
  await expect(back.entry(enGlossary.noChinese)).toHaveCount(1);
  await back.entry("spring loaded rattle").click();
  await back.field(field.zh).fill("弹簧摇铃");
  await expect(back.field(field.pinyin)).toHaveValue("tán huáng yáo líng");
  await expect(again.page.getByText(enGlossary.missing.zh)).toHaveCount(0);
  await back.filter("ziyuanxing");
  await expect(back.entry("自愿性标准")).toHaveCount(0);
  await back.goTo("bin");
  await back.entry("voluntary standard").click();
  await again.page.getByRole("button", { name: "Restore" }).click();
  await back.goTo("glossary");
  await back.filter("自愿性标准");
  await expect(back.entry("自愿性标准").first()).toBeVisible();
});

test("terms are narrowed to one area beside the filter", async ({ launch }) => {
  const running = await launch();
  const anna = await start(running);
  await anna.goTo("glossary");
  await anna.choose(enGlossary.areaChoice, "wanju", "Toys");
  await anna.filter("standard");
  await expect(anna.entry("recommended standard")).toHaveCount(0);
  await anna.filter("");
  await expect(anna.page.getByRole("listbox").first().getByRole("option").first()).toBeVisible();
  await anna.button(enGlossary.newTerm).click();
  await anna.field(field.en).fill("rag doll");
  await expect(anna.entry("rag doll")).toHaveCount(1);
});

test("an area is renamed from a date, retired and brought back, and never put below itself", async ({ launch }) => {
  const running = await launch();
  const anna = await start(running);
  const { rename, retire } = enAreas;
  await anna.goTo("areas");
  await area(anna, "Toys").click();
  expect(await violations(running.page)).toEqual([]);
  await anna.button(rename.open).click();
  await anna.field(rename.nameEn).fill("Toys and games");
  await anna.field(rename.from).fill("2027-01-01");
  await anna.button(rename.confirm).click();
  await expect(area(anna, "Toys and games")).toHaveCount(1);
  await expect(anna.page.getByText("until 31 Dec 2026")).toBeVisible();
  await expect(anna.page.getByRole("heading", { name: /^Terms \d+/ })).not.toHaveText(/\b0$/);

  await area(anna, "Consumer protection").click();
  const superior = anna.field(enAreas.field.superior);
  await expect(superior).toHaveValue("");
  await anna.choose(enAreas.field.superior, "Toys and games", "Toys and games");
  await expect(anna.page.getByText(/it would then stand below itself/)).toBeVisible();
  await expect(superior).toHaveValue("");

  await area(anna, "Toys and games").click();
  await anna.button(retire.open).click();
  await anna.field(retire.lastDay).fill("2020-06-30");
  await anna.button(retire.confirm).click();
  await expect(area(anna, "Toys and games")).toHaveCount(0);
  await anna.page.getByRole("tree", { name: enAreas.title }).press("End");
  await expect(anna.page.getByRole("treeitem").last()).toContainText("Toys and games");
  await expect(area(anna, "Toys and games")).toContainText("until 30 Jun 2020");
  await running.close();

  const again = await launch({ userDataDir: running.userDataDir });
  const back = new Expert(again.page);
  await back.goTo("areas");
  await again.page.getByRole("tree", { name: enAreas.title }).press("End");
  await expect(area(back, "until 30 Jun 2020")).toHaveCount(1);
  await area(back, "Toys and games").click();
  await back.button(enAreas.bringBack).click();
  await expect(area(back, "until 30 Jun 2020")).toHaveCount(0);
});
