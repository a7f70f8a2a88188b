// @vitest-environment happy-dom
import { screen, waitFor, within } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { AppInfo } from "../../../src-main/shared/ipc";
import type { Language } from "../../../src-main/shared/settings";
import type { SyncStatus } from "../../../src-renderer/domain/syncStatus";
import { AboutSettings } from "../../../src-renderer/features/settings/AboutSettings";
import { DataSettings } from "../../../src-renderer/features/settings/DataSettings";
import { problemReport, type ReportParts } from "../../../src-renderer/features/settings/problemReport";
import { MainContext, type MainClient } from "../../../src-renderer/platform/bridge";
import { createFakeNotebook } from "../../support/fakeNotebook";
import { cleanup, renderScreen, type Screen } from "../../support/renderScreen";

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const info: AppInfo = {
  version: "1.2.3",
  platform: "linux",
  system: "Linux 6.1.0 x64",
  versions: { electron: "33.2.1", chromium: "130.0.6723.137", node: "20.18.1" },
  systemLanguage: "zh-CN",
  dataFolder: "/home/anna.weber/.config/Qiao",
  notices: [{ kind: "settings-corrupt", keptAs: "settings.corrupt-1.json" }],
};

const licences = [
  { kind: "package", name: "react", version: "19.3.1", licence: "MIT", text: "Copyright React" },
  { kind: "package", name: "rxdb", version: "17.6.0", licence: "Apache-2.0", text: "Copyright RxDB" },
  { kind: "data", name: "OpenCC", version: "1.4.2", licence: "Apache-2.0", text: "Copyright OpenCC" },
];

interface Shown extends Screen {
  /** What main was asked to put into the clipboard. */
  readonly copied: readonly string[];
}

function openAbout(answers: Readonly<Record<string, () => unknown>> = {}, language: Language = "en"): Shown {
  const copied: string[] = [];
  const main: MainClient = {
    invoke: (name, args) => {
      if (name === "clipboard:write") copied.push((args as { text: string }).text);
      const own: Readonly<Record<string, () => unknown>> = {
        "app:info": () => info,
        "app:log": () => ['{"event":"start"}'],
        "place:open": () => ({ ok: true, value: null }),
        "clipboard:write": () => null,
        ...answers,
      };
      const answer = own[name];
      if (!answer) throw new Error(`not asked by this screen: ${name}`);
      return new Promise((resolve) => {
        resolve(answer() as never);
      });
    },
    on: () => () => undefined,
  };
  const notebook = createFakeNotebook();
  notebook.setSyncLog(["2026-03-02T06:50:00Z exchange done, 3 sent"]);
  const shown = renderScreen(
    <MainContext value={main}>
      <DataSettings />
      <AboutSettings />
    </MainContext>,
    { section: "settings", notebook, language },
  );
  return { ...shown, copied };
}

function serveLicences(body: unknown): void {
  vi.stubGlobal("fetch", (address: string) =>
    address === "/licences.json" ? Promise.resolve(Response.json(body)) : Promise.reject(new Error("not served")),
  );
}

const button = (name: string): HTMLElement => screen.getByRole("button", { name });

describe("the program", () => {
  it("names itself and what it runs on", async () => {
    openAbout();
    await screen.findByText("Qiao 1.2.3");
    for (const part of ["33.2.1", "130.0.6723.137", "20.18.1", "Linux 6.1.0 x64"]) screen.getByText(part);
  });

  it("opens its data folder, or says where it is when the system cannot", async () => {
    const failure = { kind: "not-opened", path: info.dataFolder, detail: "no file manager" };
    const { user } = openAbout({ "place:open": () => ({ ok: false, failure }) });
    await user.click(button("Open folder"));
    expect((await screen.findByRole("alert")).textContent).toBe(
      `This could not be opened (no file manager). It is at ${info.dataFolder}.`,
    );
  });
});

describe("the licences", () => {
  it("are read only when asked for, and found by package or licence", async () => {
    serveLicences(licences);
    const { user } = openAbout();
    expect(screen.queryByText("react")).toBeNull();
    await user.click(button("Packages and their licences"));
    await screen.findByText("3 entries");
    await user.type(screen.getByLabelText("Filter"), "apache");
    await screen.findByText("2 entries");
    expect(within(screen.getByRole("list", { name: "Packages and their licences" })).queryByText("react")).toBeNull();
    await user.clear(screen.getByLabelText("Filter"));
    await user.type(screen.getByLabelText("Filter"), "nothing like it");
    await screen.findByText("No package or licence is called that.");
  });

  it("open to their text", async () => {
    serveLicences(licences);
    const { user } = openAbout();
    await user.click(button("Packages and their licences"));
    const entry = (await screen.findByText("rxdb")).closest("details");
    expect(screen.queryByText("Copyright RxDB")).toBeNull();
    if (!entry) throw new Error("no entry");
    entry.open = true;
    entry.dispatchEvent(new Event("toggle"));
    await screen.findByText("Copyright RxDB");
  });

  it.each([
    ["cannot be read", "not a list"],
    ["are of another form", [{ name: 1 }]],
  ])("that %s lead to where they also lie", async (_case, body) => {
    serveLicences(body);
    const { user } = openAbout();
    await user.click(button("Packages and their licences"));
    expect((await screen.findByRole("alert")).textContent).toContain("licences.txt");
  });
});

describe("the report of a problem", () => {
  it("is copied, and can be read first", async () => {
    const { user, copied } = openAbout();
    await user.click(button("Copy report"));
    await screen.findByText("Copied. Paste it into your message.");
    expect(copied).toHaveLength(1);
    expect(copied[0]).toContain("exchange done, 3 sent");
    expect(copied[0]).toContain('{"event":"start"}');
    await user.click(button("What is in the report"));
    await waitFor(() => screen.getByText(/Qiao 1\.2\.3, report of/));
  });

  it("says so when it cannot be copied", async () => {
    const { user } = openAbout({
      "clipboard:write": () => {
        throw new Error("no clipboard");
      },
    });
    await user.click(button("Copy report"));
    await screen.findByText(/could not be copied/);
  });

  it("is offered in Chinese and written in English", async () => {
    const { user, copied } = openAbout({}, "zh-CN");
    await user.click(button("复制报告"));
    await screen.findByText("已复制，请粘贴到您的邮件里。");
    expect(copied[0]).toContain("Qiao in zh-CN");
    expect(copied[0]).not.toMatch(/\p{Script=Han}/u);
  });
});

describe("the text of a report", () => {
  const parts: ReportParts = {
    at: new Date("2026-03-02T06:50:00Z"),
    info,
    language: "en",
    sync: { kind: "synced", at: 0, waiting: 0 },
    syncLog: [],
    mainLog: null,
  };

  it("says what ran where, and what did not answer", () => {
    expect(problemReport(parts).split("\n")).toEqual([
      "Qiao 1.2.3, report of 2026-03-02T06:50:00.000Z",
      "System: Linux 6.1.0 x64, language zh-CN, Qiao in en",
      "Electron 33.2.1, Chromium 130.0.6723.137, Node.js 20.18.1",
      "Put aside at start: settings-corrupt",
      "Sync: synced, 0 waiting",
      "",
      "Sync log:",
      "empty",
      "",
      "Log of the program:",
      "no answer",
      "",
    ]);
  });

  const detail = "secret sync.example.org anna";
  const failed = (failure: Extract<SyncStatus, { kind: "failed" }>["failure"]): SyncStatus => ({
    kind: "failed",
    failure,
    waiting: 2,
    retryAt: null,
  });

  it.each([
    [failed({ kind: "insecure-connection", detail }), "failed (insecure-connection), 2 waiting"],
    [failed({ kind: "unexpected", detail }), "failed (unexpected), 2 waiting"],
    [failed({ kind: "server-error", status: 500, reason: detail }), "failed (server-error: 500), 2 waiting"],
    [
      failed({ kind: "not-saved", failure: { kind: "store-failed", detail } }),
      "failed (not-saved: store-failed), 2 waiting",
    ],
    [failed({ kind: "credentials-rejected", reason: "locked" }), "failed (credentials-rejected: locked), 2 waiting"],
    [failed({ kind: "not-couchdb", status: 302 }), "failed (not-couchdb: 302), 2 waiting"],
    [failed({ kind: "database-missing" }), "failed (database-missing), 2 waiting"],
  ] satisfies [SyncStatus, string][])("names a failure of the sync by its kind: %j", (sync, line) => {
    const report = problemReport({ ...parts, sync });
    expect(report).toContain(`Sync: ${line}\n`);
    expect(report).not.toContain("secret");
  });

  it("holds no folder, whose name is often the person's", () => {
    expect(problemReport(parts)).not.toMatch(/anna|weber|home/i);
  });
});
