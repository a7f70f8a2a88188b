// @vitest-environment happy-dom
import { screen, waitFor, within } from "@testing-library/react";
import { afterEach, expect, it } from "vitest";
import { StatusLine } from "../../../src-renderer/app/StatusLine";
import type { SyncStatus } from "../../../src-renderer/domain/syncStatus";
import { createFakeNotebook } from "../../support/fakeNotebook";
import { cleanup, renderScreen } from "../../support/renderScreen";

afterEach(cleanup);

it("tells of the sync in its status, and of what waits beside it, as things change", async () => {
  const notebook = createFakeNotebook();
  renderScreen(<StatusLine />, { section: "settings", notebook });
  const status = screen.getByRole("status");
  const line = screen.getByRole("contentinfo");
  async function shows(next: SyncStatus, text: string, besides: string | null): Promise<void> {
    notebook.setSyncStatus(next);
    await waitFor(() => {
      expect(status.textContent).toBe(text);
    });
    expect(line.textContent).toBe(text + (besides ?? ""));
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
