// @vitest-environment happy-dom
import { MantineProvider } from "@mantine/core";
import { cleanup, render, screen, waitFor } from "@testing-library/react";
import { StrictMode, type ReactNode } from "react";
import { I18nextProvider } from "react-i18next";
import { EditorView } from "@codemirror/view";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { NoteEditor } from "../../../src-renderer/editor/NoteEditor";
import type { NoteViewOptions } from "../../../src-renderer/editor/useNoteView";
import { createTexts } from "../../../src-renderer/i18n/texts";
import { focusedHistory } from "../../../src-renderer/platform/ownHistory";
import { MEETING, NoteModel, type FakePage } from "./noteModel";

beforeAll(() => {
  vi.stubGlobal("matchMedia", () => ({ matches: false, addEventListener: vi.fn(), removeEventListener: vi.fn() }));
});
afterEach(cleanup);

function screenOf(page: FakePage, props: Partial<NoteViewOptions> = {}, language: "en" | "zh-CN" = "en"): ReactNode {
  return (
    <I18nextProvider i18n={createTexts(language)}>
      <MantineProvider>
        <NoteEditor about={MEETING} notebook={page.notebook} label="Note" {...props} />
      </MantineProvider>
    </I18nextProvider>
  );
}

async function textArea(): Promise<HTMLElement> {
  return screen.findByRole("textbox", { name: "Note" });
}

function viewOf(area: HTMLElement): EditorView {
  const view = EditorView.findFromDOM(area);
  if (!view) throw new Error("no editor in the text area");
  return view;
}

describe("The note editor", () => {
  it("is a text box of several lines with the given name and the stored text", async () => {
    const model = new NoteModel();
    model.change((text) => {
      text.insert(0, "Agenda\n");
    });
    render(screenOf(model.page()));
    const area = await textArea();
    expect(area.getAttribute("aria-multiline")).toBe("true");
    expect(area.textContent).toContain("Agenda");
  });

  it("says when what was typed is on disk, and why when it is not", async () => {
    const model = new NoteModel();
    const page = model.page();
    render(screenOf(page));
    const view = viewOf(await textArea());
    view.dispatch({ changes: { from: 0, insert: "one" } });
    await waitFor(() => {
      expect(screen.getByText("Saved")).toBeTruthy();
    });
    expect(model.text).toBe("one\n");
    page.trouble = { kind: "disk-full" };
    view.dispatch({ changes: { from: 0, insert: "two" } });
    expect((await screen.findByRole("alert")).textContent).toContain("the disk is full");
    page.trouble = null;
    page.emit("trouble", { failure: null });
    await waitFor(() => {
      expect(screen.queryByRole("alert")).toBeNull();
    });
    expect(model.text).toBe("twoone\n");
  });

  it("leaves the state to a screen that asks for it", async () => {
    const page = new NoteModel().page();
    const states: string[] = [];
    const onSaveState: NoteViewOptions["onSaveState"] = (state) => states.push(state.kind);
    render(screenOf(page, { onSaveState }));
    viewOf(await textArea()).dispatch({ changes: { from: 0, insert: "x" } });
    await waitFor(() => {
      expect(states).toEqual(["saved", "saving", "saved"]);
    });
    expect(screen.queryByText("Saved")).toBeNull();
  });

  it("loses nothing when the screen goes away right after a keystroke", async () => {
    const model = new NoteModel();
    const page = model.page();
    const { unmount } = render(screenOf(page));
    viewOf(await textArea()).dispatch({ changes: { from: 0, insert: "last" } });
    unmount();
    await waitFor(() => {
      expect(page.requests.at(-1)).toBe("closeNote");
    });
    expect(model.text).toBe("last\n");
  });

  it("survives React's double mounting", async () => {
    const model = new NoteModel();
    const page = model.page();
    render(<StrictMode>{screenOf(page)}</StrictMode>);
    viewOf(await textArea()).dispatch({ changes: { from: 0, insert: "x" } });
    await waitFor(() => {
      expect(model.text).toBe("x\n");
    });
    expect(page.requests.filter((name) => name === "openNote")).toHaveLength(1);
    expect(screen.getAllByRole("textbox")).toHaveLength(1);
  });

  it("shows another computer's words without moving the caret, and undoes only one's own", async () => {
    const model = new NoteModel();
    const page = model.page();
    render(screenOf(page));
    const area = await textArea();
    const view = viewOf(area);
    view.dispatch({ changes: { from: 0, insert: "mine" }, selection: { anchor: 4 } });
    await waitFor(() => {
      expect(model.text).toBe("mine\n");
    });
    model.change((text) => {
      text.insert(0, "theirs ");
    });
    expect(view.state.doc.toString()).toBe("theirs mine\n");
    expect(view.state.selection.main.head).toBe(11);
    view.focus();
    await waitFor(() => {
      expect(focusedHistory.snapshot()?.canUndo).toBe(true);
    });
    focusedHistory.snapshot()?.undo();
    await waitFor(() => {
      expect(model.text).toBe("theirs ");
    });
  });

  it("shows in the toolbar what the caret is in, and formats by its buttons", async () => {
    const model = new NoteModel();
    render(screenOf(model.page()));
    const view = viewOf(await textArea());
    const bullets = screen.getByRole("button", { name: "Bulleted list" });
    expect(bullets.getAttribute("aria-pressed")).toBe("false");
    view.dispatch({ changes: { from: 0, insert: "item" } });
    bullets.click();
    await waitFor(() => {
      expect(model.text).toBe("- item\n");
    });
    await waitFor(() => {
      expect(bullets.getAttribute("aria-pressed")).toBe("true");
    });
  });

  it("speaks Chinese where the interface does", async () => {
    render(screenOf(new NoteModel().page(), {}, "zh-CN"));
    await textArea();
    expect(screen.getByRole("toolbar", { name: "格式" })).toBeTruthy();
    expect(screen.getByRole("button", { name: "加粗" }).getAttribute("aria-keyshortcuts")).toBe("Control+B");
  });
});
