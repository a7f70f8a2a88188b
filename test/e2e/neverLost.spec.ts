import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect, test, type Launch } from "../support/app";
import { Expert } from "../support/expert";
import { findPrecious, writePrecious } from "../support/precious";
import { scribbleOver, storeOf } from "../support/profileFiles";
import { seededRandom } from "../support/seededRandom";

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
