import type { Page } from "@playwright/test";
import { violations } from "../support/accessibility";
import { expect, test } from "../support/app";
import { Expert } from "../support/expert";
import { nextWindow } from "../support/nextWindow";

/** Everything without a pointer: only keys go to the window here. */

/** Presses Tab until the field has the caret, as a person does who sees where the focus is. */
async function tabTo(expert: Expert, field: ReturnType<Expert["field"]>): Promise<void> {
  for (let presses = 0; presses < 40; presses += 1) {
    if (await field.evaluate((element) => element === document.activeElement)) return;
    await expert.page.keyboard.press("Tab");
  }
  await expect(field, "reached by Tab").toBeFocused();
}

async function type(expert: Expert, name: string, text: string): Promise<void> {
  await tabTo(expert, expert.field(name));
  await expert.page.keyboard.insertText(text);
}

/** The controls on screen that a screen reader could not name, and whatever else of WCAG 2.2 AA a machine sees. */
async function hasNames(page: Page, screen: string): Promise<void> {
  expect(await violations(page), screen).toEqual([]);
}

test("a contact, a meeting with its note, and an organisation, by keyboard alone", async ({ launch }) => {
  const { page } = await launch();
  const anna = new Expert(page);
  const { keyboard } = page;
  const { app, common, contacts, firstRun, meetings } = anna.words;

  await test.step("first run", async () => {
    await expect(anna.field(anna.words.protection.passphrase)).toBeFocused();
    await tabTo(anna, anna.button(anna.words.protection.first.without));
    await keyboard.press("Enter");
    await expect(anna.field(firstRun.yourName)).toBeFocused();
    await keyboard.insertText("Anna Weber");
    await keyboard.press("Enter");
    await expect(anna.status).toHaveText(app.sync.notConnected);
  });

  await test.step("Ctrl+1 to 8 show the sections", async () => {
    for (const [index, name] of Object.values(app.sections).entries()) {
      await keyboard.press(`Control+${String(index + 1)}`);
      await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
    }
  });

  await test.step("a new contact", async () => {
    await keyboard.press("Control+3");
    await keyboard.press("Control+n");
    await expect(anna.field(contacts.field.nameZh)).toBeFocused();
    await keyboard.insertText("单磊");
    await expect(anna.field(contacts.field.pinyin)).toHaveValue("Shàn Lěi");
    await tabTo(anna, page.getByRole("button", { name: common.otherReadings }));
    await keyboard.press("Enter");
    await expect(page.getByRole("menuitem").first()).toBeFocused();
    await hasNames(page, "the other readings");
    await keyboard.press("Escape");
    await expect(page.getByRole("menu")).toHaveCount(0);
    await expect(anna.field(contacts.field.nameZh), "Esc closed the menu only").toHaveValue("单磊");
    await type(anna, contacts.field.organisation, "zjb");
    await expect(page.getByRole("option", { name: /Housing/ }).last()).toHaveAttribute(
      "data-combobox-selected",
      "true",
    );
    await hasNames(page, "the choices of organisations");
    await keyboard.press("Enter");
    await expect(anna.field(contacts.field.organisation)).toHaveValue(/Housing and Urban-Rural/);
    await type(anna, contacts.field.jobTitle, "处长");
    await type(anna, contacts.field.email, "shan@example.cn");
    await anna.isSaved();
    await hasNames(page, "a contact");
  });

  await test.step("Esc goes back to the list, Enter on to the form", async () => {
    await keyboard.press("Escape");
    await expect(page.getByRole("listbox", { name: contacts.title })).toBeFocused();
    await keyboard.press("Enter");
    await expect(anna.field(contacts.field.nameZh)).toBeFocused();
  });

  await test.step("a new meeting with a note", async () => {
    await keyboard.press("Control+2");
    await keyboard.press("Control+n");
    await expect(anna.field(meetings.field.title)).toBeFocused();
    await keyboard.insertText("JGJ/T 449 bilateral");
    await type(anna, meetings.field.starts, "2026-11-23 09:00");
    await tabTo(anna, page.getByRole("button", { name: common.chooseDate }).first());
    await keyboard.press("Enter");
    await expect(page.getByRole("dialog")).toBeVisible();
    await hasNames(page, "the calendar");
    await keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await type(anna, meetings.field.ends, "10:30");
    await type(anna, meetings.field.place, "北京");
    await type(anna, meetings.field.organisations, "mohurd");
    await expect(page.getByRole("option", { name: /Housing/ }).last()).toHaveAttribute(
      "data-combobox-selected",
      "true",
    );
    await keyboard.press("Enter");
    await type(anna, meetings.field.attendees, "sl");
    await expect(page.getByRole("option", { name: /单磊/ }).last()).toBeVisible();
    await keyboard.press("ArrowDown");
    await keyboard.press("Enter");
    await expect(page.getByRole("list", { name: meetings.whoAttends })).toContainText("单磊");
    await keyboard.insertText("Mr Interpreter");
    await keyboard.press("Enter");
    await expect(page.getByRole("list", { name: meetings.whoAttends })).toContainText("Mr Interpreter");
    await tabTo(anna, anna.note);
    await keyboard.type("## Agenda");
    await keyboard.press("Enter");
    await keyboard.press("Control+b");
    await keyboard.type("recommended");
    await keyboard.press("Control+b");
    await keyboard.type(" 推荐性");
    await keyboard.press("Enter");
    await keyboard.press("Control+Shift+9");
    await keyboard.type("send EN 15978");
    await anna.isSaved();
    await expect(anna.note.getByRole("checkbox")).toHaveCount(1);
    await keyboard.press("Control+Enter");
    await expect(anna.note.getByRole("checkbox")).toBeChecked();
    await hasNames(page, "a meeting with its note");
    await keyboard.press("Escape");
    await expect(page.getByRole("listbox", { name: meetings.title })).toBeFocused();
  });

  await test.step("an organisation is found and read", async () => {
    await keyboard.press("Control+4");
    await keyboard.press("Control+f");
    await expect(anna.field(common.filter)).toBeFocused();
    await keyboard.insertText("jianshebu");
    await expect(anna.entry("住房和城乡建设部").first()).toBeVisible();
    await keyboard.press("ArrowDown");
    await keyboard.press("ArrowDown");
    await expect(page.getByRole("heading", { name: "Ministry of Housing and Urban-Rural Development" })).toBeVisible();
    await expect(anna.field("Level"), "one organisation has one level").toHaveValue("Ministerial body");
    await hasNames(page, "an organisation");
    await keyboard.press("Control+f");
    await keyboard.press("Escape");
    await expect(anna.field(common.filter)).toHaveValue("");
  });
});

test("terms, organisations, areas, many at once, the bin and the looks, by keyboard alone", async ({ launch }) => {
  test.setTimeout(120_000);
  const { page } = await launch();
  const anna = new Expert(page);
  const { keyboard } = page;
  const { app, areas, bin, common, glossary, lists, meetings, organisations, settings } = anna.words;
  const press = async (...keys: readonly string[]): Promise<void> => {
    for (const key of keys) await keyboard.press(key);
  };
  /** Filters the section, goes down to the best match and on into its form. */
  const open = async (filter: string, first: ReturnType<Expert["field"]>): Promise<void> => {
    await press("Control+f");
    await keyboard.insertText(filter);
    await expect(anna.entry(new RegExp(filter, "i")).first()).toBeVisible();
    await press("ArrowDown", "Home");
    await expect(first).toBeVisible();
    await press("Enter");
    await expect(first).toBeFocused();
    await press("Control+f", "Escape");
  };
  await anna.answerFirstQuestions();
  await expect(anna.field(anna.words.firstRun.yourName)).toBeFocused();
  await keyboard.insertText("Anna Weber");
  await press("Enter");
  await expect(anna.status).toHaveText(app.sync.notConnected);

  await test.step("a new term", async () => {
    await press("Control+5", "Control+n");
    await expect(anna.field(glossary.field.en)).toBeFocused();
    await keyboard.insertText("bridge inspection");
    await type(anna, glossary.field.zh, "桥梁检测");
    await expect(anna.field(glossary.field.pinyin)).toHaveValue("qiáo liáng jiǎn cè");
    await anna.isSaved();
    await press("Escape");
    await expect(page.getByRole("listbox", { name: glossary.title })).toBeFocused();
  });

  await test.step("an organisation below another", async () => {
    await press("Control+4");
    await expect(page.getByRole("heading", { level: 1, name: organisations.title })).toBeVisible();
    await open("MOHURD", anna.field(organisations.nameEn));
    await tabTo(anna, anna.button(organisations.newBelow));
    await press("Enter");
    await expect(anna.field(organisations.nameEn)).toBeFocused();
    await keyboard.insertText("Bureau of Bridges");
    await anna.isSaved();
    await press("Escape");
    const tree = page.getByRole("tree", { name: organisations.title });
    await expect(tree).toBeFocused();
    await expect(tree.getByRole("treeitem").filter({ hasText: "Bureau of Bridges" })).toHaveAttribute(
      "aria-level",
      "2",
    );
  });

  await test.step("an area is retired", async () => {
    await press("Control+6");
    await expect(page.getByRole("heading", { level: 1, name: areas.title })).toBeVisible();
    await open("Toys", anna.field(areas.field.nameEn));
    await tabTo(anna, anna.button(areas.retire.open));
    await press("Enter");
    await expect(anna.field(areas.retire.lastDay), "the step begins in its field").toBeFocused();
    await press("Control+a");
    await keyboard.insertText("2020-06-30");
    await tabTo(anna, anna.button(areas.retire.confirm));
    await press("Enter");
    await expect(anna.button(areas.bringBack)).toBeVisible();
    await press("Escape");
    await expect(page.getByRole("tree", { name: areas.title }), "the keys go on from where the step was").toBeFocused();
  });

  await test.step("several meetings get an area, and go", async () => {
    await press("Control+2");
    for (const title of ["Kick-off", "Review", "Workshop"]) {
      await press("Control+n");
      await expect(anna.field(meetings.field.title)).toBeFocused();
      await keyboard.insertText(title);
      await anna.isSaved();
      await press("Escape");
    }
    await expect(page.getByRole("listbox", { name: meetings.title })).toBeFocused();
    await press("Home", "Shift+ArrowDown");
    const two = page.getByRole("heading", { name: lists.selected_other.replace("{{count, number}}", "2") });
    await expect(two).toBeVisible();
    await type(anna, lists.giveArea, "huanjing");
    await expect(page.getByRole("option", { name: /Environment/ }).first()).toBeVisible();
    await press("Enter");
    await expect(page.getByText(lists.areaAdded_other.replace("{{count, number}}", "2"))).toBeVisible();
    await tabTo(anna, anna.button(common.delete));
    await press("Enter");
    await expect(page.getByRole("listbox", { name: meetings.title })).toBeFocused();
    await expect(anna.entry(/./)).toHaveCount(1);
  });

  await test.step("undone, done again, and restored from the bin", async () => {
    await press("Control+z");
    await expect(anna.entry(/./)).toHaveCount(3);
    await press("Control+y");
    await expect(anna.entry(/./)).toHaveCount(1);
    await press("Control+7");
    await expect(page.getByRole("heading", { level: 1, name: bin.title })).toBeVisible();
    const binList = page.getByRole("listbox", { name: bin.title });
    await tabTo(anna, binList);
    await press("Control+a");
    await tabTo(anna, anna.button(bin.restore));
    await press("Enter");
    await expect(page.getByRole("heading", { name: bin.empty.title })).toBeVisible();
    await press("Control+2");
    await expect(anna.entry(/./)).toHaveCount(3);
  });

  await test.step("the list is made wider", async () => {
    const line = page.getByRole("separator", { name: lists.listWidth });
    await tabTo(anna, line);
    const width = async (): Promise<number> => Number(await line.getAttribute("aria-valuenow"));
    const before = await width();
    await press("ArrowRight", "ArrowRight");
    await expect.poll(width).toBeGreaterThan(before);
  });

  await test.step("the theme changes", async () => {
    await press("Control+8");
    const { theme, themes } = settings.appearance;
    const group = page.getByRole("radiogroup", { name: theme });
    await tabTo(anna, group.getByRole("radio", { name: themes.system }));
    await press("ArrowRight", "ArrowRight");
    await expect(group.getByRole("radio", { name: themes.dark })).toBeChecked();
    await expect(page.locator("html")).toHaveAttribute("data-mantine-color-scheme", "dark");
  });

  await test.step("the sheet of keys opens and closes", async () => {
    await press("?");
    const sheet = page.getByRole("dialog", { name: app.shortcuts.title });
    await expect(sheet).toBeVisible();
    await press("Escape");
    await expect(sheet).toHaveCount(0);
    // The keys go on where they were.
    await expect(page.getByRole("radio", { name: settings.appearance.themes.dark })).toBeFocused();
    await press("Control+2");
    await expect(page.getByRole("heading", { level: 1, name: meetings.title })).toBeVisible();
  });
});

test("the language changes at once, and what is being written stays", async ({ launch }) => {
  const { page } = await launch();
  const anna = new Expert(page);
  await anna.begin("Anna Weber");
  await anna.goTo("meetings");
  await anna.button(anna.words.meetings.newMeeting).click();
  await anna.field(anna.words.meetings.field.title).fill("Bilateral 双边会谈");
  await anna.note.click();
  await page.keyboard.insertText("Not yet saved 尚未保存");
  // At once, before the last words can be on disk.
  await page.keyboard.press("Control+8");
  await page.getByRole("radio", { name: "中文" }).check({ force: true });

  const inChinese = new Expert(page, "zh-CN");
  await expect(page.getByRole("heading", { level: 1, name: inChinese.words.settings.title })).toBeVisible();
  await expect(inChinese.status).toHaveText(inChinese.words.app.sync.notConnected);
  await expect(page.locator("html")).toHaveAttribute("lang", "zh-CN");
  await page.keyboard.press("Control+2");
  await expect(inChinese.field(inChinese.words.meetings.field.title)).toHaveValue("Bilateral 双边会谈");
  await expect(inChinese.note).toHaveText("Not yet saved 尚未保存");
  await inChinese.isSaved();
  await expect(page.getByRole("button", { name: "加粗" }), "the toolbar too").toBeVisible();

  await page.keyboard.press("Control+8");
  await page.getByRole("radio", { name: "English" }).check({ force: true });
  await expect(page.getByRole("heading", { level: 1, name: anna.words.settings.title })).toBeVisible();
});

test("a notebook is protected, its kit made and tried, locked and opened again, by keyboard alone", async ({
  launch,
}) => {
  const running = await launch();
  const { page } = running;
  const anna = new Expert(page);
  const { keyboard } = page;
  const { app, common, firstRun, protection } = anna.words;
  const passphrase = page.getByLabel(protection.passphrase, { exact: true });

  await test.step("the first choice and the first run", async () => {
    await expect(passphrase).toBeFocused();
    await keyboard.insertText("rain on a tin roof");
    await tabTo(anna, page.getByLabel(protection.repeat, { exact: true }));
    await keyboard.insertText("rain on a tin roof");
    await keyboard.press("Enter");
    await expect(anna.field(firstRun.yourName)).toBeFocused();
    await keyboard.insertText("Anna Weber");
    await keyboard.press("Enter");
    await expect(anna.status).toHaveText(app.sync.notConnected);
  });

  const words = await test.step("the kit is made", async () => {
    await keyboard.press("Control+,");
    await tabTo(anna, anna.button(protection.kit.make));
    await keyboard.press("Enter");
    const dialog = page.getByRole("dialog", { name: protection.kit.dialogTitle });
    await expect(dialog.getByRole("button", { name: protection.kit.print })).toBeFocused();
    const listed = await dialog.getByRole("listitem").allTextContents();
    await keyboard.press("Escape");
    await expect(dialog, "a stray key does not lose the words").toBeVisible();
    await tabTo(anna, anna.button(protection.kit.done));
    await keyboard.press("Enter");
    await expect(dialog).toBeHidden();
    await expect(anna.button(protection.kit.try), "what comes next").toBeFocused();
    return listed.slice(0, 12);
  });

  await test.step("and tried", async () => {
    await keyboard.press("Enter");
    await expect(anna.field(protection.kit.words)).toBeFocused();
    await keyboard.insertText(words.join(" "));
    await keyboard.press("Enter");
    await expect(page.getByText(protection.rehearsal.right)).toBeVisible();
    await expect(anna.button(common.close)).toBeFocused();
    await keyboard.press("Enter");
    await expect(anna.button(protection.kit.try), "the keys are where they were").toBeFocused();
  });

  await test.step("locked, and opened after a wrong attempt", async () => {
    const locked = await nextWindow(running, () => keyboard.press("Control+Shift+L"));
    const field = locked.getByLabel(protection.passphrase, { exact: true });
    await expect(field).toBeFocused();
    await locked.keyboard.insertText("rain on a tin");
    await locked.keyboard.press("Enter");
    await expect(locked.getByText(protection.failure.wrongPassphrase)).toBeVisible();
    await expect(locked.getByRole("button", { name: protection.locked.unlock })).toBeEnabled();
    await expect(field).toBeFocused();
    await locked.keyboard.insertText(" roof");
    await locked.keyboard.press("Enter");
    await expect(locked.getByRole("navigation")).toBeVisible();
  });
});
