import { expect, test } from "../support/app";
import { Expert } from "../support/expert";

/** The notebook worker ends while the window lives on: nothing typed is lost, and nobody need do anything. */
test("typing goes on when the notebook worker dies", async ({ launch }) => {
  const app = await launch();
  const anna = new Expert(app.page);
  const { meetings } = anna.words;
  await anna.begin("Anna Weber");
  await anna.goTo("meetings");
  await anna.button(meetings.newMeeting).first().click();
  await anna.field(meetings.field.title).fill("Visit to SAC");
  await anna.note.click();
  await app.page.keyboard.insertText("before the end ");
  await anna.isSaved();

  for (const round of ["once", "twice"]) {
    const [worker] = app.page.workers();
    if (!worker) throw new Error("no worker runs");
    const ended = worker.waitForEvent("close");
    await worker.evaluate(() => {
      self.close();
    });
    await app.page.keyboard.insertText(`and after it ${round} `);
    await ended;
    await anna.isSaved();
  }
  await expect(anna.entry("Visit to SAC")).toBeVisible();

  await app.kill();
  const again = new Expert((await launch({ userDataDir: app.userDataDir })).page);
  await again.openMeeting("Visit to SAC");
  await expect(again.note).toHaveText(/before the end and after it once and after it twice/);
});
