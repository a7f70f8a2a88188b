import { violations } from "../support/accessibility";
import { expect, test } from "../support/app";
import { Expert } from "../support/expert";
import { startSyncServer } from "../support/syncServer";

test.setTimeout(180_000);

test("a contact made private goes from the server and stays here; a meeting that names it warns", async ({
  launch,
}) => {
  const { page } = await launch();
  const anna = new Expert(page);
  const { common, contacts, meetings, syncDetails } = anna.words;
  const server = await startSyncServer({ memory: true });
  const onServer = async (): Promise<string> =>
    JSON.stringify((await server.admin("GET", `${server.database}/_all_docs?include_docs=true`)).body);
  const privateButton = page.getByRole("button", { name: common.private.name, exact: true });
  try {
    await anna.begin("Anna Weber");
    await anna.goTo("contacts");
    await anna.button(contacts.newContact).click();
    await anna.field(contacts.field.nameLatin).fill("Leo Shan");
    await anna.isSaved();
    await anna.goTo("meetings");
    await anna.button(meetings.newMeeting).click();
    await anna.field(meetings.field.title).fill("Courtesy visit");
    await anna.choose(meetings.field.attendees, "Leo", "Leo Shan");
    await anna.isSaved();
    await anna.connect(server);
    await anna.keepPasswordUntilClose();
    await anna.isSynced();
    expect(await onServer()).toContain("Leo Shan");

    await test.step("it asks first, since others have it, and can be left as it is", async () => {
      await anna.openContact("Leo Shan");
      await expect(privateButton).toHaveAttribute("aria-pressed", "false");
      await privateButton.click();
      const question = page.getByRole("dialog");
      await expect(question).toContainText(common.private.question.copies);
      await expect(question.getByRole("button", { name: common.private.make })).toBeFocused();
      await page.keyboard.press("Escape");
      await expect(question).toHaveCount(0);
      await expect(privateButton).toHaveAttribute("aria-pressed", "false");
      await expect(privateButton).toBeFocused();
    });

    await test.step("made private by the keys alone, it leaves the server and says so here", async () => {
      await page.keyboard.press("Enter");
      await expect(page.getByRole("dialog").getByRole("button", { name: common.private.make })).toBeFocused();
      await page.keyboard.press("Enter");
      await expect(privateButton).toHaveAttribute("aria-pressed", "true");
      await expect(page.getByText(common.private.here)).toBeVisible({ timeout: 20_000 });
      await expect.poll(onServer, { timeout: 20_000 }).not.toContain("Leo Shan");
      await expect(anna.entry("Leo Shan").getByRole("img", { name: common.private.mark })).toBeVisible();
      expect(await violations(page)).toEqual([]);
    });

    await test.step("what is written then stays here", async () => {
      await anna.field(contacts.field.nameLatin).fill("Leo Shan the second");
      await anna.isSaved();
      await anna.goTo("settings");
      await expect(page.getByText(syncDetails.reason.private)).toBeVisible();
      expect(await onServer()).not.toContain("Leo Shan");
    });

    await test.step("the meeting warns", async () => {
      await anna.openMeeting("Courtesy visit");
      await expect(page.getByRole("note").filter({ hasText: "Leo Shan the second" })).toBeVisible();
    });

    await test.step("shared again, it goes back to the server as it is by then", async () => {
      await anna.openContact("Leo Shan");
      await privateButton.click();
      await page.getByRole("dialog").getByRole("button", { name: common.private.share }).click();
      await expect(privateButton).toHaveAttribute("aria-pressed", "false");
      await expect.poll(onServer, { timeout: 20_000 }).toContain("Leo Shan the second");
    });
  } finally {
    await server.dispose();
  }
});

test("where nobody has it yet, one press makes a record private, in Chinese and in the dark", async ({ launch }) => {
  const { page } = await launch({ language: "zh-CN" });
  const bing = new Expert(page, "zh-CN");
  const { common, contacts } = bing.words;
  await bing.begin("李冰");
  await bing.goTo("contacts");
  await bing.button(contacts.newContact).click();
  await bing.field(contacts.field.nameZh).fill("单晓明");
  await bing.isSaved();
  const privateButton = page.getByRole("button", { name: common.private.name, exact: true });
  await privateButton.click();
  await expect(privateButton).toHaveAttribute("aria-pressed", "true");
  await expect(page.getByText(common.private.here)).toBeVisible();
  await page.emulateMedia({ colorScheme: "dark" });
  expect(await violations(page)).toEqual([]);
  await bing.button(common.delete).click();
  await bing.goTo("bin");
  await expect(bing.entry("单晓明").getByRole("img", { name: common.private.mark })).toBeVisible();
});
