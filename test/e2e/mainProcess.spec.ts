import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import type { AppInfo } from "../../src-main/shared/ipc";
import type {} from "../../src-renderer/platform/bridge";
import { expect, test } from "../support/app";
import { answerJson, startScriptedServer } from "../support/scriptedServer";

const invoke = (page: Page, channel: string, args: unknown): Promise<unknown> =>
  page.evaluate(
    ([name, value]) => {
      if (!window.qiao) throw new Error("the page has no bridge");
      return window.qiao.invoke(name, value);
    },
    [channel, args] as const satisfies readonly [string, unknown],
  );

test("corrupt settings and a corrupt connection are put aside, and the app starts and says so", async ({
  launch,
  temporaryFolder,
}) => {
  const userDataDir = temporaryFolder("corrupt");
  writeFileSync(join(userDataDir, "settings.json"), "{oops");
  writeFileSync(join(userDataDir, "connection.json"), "[]");
  const { page } = await launch({ userDataDir });
  const { notices } = (await invoke(page, "app:info", {})) as AppInfo;
  expect(notices.map(({ keptAs }) => keptAs.replace(/-.*/, ""))).toEqual(["settings.corrupt", "connection.corrupt"]);
  expect(await invoke(page, "sync:connection", {})).toBeNull();
});

test("arguments and channels that the contract does not know are refused", async ({ launch }) => {
  const { page } = await launch();
  await expect(invoke(page, "settings:change", { language: "fr" })).rejects.toThrow("bad arguments");
  await expect(invoke(page, "link:open", { url: "file:///etc/passwd" })).rejects.toThrow("only http");
  await expect(invoke(page, "no:such", {})).rejects.toThrow("no such channel");
});

test("a window whose process died shows the page again by itself", async ({ launch }) => {
  const { app, killRenderer } = await launch();
  await killRenderer();
  const title = (): Promise<string> =>
    app.evaluate(async ({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents;
      if (!contents || contents.isCrashed() || contents.isLoading()) return "";
      return String(await contents.executeJavaScript("document.title"));
    });
  await expect.poll(title).toMatch(/Qiao/);
});

test("the server is reached by Chromium, with no session of its own, and no redirect is followed", async ({
  launch,
}) => {
  let redirects = false;
  const server = await startScriptedServer((asked, response) => {
    if (asked.url === "/_session") {
      answerJson(response, 200, { ok: true }, { "set-cookie": "AuthSession=c1; Max-Age=600; Path=/; HttpOnly" });
    } else if (redirects) {
      response.writeHead(302, { location: "/elsewhere" });
      response.end();
    } else answerJson(response, 200, { db_name: "notebook" }, { "cache-control": "max-age=600" });
  });
  try {
    const { page } = await launch({ keychain: false });
    const connection = {
      address: server.address,
      database: "notebook",
      user: "wei",
      password: "pw",
      passwordStorage: "keychain",
    };
    expect(await invoke(page, "sync:connect", connection)).toEqual({ ok: false, failure: { kind: "no-keychain" } });
    expect(await invoke(page, "sync:connection", {})).toBeNull();
    const kept = { address: server.address, database: "notebook", user: "wei" };
    expect(await invoke(page, "sync:connect", { ...connection, passwordStorage: "memory" })).toEqual({
      ok: true,
      value: kept,
    });
    expect(await invoke(page, "sync:connection", {})).toEqual({ ...kept, passwordStorage: "memory" });
    const logins = server.asked.filter(({ url }) => url === "/_session");
    expect(logins.map(({ cookie }) => cookie)).toEqual([undefined, undefined]);
    expect(server.asked.find(({ url }) => url === "/notebook")?.cookie).toBe("AuthSession=c1");
    redirects = true;
    expect(await invoke(page, "sync:connect", { ...connection, passwordStorage: "memory" })).toEqual({
      ok: false,
      failure: { kind: "not-couchdb", status: 302 },
    });
    expect(server.asked.filter(({ url }) => url === "/elsewhere")).toEqual([]);
    await invoke(page, "sync:disconnect", {});
    expect(await invoke(page, "sync:connection", {})).toBeNull();
  } finally {
    await server.dispose();
  }
});
