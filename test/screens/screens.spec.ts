import { writeFileSync } from "node:fs";
import { join } from "node:path";
import enEditor from "../../locales/en/editor.json" with { type: "json" };
import zhEditor from "../../locales/zh-CN/editor.json" with { type: "json" };
import { expect, test, type RunningApp } from "../support/app";
import { Expert } from "../support/expert";
import { startSyncServer } from "../support/syncServer";
import { fillServer } from "./crowd";
import { savePicture, setSize, setTheme, takeAll } from "./pictures";
import { languages, people, words } from "./words";

/** Every screen as a person meets it: empty, in use, crowded, and when something is wrong. */

const editorTexts = { en: enEditor, "zh-CN": zhEditor } as const;

for (const language of languages) {
  test(`all screens in ${language}`, async ({ launch }) => {
    const server = await startSyncServer({ memory: true });
    try {
      await fillServer(server);
      const running = await launch({ language });
      const expert = new Expert(running.page, language);
      const take = (name: string): Promise<void> => takeAll(running, `${language}-${name}`);
      await test.step("first run", () => firstRun(expert, take));
      await test.step("empty sections", () => emptySections(expert, take));
      await test.step("usual contents", () => usualContents(expert, take));
      await test.step("settings", () => settings(expert, take, server));
      await test.step("a crowded notebook", () => crowded(expert, take));
      await server.stop();
      await expert.goTo("settings");
      await expect(expert.status).toContainText(expert.words.app.sync.offline);
      await take("40-offline");
      running.problems();
      await running.close();
    } finally {
      await server.dispose();
    }
  });

  test(`a damaged settings file in ${language}`, async ({ launch, temporaryFolder }) => {
    const userDataDir = temporaryFolder("damaged");
    const before = await launch({ language, userDataDir });
    await new Expert(before.page, language).begin(people[language]);
    await before.close();
    writeFileSync(join(userDataDir, "settings.json"), "{ not json");
    const running = await launch({ language, userDataDir });
    await expect(running.page.getByRole("alert").first()).toBeVisible();
    await takeAll(running, `${language}-50-damaged-settings`);
  });
}

test("the picture of the README", async ({ launch }) => {
  const running = await launch();
  await setSize(running, "usual");
  await setTheme(running, "light");
  await forReadme(running);
  await savePicture(running, "docs/meeting.png");
});

type Take = (name: string) => Promise<void>;

async function firstRun(expert: Expert, take: Take): Promise<void> {
  await expert.answerFirstQuestions();
  await expert.field(expert.words.firstRun.yourName).focus();
  await take("01-first-run");
  await expert.button(expert.words.firstRun.start).click();
  await take("02-first-run-no-name");
  await expert.begin(people[expert.language]);
}

async function emptySections(expert: Expert, take: Take): Promise<void> {
  for (const section of ["today", "meetings", "contacts", "organisations", "bin", "settings"] as const) {
    await expert.goTo(section);
    await take(`03-empty-${section}`);
  }
  await expert.goTo("contacts");
  await expert.button(expert.words.contacts.newContact).click();
  await expect(expert.field(expert.words.contacts.field.nameZh)).toBeVisible();
  await take("04-new-contact");
  await expert.goTo("meetings");
  await expert.button(expert.words.meetings.newMeeting).click();
  await expect(expert.note).toBeVisible();
  await take("05-new-meeting");
}

async function usualContents(expert: Expert, take: Take): Promise<void> {
  const { bin, contacts, meetings, common } = expert.words;
  const { page } = expert;
  await expert.goTo("contacts");
  await expert.field(contacts.field.nameZh).fill("单磊");
  await expert.field(contacts.field.nameLatin).fill("Leo Shan");
  await expert.field(contacts.field.organisation).click();
  await expert.field(contacts.field.organisation).fill("zjb");
  await expect(page.getByRole("option", { name: "住房和城乡建设部" }).last()).toBeVisible();
  await take("10-organisation-choices");
  await expert.choose(contacts.field.organisation, "zjb", "住房和城乡建设部");
  await expert.field(contacts.field.jobTitle).fill("处长");
  await expert.field(contacts.field.email).fill("shan@example.cn");
  await expert.isSaved();
  await take("11-contact");
  await page.getByRole("button", { name: common.otherReadings }).click();
  await expect(page.getByRole("menu")).toBeVisible();
  await take("12-readings");
  await page.keyboard.press("Escape");

  await expert.goTo("meetings");
  await fillMeeting(expert, {
    title: "JGJ/T 449 bilateral",
    note: ["# Item 1: green building 绿色建筑", "推荐性标准 is a **recommended** standard.", "- [ ] send EN 15978"],
  });
  await take("13-meeting");
  await page.getByRole("button", { name: editorTexts[expert.language].heading, exact: true }).click();
  await take("14-headings");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: common.chooseDate }).first().click();
  await expect(page.getByRole("dialog")).toBeVisible();
  await take("15-calendar");
  await page.keyboard.press("Escape");
  await expert.field(meetings.field.ends).fill("2026-11-23 08:00");
  await expert.field(meetings.field.starts).fill("next Tuesday");
  await expert.field(meetings.field.title).focus();
  await take("16-times-wrong");
  await expert.field(meetings.field.starts).fill("2026-11-23 09:00");
  await expert.field(meetings.field.ends).fill("10:30");
  await expert.filter("nothing like this");
  await expect(page.getByText(meetings.empty.noMatchTitle)).toBeVisible();
  await take("17-no-match");
  await expert.filter("");

  await expert.goTo("organisations");
  await expert.filter("zjb");
  await expert.entry("住房和城乡建设部").first().click();
  await take("18-organisation");
  await expert.filter("");
  await page.getByRole("tree").press("Home");
  await take("19-organisation-first");

  await expert.goTo("contacts");
  await expert.button(contacts.newContact).click();
  await expert.field(contacts.field.nameLatin).fill("Somebody Else");
  await expert.isSaved();
  await expert.button(common.delete).click();
  await expect(expert.button(common.putBack)).toBeVisible();
  await take("20-deleted");
  await expert.goTo("bin");
  await expert.entry("Somebody Else").click();
  await expect(expert.button(bin.restore)).toBeVisible();
  await take("20-bin");
  await expert.button(bin.emptyBin).click();
  await expect(page.getByRole("dialog")).toBeVisible();
  await take("20-bin-question");
  await page.keyboard.press("Escape");
  await expert.button(bin.restore).click();
  await expert.goTo("today");
  await take("20-today");
}

async function settings(expert: Expert, take: Take, server: Parameters<Expert["connect"]>[0]): Promise<void> {
  const { settings: words, syncDetails } = expert.words;
  await expert.goTo("settings");
  await expert.button(words.sync.connect).click();
  await take("21-settings-incomplete");
  await expert.connect({ ...server, address: "http://127.0.0.1:9" });
  await expect(expert.page.getByRole("alert").last()).toBeVisible();
  await take("22-settings-failure");
  await expert.connect(server);
  await expect(expert.button(words.keychain.memory)).toBeVisible();
  await take("23-settings-keychain");
  await expert.keepPasswordUntilClose();
  await expert.isSynced();
  await take("24-settings-connected");
  await expert.button(syncDetails.log.title).click();
  await expert.button(syncDetails.log.copy).scrollIntoViewIfNeeded();
  await take("25-sync-details");
}

async function crowded(expert: Expert, take: Take): Promise<void> {
  await expert.goTo("today");
  await take("29-crowded-today");
  await expert.goTo("meetings");
  await expert.page.getByRole("listbox").first().press("Home");
  await expert
    .entry(/第十二次中欧/)
    .first()
    .click();
  await expect(expert.note).toBeVisible();
  await take("30-crowded-meeting");
  await expert.note.press("Control+End");
  await take("31-crowded-note");
  await expert.goTo("contacts");
  await expert.page.getByRole("listbox").first().press("Home");
  await take("32-crowded-contact");
  await expert.page.getByRole("listbox").first().press("End");
  await take("33-crowded-contact-last");
  await expert.goTo("organisations");
  await expert.filter("tc426");
  await expert
    .entry(/TC ?426/)
    .first()
    .click();
  await take("34-crowded-organisation");
  await expert.filter("");
}

async function fillMeeting(
  expert: Expert,
  { title, note }: { readonly title: string; readonly note: readonly string[] },
): Promise<void> {
  const { meetings } = expert.words;
  await expert.field(meetings.field.title).fill(title);
  await expert.field(meetings.field.starts).fill("2026-11-23 09:00");
  await expert.field(meetings.field.ends).fill("2026-11-23 10:30");
  await expert.field(meetings.field.place).fill("北京三里河路9号");
  await expert.choose(meetings.field.organisations, "zjb", "住房和城乡建设部");
  await expert.choose(meetings.field.attendees, "sl", "单磊");
  await expert.field(meetings.field.attendees).fill("Mr Interpreter");
  await expert.page.keyboard.press("Enter");
  await expect(expert.page.getByText("Mr Interpreter")).toBeVisible();
  await expert.note.click();
  for (const line of note) {
    await expert.page.keyboard.insertText(line);
    await expert.page.keyboard.press("Enter");
  }
  await expert.isSaved();
}

/** A week of meetings with invented people; the bilingual note of one of them is open. */
async function forReadme(running: RunningApp): Promise<void> {
  const expert = new Expert(running.page);
  const { app, contacts, firstRun, meetings, protection } = expert.words;
  for (const field of [protection.passphrase, protection.repeat])
    await expert.page.getByLabel(field, { exact: true }).fill("rain on a tin roof");
  await expert.button(protection.first.protect).click();
  await expert.field(firstRun.yourName).fill("Anna Weber");
  await expert.button(firstRun.start).click();
  await expect(expert.status).toHaveText(app.sync.notConnected);
  await expert.goTo("contacts");
  for (const [nameZh, organisation, wanted, jobTitle] of [
    ["单磊", "mohurd", /Housing/, "处长"],
    ["欧阳若琳", "cabr", /Building Research/, "高级工程师"],
  ] as const) {
    await expert.button(contacts.newContact).click();
    await expert.field(contacts.field.nameZh).fill(nameZh);
    await expert.choose(contacts.field.organisation, organisation, wanted);
    await expert.field(contacts.field.jobTitle).fill(jobTitle);
    await expert.isSaved();
  }
  await expert.goTo("meetings");
  for (const [title, starts, place, organisation, wanted] of [
    [
      "EU-China Working Group on Standardization",
      "2026-11-12 09:30",
      "Brussels",
      "sac",
      /Standardization Administration of/,
    ],
    ["CESIP annual review 年度工作会", "2026-11-17 14:00", "线上会议", "cesip", /Information Platform/],
    ["GB/T 51366 与 EN 15978 对比研讨", "2026-11-20 10:00", "北京", "cabr", /Building Research/],
    ["Electric vehicle charging: CEN-CENELEC and 中汽中心", "2026-11-26 15:00", "天津", "catarc", /Automotive/],
    ["Green building: JGJ/T 449 and EN 15978", "2026-11-24 09:00", "北京三里河路9号", "mohurd", /Housing/],
  ] as const) {
    await expert.button(meetings.newMeeting).click();
    await expert.field(meetings.field.title).fill(title);
    await expert.field(meetings.field.starts).fill(starts);
    await expert.field(meetings.field.place).fill(place);
    await expert.choose(meetings.field.organisations, organisation, wanted);
    await expert.isSaved();
  }
  await expert.field(meetings.field.ends).fill("10:30");
  await expert.choose(meetings.field.attendees, "shanlei", "单磊");
  await expert.choose(meetings.field.attendees, "ouyang", "欧阳若琳");
  await expert.choose(words.en.lists.areas, "EPBD", /EPBD/);
  await expert.note.click();
  const lines = [
    "## Scope 适用范围",
    "JGJ/T 449 是**推荐性标准**: a recommended standard, not a *mandatory* one.",
    "- 单磊：全生命周期含拆除阶段, so module D of EN 15978 is outside",
    "2027 revision 修订计划 open for comments",
    "",
  ];
  for (const line of lines) {
    await expert.page.keyboard.insertText(line);
    await expert.page.keyboard.press("Enter");
  }
  await expert.page.keyboard.insertText("- [ ] send EN 15978-1 to 住建部");
  await expert.isSaved();
}
