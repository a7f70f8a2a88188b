import { cpSync, readdirSync, renameSync, rmSync, symlinkSync, truncateSync, writeFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, test, type Launch, type RunningApp } from "../support/app";
import { Expert } from "../support/expert";
import { addMeeting, findPrecious, writePrecious } from "../support/precious";
import {
  beginNextSegment,
  keepCopyOf,
  ledgerOf,
  partitionsOf,
  replaceContents,
  scribbleOver,
  segmentsOf,
  storeOf,
} from "../support/profileFiles";
import { seededRandom } from "../support/seededRandom";
import { mountSmallDisk } from "../support/smallDisk";

/** The browser's database, or the ledger beside it, is harmed while the app is closed: nothing that was saved is lost. */

const seed = Number(process.env["QIAO_SEED"] ?? Math.floor(Math.random() * 2 ** 32));

test("a browser database that is gone or damaged is made anew, and the app says so", async ({
  launch,
  temporaryFolder,
}) => {
  test.setTimeout(120_000);
  const userDataDir = temporaryFolder("store");
  await test.step("a notebook with something of every kind", async () => {
    const first = await launch({ userDataDir });
    const anna = new Expert(first.page);
    await anna.begin("Anna Weber");
    await writePrecious(anna);
    await first.close();
  });

  await test.step("left alone it is opened as it is", async () => {
    const app = await launch({ userDataDir });
    await findPrecious(new Expert(app.page));
    expect(await app.page.getByRole("alert").allTextContents()).toEqual([]);
    await app.close();
  });

  await test.step("its database deleted", async () => {
    rmSync(storeOf(userDataDir), { recursive: true });
    await isRebuilt(launch, userDataDir);
  });

  await test.step(`its files overwritten with random bytes (seed ${String(seed)})`, async () => {
    const random = seededRandom(seed);
    for (const file of filesBelow(storeOf(userDataDir))) scribbleOver(file, 0, 1, random);
    await isRebuilt(launch, userDataDir);
  });
});

test("where the browser can make no database, the notebook gets another place", async ({ launch, temporaryFolder }) => {
  test.setTimeout(120_000);
  const userDataDir = temporaryFolder("obstacles");
  const first = await launch({ userDataDir });
  await new Expert(first.page).begin("Anna Weber");
  await addMeeting(new Expert(first.page), "Kept meeting");
  await first.close();

  await test.step("its folder on a disk that is read-only", async () => {
    const disk = await mountSmallDisk(20_000);
    try {
      cpSync(storeOf(userDataDir), disk.folder, { recursive: true });
      rmSync(storeOf(userDataDir), { recursive: true });
      symlinkSync(disk.folder, storeOf(userDataDir));
      await disk.setWritable(false);
      await findsAndSaves(launch, userDataDir, "While it was read-only");
    } finally {
      await disk.dispose();
    }
  });

  await test.step("a file in its place", async () => {
    const [store = ""] = readdirSync(partitionsOf(userDataDir)).filter((name) => name.startsWith("store-"));
    const folder = join(partitionsOf(userDataDir), store, "IndexedDB");
    rmSync(folder, { recursive: true });
    writeFileSync(folder, "in the way");
    await findsAndSaves(launch, userDataDir, "With a file in the way");
  });

  await test.step("a file in the place of all partitions", async () => {
    rmSync(partitionsOf(userDataDir), { recursive: true });
    writeFileSync(partitionsOf(userDataDir), "in the way");
    await findsAndSaves(launch, userDataDir, "With no partitions at all");
  });

  const last = await inLastWindow(await launch({ userDataDir }));
  await last.goTo("meetings");
  await expect(last.entry(/./)).toHaveCount(4);
});

/** Three meetings, each in a segment of the ledger of its own. */
async function writeThreeSegments(launch: Launch, userDataDir: string): Promise<void> {
  for (const [index, title] of threeTitles.entries()) {
    if (index > 0) await beginNextSegment(userDataDir);
    const app = await launch({ userDataDir });
    const anna = new Expert(app.page);
    if (index === 0) await anna.begin("Anna Weber");
    await addMeeting(anna, title);
    await anna.note.click();
    await anna.page.keyboard.insertText(`${title}: 推荐性标准 is a recommended standard.`);
    await anna.isSaved();
    await app.close();
  }
  expect(segmentsOf(userDataDir)).toHaveLength(3);
}

const threeTitles = ["First meeting", "Second meeting", "Third meeting"];
type Segments = readonly [string, string, string];

/** What can happen to the files of a ledger. `lost`: which meetings cannot come back if the store is gone as well. */
const harms: readonly {
  readonly name: string;
  readonly harm: (segments: Segments) => void;
  /** Which notes may be missing then; null: the app must say that nothing is. */
  readonly lost: string | null;
}[] = [
  {
    name: "its last append torn",
    harm: ([, , third]) => truncateSync(third, statSync(third).size - 40),
    // What was not whole on the disk had never been answered as saved, as far as the ledger can tell.
    lost: "Third meeting",
  },
  {
    name: `bytes flipped in an older segment (seed ${String(seed)})`,
    // In the middle of what follows the header, which is there twice.
    harm: ([, second]) => scribbleOver(second, 0.9, 0.92, seededRandom(seed)),
    lost: "Second meeting",
  },
  { name: "a segment missing", harm: ([, second]) => rmSync(second), lost: "Second meeting" },
  { name: "a segment there twice", harm: ([first, second]) => cpSync(first, `${second}-2`), lost: null },
  {
    name: "two segments under each other's name",
    harm: ([first, second]) => {
      renameSync(first, `${first}-x`);
      renameSync(second, first);
      renameSync(`${first}-x`, second);
    },
    lost: null,
  },
];

test("a damaged ledger: what the store has stays, and is safe again", async ({ launch, temporaryFolder }) => {
  test.setTimeout(180_000);
  const userDataDir = temporaryFolder("ledger");
  await writeThreeSegments(launch, userDataDir);
  const putBack = keepCopyOf(userDataDir);
  for (const { name, harm, lost } of harms) {
    await test.step(name, async () => {
      putBack();
      harm(segmentsOf(userDataDir) as unknown as Segments);
      const app = await launch({ userDataDir });
      const anna = new Expert(app.page);
      for (const title of threeTitles) await hasMeeting(anna, title);
      await anna.note.click();
      await anna.page.keyboard.press("Control+End");
      await anna.page.keyboard.insertText(" 之后。");
      await anna.isSaved();
      if (lost !== null) {
        await expect.poll(() => snapshotsOf(userDataDir), "the ledger gets what it has lost").toHaveLength(1);
      }
      await app.close();
    });
  }
});

test("a damaged ledger and no store: all that can be read comes back, and the app says what did not", async ({
  launch,
  temporaryFolder,
}) => {
  test.setTimeout(180_000);
  const userDataDir = temporaryFolder("ledger-alone");
  await writeThreeSegments(launch, userDataDir);
  const putBack = keepCopyOf(userDataDir);
  for (const { name, harm, lost } of harms) {
    await test.step(name, async () => {
      putBack();
      harm(segmentsOf(userDataDir) as unknown as Segments);
      rmSync(storeOf(userDataDir), { recursive: true });
      const app = await launch({ userDataDir });
      const anna = new Expert(app.page);
      const { rebuild } = anna.words.app;
      const said = anna.page.getByRole("alert").filter({ hasText: rebuild.missing });
      const isTorn = lost === "Third meeting";
      await expect(said).toContainText(lost === null || isTorn ? rebuild.whole : /Something is missing: about \d+ KB/);
      for (const title of threeTitles.filter((each) => each !== lost)) await hasMeeting(anna, title);
      await app.close();
    });
  }
});

test("an older copy of the ledger put back: what the store has stays, and is in the ledger afterwards", async ({
  launch,
  temporaryFolder,
}) => {
  const userDataDir = temporaryFolder("older");
  const first = await launch({ userDataDir });
  await new Expert(first.page).begin("Anna Weber");
  await addMeeting(new Expert(first.page), "In the older copy");
  await first.close();
  const copy = `${userDataDir}.older`;
  cpSync(ledgerOf(userDataDir), copy, { recursive: true });
  const second = await launch({ userDataDir });
  await writePrecious(new Expert(second.page));
  await second.close();

  replaceContents(ledgerOf(userDataDir), copy);
  rmSync(copy, { recursive: true });
  const third = await launch({ userDataDir });
  await hasMeeting(new Expert(third.page), "In the older copy", { withNote: false });
  await findPrecious(new Expert(third.page));
  await expect.poll(() => snapshotsOf(userDataDir), "the ledger gets what it has lost").toHaveLength(1);
  await third.close();

  rmSync(storeOf(userDataDir), { recursive: true });
  await isRebuilt(launch, userDataDir);
});

test("a clock that was set back a year loses nothing, and the history stays in order", async ({
  launch,
  temporaryFolder,
}) => {
  const userDataDir = temporaryFolder("clock");
  const first = await launch({ userDataDir });
  const anna = new Expert(first.page);
  const { meetings } = anna.words;
  await anna.begin("Anna Weber");
  await addMeeting(anna, "Before");
  await anna.field(meetings.field.place).fill("Beijing");
  await anna.note.click();
  await anna.page.keyboard.insertText("written before. ");
  await anna.isSaved();
  await first.close();

  const second = await launch({ userDataDir });
  await setClocksBack(second);
  const later = new Expert(second.page);
  await later.openMeeting("Before");
  await later.field(meetings.field.place).fill("Brussels");
  await later.note.click();
  await later.page.keyboard.press("Control+End");
  await later.page.keyboard.insertText("written a year earlier.");
  await later.isSaved();
  await addMeeting(later, "After");
  await second.close();

  rmSync(storeOf(userDataDir), { recursive: true });
  const third = new Expert((await launch({ userDataDir })).page);
  await third.openMeeting("After");
  await third.openMeeting("Before");
  await expect(third.field(meetings.field.place)).toHaveValue("Brussels");
  await expect(third.note).toContainText("written before. written a year earlier.");
  await third.page.getByRole("button", { name: "History" }).click();
  const versions = third.page.getByRole("listbox", { name: "Versions" }).getByRole("option");
  await expect(versions.last()).toContainText(third.words.history.what.created);
  const texts = (await versions.allTextContents()).join("\n");
  expect(texts, "what was done last is first, whatever the clock said").toMatch(/Brussels[^]*Beijing/);
});

function snapshotsOf(userDataDir: string): string[] {
  return readdirSync(ledgerOf(userDataDir)).filter((name) => /^snapshot-\d+$/.test(name));
}

/** All clocks of a running app are a year behind from now on. */
async function setClocksBack({ app, page }: RunningApp): Promise<void> {
  const setBack = (): void => {
    const real = Date;
    const year = 365 * 24 * 3_600_000;
    class EarlierDate extends real {
      constructor(...given: unknown[]) {
        super(...((given.length === 0 ? [real.now() - year] : given) as [number]));
      }
      static override now(): number {
        return real.now() - year;
      }
    }
    globalThis.Date = EarlierDate as DateConstructor;
  };
  await app.evaluate(setBack);
  await page.evaluate(setBack);
  for (const worker of page.workers()) await worker.evaluate(setBack);
}

async function hasMeeting(anna: Expert, title: string, { withNote = true } = {}): Promise<void> {
  await anna.openMeeting(title);
  await expect(anna.entry(title)).toHaveCount(1);
  if (withNote) await expect(anna.note).toContainText(`${title}: 推荐性标准 is a recommended standard.`);
}

/** In front of the window that takes the place of one whose store could not be made; its notebook is open. */
async function inLastWindow({ app, page }: RunningApp): Promise<Expert> {
  let anna = new Expert(page);
  await expect(async () => {
    anna = new Expert(app.windows().at(-1) ?? page);
    await expect(anna.status).toHaveText(anna.words.app.sync.notConnected, { timeout: 1_000 });
  }).toPass({ timeout: 40_000 });
  return anna;
}

/** What was there is there, and something new is saved and survives a kill. */
async function findsAndSaves(launch: Launch, userDataDir: string, title: string): Promise<void> {
  const app = await launch({ userDataDir });
  const anna = await inLastWindow(app);
  await hasMeeting(anna, "Kept meeting", { withNote: false });
  await addMeeting(anna, title);
  await app.kill();
}

async function isRebuilt(launch: Launch, userDataDir: string): Promise<void> {
  const app = await launch({ userDataDir });
  const anna = new Expert(app.page);
  const { rebuild } = anna.words.app;
  // Chromium itself may have thrown away what it could not read, so that it is missing.
  const said = anna.page.getByText(rebuild.missing).or(anna.page.getByText(rebuild.damaged));
  await expect(said).toContainText(rebuild.whole);
  await findPrecious(anna);
  await app.close();
}

/** Paths of all files in a folder, at any depth. */
function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
