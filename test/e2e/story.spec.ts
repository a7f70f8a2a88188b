import { Expert } from "../support/expert";
import { expect, test, type RunningApp } from "../support/app";
import { strangersIn } from "../support/netLog";
import type { Program } from "../support/program";
import {
  deleteAndRestore,
  giveAreaToAll,
  openOrganisation,
  seeToday,
  shareTerm,
  undoOnlyOwn,
} from "../support/sharedWork";
import { startSyncServer } from "../support/syncServer";

const titles = ["JGJ/T 449 bilateral", "Courtesy visit", "Year-end review 年终总结"];
const ministry = {
  en: "Ministry of Housing and Urban-Rural Development",
  "zh-CN": "住房和城乡建设部",
} as const;

/**
 * The main job, from an empty computer to a colleague's edit coming back: every layer is real, the server is a process
 * of its own, and the recorder sees every request that either installation makes.
 */
test.describe("A note reaches a second computer", () => {
  test.setTimeout(300_000);

  // The packaged program is tried by it as well, which is what its tag is for.
  const story = "from an empty computer, over a battery pull, to a colleague and back @packaged";
  test(story, async ({ launchProgram, temporaryFolder }) => {
    const server = await startSyncServer();
    try {
      const beijing = temporaryFolder("beijing");
      const first = await launchProgram({ userDataDir: beijing, netLog: true });
      const anna = new Expert(first.page);

      await test.step("first run asks for a name and a language, and needs no network", async () => {
        await anna.begin("Anna Weber");
      });
      await test.step("the ministry is found by every way of writing it", () => findMinistry(anna));
      await test.step("a contact is added there", () => addContact(anna));
      await test.step("a bilingual note is taken", () => takeNote(anna));

      const restarted = await test.step("a battery pull right after “saved” loses nothing", async () => {
        await first.kill();
        expect(strangersIn(first.networkUse(), []), "without a server, no request leaves the computer").toEqual([]);
        const again = await launchProgram({ userDataDir: beijing, netLog: true });
        await findEverything(new Expert(again.page));
        return again;
      });
      const annaAgain = new Expert(restarted.page);

      await test.step("the notebook goes to the server", async () => {
        await annaAgain.connect(server);
        await annaAgain.keepPasswordUntilClose();
        await annaAgain.isSynced();
      });

      const { second, bing } = await test.step("a second computer shows it, in Chinese", async () => {
        const brussels = await launchProgram({ language: "zh-CN", netLog: true });
        const colleague = new Expert(brussels.page, "zh-CN");
        await colleague.begin("李冰");
        await colleague.connect(server);
        await colleague.keepPasswordUntilClose();
        await colleague.isSynced();
        await findEverything(colleague);
        return { second: brussels, bing: colleague };
      });

      await test.step("an edit of the colleague comes back while both are connected", async () => {
        await bing.note.click();
        await bing.page.keyboard.press("Control+End");
        await bing.page.keyboard.insertText("布鲁塞尔已阅。");
        await bing.isSaved();
        await annaAgain.openMeeting("JGJ/T 449");
        await expect(annaAgain.note).toContainText("布鲁塞尔已阅。", { timeout: 20_000 });
      });

      await test.step("a term found by one is completed by the other", () => shareTerm(annaAgain, bing));
      await test.step("three meetings get an area at once, undone and done again", () =>
        giveAreaToAll(annaAgain, bing, titles));
      await test.step("a deleted meeting lies in the colleague's bin and is restored there", () =>
        deleteAndRestore(annaAgain, bing, "Courtesy visit"));
      await test.step("Undo never takes back what came from the colleague", () =>
        undoOnlyOwn(annaAgain, bing, "Courtesy visit"));
      await test.step("Today tells what the colleague changed", () => seeToday(bing, "Courtesy visit", "Anna Weber"));

      await test.step("edits made on both sides while apart are all there afterwards", () =>
        editApart(annaAgain, bing, server));

      const last =
        await test.step("a battery pull right after a change to the shipped list loses nothing", async () => {
          await annaAgain.field(annaAgain.words.organisations.note).fill("三里河路9号");
          await annaAgain.isSaved();
          await restarted.kill();
          expectOnly(restarted, server.address);
          const again = await launchProgram({ userDataDir: beijing, netLog: true });
          await findOverlay(new Expert(again.page));
          return again;
        });

      await last.close();
      await second.close();
      expect(strangersIn(last.networkUse(), [server.address])).toEqual([]);
      expectOnly(second, server.address);
    } finally {
      await server.dispose();
    }
  });

  test("the window's renderer can be killed: it comes back with everything saved", async ({ launch }) => {
    const running = await launch();
    const anna = new Expert(running.page);
    await anna.begin("Anna Weber");
    await takeNote(anna, { withPeople: false });
    await running.killRenderer();
    await expect.poll(() => textOnScreen(running), { timeout: 20_000 }).toContain("JGJ/T 449 bilateral");
    await running.close();

    const reopened = await launch({ userDataDir: running.userDataDir });
    const again = new Expert(reopened.page);
    await again.openMeeting("JGJ/T 449");
    await expect(again.note).toContainText("推荐性标准");
  });
});

async function findMinistry(anna: Expert): Promise<void> {
  await anna.goTo("organisations");
  for (const way of [
    "zjb",
    "jianshebu",
    "zhù fáng hé chéng xiāng",
    "住建部",
    "住房和城鄉建設部",
    "housing urban",
    "mohurd",
  ]) {
    await anna.filter(way);
    await expect(anna.entry("住房和城乡建设部").first(), `found by ${way}`).toBeVisible();
  }
  await anna.entry("住房和城乡建设部").first().click();
  await expect(
    anna.page.getByRole("heading", { name: "Ministry of Housing and Urban-Rural Development" }),
  ).toBeVisible();
  await anna.filter("");
}

async function addContact(anna: Expert): Promise<void> {
  const { contacts } = anna.words;
  await anna.goTo("contacts");
  await anna.button(contacts.newContact).click();
  await anna.field(contacts.field.nameZh).fill("单磊");
  await expect(anna.field(contacts.field.pinyin), "the surname's reading is proposed").toHaveValue("Shàn Lěi");
  await anna.choose(contacts.field.organisation, "zjb", "住房和城乡建设部");
  await anna.field(contacts.field.jobTitle).fill("处长");
  await anna.field(contacts.field.email).fill("shan@example.cn");
  await anna.isSaved();
}

async function takeNote(anna: Expert, { withPeople = true } = {}): Promise<void> {
  const { meetings } = anna.words;
  await anna.goTo("meetings");
  await anna.button(meetings.newMeeting).click();
  await anna.field(meetings.field.title).fill("JGJ/T 449 bilateral");
  await anna.field(meetings.field.starts).fill("2026-11-23 09:00");
  await anna.field(meetings.field.ends).fill("2026-11-23 10:30");
  await anna.field(meetings.field.place).fill("北京三里河路9号");
  if (withPeople) {
    await anna.choose(meetings.field.organisations, "zjb", "住房和城乡建设部");
    await anna.choose(meetings.field.attendees, "sl", "单磊");
    await anna.field(meetings.field.attendees).fill("Mr Interpreter");
    await anna.page.keyboard.press("Enter");
    await expect(anna.page.getByText("Mr Interpreter")).toBeVisible();
  }
  await anna.note.click();
  await anna.page.keyboard.type("# Item 1: green building");
  await anna.page.keyboard.press("Enter");
  await anna.page.keyboard.insertText("推荐性标准 is a recommended standard.");
  await anna.page.keyboard.press("Enter");
  await anna.page.keyboard.type("- [ ] send EN 15978");
  await anna.isSaved();
}

async function findEverything(expert: Expert): Promise<void> {
  const { contacts } = expert.words;
  await expert.goTo("contacts");
  await expert.filter("shanlei");
  await expert.entry("单磊").click();
  await expect(expert.field(contacts.field.jobTitle)).toHaveValue("处长");
  await expect(expert.field(contacts.field.email)).toHaveValue("shan@example.cn");
  await expert.filter("");
  await expert.openMeeting("JGJ/T 449");
  await expect(expert.page.getByText("Mr Interpreter")).toBeVisible();
  await expect(expert.note).toContainText("推荐性标准 is a recommended standard.");
  await expect(expert.note).toContainText("send EN 15978");
}

async function editApart(
  anna: Expert,
  bing: Expert,
  server: { stop(): Promise<void>; restart(): Promise<void> },
): Promise<void> {
  await server.stop();
  for (const expert of [anna, bing]) await expert.openMeeting("JGJ/T 449");
  await anna.addLineToNote("Beijing wrote this offline.");
  await bing.addLineToNote("布鲁塞尔离线写了这一行。");
  await anna.openContact("单磊");
  await anna.field(anna.words.contacts.field.jobTitle).fill("司长");
  await anna.isSaved();
  await bing.openContact("单磊");
  await bing.field(bing.words.contacts.field.phone).fill("+86 10 5893 0000");
  await bing.isSaved();
  await openOrganisation(anna, "mohurd", ministry.en);
  const shortForms = await anna.field(anna.words.organisations.shortForms).inputValue();
  await anna.field(anna.words.organisations.website).fill("https://www.mohurd.example");
  await anna.isSaved();
  await openOrganisation(bing, "mohurd", ministry["zh-CN"]);
  await bing.field(bing.words.organisations.shortForms).fill(`${shortForms}、老建设部`);
  await bing.isSaved();

  await server.restart();
  for (const expert of [anna, bing, anna]) {
    await expert.syncNow();
    await expert.isSynced();
  }
  for (const expert of [anna, bing]) {
    await expert.openContact("单磊");
    await expect(expert.field(expert.words.contacts.field.jobTitle)).toHaveValue("司长", { timeout: 20_000 });
    await expect(expert.field(expert.words.contacts.field.phone)).toHaveValue("+86 10 5893 0000", { timeout: 20_000 });
    await expert.openMeeting("JGJ/T 449");
    await expect(expert.note).toContainText("Beijing wrote this offline.", { timeout: 20_000 });
    await expect(expert.note).toContainText("布鲁塞尔离线写了这一行。", { timeout: 20_000 });
    await openOrganisation(expert, "老建设部", ministry[expert.language]);
    const { shortForms: line, website } = expert.words.organisations;
    await expect(expert.field(line)).toHaveValue(`${shortForms}、老建设部`);
    await expect(expert.field(website)).toHaveValue("https://www.mohurd.example");
  }
}

/** What both changed apart, and what was written last before the kill. */
async function findOverlay(expert: Expert): Promise<void> {
  const { organisations } = expert.words;
  await openOrganisation(expert, "老建设部", ministry.en);
  await expect(expert.field(organisations.website)).toHaveValue("https://www.mohurd.example");
  await expect(expert.field(organisations.shortForms)).toHaveValue(/老建设部/);
  await expect(expert.field(organisations.note)).toHaveValue("三里河路9号");
}

/** What the main window shows, asked through the main process: the page of a crashed renderer answers no longer. */
function textOnScreen(running: RunningApp): Promise<string> {
  return running.app.evaluate(async ({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    if (!window || window.webContents.isCrashed() || window.webContents.isLoading()) return "";
    return String(await window.webContents.executeJavaScript("document.body.innerText"));
  });
}

function expectOnly(app: Program, address: string): void {
  const use = app.networkUse();
  expect(
    use.requests.some(({ url }) => url.startsWith(address)),
    "the recorder saw the sync",
  ).toBe(true);
  expect(strangersIn(use, [address]), "nothing but the configured server is reached").toEqual([]);
}
