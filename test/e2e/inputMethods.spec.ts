import type { Locator } from "@playwright/test";
import { expect, test } from "../support/app";
import { Expert } from "../support/expert";
import { InputMethod } from "../support/inputMethod";
import { startSyncServer } from "../support/syncServer";

/**
 * Chinese input methods: the browser composes as it does for a real one. While letters are being composed they are no
 * text yet, and the keys belong to the input method.
 */

const restAfterTyping = 1_300;

/** Composes in a field with all keys pressed meanwhile, and checks that the field holds what was chosen. */
async function composeIn(ime: InputMethod, field: Locator, letters: string, chosen: string): Promise<void> {
  await field.focus();
  await field.press("End");
  await ime.compose(letters);
  await ime.pressAllKeys();
  await expect(field, "the caret is still there").toBeFocused();
  await ime.commit(chosen);
}

test("every field of a contact takes composed Chinese, and no raw letters are saved", async ({ launch }) => {
  const running = await launch();
  const { page } = running;
  const anna = new Expert(page);
  const { contacts } = anna.words;
  await anna.begin("Anna Weber");
  await anna.goTo("contacts");
  await anna.button(contacts.newContact).click();
  const ime = await InputMethod.on(page);

  await test.step("the first field: nothing is created by raw letters", async () => {
    await anna.field(contacts.field.nameZh).focus();
    await ime.compose("shanlei");
    await ime.pressAllKeys();
    await page.waitForTimeout(restAfterTyping);
    await expect(anna.entry(/./), "no contact yet").toHaveCount(0);
    await expect(page.getByRole("heading", { name: contacts.title, exact: true }), "still the section").toBeVisible();
    await ime.commit("单磊");
    await anna.isSaved();
    await expect(anna.field(contacts.field.nameZh)).toHaveValue("单磊");
    await expect(anna.field(contacts.field.pinyin)).toHaveValue("Shàn Lěi");
    await expect(anna.entry(/./), "one contact, none from Ctrl+N").toHaveCount(1);
  });

  const typed = [
    [contacts.field.nameLatin, "lei", "磊 Shan"],
    [contacts.field.jobTitle, "chuzhang", "处长"],
    [contacts.field.email, "youxiang", "邮箱@example.cn"],
    [contacts.field.phone, "zongji", "总机 010 5893"],
    [contacts.field.wechat, "weixin", "微信号"],
  ] as const;
  for (const [name, letters, chosen] of typed) {
    await test.step(name, async () => {
      await composeIn(ime, anna.field(name), letters, chosen);
      await expect(anna.field(name)).toHaveValue(chosen);
    });
  }

  await test.step("the organisation: nothing is looked up or chosen before the characters are there", async () => {
    const field = anna.field(contacts.field.organisation);
    await field.focus();
    await ime.compose("zhujianbu");
    await ime.pressAllKeys();
    await page.waitForTimeout(300);
    await expect(page.getByRole("option").filter({ hasText: "住房和城乡建设部" })).toHaveCount(0);
    await ime.commit("住建部");
    await expect(page.getByRole("option").filter({ hasText: "住房和城乡建设部" }).last()).toBeVisible();
    await expect(field, "the Enter of the input method chose nothing").toHaveValue("住建部");
    await page.keyboard.press("Enter");
    await expect(field).toHaveValue("Ministry of Housing and Urban-Rural Development");
  });

  await test.step("the filter: the list stays until the characters are there", async () => {
    await anna.button(contacts.newContact).click();
    await anna.field(contacts.field.nameZh).fill("欧阳若琳");
    await expect(anna.entry(/./)).toHaveCount(2);
    const filter = anna.field(anna.words.common.filter);
    await filter.focus();
    await ime.compose("shan");
    await ime.pressAllKeys();
    await page.waitForTimeout(300);
    await expect(anna.entry(/./), "raw letters filter nothing").toHaveCount(2);
    await expect(filter).toHaveValue("shan");
    await ime.commit("单");
    await expect(anna.entry(/./)).toHaveCount(1);
    await expect(filter).toHaveValue("单");
  });

  await running.close();
  const reopened = await launch({ userDataDir: running.userDataDir });
  const again = new Expert(reopened.page);
  await again.openContact("单磊");
  await expect(again.field(contacts.field.nameZh)).toHaveValue("单磊");
  for (const [name, , chosen] of typed) await expect(again.field(name)).toHaveValue(chosen);
});

test("a composition that Ctrl+Z throws away leaves no field behind that never saves", async ({ launch }) => {
  const { page } = await launch();
  const anna = new Expert(page);
  const { meetings } = anna.words;
  await anna.begin("Anna Weber");
  await anna.goTo("meetings");
  await anna.button(meetings.newMeeting).click();
  const ime = await InputMethod.on(page);
  const throwAway = async (): Promise<void> => {
    await ime.compose("hui");
    await ime.key("z", 90, 2);
  };
  await anna.field(meetings.field.title).focus();
  await throwAway();
  await page.keyboard.insertText("会议");
  await anna.isSaved();
  await expect(anna.entry("会议")).toHaveCount(1);
  await anna.note.click();
  await throwAway();
  await page.keyboard.insertText("记录");
  await anna.isSaved();
  await expect(anna.note).toHaveText("记录");
  await anna.field(anna.words.common.filter).focus();
  await throwAway();
  await page.keyboard.insertText("不存在");
  await expect(page.getByText(meetings.empty.noMatchTitle)).toBeVisible();
});

test("title, organisations, attendees and note of a meeting take composed Chinese", async ({ launch }) => {
  const running = await launch({ language: "zh-CN" });
  const { page } = running;
  const bing = new Expert(page, "zh-CN");
  const { meetings } = bing.words;
  await bing.begin("李冰");
  await bing.goTo("meetings");
  await bing.button(meetings.newMeeting).click();
  const ime = await InputMethod.on(page);

  await composeIn(ime, bing.field(meetings.field.title), "huiyi", "标准化会议");
  await expect(bing.entry("标准化会议")).toHaveCount(1);
  await composeIn(ime, bing.field(meetings.field.place), "beijing", "北京");

  await bing.field(meetings.field.organisations).focus();
  await ime.compose("zhujianbu");
  await ime.pressAllKeys();
  await ime.commit("住建部");
  await expect(page.getByRole("option").filter({ hasText: "住房和城乡建设部" }).last()).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "住房和城乡建设部", exact: true })).toBeVisible();

  const attendees = bing.field(meetings.field.attendees);
  await attendees.focus();
  await ime.compose("zhangwei");
  await ime.pressAllKeys();
  await ime.commit("张伟");
  await expect(attendees, "the Enter of the input method added nobody").toHaveValue("张伟");
  await page.keyboard.press("Enter");
  const list = page.getByRole("list", { name: meetings.whoAttends });
  await expect(list.getByRole("listitem")).toHaveCount(1);
  await expect(list).toContainText("张伟");

  await bing.note.click();
  await ime.compose("nihao");
  await ime.pressAllKeys();
  await page.waitForTimeout(restAfterTyping);
  await expect(bing.note, "Ctrl+B has put no marks around the letters").toHaveText("nihao");
  await ime.commit("你好");
  await ime.compose("shijie");
  await ime.commit("世界");
  await expect(bing.note).toHaveText("你好世界");
  await page.keyboard.press("Enter");
  await page.keyboard.type("- ");
  await ime.compose("ni");
  await ime.commit("你");
  await bing.isSaved();

  await running.kill();
  const reopened = await launch({ userDataDir: running.userDataDir });
  const again = new Expert(reopened.page, "zh-CN");
  await again.openMeeting("标准化会议");
  await expect(again.note).toContainText("你好世界");
  await expect(again.note).not.toContainText(/[a-z]/);
  await expect(again.field(meetings.field.place)).toHaveValue("北京");
  await expect(again.page.getByRole("list", { name: meetings.whoAttends })).toContainText("张伟");
});

test("a colleague's edit of the same note waits for the composition, and both are there afterwards", async ({
  launch,
}) => {
  const server = await startSyncServer({ memory: true });
  try {
    const first = await launch();
    const anna = new Expert(first.page);
    await anna.begin("Anna Weber");
    await anna.goTo("meetings");
    await anna.button(anna.words.meetings.newMeeting).click();
    await anna.field(anna.words.meetings.field.title).fill("Bilateral");
    await anna.note.click();
    await first.page.keyboard.type("Agenda");
    await anna.isSaved();
    await anna.connect(server);
    await anna.keepPasswordUntilClose();
    await anna.isSynced();

    const second = await launch({ language: "zh-CN" });
    const bing = new Expert(second.page, "zh-CN");
    await bing.begin("李冰");
    await bing.connect(server);
    await bing.keepPasswordUntilClose();
    await bing.isSynced();
    await bing.openMeeting("Bilateral");
    await expect(bing.note).toContainText("Agenda");

    await anna.openMeeting("Bilateral");
    await anna.note.click();
    await first.page.keyboard.press("Control+End");
    const ime = await InputMethod.on(first.page);
    await ime.compose("ni");

    await bing.note.click();
    await second.page.keyboard.press("Control+Home");
    await second.page.keyboard.insertText("议程 ");
    await bing.isSaved();
    await expect(bing.status).toContainText(/\d\d:\d\d/);
    // Far more than an exchange takes while both are connected.
    await first.page.waitForTimeout(3_000);
    await expect(anna.note, "the line that is being composed in stands still").toHaveText("Agendani");

    await ime.compose("nih");
    await ime.commit("你好");
    for (const note of [anna.note, bing.note]) await expect(note).toHaveText("议程 Agenda你好", { timeout: 20_000 });
    await anna.isSaved();
  } finally {
    await server.dispose();
  }
});
