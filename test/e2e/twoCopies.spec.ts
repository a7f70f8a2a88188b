import { spawn } from "node:child_process";
import { cpSync, rmSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "../support/app";
import { Expert } from "../support/expert";
import { startFaultProxy, type FaultProxy } from "../support/faultProxy";
import { addMeeting, findPrecious, writePrecious } from "../support/precious";
import { storeOf } from "../support/profileFiles";
import { environmentFor, isRoot, switchesFor } from "../support/program";
import { startSyncServer, type SyncServer } from "../support/syncServer";

/** Far more than an exchange takes. */
const soon = { timeout: 20_000 };

test("a second start on the same folder says so and ends, and the first window comes to the front", async ({
  launch,
  temporaryFolder,
}) => {
  const userDataDir = temporaryFolder("one");
  const { app, page } = await launch({ userDataDir });
  const anna = new Expert(page);
  await anna.begin("Anna Weber");
  await app.evaluate(({ BrowserWindow }) => {
    for (const window of BrowserWindow.getAllWindows()) window.hide();
  });
  const isVisible = (): Promise<boolean> =>
    app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().every((window) => window.isVisible()));
  expect(await isVisible()).toBe(false);

  const second = spawn(
    process.env["QIAO_ELECTRON"] ?? "",
    [...(isRoot ? ["--no-sandbox"] : []), resolve(import.meta.dirname, "..", ".."), ...switchesFor({}, userDataDir)],
    { env: environmentFor({}), stdio: ["ignore", "ignore", "pipe"] },
  );
  let said = "";
  second.stderr.setEncoding("utf8").on("data", (text: string) => (said += text));
  const code = await new Promise((ended) => second.once("close", ended));
  expect(code).toBe(0);
  expect(said).toContain("Qiao is already open with this data folder");

  await expect.poll(isVisible).toBe(true);
  await addMeeting(anna, "Written afterwards");
});

/** A notebook with something of every kind, synced with a server through a proxy that sees every request. */
async function syncedNotebook(page: Expert["page"], server: SyncServer, proxy: FaultProxy): Promise<void> {
  const anna = new Expert(page);
  await anna.begin("Anna Weber");
  await writePrecious(anna);
  await anna.connect({ ...server, address: proxy.address });
  await anna.button(anna.words.settings.keychain.plain).click();
  await anna.isSynced();
  await allPushed(server, 5);
}

/** Until the server has at least so many documents, and no more come. */
async function allPushed(server: SyncServer, atLeast: number): Promise<void> {
  let before = -1;
  await expect
    .poll(
      async () => {
        const now = await sequence(server);
        const isCalm = now.documents >= atLeast && now.documents === before;
        before = now.documents;
        return isCalm;
      },
      { ...soon, intervals: [1_500] },
    )
    .toBe(true);
}

async function sequence(server: SyncServer): Promise<{ readonly documents: number; readonly seq: unknown }> {
  const { body } = await server.admin("GET", server.database);
  const { doc_count: documents, update_seq: seq } = body as { doc_count: number; update_seq: unknown };
  return { documents, seq };
}

/** The computers that have told the server of themselves. */
function devices({ seen }: FaultProxy): readonly string[] {
  const found = seen.flatMap(({ method, url }) =>
    method === "PUT" ? (/_local(?:\/|%2F)qiao-([\w-]+)/.exec(url)?.[1] ?? []) : [],
  );
  return [...new Set(found)];
}

test("a rebuilt database knows what was synced: nothing is sent or fetched again", async ({
  launch,
  temporaryFolder,
}) => {
  test.setTimeout(90_000);
  const server = await startSyncServer();
  const proxy = await startFaultProxy(server.address);
  try {
    const userDataDir = temporaryFolder("synced");
    const first = await launch({ userDataDir });
    await syncedNotebook(first.page, server, proxy);
    await first.close();
    const before = await sequence(server);
    rmSync(storeOf(userDataDir), { recursive: true });
    proxy.seen.length = 0;

    const second = await launch({ userDataDir });
    const anna = new Expert(second.page);
    await anna.isSynced();
    await expect(anna.page.getByText(anna.words.app.rebuild.whole)).toBeVisible();
    await findPrecious(anna);
    expect(await sequence(server)).toEqual(before);
    const asked = proxy.seen.map(({ method, url }) => `${method} ${url}`);
    expect(asked.filter((request) => /_bulk_docs|_all_docs/.test(request))).toEqual([]);
    const feeds = asked.filter((request) => request.includes("_changes"));
    expect(feeds).not.toEqual([]);
    expect(
      feeds.filter((request) => !/[?&]since=[^0&]/.test(request)),
      "the feed goes on where it was",
    ).toEqual([]);
    await second.close();
  } finally {
    await proxy.close();
    await server.dispose();
  }
});

test("a copied folder is another computer: both go on syncing, and nothing is doubled", async ({
  launch,
  temporaryFolder,
}) => {
  test.setTimeout(120_000);
  const server = await startSyncServer();
  const proxy = await startFaultProxy(server.address);
  try {
    const original = temporaryFolder("original");
    const first = await launch({ userDataDir: original });
    await syncedNotebook(first.page, server, proxy);
    await first.close();
    expect(devices(proxy)).toHaveLength(1);
    const { documents } = await sequence(server);
    const copy = temporaryFolder("copy");
    cpSync(original, copy, { recursive: true, preserveTimestamps: true });

    await test.step("the copy tells the server of itself, and sends what is written there", async () => {
      const app = await launch({ userDataDir: copy });
      const anna = new Expert(app.page);
      await anna.isSynced();
      await findPrecious(anna);
      await addMeeting(anna, "From the copy");
      await expect.poll(async () => (await sequence(server)).documents, soon).toBe(documents + 1);
      await expect.poll(() => devices(proxy).length, soon).toBe(2);
      await app.close();
    });

    await test.step("the original gets it once, keeps its own name, and goes on", async () => {
      const app = await launch({ userDataDir: original });
      const anna = new Expert(app.page);
      await anna.goTo("meetings");
      await expect(anna.entry("From the copy")).toBeVisible(soon);
      await findPrecious(anna);
      const { common, history, settings } = anna.words;
      await anna.openMeeting("From the copy");
      await anna.button(common.history).click();
      await expect(app.page.getByRole("dialog").getByRole("option").first()).toContainText("Computer 2");
      await expect(app.page.getByRole("dialog").getByText(history.computer.here)).toHaveCount(0);
      await app.page.keyboard.press("Escape");
      await anna.goTo("settings");
      const others = app.page.getByRole("group", { name: settings.identity.otherComputers });
      await expect(others.getByRole("textbox", { name: "Computer 2" })).toBeVisible();
      await addMeeting(anna, "From the original");
      await expect.poll(async () => (await sequence(server)).documents, soon).toBe(documents + 2);
      await app.close();
      expect(devices(proxy)).toHaveLength(2);
    });

    await test.step("and so does the copy, as the same computer as before", async () => {
      const app = await launch({ userDataDir: copy });
      const anna = new Expert(app.page);
      await anna.goTo("meetings");
      await expect(anna.entry("From the original")).toBeVisible(soon);
      await expect(anna.entry(/./)).toHaveCount(3);
      await app.close();
      expect(devices(proxy)).toHaveLength(2);
    });
  } finally {
    await proxy.close();
    await server.dispose();
  }
});
