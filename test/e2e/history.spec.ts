import type { Locator } from "@playwright/test";
import enHistory from "../../locales/en/history.json" with { type: "json" };
import { violations } from "../support/accessibility";
import { expect, test } from "../support/app";
import { Expert } from "../support/expert";
import { startSyncServer } from "../support/syncServer";

test.setTimeout(180_000);

const words = enHistory;

/** What a person does in the history of the record on screen. */
class Reader {
  constructor(private readonly anna: Expert) {}

  get dialog(): Locator {
    return this.anna.page.getByRole("dialog");
  }

  get versions(): Locator {
    return this.dialog.getByRole("listbox", { name: words.versions }).getByRole("option");
  }

  async open(): Promise<void> {
    await this.anna.button(this.anna.words.common.history).click();
    await expect(this.dialog).toBeVisible();
  }

  async compareWith(what: "before" | "now"): Promise<void> {
    await this.dialog.getByText(words.against[what], { exact: true }).click();
    await expect(this.dialog.getByRole("radio", { name: words.against[what] })).toBeChecked();
  }

  /** A row of the comparison: `Label before after`. */
  row(label: string): Locator {
    return this.dialog
      .getByRole("row")
      .filter({ has: this.anna.page.getByRole("rowheader", { name: label, exact: true }) });
  }

  async restore(): Promise<void> {
    await this.dialog.getByRole("button", { name: words.restore, exact: true }).click();
    await expect(this.dialog).toBeHidden();
  }
}

test("who changed what when is told, compared and taken back, and is there after a restart", async ({ launch }) => {
  const running = await launch();
  const { page } = running;
  const anna = new Expert(page);
  const history = new Reader(anna);
  const { app, common, contacts, meetings, organisations } = anna.words;
  await anna.begin("Anna Weber");

  await test.step("a contact's job title is written, and changed", async () => {
    await anna.goTo("contacts");
    await anna.button(contacts.newContact).click();
    await anna.field(contacts.field.nameZh).fill("单磊");
    await anna.isSaved();
    await anna.field(contacts.field.jobTitle).fill("处长");
    await anna.isSaved();
    await anna.field(contacts.field.email).fill("shan@example.cn");
    await anna.isSaved();
    await anna.field(contacts.field.jobTitle).fill("副司长");
    await anna.isSaved();
  });

  await test.step("one button leads to its versions, newest first, and Escape back to it", async () => {
    await expect(page.getByRole("button", { name: /History/ })).toHaveCount(1);
    await history.open();
    await expect(page.getByRole("dialog", { name: "History of 单磊" })).toBeVisible();
    await expect(history.versions).toHaveText([
      /Job title: 处长 → 副司长.*Anna Weber.*this computer/,
      /E-mail: shan@example\.cn/,
      /Job title: 处长/,
      /Created/,
    ]);
    await expect(history.versions.first()).toHaveAttribute("aria-selected", "true");
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await expect(history.dialog).toBeHidden();
    await expect(anna.button(common.history)).toBeFocused();
  });

  await test.step("a version is compared with the one before and with now, by keyboard", async () => {
    await page.keyboard.press("Enter");
    await expect(history.versions).toHaveCount(4);
    await expect(history.row("Job title")).toContainText("处长");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await expect(history.versions.nth(2)).toHaveAttribute("aria-selected", "true");
    await expect(history.row("Job title")).toContainText("处长");
    await history.compareWith("now");
    await expect(history.row("Job title")).toContainText("副司长");
    await expect(history.row("E-mail")).toContainText("shan@example.cn");
  });

  await test.step("restoring it is an edit like any other, and Undo takes it back", async () => {
    await history.restore();
    await expect(anna.field(contacts.field.jobTitle)).toHaveValue("处长");
    await expect(anna.field(contacts.field.email)).toHaveValue("");
    await expect(page.getByText(/The version of .* is back\./)).toBeVisible();
    await anna.button(words.takeBack).click();
    await expect(anna.field(contacts.field.jobTitle)).toHaveValue("副司长");
    await expect(anna.field(contacts.field.email)).toHaveValue("shan@example.cn");
    await expect(page.getByText(/The version of .* is back\./), "what was offered is over").toBeHidden();
    await anna.button(app.shortcuts.redo).click();
    await expect(anna.field(contacts.field.jobTitle)).toHaveValue("处长");
    await anna.isSaved();
  });

  await test.step("a note goes back to an earlier text, in the open editor", async () => {
    await anna.goTo("meetings");
    await anna.button(meetings.newMeeting).click();
    await anna.field(meetings.field.title).fill("Courtesy visit");
    await anna.note.click();
    await page.keyboard.insertText("推荐性标准 was discussed.");
    await anna.isSaved();
    await history.open();
    await expect(history.versions).toHaveText([/Note: \d+ characters added.*推荐性标准/, /Created/]);
    await expect(history.dialog.locator("ins")).toHaveText("推荐性标准 was discussed.");
    await history.dialog.getByRole("listbox").press("End");
    await history.compareWith("now");
    await expect(history.dialog.getByText(words.restoreSame)).toBeVisible();
    await page.keyboard.press("Escape");
  });

  await test.step("a shipped organisation says that there are no changes yet", async () => {
    await anna.goTo("organisations");
    await anna.filter("zjb");
    await anna.entry("住房和城乡建设部").first().click();
    await history.open();
    await expect(history.dialog.getByText(words.empty.shipped)).toBeVisible();
    await page.keyboard.press("Escape");
    await anna.field(organisations.website).fill("https://www.mohurd.example");
    await anna.isSaved();
    await history.open();
    await expect(history.versions).toHaveText([/Website/, new RegExp(words.what.shipped)]);
    await history.dialog.getByRole("listbox").press("End");
    await expect(history.versions.last()).toHaveAttribute("aria-selected", "true");
    await history.restore();
    await expect(page.getByText(words.restoredShipped)).toBeVisible();
    await expect(anna.page.getByText(common.shipped.changed)).toHaveCount(0);
  });

  await test.step("after a battery pull all of it is still there, the restoring included", async () => {
    await running.kill();
    const again = new Expert((await launch({ userDataDir: running.userDataDir })).page);
    const later = new Reader(again);
    await again.openContact("单磊");
    await expect(again.field(contacts.field.jobTitle)).toHaveValue("处长");
    await later.open();
    await expect(later.versions.last()).toHaveText(/Created/);
    await expect(later.versions.first()).toContainText("this computer");
    await later.dialog.getByRole("listbox").press("ArrowDown");
    await expect(later.dialog.getByRole("button", { name: words.restore, exact: true })).toBeVisible();
  });
});

test("what a colleague wrote over is told by name and computer, and given back", async ({ launch }) => {
  const server = await startSyncServer({ memory: true });
  try {
    const { page } = await launch();
    const anna = new Expert(page);
    const history = new Reader(anna);
    const { app, meetings } = anna.words;
    await anna.begin("Anna Weber");
    await anna.goTo("meetings");
    await anna.button(meetings.newMeeting).click();
    await anna.field(meetings.field.title).fill("Courtesy visit");
    await anna.note.click();
    await page.keyboard.insertText("推荐性标准 was discussed.");
    await anna.isSaved();
    await anna.connect(server);
    await anna.keepPasswordUntilClose();
    await anna.isSynced();

    const bing = new Expert((await launch({ language: "zh-CN" })).page, "zh-CN");
    await bing.begin("李冰");
    await bing.connect(server);
    await bing.keepPasswordUntilClose();
    await bing.isSynced();
    await bing.openMeeting("Courtesy visit");
    await bing.note.click();
    await bing.page.keyboard.press("Control+A");
    await bing.page.keyboard.insertText("已取消。");
    await bing.isSaved();
    await anna.openMeeting("Courtesy visit");
    await expect(anna.note).toHaveText("已取消。", { timeout: 20_000 });

    await test.step("the colleague's version is on top, compared word by word with what was there", async () => {
      await history.open();
      await expect(history.versions).toHaveText([
        /Note came from another computer: .*已取消.*李冰.*Computer 1/,
        /Note: .*推荐性标准.*Anna Weber.*this computer/,
        /Created/,
      ]);
      await expect(history.dialog.locator("del")).toContainText("推荐性标准 was discussed");
      await expect(history.dialog.locator("ins")).toContainText("已取消");
    });

    await test.step("the name that the colleague gives the computer stands there at once, and no other", async () => {
      const { identity } = bing.words.settings;
      await bing.goTo("settings");
      await bing.field(identity.thisComputer).fill("布鲁塞尔办公室");
      await bing.isSaved();
      await expect(history.versions.first()).toHaveText(/李冰.*布鲁塞尔办公室/, { timeout: 20_000 });
      await expect(history.versions.nth(1)).toHaveText(/Anna Weber.*this computer/);
      await bing.openMeeting("Courtesy visit");
      await bing.button(bing.words.common.history).click();
      const versions = bing.page.getByRole("dialog").getByRole("listbox").getByRole("option");
      await expect(versions.first()).toHaveText(/李冰.*这台电脑/);
      await expect(versions.last()).toHaveText(/Anna Weber.*电脑 1/);
      await bing.page.keyboard.press("Escape");
    });

    await test.step("the text is given back in the open editor; Undo and Redo know of it", async () => {
      await history.dialog.getByRole("listbox").press("ArrowDown");
      await history.restore();
      await expect(anna.note).toHaveText("推荐性标准 was discussed.");
      await anna.button(app.shortcuts.undo).click();
      await expect(anna.note).toHaveText("已取消。");
      await anna.button(app.shortcuts.redo).click();
      await expect(anna.note).toHaveText("推荐性标准 was discussed.");
    });

    await test.step("it reaches the colleague like any edit", async () => {
      await expect(bing.note).toHaveText("推荐性标准 was discussed.", { timeout: 30_000 });
    });
  } finally {
    await server.dispose();
  }
});
