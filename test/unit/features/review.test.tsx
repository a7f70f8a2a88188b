// @vitest-environment happy-dom
import { screen, waitFor, within } from "@testing-library/react";
import type { KeyboardEvent } from "react";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { RecordId } from "../../../src-renderer/domain/ids";
import { ReviewDialog } from "../../../src-renderer/features/review/ReviewDialog";
import { DoubleEdits } from "../../../src-renderer/features/today/DoubleEdits";
import { RecordReviewContext } from "../../../src-renderer/platform/recordReview";
import { ReviewNotice } from "../../../src-renderer/ui/ReviewNotice";
import { createFakeNotebook, type FakeNotebook } from "../../support/fakeNotebook";
import { cleanup, renderScreen, type Screen } from "../../support/renderScreen";

afterEach(cleanup);

const SHAN = "contact:shan";

/** A contact whose WeChat and job title were changed here and, an hour before, in Brussels. */
function filled(): FakeNotebook {
  const notebook = createFakeNotebook();
  notebook.put("author", "me", { name: "Anna Weber" });
  notebook.put("author", "bing", { name: "Li Bing", devices: [{ id: "elsewhere", number: 2, name: "Brussels" }] });
  notebook.put("organisation", "sac", {
    level: "ministerial-agency",
    nameEn: "Standardization Administration",
    abbreviation: "SAC",
  });
  const post = (title: string) => ({ posts: [{ id: "p", organisationId: "organisation:sac" as const, title }] });
  notebook.put("contact", "shan", { nameLatin: "Leo Shan", wechat: "shan-here", ...post("司长") });
  const theirs = { wechat: "shan-brussels", nameZh: "单磊", ...post("处长") };
  notebook.mergesWith("contact", "shan", { wechat: "old", ...post("科长") }, theirs, -60);
  return notebook;
}

interface Shown extends Screen {
  readonly onClose: ReturnType<typeof vi.fn>;
}

function show(notebook: FakeNotebook, id?: RecordId, language: "en" | "zh-CN" = "en"): Shown {
  const onClose = vi.fn();
  const directionOf = ({ key, ctrlKey }: KeyboardEvent) =>
    ctrlKey && key === "z" ? "undo" : ctrlKey && key === "y" ? "redo" : null;
  const shown = renderScreen(
    <ReviewDialog
      id={id}
      opened
      onClose={onClose}
      onClosed={() => undefined}
      onAll={() => undefined}
      onHistory={(direction) => void notebook.request(direction, {})}
      directionOf={directionOf}
    />,
    { section: "contacts", notebook, language },
  );
  return { ...shown, onClose };
}

const group = (name: string | RegExp): HTMLElement => screen.getByRole("radiogroup", { name });
const chosen = (name: string | RegExp): string =>
  within(group(name)).getByRole<HTMLInputElement>("radio", { checked: true }).closest("label")?.textContent ?? "";
const hasFocus = (name: string | RegExp, value: string): void => {
  expect(document.activeElement).toBe(within(group(name)).getByRole("radio", { name: value }));
};
const titles = (notebook: FakeNotebook): unknown => notebook.stored(SHAN)?.data.posts[0]?.title;

describe("the review of double edits", () => {
  it("tells both values in plain words, who set each where and when, and which is shown", async () => {
    show(filled());
    await screen.findByRole("dialog", { name: "Changed on two computers" });
    expect(await screen.findByRole("option", { name: /Leo Shan.*2 values/ })).toBeTruthy();
    await screen.findByRole("radiogroup", { name: "Job title, post at SAC" });
    await waitFor(() => {
      expect(chosen("WeChat")).toMatch(/shan-here.*Shown now.*Anna Weber.*another computer.*22 Nov 2026, 09:00/);
    });
    const other = within(group("WeChat")).getByRole("radio", { checked: false });
    expect(other.closest("label")?.textContent).toMatch(/shan-brussels.*Li Bing.*Brussels.*22 Nov 2026, 08:00/);
    await waitFor(() => {
      hasFocus("Job title, post at SAC", "司长");
    });
  });

  it("says the same in Chinese", async () => {
    show(filled(), undefined, "zh-CN");
    await screen.findByRole("radiogroup", { name: /任职：职务/ });
    await waitFor(() => {
      expect(chosen("微信")).toMatch(/当前显示.*Anna Weber.*2026年11月22日 09:00/);
    });
  });

  it("switches by one key, keeps by Enter and goes on to the next value", async () => {
    const { notebook, user } = show(filled());
    await waitFor(() => {
      hasFocus("Job title, post at SAC", "司长");
    });
    await user.keyboard("{ArrowUp}");
    await waitFor(() => {
      expect(titles(notebook)).toBe("处长");
    });
    hasFocus("Job title, post at SAC", "处长");
    await user.keyboard("{Enter}");
    await waitFor(() => {
      expect(screen.queryByRole("radiogroup", { name: /Job title/ })).toBeNull();
    });
    hasFocus("WeChat", "shan-here");
    await user.keyboard("{Enter}");
    expect(await screen.findByText("Nothing to decide")).toBeTruthy();
    expect(notebook.stored(SHAN)?.data).toMatchObject({ wechat: "shan-here", posts: [{ title: "处长" }] });
    expect(screen.getByRole("dialog").contains(document.activeElement)).toBe(true);
  });

  it("loses no key that is pressed while the step before it is being saved", async () => {
    const notebook = filled();
    const answer = notebook.request.bind(notebook);
    let save = (): void => undefined;
    const saved = new Promise<void>((resolve) => {
      save = resolve;
    });
    vi.spyOn(notebook, "request").mockImplementation((async (...asked: Parameters<typeof answer>) => {
      if (asked[0] === "edit" || asked[0] === "editMany") await saved;
      return answer(...asked);
    }) as typeof answer);
    const { user } = show(notebook);
    await waitFor(() => {
      hasFocus("Job title, post at SAC", "司长");
    });
    await user.keyboard("{ArrowUp}{Enter}");
    save();
    await waitFor(() => {
      expect(screen.queryByRole("radiogroup", { name: /Job title/ })).toBeNull();
    });
    expect(titles(notebook)).toBe("处长");
  });

  it("takes back what was decided in it, and nothing from before", async () => {
    const { notebook, user } = show(filled(), SHAN);
    await waitFor(() => {
      hasFocus("Job title, post at SAC", "司长");
    });
    await user.keyboard("{Control>}z{/Control}");
    expect(notebook.requests).not.toContain("undo");
    await user.keyboard("{Control>}{Enter}{/Control}");
    expect(await screen.findByText("Decided")).toBeTruthy();
    await user.keyboard("{Control>}z{/Control}");
    await screen.findByRole("radiogroup", { name: "WeChat" });
    await user.click(screen.getByRole("button", { name: "Redo" }));
    expect(await screen.findByText("Decided")).toBeTruthy();
  });

  it("says why a choice was not saved, and shows what is there", async () => {
    const { notebook, user } = show(filled(), SHAN);
    await screen.findByRole("radiogroup", { name: "WeChat" });
    notebook.failWith({ kind: "read-only", id: SHAN });
    await user.click(within(group("WeChat")).getByRole("radio", { name: "shan-brussels" }));
    expect((await screen.findByRole("alert")).textContent).toMatch(/^Not saved because/);
    await waitFor(() => {
      expect(chosen("WeChat")).toMatch(/shan-here/);
    });
  });

  it("takes the whole merge back to one side, with what only the other one changed", async () => {
    const { notebook, user } = show(filled(), SHAN);
    expect(notebook.stored(SHAN)?.data.nameZh).toBe("单磊");
    await user.click(await screen.findByRole("button", { name: "Their version as it was" }));
    expect(await screen.findByText("Decided")).toBeTruthy();
    expect(notebook.stored(SHAN)?.data).toMatchObject({ wechat: "shan-brussels", posts: [{ title: "处长" }] });
    await user.keyboard("{Control>}z{/Control}");
    await user.click(await screen.findByRole("button", { name: "My version as it was" }));
    expect(await screen.findByText("Decided")).toBeTruthy();
    expect(notebook.stored(SHAN)?.data).toMatchObject({ wechat: "shan-here", posts: [{ title: "司长" }] });
    expect(notebook.stored(SHAN)?.data.nameZh).toBeUndefined();
  });

  it("marks what differs in a long text and leaves out what does not", async () => {
    const notebook = filled();
    const text = (end: string): string =>
      `${"The same sentence stands here. ".repeat(60)}${end} ${"And here. ".repeat(60)}`;
    notebook.put("organisation", "miit", { level: "ministerial", nameEn: "Industry", note: text("Fixed by decree.") });
    notebook.mergesWith("organisation", "miit", { note: "old" }, { note: text("Fixed by law.") }, -10);
    const { user } = show(notebook, "organisation:miit");
    const note = await screen.findByRole("radiogroup", { name: "Note" });
    expect(within(note).getByText("decree").tagName).toBe("MARK");
    expect(note.textContent.length).toBeLessThan(1_000);
    await user.click(screen.getByRole("button", { name: "Show all of it" }));
    expect(note.textContent.length).toBeGreaterThan(4_000);
  });

  it("asks before a switch publishes what is private", async () => {
    const notebook = filled();
    notebook.mergesVisibility("contact", "shan", "public");
    const { user } = show(notebook, SHAN);
    const visibility = await screen.findByRole("radiogroup", { name: "Visibility" });
    await user.click(within(visibility).getByRole("radio", { name: "Public" }));
    expect(notebook.stored(SHAN)?.visibility).toBe("private");
    await user.click(screen.getByRole("button", { name: "Show it to them" }));
    await waitFor(() => {
      expect(notebook.stored(SHAN)?.visibility).toBe("public");
    });
  });
});

describe("what leads to the review", () => {
  it("is a line in the record's form, and a part of Today, while something is open", async () => {
    const notebook = filled();
    const open = vi.fn();
    const { user } = renderScreen(
      <RecordReviewContext value={open}>
        <ReviewNotice id={SHAN} />
        <DoubleEdits />
      </RecordReviewContext>,
      { section: "today", notebook },
    );
    await screen.findByText("2 values were changed on two computers.");
    await user.click(screen.getByRole("button", { name: "Review" }));
    expect(open).toHaveBeenLastCalledWith(SHAN);
    await user.click(await screen.findByRole("button", { name: /Contact.*Leo Shan.*2 values/ }));
    expect(open).toHaveBeenLastCalledWith(SHAN);
    await user.click(screen.getByRole("button", { name: "Review them" }));
    expect(open).toHaveBeenLastCalledWith();
    const found = await notebook.request("review", { id: SHAN });
    const keys = found.records.flatMap(({ values }) => values.map(({ key }) => key));
    await notebook.request("edit", { edit: { kind: "settle", id: SHAN, keys, settled: true } });
    await waitFor(() => {
      expect(screen.queryByText(/two computers/)).toBeNull();
    });
  });
});
