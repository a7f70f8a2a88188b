import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { expect, test, type RunningApp } from "../support/app";
import { Expert } from "../support/expert";
import { startSyncServer } from "../support/syncServer";

/** What main was told to open in the system's own program, noted instead of done. */
async function noteOpenedPaths({ app }: RunningApp): Promise<() => Promise<readonly string[]>> {
  await app.evaluate(({ shell }) => {
    const opened: string[] = [];
    Reflect.set(globalThis, "qiaoTestOpened", opened);
    shell.openPath = (path) => {
      opened.push(path);
      return Promise.resolve("");
    };
  });
  return () => app.evaluate(() => Reflect.get(globalThis, "qiaoTestOpened") as string[]);
}

test("About opens the data folder and Chromium's licences, and lists what is bundled with its texts", async ({
  launch,
}) => {
  const running = await launch();
  const anna = new Expert(running.page);
  await anna.begin("Anna Weber");
  await anna.goTo("settings");
  const openedPaths = await noteOpenedPaths(running);

  await anna.button("Open folder").click();
  await anna.button("Parts of Chromium").click();
  await expect.poll(openedPaths).toHaveLength(2);
  const [folder, licences] = await openedPaths();
  expect(folder).toBe(running.userDataDir);
  expect(licences).toMatch(/LICENSES\.chromium\.html$/);
  expect(existsSync(licences ?? "")).toBe(true);

  await anna.button("Packages and their licences").click();
  const list = running.page.getByRole("list", { name: "Packages and their licences" });
  // One package of each part: main, page, what it loads later, worker.
  for (const name of ["zod", "react-dom", "@codemirror/view", "rxdb"]) {
    await anna.filter(name);
    await expect(list.getByText(name, { exact: true })).toBeVisible();
  }
  await list.getByText("rxdb", { exact: true }).click();
  await expect(list.getByText(/Apache License/).first()).toBeVisible();
});

test("the report of a problem holds nothing that was written, and no secret", async ({ launch }) => {
  const server = await startSyncServer({ memory: true, user: "zhaoxiaoli", database: "geheimes-notizbuch" });
  try {
    const running = await launch();
    const anna = new Expert(running.page);
    await anna.begin("Anna Weber");

    await test.step("things are written, and exchanged after a wrong password", async () => {
      const { contacts, meetings } = anna.words;
      await anna.goTo("contacts");
      await anna.button(contacts.newContact).click();
      await anna.field(contacts.field.nameZh).fill("单磊");
      await anna.field(contacts.field.email).fill("shan.lei@example.cn");
      await anna.isSaved();
      await anna.goTo("meetings");
      await anna.button(meetings.newMeeting).click();
      await anna.field(meetings.field.title).fill("Confidential bilateral");
      await anna.note.click();
      await running.page.keyboard.insertText("推荐性标准 stays between us.");
      await anna.isSaved();
      await anna.connect({ ...server, password: "falsches-kennwort" });
      await expect(running.page.getByText(anna.words.settings.failure.password)).toBeVisible();
      await anna.connect(server);
      await anna.keepPasswordUntilClose();
      await anna.isSynced();
    });
    await test.step("a record that cannot be read is set aside, and errors happen in main", async () => {
      const { status } = await server.admin("POST", `${server.database}/_bulk_docs`, {
        docs: [{ _id: "contact:bad", type: "contact", secret: "wei-lai-hologram" }],
      });
      expect(status).toBe(201);
      await anna.syncNow();
      await anna.isSynced();
      await running.app.evaluate((_electron, text) => {
        process.emit("uncaughtException", new Error(text));
        process.emit("unhandledRejection", text, Promise.resolve());
      }, `${server.password} 单磊 ${homedir()}`);
      await expect.poll(() => running.problems().length).toBeGreaterThanOrEqual(2);
      running.expectProblems(/uncaught exception/, /unhandled rejection/);
    });

    await running.app.evaluate(({ clipboard }) => clipboard.writeText(""));
    await anna.goTo("settings");
    await anna.button("Copy report").click();
    const copied = (): Promise<string> => running.app.evaluate(({ clipboard }) => clipboard.readText());
    await expect.poll(copied).toContain("Log of the program:");
    const report = await copied();

    expect(report, "what happened is there").toContain("uncaught exception");
    expect(report, "the notebook answered").not.toContain("no answer");
    const secrets = {
      name: "Weber",
      contact: "单磊",
      pinyin: "Shàn",
      email: "shan.lei",
      title: "Confidential",
      note: "推荐性标准",
      foreign: "hologram",
      address: server.address,
      port: `:${String(server.port)}`,
      database: server.database,
      user: server.user,
      password: server.password,
      wrongPassword: "falsches",
      home: homedir(),
      folder: running.userDataDir,
    };
    const found = Object.entries(secrets).filter(([, secret]) => report.includes(secret));
    expect(found, report).toEqual([]);
  } finally {
    await server.dispose();
  }
});
