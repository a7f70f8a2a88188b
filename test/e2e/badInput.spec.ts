import { rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, type RunningApp } from "../support/app";
import { Expert } from "../support/expert";
import { mountSmallDisk } from "../support/smallDisk";

/** Longest text that a field takes (src-renderer/domain/limits.ts). */
const longest = 100_000;
const han = "推荐性标准与合格评定程序";
const long = han.repeat(Math.ceil(longest / han.length)).slice(0, longest);
const longNote = `# ${"纪要 minutes ".repeat(10)}\n${"推荐性标准 recommended standard\n".repeat(4_000)}`.slice(
  0,
  longest,
);

const rare = {
  zh: "𠮷㐂龘",
  latin: "Ægir 👩🏽‍💻 O’Neill",
  arabic: "محمد بن راشد (وزير)",
  hebrew: "פגישה 2026: תקינה",
  note: "𠮷野㐂 met 👨‍👩‍👧‍👦 and اجتماع المعايير, שלום.",
};

test("whatever is typed is kept, or refused in words and kept in its field", async ({ launch }) => {
  test.setTimeout(120_000);
  const running = await launch();
  const anna = new Expert(running.page);
  const { contacts, meetings, common } = anna.words;

  await test.step("a beginning without a name, or with an absurd one, says what is missing", () => beginBadly(anna));

  await test.step("nothing entered, or blanks alone, leave no empty record behind", async () => {
    await anna.goTo("meetings");
    await anna.button(meetings.newMeeting).click();
    for (const field of ["title", "starts", "place"] as const) {
      await anna.field(meetings.field[field]).fill("   \t ");
    }
    await anna.goTo("contacts");
    await anna.button(contacts.newContact).click();
    await anna.field(contacts.field.nameZh).fill("　");
    await anna.field(contacts.field.email).fill(" ");
    await anna.goTo("meetings");
    await expect(anna.page.getByText(meetings.empty.title, { exact: true })).toBeVisible();
    await anna.goTo("contacts");
    await expect(anna.page.getByText(contacts.empty.title, { exact: true })).toBeVisible();
  });

  await test.step("absurd values are taken as they are, and a contact without a name says what is wanted", async () => {
    await anna.button(contacts.newContact).click();
    await anna.field(contacts.field.email).fill("not @ an ; address <script>alert(1)</script>");
    await expect(anna.page.getByText(contacts.hint.name, { exact: true })).toBeVisible();
    await anna.field(contacts.field.phone).fill("-1e999 {{phone}}");
    await anna.field(contacts.field.nameZh).fill(rare.zh);
    await anna.field(contacts.field.nameLatin).fill(rare.latin);
    await anna.field(contacts.field.jobTitle).fill(rare.arabic);
    await anna.isSaved();
  });

  await test.step("an end before the start, and a date that cannot be read, are kept and named", async () => {
    await anna.goTo("meetings");
    await anna.button(meetings.newMeeting).click();
    await anna.field(meetings.field.title).fill(rare.hebrew);
    await anna.field(meetings.field.starts).fill("2026-11-24 09:00");
    await anna.field(meetings.field.ends).fill("2026-11-24 08:00");
    await expect(anna.page.getByText(meetings.problem.endsBeforeStart, { exact: true })).toBeVisible();
    await anna.field(meetings.field.starts).fill("30 February, after lunch");
    await anna.field(meetings.field.place).click();
    await expect(anna.page.getByText(meetings.problem.unreadableTime, { exact: true })).toBeVisible();
    await expect(anna.field(meetings.field.starts)).toHaveCSS("direction", "ltr");
    await expect(anna.field(meetings.field.title), "right-to-left text reads from the right").toHaveCSS(
      "direction",
      "rtl",
    );
  });

  await test.step("100,000 characters pasted into a field are taken, one more is refused and stays", async () => {
    await paste(running, meetings.field.place, long);
    await anna.isSaved();
    await anna.field(meetings.field.place).press("End");
    await anna.page.keyboard.insertText("。");
    await expect(tooLong(anna)).toBeVisible();
    expect(await anna.field(meetings.field.place).inputValue()).toBe(`${long}。`);
  });

  await test.step("leaving the record and coming back finds the refused text; shortened, it is saved", async () => {
    await anna.openContact(rare.zh);
    await anna.openMeeting(rare.hebrew);
    expect(await anna.field(meetings.field.place).inputValue()).toBe(`${long}。`);
    await expect(tooLong(anna)).toBeVisible();
    await anna.field(meetings.field.place).press("End");
    await anna.page.keyboard.press("Backspace");
    await anna.isSaved();
  });

  await test.step("100,000 characters pasted into the note are taken", async () => {
    await anna.note.click();
    await anna.page.keyboard.insertText(rare.note);
    await anna.page.keyboard.press("Enter");
    await paste(running, meetings.field.note, longNote);
    await anna.isSaved();
  });

  await test.step("100,000 characters pasted where something is looked for do no harm", async () => {
    await paste(running, common.filter, "查".repeat(longest));
    await expect(anna.page.getByText(meetings.empty.noMatchTitle, { exact: true })).toBeVisible();
    await anna.filter("");
    await paste(running, meetings.field.organisations, "查".repeat(longest));
    await anna.page.keyboard.press("Escape");
    await paste(running, meetings.field.attendees, `${long}。`);
    await anna.page.keyboard.press("Enter");
    await expect(tooLong(anna)).toBeVisible();
    expect(await anna.field(meetings.field.attendees).inputValue(), "a refused name stays in its field").toBe(
      `${long}。`,
    );
    await anna.field(meetings.field.attendees).fill("");
    await anna.isSaved();
  });

  await test.step("after a kill all of it is there", async () => {
    await running.kill();
    await findAllOfIt(await launch({ userDataDir: running.userDataDir, language: "zh-CN" }));
  });
});

test("a full disk: what is typed stays, closing asks, and freed space saves by itself", async ({
  launch,
  temporaryFolder,
}) => {
  const disk = await mountSmallDisk(1_024);
  try {
    const userDataDir = temporaryFolder("full");
    symlinkSync(disk.folder, join(userDataDir, "notebook"));
    const running = await launch({ userDataDir });
    const anna = new Expert(running.page);
    const { app, common, meetings } = anna.words;
    const diskFull = common.save.notSaved.replace("{{reason}}", common.saveFailure.diskFull);
    await anna.begin("Anna Weber");
    await anna.goTo("meetings");
    await anna.button(meetings.newMeeting).click();
    await anna.field(meetings.field.title).fill("Before the disk was full");
    await anna.isSaved();

    await test.step("it says so, and the text stays in field and note", async () => {
      fillUp(disk.folder);
      await anna.field(meetings.field.place).fill(long.slice(0, 10_000));
      await expect(anna.page.getByText(diskFull)).toBeVisible();
      await anna.note.click();
      await anna.page.keyboard.insertText(longNote.slice(0, 10_000));
      await expect(anna.page.getByText(app.trouble.replace("{{reason}}", common.saveFailure.diskFull))).toBeVisible();
      await anna.goTo("contacts");
      await anna.openMeeting("Before the disk was full");
      await expect(anna.field(meetings.field.place)).toHaveValue(long.slice(0, 10_000));
      await expect(anna.page.getByText(diskFull)).toBeVisible();
      await expect(anna.note).toContainText("纪要 minutes");
    });

    await test.step("closing the window, or quitting, asks and stays open", async () => {
      for (const way of ["close", "quit"] as const) {
        await end(running, way);
        const question = anna.page.getByRole("dialog", { name: app.unsaved.title });
        await expect(question).toContainText(diskFull);
        await question.getByRole("button", { name: app.unsaved.stay }).click();
        await expect(question).toBeHidden();
        expect(running.isRunning()).toBe(true);
        await expect(anna.field(meetings.field.place)).toHaveValue(long.slice(0, 10_000));
      }
    });

    await test.step("freed space saves by itself, and a restart finds it", async () => {
      rmSync(join(disk.folder, "filler"));
      await expect(anna.page.getByText(common.save.saved, { exact: true })).toBeVisible({ timeout: 15_000 });
      await expect(anna.page.getByText(diskFull)).toBeHidden();
      await running.kill();
      const again = new Expert((await launch({ userDataDir })).page);
      await again.openMeeting("Before the disk was full");
      await expect(again.field(meetings.field.place)).toHaveValue(long.slice(0, 10_000));
      await expect(again.note).toContainText("纪要 minutes");
    });
  } finally {
    await disk.dispose();
  }
});

async function beginBadly(anna: Expert): Promise<void> {
  const { firstRun } = anna.words;
  await anna.answerFirstQuestions();
  await anna.button(firstRun.start).click();
  await expect(anna.page.getByText(firstRun.nameMissing)).toBeVisible();
  await anna.field(firstRun.yourName).fill("　 ");
  await anna.button(firstRun.start).click();
  await expect(anna.page.getByText(firstRun.nameMissing)).toBeVisible();
  await anna.field(firstRun.yourName).fill(`${"𠮷".repeat(100)}Q`);
  await anna.button(firstRun.start).click();
  await expect(anna.page.getByText(firstRun.nameTooLong_other.replace("{{count}}", "200"))).toBeVisible();
  await anna.begin("𠮷野 👩🏽‍💻 מרים");
}

function tooLong(anna: Expert): ReturnType<Expert["field"]> {
  const { save, saveFailure } = anna.words.common;
  const reason = saveFailure.tooLarge_other.replace("{{count}}", String(longest));
  return anna.page.getByText(save.notSaved.replace("{{reason}}", reason));
}

/** Pastes as a person does, from the system's clipboard, into a field that is empty or has the caret at its end. */
async function paste(running: RunningApp, field: string, text: string): Promise<void> {
  await running.app.evaluate(({ clipboard }, copied) => clipboard.writeText(copied), text);
  await new Expert(running.page).field(field).focus();
  await running.page.keyboard.press("Control+V");
}

async function findAllOfIt({ page }: RunningApp): Promise<void> {
  await new Expert(page).goTo("settings");
  await page.getByRole("radio", { name: "中文" }).check({ force: true });
  const anna = new Expert(page, "zh-CN");
  const { contacts, meetings } = anna.words;
  await anna.openContact(rare.zh);
  await expect(anna.field(contacts.field.nameZh)).toHaveValue(rare.zh);
  await expect(anna.field(contacts.field.nameLatin)).toHaveValue(rare.latin);
  await expect(anna.field(contacts.field.jobTitle)).toHaveValue(rare.arabic);
  await expect(anna.field(contacts.field.email)).toHaveValue("not @ an ; address <script>alert(1)</script>");
  await expect(anna.field(contacts.field.phone)).toHaveValue("-1e999 {{phone}}");

  await anna.openMeeting(rare.hebrew);
  await expect(anna.field(meetings.field.title)).toHaveValue(rare.hebrew);
  await expect(anna.field(meetings.field.starts)).toHaveValue("30 February, after lunch");
  await expect(page.getByText(meetings.problem.unreadableTime, { exact: true })).toBeVisible();
  await expect(anna.field(meetings.field.ends)).toHaveValue("2026-11-24 08:00");
  expect(await anna.field(meetings.field.place).inputValue()).toBe(long);
  await expect(anna.note).toContainText(rare.note);
  expect(await copyNote(anna)).toBe(`${rare.note}\n${longNote}\n`);
}

/** The whole text of the note, by select all and copy. */
async function copyNote(anna: Expert): Promise<string> {
  await anna.note.click();
  await anna.page.keyboard.press("Control+A");
  return anna.page.evaluate(() => {
    const data = new DataTransfer();
    document.activeElement?.dispatchEvent(
      new ClipboardEvent("copy", { clipboardData: data, bubbles: true, cancelable: true }),
    );
    return data.getData("text/plain");
  });
}

function fillUp(folder: string): void {
  const part = Buffer.alloc(4_096);
  const file = join(folder, "filler");
  for (let parts = 0; parts < 10_000; parts += 1) {
    try {
      writeFileSync(file, part, { flag: "a" });
    } catch (error) {
      expect((error as NodeJS.ErrnoException).code).toBe("ENOSPC");
      return;
    }
  }
  throw new Error("the small disk did not fill up");
}

/** Asks for the end without waiting for it: it may be refused. */
function end({ app }: RunningApp, way: "close" | "quit"): Promise<void> {
  return app.evaluate(({ app: electron, BrowserWindow }, how) => {
    if (how === "quit") electron.quit();
    else for (const window of BrowserWindow.getAllWindows()) window.close();
  }, way);
}
