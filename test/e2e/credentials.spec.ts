import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, test, type RunningApp } from "../support/app";
import { Expert } from "../support/expert";
import { startScriptedServer } from "../support/scriptedServer";
import { startSyncServer, type SyncServer } from "../support/syncServer";

let server: SyncServer;
test.beforeAll(async () => {
  server = await startSyncServer({ memory: true });
});
test.afterAll(() => server.dispose());

test("with a keychain the password is sealed, and the next start syncs by itself", async ({ launch }) => {
  const first = await launch({ keychain: true });
  const anna = await begun(first);
  await anna.connect(server);
  await anna.isSynced();
  await expect(anna.page.getByText(anna.words.settings.sync.storedInKeychain)).toBeVisible();
  await first.close();
  expect(filesWith(first.userDataDir, server.password)).toEqual([]);
  expect(readFileSync(join(first.userDataDir, "connection.json"), "utf8")).toContain('"password"');

  const again = await launch({ keychain: true, userDataDir: first.userDataDir });
  await new Expert(again.page).isSynced();
  const made = await again.page.evaluate(() => window.qiao?.invoke("keys:make-kit", {}));
  const { words } = (made as { readonly value: { readonly words: string } }).value;
  await again.close();

  // The folder alone, as on another computer: the keychain opens neither the notebook nor the password any more.
  const elsewhere = await launch({ keychain: false, userDataDir: first.userDataDir });
  await expect(elsewhere.page.getByRole("heading", { name: anna.words.protection.sealed.title })).toBeVisible();
  await elsewhere.page.evaluate(
    (words) => window.qiao?.invoke("keys:recover", { words, passphrase: "rain on a tin roof" }),
    words,
  );
  await expect(new Expert(elsewhere.page).status).toHaveText(anna.words.app.syncFailure.missing);
});

test("without a keychain nothing is stored unasked; stored unprotected, the next start syncs by itself", async ({
  launch,
}) => {
  const first = await launch({ keychain: false });
  const anna = await begun(first);
  const { keychain } = anna.words.settings;
  const question = anna.page.getByRole("group", { name: keychain.title });
  await anna.connect(server);
  await expect(question).toBeVisible();
  await question.getByRole("button", { name: anna.words.common.cancel }).click();
  await expect(question).toBeHidden();
  await expect(anna.status).toHaveText(anna.words.app.sync.notConnected);
  expect(existsSync(join(first.userDataDir, "connection.json"))).toBe(false);
  expect(filesWith(first.userDataDir, server.password)).toEqual([]);

  await anna.button(anna.words.settings.sync.connect).click();
  await anna.button(keychain.plain).click();
  await anna.isSynced();
  await first.close();
  expect(filesWith(first.userDataDir, server.password)).toEqual(["connection.json"]);
  expect(statSync(join(first.userDataDir, "connection.json")).mode & 0o077).toBe(0);

  const again = await launch({ keychain: false, userDataDir: first.userDataDir });
  await new Expert(again.page).isSynced();
});

test("kept until Qiao closes, the password is needed again; nothing is sent and work goes on until it is there", async ({
  launch,
}) => {
  const first = await launch({ keychain: false });
  const anna = await begun(first);
  await anna.connect(server);
  await anna.keepPasswordUntilClose();
  await anna.isSynced();
  await first.close();
  expect(filesWith(first.userDataDir, server.password)).toEqual([]);

  const silent = await launch({ keychain: false, userDataDir: first.userDataDir, netLog: true });
  const again = new Expert(silent.page);
  const { settings, contacts } = again.words;
  await expect(again.status).toHaveText(again.words.app.syncFailure.missing);
  await again.goTo("contacts");
  await again.button(contacts.newContact).click();
  await again.field(contacts.field.nameZh).fill("单磊");
  await again.isSaved();
  await expect(again.page.getByRole("contentinfo").getByText("1 waiting")).toBeVisible();
  await silent.close();
  expect(silent.networkUse().requests.filter(({ url }) => url.startsWith(server.address))).toEqual([]);

  const last = await launch({ keychain: false, userDataDir: first.userDataDir });
  const bing = new Expert(last.page);
  await expect(bing.status).toHaveText(bing.words.app.syncFailure.missing);
  await bing.goTo("settings");
  await expect(bing.field(settings.sync.address)).toHaveValue(server.address);
  await expect(bing.field(settings.sync.database)).toHaveValue(server.database);
  await expect(bing.field(settings.sync.user)).toHaveValue(server.user);
  const password = bing.page.getByLabel(settings.sync.password, { exact: true });
  await expect(password).toHaveValue("");
  await expect(password).toBeFocused();
  await bing.page.keyboard.insertText(server.password);
  await bing.page.keyboard.press("Enter");
  await bing.keepPasswordUntilClose();
  await bing.isSynced();
});

test("a wrong password is said, and the right one connects at once; after Disconnect nothing is connected", async ({
  launch,
}) => {
  const anna = await begun(await launch({ keychain: false }));
  const { settings, app } = anna.words;
  await anna.connect({ ...server, password: "wrong" });
  await expect(anna.page.getByRole("alert")).toHaveText(settings.failure.password);
  await expect(anna.page.getByLabel(settings.sync.password, { exact: true })).toBeFocused();
  await expect(anna.status).toHaveText(app.sync.notConnected);
  await anna.connect(server);
  await anna.keepPasswordUntilClose();
  await anna.isSynced();
  await anna.button(settings.sync.disconnect).click();
  await expect(anna.status).toHaveText(app.sync.notConnected);
  await expect(anna.page.getByText(settings.sync.disconnected)).toBeVisible();
});

test("Cancel ends an attempt at the server too, and nothing is kept", async ({ launch }) => {
  let isClosed = false;
  const silent = await startScriptedServer((_asked, response) => {
    response.on("close", () => (isClosed = true));
  });
  try {
    const running = await launch({ keychain: false });
    const anna = await begun(running);
    const { settings, common, app } = anna.words;
    await anna.connect({ ...server, address: silent.address });
    await expect(anna.button(settings.sync.connecting)).toBeDisabled();
    await expect.poll(() => silent.asked.length).toBe(1);
    await anna.button(common.cancel).click();
    await expect(anna.button(settings.sync.connect)).toBeEnabled();
    await expect.poll(() => isClosed).toBe(true);
    await expect(anna.status).toHaveText(app.sync.notConnected);
    expect(existsSync(join(running.userDataDir, "connection.json"))).toBe(false);
  } finally {
    await silent.dispose();
  }
});

test("one line in the window is the status, in every section, and none is before the notebook begins", async ({
  launch,
}) => {
  const { page } = await launch();
  const anna = new Expert(page);
  await expect(anna.button(anna.words.protection.first.without)).toBeVisible();
  await expect(page.getByRole("status")).toHaveCount(0);
  await anna.answerFirstQuestions();
  await expect(anna.button(anna.words.firstRun.start)).toBeVisible();
  await expect(page.getByRole("status")).toHaveCount(0);
  await anna.begin("Anna Weber");
  for (const section of ["meetings", "contacts", "organisations", "settings"] as const) {
    await anna.goTo(section);
    await expect(page.getByRole("status"), section).toHaveCount(1);
  }
});

async function begun({ page }: RunningApp): Promise<Expert> {
  const expert = new Expert(page);
  await expert.begin("Anna Weber");
  return expert;
}

/** Files of a folder, by their paths inside it, that hold a text in any of the ways that programs write it. */
function filesWith(folder: string, text: string): string[] {
  const ways = [Buffer.from(text), Buffer.from(text, "utf16le"), Buffer.from(Buffer.from(text).toString("base64"))];
  return readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => {
    const file = join(folder, name);
    if (!statSync(file, { throwIfNoEntry: false })?.isFile()) return false;
    const content = readFileSync(file);
    return ways.some((way) => content.includes(way));
  });
}
