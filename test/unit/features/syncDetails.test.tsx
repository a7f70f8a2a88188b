// @vitest-environment happy-dom
import { act, screen, waitFor, within, type BoundFunctions, type queries } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { QuarantineEntry } from "../../../src-renderer/domain/syncStatus";
import { SyncDetails } from "../../../src-renderer/features/settings/SyncDetails";
import { MainContext, type MainClient } from "../../../src-renderer/platform/bridge";
import { createFakeNotebook, type FakeNotebook } from "../../support/fakeNotebook";
import { cleanup, renderScreen, type Screen } from "../../support/renderScreen";

afterEach(cleanup);

const asked: { name: string; args: unknown }[] = [];
let saved: unknown = { ok: true, value: { path: "/home/wei/log.txt" } };
const main: MainClient = {
  invoke: (name, args) => {
    asked.push({ name, args });
    return Promise.resolve(name === "log:save" || name === "document:save" ? saved : null) as never;
  },
  on: () => () => undefined,
};
beforeEach(() => {
  asked.length = 0;
  saved = { ok: true, value: { path: "/home/wei/log.txt" } };
});

function show(notebook: FakeNotebook, language: "en" | "zh-CN" = "en"): Screen {
  return renderScreen(
    <MainContext value={main}>
      <SyncDetails />
    </MainContext>,
    { section: "settings", notebook, language },
  );
}

function there(element: HTMLElement | undefined): HTMLElement {
  if (!element) throw new Error("not on screen");
  return element;
}
const part = (name: string): BoundFunctions<typeof queries> => within(screen.getByRole("region", { name }));
const row = (text: string): HTMLElement => screen.getByText(text).closest("li") as HTMLElement;

const tooLarge: QuarantineEntry = {
  id: "contact:shan",
  direction: "push",
  reason: "too-large",
  detail: "413",
  since: "2026-11-22T01:00:00.000Z",
};
const unreadable: QuarantineEntry = {
  id: "note:meeting:visit",
  direction: "pull",
  reason: "unreadable",
  detail: "data.state",
  since: "2026-11-21T01:00:00.000Z",
};

describe("what waits", () => {
  it("is named with its reason, and opens", async () => {
    const notebook = createFakeNotebook();
    notebook.put("contact", "a", { nameLatin: "Anna" });
    notebook.put("contact", "b", { nameLatin: "Bruno" });
    notebook.setWaitingReasons({ "contact:a": "queued", "contact:b": "private" });
    const { user, section, selected } = show(notebook);
    await screen.findByText("2 records are not yet on the server.");
    expect(row("Anna").textContent).toContain("Goes with the next exchange");
    expect(row("Bruno").textContent).toContain("Private: stays on this computer");
    await user.click(screen.getByRole("button", { name: "Bruno" }));
    expect([section(), selected("contact")]).toEqual(["contacts", "contact:b"]);
  });

  it("is followed: a record that is sent leaves the list", async () => {
    const notebook = createFakeNotebook();
    show(notebook);
    await screen.findByText(/Nothing waits/);
    act(() => {
      notebook.put("contact", "a", { nameLatin: "Anna" });
    });
    await screen.findByText("1 record is not yet on the server.");
  });

  it("stays short until more is asked for", async () => {
    const notebook = createFakeNotebook();
    for (let at = 0; at < 30; at += 1) notebook.put("contact", String(at), { nameLatin: `Person ${String(at)}` });
    const { user } = show(notebook);
    await user.click(await screen.findByRole("button", { name: "Show 20 more" }));
    await waitFor(() => {
      expect(part("What waits").getAllByRole("listitem")).toHaveLength(30);
    });
  });
});

describe("what was set aside", () => {
  it("says why, since when and what to do, by name, as it happens", async () => {
    const notebook = createFakeNotebook();
    notebook.put("contact", "shan", { nameLatin: "Leo Shan" });
    notebook.put("meeting", "visit", { title: "Visit" });
    notebook.setAsideFacts({ id: "contact:shan", bytes: 9_100_000, hasServers: true });
    show(notebook);
    await screen.findByText("Nothing had to be set aside.");
    act(() => {
      notebook.setQuarantine([tooLarge, unreadable]);
    });
    await screen.findByText("2 records could not be exchanged. They are kept; all others go on.");
    const setAside = part("Set aside");
    const [first, second] = setAside.getAllByRole("listitem");
    await setAside.findByRole("button", { name: "Leo Shan" });
    await setAside.findByText(/too large for the server: 9\.1 MB\. Most servers take up to 8 MB/);
    expect(first?.textContent).toContain("sent 22 Nov 2026, 09:00 · 413");
    expect(second?.textContent).toContain("Visit");
    expect(second?.textContent).toContain("note");
    expect(second?.textContent).toContain("received 21 Nov 2026, 09:00");
  });

  it("is tried again, one or all, and says when", async () => {
    const notebook = createFakeNotebook();
    notebook.setQuarantine([tooLarge, unreadable]);
    const { user } = show(notebook);
    const [first] = await screen.findAllByRole("button", { name: "Try again" });
    await user.click(there(first));
    await screen.findByText(/tried again \d\d:\d\d/);
    await user.click(screen.getByRole("button", { name: "Try all again" }));
    await waitFor(() => {
      expect(notebook.retried).toEqual(["push contact:shan", "push contact:shan", "pull note:meeting:visit"]);
    });
    act(() => {
      notebook.setQuarantine([]);
    });
    await screen.findByText("Nothing had to be set aside.");
  });

  it("is saved as a file of its own, whatever can be read of it", async () => {
    const notebook = createFakeNotebook();
    notebook.setQuarantine([unreadable]);
    const { user } = show(notebook);
    await user.click(await screen.findByRole("button", { name: "Save a copy…" }));
    await screen.findByText("Saved as /home/wei/log.txt.");
    const text = JSON.stringify({ _id: unreadable.id, direction: "pull" });
    expect(asked).toEqual([{ name: "document:save", args: { name: unreadable.id, text } }]);
    notebook.failToFetch({ kind: "offline" });
    await user.click(screen.getByRole("button", { name: "Save a copy…" }));
    await screen.findByText(/which cannot be reached/);
  });

  it("takes the server's version where there is one, and says how to have the own one back", async () => {
    const notebook = createFakeNotebook();
    notebook.setAsideFacts({ id: "contact:shan", bytes: 9_100_000, hasServers: true });
    notebook.setQuarantine([tooLarge, { ...tooLarge, id: "contact:new", reason: "refused" }]);
    const { user } = show(notebook);
    const [only, ...others] = await screen.findAllByRole("button", { name: "Take the server’s" });
    expect(others).toEqual([]);
    notebook.failWith({ kind: "disk-full" });
    await user.click(there(only));
    await screen.findByText(/Not taken because/);
    notebook.failWith(null);
    await user.click(there(only));
    await screen.findByText(/Undo brings yours back/);
    expect(notebook.takenFromServer).toEqual(["contact:shan"]);
  });

  it("that a person leaves as it is is no problem any more, and can still be tried again", async () => {
    const notebook = createFakeNotebook();
    notebook.setQuarantine([tooLarge, unreadable]);
    const { user } = show(notebook);
    await user.click(await screen.findByRole("button", { name: "Keep mine, only here" }));
    await screen.findByText(/^1 record could not be exchanged/);
    await user.click(screen.getByRole("button", { name: "Leave it on the server" }));
    await screen.findByText("Nothing had to be set aside.");
    expect(screen.queryByRole("button", { name: "Try again" })).toBeNull();
    await user.click(screen.getByRole("button", { name: "2 left as they are" }));
    await screen.findByText("Stays on this computer only, until you edit it or try again.");
    const [first] = screen.getAllByRole("button", { name: "Try again" });
    await user.click(there(first));
    await waitFor(() => {
      expect(notebook.retried).toEqual(["push contact:shan"]);
    });
  });

  it("has its reasons in Chinese too, and an id where no record can be named", async () => {
    const notebook = createFakeNotebook();
    notebook.setQuarantine([{ ...unreadable, id: "nonsense", reason: "bad-id" }]);
    show(notebook, "zh-CN");
    await screen.findByText("编号不符合 Qiao 的要求，该记录会原样留在服务器上。");
    expect(screen.getByText("nonsense")).toBeTruthy();
  });
});

describe("the last exchange", () => {
  it("is told once there was one, also while the next one fails", async () => {
    const notebook = createFakeNotebook();
    show(notebook);
    await screen.findByText(/No complete exchange/);
    act(() => {
      notebook.setSyncStatus({ kind: "synced", at: Date.parse("2026-11-22T01:05:00.000Z"), waiting: 0 });
      notebook.setSyncStatus({ kind: "offline", waiting: 0, retryAt: null });
    });
    await screen.findByText(/Last complete exchange: 22 Nov 2026, 09:05/);
  });
});

describe("the log for a helper", () => {
  it("opens on demand, says what is not in it, and is copied or saved", async () => {
    const notebook = createFakeNotebook();
    notebook.setSyncLog(["09:00 pull 12", "09:01 push 3"]);
    const { user } = show(notebook);
    expect(screen.queryByRole("log")).toBeNull();
    await user.click(await screen.findByRole("button", { name: "Log for a helper" }));
    expect((await screen.findByRole("log")).textContent).toBe("09:00 pull 12\n09:01 push 3");
    expect(screen.getByText(/no names, notes, addresses or passwords/)).toBeTruthy();
    await user.click(screen.getByRole("button", { name: "Copy log" }));
    await screen.findByText("Copied.");
    await user.click(screen.getByRole("button", { name: "Save log…" }));
    await screen.findByText("Saved as /home/wei/log.txt.");
    const text = "09:00 pull 12\n09:01 push 3";
    expect(asked).toEqual([
      { name: "clipboard:write", args: { text } },
      { name: "log:save", args: { text } },
    ]);
  });

  it("says why it could not be saved, and nothing when the person thinks better of it", async () => {
    const notebook = createFakeNotebook();
    notebook.setSyncLog(["09:00 pull 12"]);
    const { user } = show(notebook);
    await user.click(await screen.findByRole("button", { name: "Log for a helper" }));
    saved = { ok: false, failure: { kind: "not-written", path: "/root/log.txt", detail: "EACCES" } };
    await user.click(await screen.findByRole("button", { name: "Save log…" }));
    await screen.findByText("Not saved as /root/log.txt (EACCES). Choose another folder.");
    saved = { ok: true, value: null };
    await user.click(screen.getByRole("button", { name: "Save log…" }));
    await waitFor(() => {
      expect(screen.queryByText(/Not saved/)).toBeNull();
    });
  });
});
