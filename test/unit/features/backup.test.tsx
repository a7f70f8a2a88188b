// @vitest-environment happy-dom
import { screen, within } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { BackupFacts } from "../../../src-main/shared/backup";
import type { BackupPart, BackupPreview } from "../../../src-renderer/ports/backup";
import { JoinPreview } from "../../../src-renderer/features/backup/JoinPreview";
import { SecretQuestion } from "../../../src-renderer/features/backup/SecretQuestion";
import { cleanup, renderScreen, type Screen } from "../../support/renderScreen";

afterEach(cleanup);

const facts: BackupFacts = {
  path: "/media/stick/Qiao backup 2026-11-22 18-05.qiao",
  bytes: 1_234_567,
  madeAt: "2026-11-22T10:05:00.000Z",
  appVersion: "0.1.0",
  snapshotEntries: 3,
  entries: 12,
  ours: true,
};
const none: BackupPart = { total: 0, byType: {}, rows: [] };
const li = { type: "contact", id: "contact:li", nameLatin: "Li Na", bin: false, waiting: false } as const;

function previewWith(parts: Partial<BackupPreview["parts"]>, same = 0): BackupPreview {
  return { parts: { back: none, joined: none, away: none, stays: none, ...parts }, same, notUnderstood: 0 };
}

function shown(preview: BackupPreview, language: "en" | "zh-CN" = "en"): Screen & { join: ReturnType<typeof vi.fn> } {
  const join = vi.fn();
  const view = renderScreen(
    <JoinPreview facts={facts} preview={preview} isJoining={false} onJoin={join} onCancel={() => undefined} />,
    { section: "settings", language },
  );
  return { ...view, join };
}

describe("the preview of a joining", () => {
  it("says how many of what come back, names the first and counts the others", () => {
    const rows = [{ id: li.id, row: li, note: false }];
    shown(previewWith({ back: { total: 203, byType: { contact: 201, note: 1, dialogue: 1 }, rows } }, 4));
    expect(screen.getByText("The backup holds 207 records.")).toBeDefined();
    expect(screen.getByText("4 of them are the same here.")).toBeDefined();
    expect(screen.getByRole("tab", { name: "Comes back (203)" })).toBeDefined();
    expect(screen.getByText("201 contacts, 1 note and 1 record of a newer version")).toBeDefined();
    const list = screen.getByRole("list", { name: "Comes back" });
    expect(within(list).getByText("Li Na")).toBeDefined();
    expect(within(list).getByText("and 202 more")).toBeDefined();
    expect(screen.getByText("1.2 MB")).toBeDefined();
  });

  it("brings back what was deleted since only with the box ticked", async () => {
    const rows = [{ id: li.id, row: li, note: false, away: "bin" as const }];
    const { user, join } = shown(previewWith({ away: { total: 1, byType: { contact: 1 }, rows } }));
    const button = screen.getByRole<HTMLButtonElement>("button", { name: "Join into this notebook" });
    expect(button.disabled).toBe(true);
    await user.click(screen.getByRole("checkbox", { name: "Bring back what was deleted since (1 record)" }));
    await user.click(button);
    expect(join.mock.calls).toEqual([[true]]);
  });

  it("offers nothing to join where everything is here", () => {
    shown(previewWith({}, 5), "zh-CN");
    expect(screen.getByText("其中 5 条与这里相同。")).toBeDefined();
    expect(screen.queryByRole("button", { name: "合并到当前笔记本" })).toBeNull();
  });
});

describe("the question for what opens a backup", () => {
  it("is tried by Enter, and not before the wait after a wrong one is over", async () => {
    const onTry = vi.fn();
    const question = { secret: "word by word", onChange: () => undefined, onTry, onCancel: () => undefined };
    const first = renderScreen(<SecretQuestion {...question} wrong={false} until={0} />, { section: "settings" });
    await first.user.type(screen.getByLabelText("Passphrase or words of the kit"), "{Enter}");
    expect(onTry.mock.calls).toEqual([["word by word"]]);
    cleanup();
    const until = performance.now() + 60_000;
    const second = renderScreen(<SecretQuestion {...question} wrong until={until} />, { section: "settings" });
    await second.user.type(screen.getByLabelText("Passphrase or words of the kit"), "{Enter}");
    expect(onTry).toHaveBeenCalledTimes(1);
    expect(screen.getByText("The next try is possible in 60 seconds.")).toBeDefined();
    expect(screen.getByRole<HTMLButtonElement>("button", { name: "Open backup" }).disabled).toBe(true);
  });
});
