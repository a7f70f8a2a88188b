import { formatChinaTime } from "../../src-renderer/domain/chinaTime";
import { expect, test } from "../support/app";
import { Expert } from "../support/expert";
import { startSyncServer } from "../support/syncServer";

test.setTimeout(180_000);

/** As a person types it, that many minutes from now. */
function inMinutes(minutes: number): string {
  return formatChinaTime(new Date(Date.now() + minutes * 60_000).toISOString()) ?? "";
}

test("the first day: Today says what to begin with, and then shows the next meeting", async ({ launch }) => {
  const { page } = await launch();
  const anna = new Expert(page);
  const { meetings, today } = anna.words;
  await anna.begin("Anna Weber");

  await expect(page.getByRole("heading", { level: 1, name: /Today .*\d{4}/ }), "Today comes first").toBeVisible();
  await expect(page.getByRole("heading", { name: today.first.title })).toBeVisible();
  await expect(page.getByRole("button", { name: today.newMeeting })).toHaveCount(1);
  await anna.button(today.newMeeting).click();
  await anna.field(meetings.field.title).fill("Bilateral on green building");
  await anna.field(meetings.field.starts).fill(inMinutes(61));
  await anna.field(meetings.field.place).fill("北京三里河路9号");
  await anna.isSaved();
  await page.keyboard.press("Control+1");

  const next = page.getByRole("region", { name: today.next.title });
  const meeting = next.getByRole("button").filter({ hasText: "Bilateral on green building" });
  await expect(meeting).toContainText(/in (59|60|61) minutes/);
  await expect(meeting).toContainText("北京三里河路9号");
  await expect(meeting).toContainText(/\d\d:\d\d in Brussels|in Brussels/);
  await expect(page.getByRole("button", { name: today.newMeeting })).toHaveCount(1);
  await meeting.click();
  await expect(anna.field(meetings.field.title)).toHaveValue("Bilateral on green building");
});

test("what is deleted lies in the bin, comes back or goes for good", async ({ launch }) => {
  const running = await launch();
  const { page } = running;
  const anna = new Expert(page);
  const { app, bin, common, contacts, meetings } = anna.words;
  await anna.begin("Anna Weber");
  await anna.goTo("bin");
  await expect(page.getByRole("heading", { name: bin.empty.title })).toBeVisible();

  await test.step("two contacts, a meeting and a shipped organisation are deleted", async () => {
    for (const name of ["Leo Shan", "Mistake"]) {
      await anna.goTo("contacts");
      await anna.button(contacts.newContact).click();
      await anna.field(contacts.field.nameLatin).fill(name);
      await anna.isSaved();
      await anna.button(common.delete).click();
      await expect(anna.entry(name)).toHaveCount(0);
    }
    await anna.goTo("meetings");
    await anna.button(meetings.newMeeting).click();
    await anna.field(meetings.field.title).fill("Courtesy visit");
    await anna.note.click();
    await page.keyboard.insertText("推荐性标准 was discussed.");
    await anna.isSaved();
    await anna.button(common.delete).click();
    await expect(anna.entry("Courtesy visit")).toHaveCount(0);
    await anna.goTo("organisations");
    await anna.filter("zjb");
    await anna.entry("住房和城乡建设部").first().click();
    await anna.button(common.delete).click();
    await expect(anna.entry("住房和城乡建设部")).toHaveCount(0);
  });

  await test.step("the bin shows all of them, and what is in them", async () => {
    await anna.goTo("bin");
    await expect(page.getByRole("option")).toHaveCount(4);
    await expect(anna.entry("Housing")).toContainText(bin.hidden);
    await anna.filter("courtesy");
    await expect(page.getByRole("option")).toHaveCount(1);
    await anna.entry("Courtesy visit").click();
    const detail = page.getByRole("region", { name: bin.detail });
    await expect(detail).toContainText("推荐性标准 was discussed.");
    await expect(detail).toContainText("by Anna Weber");
    await anna.filter("");
  });

  await test.step("the meeting is restored and opened with one click, its note with it", async () => {
    await expect(page.getByRole("button", { name: bin.restore })).toHaveCount(1);
    await anna.button(bin.restore).click();
    await expect(anna.entry("Courtesy visit")).toHaveCount(0);
    await anna.button(bin.open).click();
    await expect(anna.field(meetings.field.title)).toHaveValue("Courtesy visit");
    await expect(anna.note).toContainText("推荐性标准 was discussed.");
  });

  await test.step("one is removed for good, after the question", async () => {
    await anna.goTo("bin");
    await anna.entry("Mistake").click();
    await anna.button(bin.removeForGood).click();
    await expect(page.getByRole("dialog")).toContainText("Remove 1 record for good?");
    await anna.button("Remove 1 for good").click();
    await expect(anna.entry("Mistake")).toHaveCount(0);
    await expect(page.getByText("1 record was removed for good.")).toBeVisible();
  });

  await test.step("emptying takes the contact and leaves the hidden organisation", async () => {
    await anna.button(bin.emptyBin).click();
    await expect(page.getByRole("dialog")).toContainText("1 hidden record");
    await page.keyboard.press("Escape");
    await expect(page.getByRole("option"), "Escape keeps everything").toHaveCount(2);
    await anna.button(bin.emptyBin).click();
    await anna.button("Remove 1 for good").click();
    await expect(page.getByRole("option")).toHaveCount(1);
    await anna.entry("Housing").click();
    await expect(page.getByText(bin.hiddenText)).toBeVisible();
    await expect(anna.button(bin.removeForGood)).toHaveCount(0);
  });

  await test.step("all of it holds after a restart, and the organisation comes back", async () => {
    await running.close();
    const again = new Expert((await launch({ userDataDir: running.userDataDir })).page);
    await again.page.getByRole("navigation").getByText(app.sections.bin, { exact: true }).click();
    await expect(again.page.getByRole("option")).toHaveCount(1);
    await again.entry("Housing").click();
    await again.button(bin.restore).click();
    await expect(again.page.getByRole("heading", { name: bin.empty.title })).toBeVisible();
    await again.goTo("organisations");
    await again.filter("zjb");
    await expect(again.entry("住房和城乡建设部").first()).toBeVisible();
  });
});

test("Today tells what a second computer changed; what waits is told with its reason", async ({ launch }) => {
  const server = await startSyncServer({ memory: true });
  try {
    const anna = new Expert((await launch()).page);
    const { contacts, meetings, syncDetails, today } = anna.words;
    await anna.begin("Anna Weber");
    await anna.goTo("meetings");
    await anna.button(meetings.newMeeting).click();
    await anna.field(meetings.field.title).fill("Bilateral on green building");
    await anna.field(meetings.field.starts).fill(inMinutes(90));
    await anna.isSaved();
    await anna.connect(server);
    await anna.keepPasswordUntilClose();
    await anna.isSynced();
    await anna.goTo("today");
    const arrived = anna.page.getByRole("region", { name: today.arrived.title });
    await expect(arrived).toContainText(today.arrived.none);
    await expect(anna.page.getByRole("region", { name: today.waiting.title })).toContainText(
      "Everything is on the server",
    );

    const bing = new Expert((await launch({ language: "zh-CN" })).page, "zh-CN");
    await bing.begin("李冰");
    await bing.connect(server);
    await bing.keepPasswordUntilClose();
    await bing.isSynced();
    await bing.openMeeting("Bilateral on green building");
    await bing.note.click();
    await bing.page.keyboard.insertText("布鲁塞尔已阅。");
    await bing.isSaved();

    await test.step("while Today is on screen the change appears, with who made it, and opens", async () => {
      const change = arrived.getByRole("button").filter({ hasText: "Bilateral on green building" });
      await expect(change).toContainText("李冰", { timeout: 20_000 });
      await expect(change).toContainText(today.note);
      await change.click();
      await expect(anna.note).toContainText("布鲁塞尔已阅。");
    });

    await test.step("without the server a new contact waits; the status line leads to why", async () => {
      await server.stop();
      await anna.goTo("contacts");
      await anna.button(contacts.newContact).click();
      await anna.field(contacts.field.nameLatin).fill("Leo Shan");
      await anna.isSaved();
      await anna.page
        .getByRole("contentinfo")
        .getByRole("button", { name: /waiting/ })
        .click();
      const details = anna.page.getByRole("region", { name: syncDetails.title });
      await expect(details.getByRole("heading", { name: syncDetails.title })).toBeInViewport();
      const row = details.getByRole("listitem").filter({ hasText: "Leo Shan" });
      await expect(row).toContainText(syncDetails.reason.queued);
      await expect(details).toContainText("Last complete exchange");
      await anna.goTo("today");
      await expect(anna.page.getByRole("region", { name: today.waiting.title })).toContainText("Leo Shan");
    });

    await test.step("the log for a helper names no one", async () => {
      await anna.goTo("settings");
      await anna.button(syncDetails.log.title).click();
      const log = anna.page.getByRole("log");
      await expect(log).not.toBeEmpty();
      for (const secret of ["Leo Shan", "Anna", "green building", server.password, server.user, "127.0.0.1"]) {
        await expect(log).not.toContainText(secret);
      }
      await anna.button(syncDetails.log.copy).click();
      await expect(anna.page.getByText(syncDetails.log.copied)).toBeVisible();
    });
  } finally {
    await server.dispose();
  }
});
