import type { Locator } from "@playwright/test";
import { expect, test } from "../support/app";
import { Expert } from "../support/expert";
import { takeAll } from "./pictures";
import { languages, people, words } from "./words";

/** Organisations, glossary and areas: what ships, what was changed here, and what is new. */

type Take = (name: string) => Promise<void>;

const longEn =
  "Zentralarbeitsgemeinschaft für Normungszusammenarbeit und gegenseitige Anerkennung von Konformitätsbewertungsverfahren";
const longZh = "全国建筑节能与绿色建筑标准化技术委员会民用建筑碳排放计算与核查分技术委员会秘书处（筹备组）";

for (const language of languages) {
  test(`organisations in ${language}`, async ({ launch }) => {
    const running = await launch({ language });
    const expert = new Expert(running.page, language);
    await expert.begin(people[language]);
    await organisations(expert, (name) => takeAll(running, `${language}-${name}`));
  });

  test(`glossary in ${language}`, async ({ launch }) => {
    const running = await launch({ language });
    const expert = new Expert(running.page, language);
    await expert.begin(people[language]);
    await glossary(expert, (name) => takeAll(running, `${language}-${name}`));
  });

  test(`areas in ${language}`, async ({ launch }) => {
    const running = await launch({ language });
    const expert = new Expert(running.page, language);
    await expert.begin(people[language]);
    await areas(expert, (name) => takeAll(running, `${language}-${name}`));
  });
}

function node(expert: Expert, text: string | RegExp): Locator {
  return expert.page.getByRole("tree").getByRole("treeitem").filter({ hasText: text });
}

async function organisations(expert: Expert, take: Take): Promise<void> {
  const { page, language } = expert;
  const { organisations: texts } = words[language];
  await expert.goTo("organisations");
  await page.getByRole("tree").press("Home");
  await page.keyboard.press("ArrowLeft");
  await take("60-organisations-first");
  await expert.filter("samr");
  await expert.entry(/SAMR/).first().click();
  await take("61-organisation-found");
  await expert.filter("");
  await expert.field(texts.website).fill("https://www.samr.example/normung/zusammenarbeit");
  await expert.field(texts.note).fill("Contact through the international department. 对外联络由国际合作司负责。");
  await expert.isSaved();
  await take("62-organisation-changed");
  await expert.button(texts.newBelow).click();
  await take("63-organisation-new");
  await expert.field(texts.nameEn).fill(longEn);
  await expert.field(texts.nameZh).fill(longZh);
  await expert.isSaved();
  await take("64-organisation-long");
  await node(expert, "SAMR").first().click();
  await expert.button(expert.words.common.delete).click();
  await expect(expert.button(expert.words.common.putBack)).toBeVisible();
  await expert.filter(longEn.slice(0, 18));
  await expert.entry(longEn.slice(0, 18)).first().click();
  await expert.filter("");
  await take("65-organisation-superior-hidden");
  await page.getByRole("tree").press("Home");
  await page.keyboard.press("Shift+ArrowDown");
  await page.keyboard.press("Shift+ArrowDown");
  await take("66-organisations-several");
}

async function glossary(expert: Expert, take: Take): Promise<void> {
  const { page, language } = expert;
  const { glossary: texts } = words[language];
  await expert.goTo("glossary");
  await take("70-glossary");
  await expert.filter("tjxbz");
  await expert
    .entry(/推荐性标准tuī|^推荐性标准/)
    .first()
    .click();
  await take("71-term-with-warning");
  await expert
    .field(texts.field.definitionEn)
    .fill("A standard that is recommended: the State encourages its use and nobody is obliged to follow it.");
  await expert.field(texts.field.note).fill("Never “voluntary”: a contract or a regulation can make it binding.");
  await expert.isSaved();
  await take("72-term-changed");
  await page.getByRole("region", { name: expert.words.common.shipped.changed }).scrollIntoViewIfNeeded();
  await take("73-term-changes");
  await expert.filter("");
  await expert.button(texts.newTerm).click();
  await take("74-term-new");
  await expert.field(texts.field.en).fill("design for disassembly");
  await expert.button(texts.addForm.en).click();
  await expert.field(texts.field.form.en).fill("design for demolition");
  await page.getByRole("combobox", { name: texts.field.status }).or(expert.field(texts.field.status)).first().click();
  await page.getByRole("option", { name: texts.status.forbidden, exact: true }).click();
  await expert.field(texts.field.prefer).fill("design for disassembly");
  await expert.field(texts.field.reason).fill("Demolition destroys what disassembly keeps.");
  await expert.isSaved();
  await take("75-term-without-chinese");
  await expert.filter("xyzzy");
  await expect(page.getByText(texts.empty.noMatchTitle)).toBeVisible();
  await take("76-glossary-no-match");
  await expert.filter("");
  await expert.choose(texts.areaChoice, "wanju", /Toys|玩具/);
  await take("77-glossary-area");
  await page.getByRole("listbox").first().press("Home");
  await page.keyboard.press("Shift+ArrowDown");
  await take("78-glossary-several");
}

async function areas(expert: Expert, take: Take): Promise<void> {
  const { page, language } = expert;
  const { areas: texts } = words[language];
  await expert.goTo("areas");
  await take("80-areas");
  await node(expert, /Toys|玩具/)
    .first()
    .click();
  await take("81-area");
  await expert.button(texts.rename.open).click();
  await expert.field(texts.rename.nameEn).fill("Toys and games");
  await expert.field(texts.rename.nameZh).fill("玩具与游戏");
  await take("82-area-rename");
  await expert.button(texts.rename.confirm).click();
  await take("83-area-renamed");
  await expert.button(texts.retire.open).click();
  await expert.field(texts.retire.lastDay).fill("2020-06-30");
  await take("84-area-retire");
  await expert.button(texts.retire.confirm).click();
  await take("85-area-retired");
  await page.getByRole("tree").press("End");
  await take("86-areas-end");
  await expert.button(texts.newArea).click();
  await take("87-area-new");
  await expert.filter("jz");
  await take("88-areas-filtered");
}
