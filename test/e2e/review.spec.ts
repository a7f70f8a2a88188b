import type { Locator } from "@playwright/test";
import enReview from "../../locales/en/review.json" with { type: "json" };
import zhReview from "../../locales/zh-CN/review.json" with { type: "json" };
import { violations } from "../support/accessibility";
import { expect, test } from "../support/app";
import { Expert } from "../support/expert";
import { startSyncServer, type SyncServer } from "../support/syncServer";

test.setTimeout(240_000);

const texts = { en: enReview, "zh-CN": zhReview } as const;

/** What a person does among double edits. */
class Reviewer {
  constructor(private readonly person: Expert) {}

  get texts(): typeof enReview | typeof zhReview {
    return texts[this.person.language];
  }

  get dialog(): Locator {
    return this.person.page.getByRole("dialog");
  }

  /** The line in the form of a record of which this many values are open. */
  notice(count: number): Locator {
    const text =
      this.person.language === "en" ? enReview[count === 1 ? "notice_one" : "notice_other"] : zhReview.notice_other;
    return this.person.page.getByText(text.replace("{{count, number}}", String(count)), { exact: true });
  }

  choice(name: string | RegExp): Locator {
    return this.dialog.getByRole("radiogroup", { name });
  }

  button(name: string): Locator {
    return this.dialog.getByRole("button", { name, exact: true });
  }
}

async function connected(expert: Expert, server: SyncServer): Promise<void> {
  await expert.connect(server);
  await expert.keepPasswordUntilClose();
  await expert.isSynced();
}

async function synced(expert: Expert): Promise<void> {
  await expert.syncNow();
  await expert.isSynced();
}

test("what two computers changed apart is reviewed in both languages, and both end equal", async ({ launch }) => {
  const server = await startSyncServer();
  try {
    const anna = new Expert((await launch()).page);
    const bing = new Expert((await launch({ language: "zh-CN" })).page, "zh-CN");
    const [annas, bings] = [new Reviewer(anna), new Reviewer(bing)];
    const { field, newContact } = anna.words.contacts;
    const zhField = bing.words.contacts.field;

    await test.step("both have a contact, and then one has no server", async () => {
      await anna.begin("Anna Weber");
      await anna.goTo("contacts");
      await anna.button(newContact).click();
      await anna.field(field.nameLatin).fill("Leo Shan");
      await anna.choose(field.organisation, "zjb", "住房");
      await anna.field(field.jobTitle).fill("科长");
      await anna.field(field.wechat).fill("shan");
      await anna.isSaved();
      await connected(anna, server);
      await bing.begin("李冰");
      await connected(bing, server);
      await bing.button(bing.words.settings.sync.disconnect).click();
      await expect(bing.page.getByText(bing.words.settings.sync.disconnected)).toBeVisible();
    });

    await test.step("both change the same fields, and Bing one more", async () => {
      await anna.openContact("Leo Shan");
      await anna.field(field.jobTitle).fill("处长");
      await anna.field(field.wechat).fill("shan-berlin");
      await anna.isSaved();
      await synced(anna);
      await bing.openContact("Leo Shan");
      await bing.field(zhField.jobTitle).fill("司长");
      await bing.field(zhField.wechat).fill("shan-brussels");
      await bing.field(zhField.nameZh).fill("单磊");
      await bing.isSaved();
    });

    await test.step("once they have exchanged, the later values are shown and both computers say so", async () => {
      await connected(bing, server);
      await synced(anna);
      for (const [expert, reviewer] of [
        [anna, annas],
        [bing, bings],
      ] as const) {
        await expert.openContact(/单磊|Leo Shan/);
        await expect(reviewer.notice(2)).toBeVisible();
        await expect(expert.field(expert.words.contacts.field.jobTitle)).toHaveValue("司长");
        await expect(expert.entry(/单磊|Leo Shan/).getByRole("img", { name: reviewer.texts.mark })).toBeVisible();
      }
      await anna.goTo("today");
      await expect(anna.page.getByRole("region", { name: enReview.today.title })).toContainText("2 values");
    });

    await test.step("Bing reads in Chinese who changed what; the keys of the window lead there", async () => {
      await bing.page.keyboard.press("Control+Shift+D");
      await expect(bings.dialog.getByRole("heading", { name: zhReview.title })).toBeVisible();
      const title = bings.choice(/任职：职务/);
      await expect(title.locator("label", { hasText: "处长" })).toContainText(/Anna Weber.*电脑 1.*2026年/);
      await expect(title.locator("label", { hasText: "司长" })).toContainText(/当前显示.*李冰.*这台电脑/);
      await expect(title.getByRole("radio", { name: "司长" })).toBeFocused();
      expect(await violations(bing.page)).toEqual([]);
    });

    await test.step("a merge made here is taken back as a whole, and back again", async () => {
      await bings.button(zhReview.sides.theirs).click();
      await expect(bings.dialog.getByText(zhReview.empty.title)).toBeVisible();
      await bing.page.keyboard.press("Control+z");
      await expect(bings.choice(/任职：职务/).getByRole("radio", { name: "司长" })).toBeChecked();
      await bing.page.keyboard.press("Escape");
      await expect(bings.dialog).toBeHidden();
    });

    await test.step("Anna opens it from the record, switches by one key, keeps, and takes that back", async () => {
      await synced(bing);
      await synced(anna);
      await anna.openContact("Leo Shan");
      await anna.button(enReview.open).click();
      const title = annas.choice(/^Job title, post at /);
      await expect(title.getByRole("radio", { name: "司长" })).toBeFocused();
      await expect(title.locator("label", { hasText: "处长" })).toContainText(/Anna Weber.*this computer.*2026/);
      await expect(title.locator("label", { hasText: "司长" })).toContainText(/Shown now.*李冰.*Computer 1/);
      const persons = annas.dialog.getByRole("region", { name: enReview.persons.title });
      await expect(persons.getByRole("button")).toHaveText([/Anna Weber/, /李冰/]);
      expect(await violations(anna.page)).toEqual([]);
      await persons.getByRole("button", { name: /Anna Weber/ }).click();
      await expect(annas.dialog.getByText(enReview.emptyOne.title, { exact: true })).toBeVisible();
      await anna.page.keyboard.press("Control+z");
      await expect(title.getByRole("radio", { name: "司长" })).toBeFocused();
      await anna.page.keyboard.press("ArrowUp");
      await expect(title.getByRole("radio", { name: "处长" })).toBeChecked();
      await anna.page.keyboard.press("Enter");
      await expect(title).toBeHidden();
      await expect(annas.choice("WeChat").getByRole("radio", { name: "shan-brussels" })).toBeFocused();
      await anna.page.keyboard.press("Control+z");
      await expect(title.getByRole("radio", { name: "处长" })).toBeChecked();
      await anna.page.keyboard.press("Control+Enter");
      await expect(annas.dialog.getByText(enReview.emptyOne.title, { exact: true })).toBeVisible();
      await anna.page.keyboard.press("Escape");
      await expect(annas.dialog).toBeHidden();
      await expect(annas.notice(2)).toBeHidden();
      await expect(anna.field(field.jobTitle)).toHaveValue("处长");
    });

    await test.step("the other computer has what was decided, with nothing left to decide", async () => {
      await synced(anna);
      await synced(bing);
      await bing.openContact("单磊");
      await expect(bing.field(zhField.jobTitle)).toHaveValue("处长");
      await expect(bing.field(zhField.wechat)).toHaveValue("shan-brussels");
      await expect(bings.notice(2)).toBeHidden();
      await bing.page.keyboard.press("Control+Shift+D");
      await expect(bings.dialog.getByText(zhReview.empty.title)).toBeVisible();
      await expect(anna.field(field.wechat)).toBeHidden();
      await anna.openContact("Leo Shan");
      await expect(anna.field(field.wechat)).toHaveValue("shan-brussels");
      await expect(anna.field(field.nameZh)).toHaveValue("单磊");
    });
  } finally {
    await server.dispose();
  }
});
