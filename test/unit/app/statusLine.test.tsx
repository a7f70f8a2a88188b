// @vitest-environment happy-dom
import { act, screen, waitFor, within } from "@testing-library/react";
import { afterEach, expect, it, vi } from "vitest";
import { StatusLine } from "../../../src-renderer/app/StatusLine";
import type { SyncStatus } from "../../../src-renderer/domain/syncStatus";
import { createFakeNotebook } from "../../support/fakeNotebook";
import { cleanup, renderScreen } from "../../support/renderScreen";

afterEach(cleanup);

it("tells of the sync in its status, and of what waits beside it, as things change", async () => {
  const notebook = createFakeNotebook();
  renderScreen(<StatusLine onShortcuts={() => undefined} />, { section: "settings", notebook });
  const status = screen.getByRole("status");
  const line = screen.getByRole("contentinfo");
  const clocks = within(line).getByRole("time");
  async function shows(next: SyncStatus, text: string, besides: string | null): Promise<void> {
    notebook.setSyncStatus(next);
    await waitFor(() => {
      expect(status.textContent).toBe(text);
    });
    expect(line.textContent).toBe(text + (besides ?? "") + clocks.textContent);
    if (besides !== null) expect(within(status).queryByText(besides)).toBeNull();
  }

  await waitFor(() => {
    expect(status.textContent).toBe("Not connected");
  });
  await shows({ kind: "syncing", done: 1, total: 3, waiting: 3 }, "Syncing 1 of 3", null);
  await shows({ kind: "offline", waiting: 3, retryAt: null }, "Offline", "3 waiting");
  await shows({ kind: "offline", waiting: 0, retryAt: null }, "Offline", null);
  await shows({ kind: "synced", at: Date.parse("2026-11-22T01:05:00Z"), waiting: 1 }, "1 waiting", null);
  await shows({ kind: "synced", at: Date.parse("2026-11-22T01:05:00Z"), waiting: 0 }, "Synced 09:05", null);
  await shows({ kind: "not-connected", waiting: 0 }, "Not connected", null);
});

it("shows the clocks of Beijing and Brussels, with the day there where it is another one", () => {
  vi.useFakeTimers({ now: Date.parse("2026-11-23T18:00:30Z"), toFake: ["Date", "setTimeout", "clearTimeout"] });
  try {
    renderScreen(<StatusLine onShortcuts={() => undefined} />, { section: "settings" });
    const clocks = within(screen.getByRole("contentinfo")).getByRole("time");
    expect(clocks.textContent).toBe("02:00 Beijing · 23 Nov, 19:00 Brussels");
    // Nothing moves before the minute is full.
    act(() => {
      vi.advanceTimersByTime(29_000);
    });
    expect(clocks.textContent).toContain("02:00 Beijing");
    act(() => {
      vi.advanceTimersByTime(1_000);
    });
    expect(clocks.textContent).toBe("02:01 Beijing · 23 Nov, 19:01 Brussels");
  } finally {
    vi.useRealTimers();
  }
});

it("reckons with Brussels summer time, which China has not", () => {
  vi.useFakeTimers({ now: Date.parse("2026-07-01T01:00:00Z"), toFake: ["Date"] });
  try {
    renderScreen(<StatusLine onShortcuts={() => undefined} />, { section: "settings", language: "zh-CN" });
    expect(within(screen.getByRole("contentinfo")).getByRole("time").textContent).toBe("北京 09:00 · 布鲁塞尔 03:00");
  } finally {
    vi.useRealTimers();
  }
});
