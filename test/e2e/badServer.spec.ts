import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "../support/app";
import { Expert } from "../support/expert";
import { startSyncServer, type SyncServer } from "../support/syncServer";

const by = { author: "author:019f0000-0000-7000-8000-000000000001", device: "a colleague's laptop" };
const at = "2026-11-20T01:00:00.000Z";
const envelope = { v: 1, createdAt: at, createdBy: by, updatedAt: at, updatedBy: by, visibility: "project" };

/** What other programs and other versions may put beside good records; each must leave the good ones alone. */
const documents = {
  good: { ...envelope, _id: "contact:good", type: "contact", data: { nameZh: "单磊", nameLatin: "Shan Lei" } },
  alsoGood: { ...envelope, _id: "meeting:good", type: "meeting", data: { title: "Working group" } },
  wrongData: { ...envelope, _id: "contact:bad", type: "contact", data: { nameZh: ["not", "a", "text"] } },
  noRecord: { _id: "meeting:bad", hello: "from a stranger" },
  newer: {
    ...envelope,
    _id: "contact:newer",
    type: "contact",
    v: 99,
    data: { nameZh: "未来", nameLatin: "Mirai", hologram: { big: 1.5, list: [null, "𠮷"] } },
  },
  unknownType: { ...envelope, _id: "robot:1", type: "robot", data: { arms: 4, mood: "好" } },
};

test("what is no server, no database or no password is named in words, and what was typed stays", async ({
  launch,
}) => {
  const [server, website] = await Promise.all([startSyncServer({ memory: true }), startWebsite()]);
  try {
    const running = await launch({ language: "zh-CN" });
    const bing = new Expert(running.page, "zh-CN");
    await bing.begin("李冰");
    const { failure, sync } = bing.words.settings;

    await test.step("an address that is none, a closed port, a website", async () => {
      await refuses(bing, { ...server, address: "https://三里河路 9 号" }, failure.badAddress);
      await refuses(bing, { ...server, address: `http://127.0.0.1:${await closedPort()}` }, /^无法连接服务器（.+）。/);
      await refuses(bing, { ...server, address: website.address }, failure.notCouchdb.replace("{{status}}", "200"));
    });
    await test.step("a database that does not exist, a name that is none, a wrong password", async () => {
      await refuses(bing, { ...server, database: "nowhere" }, failure.noSuchDatabase);
      await refuses(bing, { ...server, database: "No Name!" }, failure.badDatabaseName);
      await refuses(bing, { ...server, password: "wrong" }, failure.password);
    });
    await test.step("fields left empty", () => refuses(bing, { ...server, user: " " }, sync.incomplete));
    await test.step("the same message reads in English after switching", async () => {
      await refuses(bing, { ...server, database: "nowhere" }, failure.noSuchDatabase);
      await running.page.getByRole("radio", { name: "English" }).check({ force: true });
      const english = new Expert(running.page).words.settings;
      await expect(running.page.getByText(english.failure.noSuchDatabase, { exact: true })).toBeVisible();
      await expect(new Expert(running.page).field(english.sync.database)).toHaveValue("nowhere");
    });
    await test.step("corrected, it connects", async () => {
      const anna = new Expert(running.page);
      await anna.connect(server);
      await anna.keepPasswordUntilClose();
      await anna.isSynced();
    });
  } finally {
    await Promise.all([server.dispose(), website.dispose()]);
  }
});

test("bad documents and those of a newer version among good ones harm nothing", async ({ launch }) => {
  const server = await startSyncServer();
  try {
    for (const document of Object.values(documents)) await put(server, document);
    const before = await stored(server);
    const running = await launch();
    const anna = new Expert(running.page);
    const { common, contacts, syncDetails } = anna.words;
    await anna.begin("Anna Weber");
    await anna.connect(server);
    await anna.keepPasswordUntilClose();
    await anna.isSynced();

    await test.step("the good ones arrive", async () => {
      await anna.openContact("单磊");
      await expect(anna.field(contacts.field.nameLatin)).toHaveValue("Shan Lei");
      await anna.openMeeting("Working group");
    });
    await test.step("the bad ones are listed as set aside, and only they", async () => {
      await anna.goTo("settings");
      await expect(anna.page.getByRole("heading", { name: syncDetails.setAside.title })).toBeVisible();
      await expect(anna.page.getByText(syncDetails.setAside.text_other.replace(/\{\{count.*?\}\}/, "2"))).toBeVisible();
      for (const id of ["contact:bad", "meeting:bad"]) {
        const entry = anna.page.getByRole("listitem").filter({ hasText: id });
        await expect(entry).toContainText(syncDetails.setAside.unreadable);
      }
    });
    await test.step("the newer one can be read, and says that it cannot be changed here", async () => {
      await anna.openContact("未来");
      await expect(anna.page.getByText(common.newer, { exact: true })).toBeVisible();
      await expect(anna.field(contacts.field.nameLatin)).toHaveValue("Mirai");
      await expect(anna.field(contacts.field.nameLatin)).not.toBeEditable();
    });
    await test.step("other records sync, also after a restart, and all of these are as they were", async () => {
      await anna.openContact("单磊");
      await anna.field(contacts.field.jobTitle).fill("处长");
      await anna.isSaved();
      await arrived(server, "处长");
      await running.kill();
      const again = new Expert((await launch({ userDataDir: running.userDataDir })).page);
      await again.connect(server);
      await again.keepPasswordUntilClose();
      await again.isSynced();
      await again.openContact("单磊");
      await again.field(contacts.field.jobTitle).fill("司长");
      await again.isSaved();
      await arrived(server, "司长");
      expect(await stored(server)).toEqual(before);
      await test.step("one that is put right leaves the list and arrives", () => repair(again, server));
    });
  } finally {
    await server.dispose();
  }
});

/** Tries to connect and reads why not; everything typed is still in the fields. */
async function refuses(
  expert: Expert,
  credentials: Pick<SyncServer, "address" | "database" | "user" | "password">,
  message: string | RegExp,
): Promise<void> {
  const { sync } = expert.words.settings;
  await expert.connect(credentials);
  await expect(expert.page.getByRole("alert").filter({ hasText: message })).toBeVisible();
  await expect(expert.field(sync.address)).toHaveValue(credentials.address);
  await expect(expert.field(sync.database)).toHaveValue(credentials.database);
  await expect(expert.field(sync.user)).toHaveValue(credentials.user);
  await expect(expert.page.getByLabel(sync.password, { exact: true })).toHaveValue(credentials.password);
  await expect(expert.status).toHaveText(expert.words.app.sync.notConnected);
}

async function put(server: SyncServer, document: { readonly _id: string }): Promise<void> {
  const answer = await server.admin("PUT", `${server.database}/${encodeURIComponent(document._id)}`, document);
  expect(answer.status).toBe(201);
}

/** The documents that this version must not touch, with their revisions. */
async function stored(server: SyncServer): Promise<unknown[]> {
  const { wrongData, noRecord, newer, unknownType } = documents;
  return Promise.all(
    [wrongData, noRecord, newer, unknownType].map(async (document) => {
      const answer = await server.admin("GET", `${server.database}/${encodeURIComponent(document._id)}`);
      expect(answer.body).toMatchObject(document);
      return answer.body;
    }),
  );
}

async function arrived(server: SyncServer, jobTitle: string): Promise<void> {
  const document = async (): Promise<string> =>
    JSON.stringify((await server.admin("GET", `${server.database}/contact%3Agood`)).body);
  await expect.poll(document, { timeout: 20_000 }).toContain(jobTitle);
}

async function repair(anna: Expert, server: SyncServer): Promise<void> {
  const { _rev } = (await stored(server))[0] as { _rev: string };
  await put(server, { ...documents.wrongData, _rev, data: { nameZh: "已修好" } } as { _id: string });
  await anna.goTo("contacts");
  await expect(anna.entry("已修好")).toBeVisible({ timeout: 20_000 });
  await anna.goTo("settings");
  await expect(anna.page.getByRole("listitem").filter({ hasText: "meeting:bad" })).toBeVisible();
  await expect(anna.page.getByRole("listitem").filter({ hasText: "contact:bad" })).toBeHidden();
}

interface Website {
  readonly address: string;
  dispose(): Promise<void>;
}

/** A hotel's sign-in page: HTML with status 200 for whatever is asked. */
async function startWebsite(): Promise<Website> {
  const server = await listening(
    createServer((request, response) => {
      request.resume();
      response.writeHead(200, { "content-type": "text/html; charset=utf-8" });
      response.end("<!doctype html><title>Welcome</title><p>Please sign in.");
    }),
  );
  return {
    address: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    dispose: () => closed(server),
  };
}

async function closedPort(): Promise<number> {
  const server = await listening(createServer());
  const { port } = server.address() as AddressInfo;
  await closed(server);
  return port;
}

function listening(server: Server): Promise<Server> {
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
