// @vitest-environment happy-dom
import { screen, waitFor } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import type { Device } from "../../../src-renderer/domain/records/author";
import { IdentitySettings } from "../../../src-renderer/features/settings/IdentitySettings";
import { createFakeNotebook, type FakeNotebook } from "../../support/fakeNotebook";
import { cleanup, renderScreen, type Screen } from "../../support/renderScreen";

afterEach(cleanup);

function notebookOf(...devices: Device[]): FakeNotebook {
  const notebook = createFakeNotebook();
  notebook.put("author", "me", { name: "Anna Weber", devices });
  return notebook;
}

async function open(notebook: FakeNotebook, language: "en" | "zh-CN" = "en"): Promise<Screen> {
  const shown = renderScreen(<IdentitySettings />, { section: "settings", notebook, language });
  await screen.findByLabelText(language === "en" ? "Your name" : "您的姓名");
  return shown;
}

const field = (label: string): HTMLInputElement => screen.getByLabelText(label);
const stored = (notebook: FakeNotebook): unknown => notebook.stored("author:me")?.data;

describe("who writes, and on which computer", () => {
  it("shows a computer without a name by its number, and saves the name that is typed", async () => {
    const notebook = notebookOf({ id: "here", number: 1 });
    const { user } = await open(notebook);
    const mine = field("Name of this computer");
    expect([mine.value, mine.placeholder]).toEqual(["", "Computer 1"]);
    expect(screen.queryByText("Your other computers")).toBeNull();
    await user.type(mine, "Laptop, Brussels");
    await user.tab();
    await waitFor(() => {
      expect(stored(notebook)).toEqual({
        name: "Anna Weber",
        devices: [{ id: "here", number: 1, name: "Laptop, Brussels" }],
      });
    });
    expect(await screen.findByText("Saved")).toBeTruthy();
    await user.clear(mine);
    await user.tab();
    await waitFor(() => {
      expect(stored(notebook)).toEqual({ name: "Anna Weber", devices: [{ id: "here", number: 1 }] });
    });
  });

  it("can be undone like any edit", async () => {
    const notebook = notebookOf({ id: "here", number: 1 });
    const { user } = await open(notebook, "zh-CN");
    await user.type(field("这台电脑的名称"), "布鲁塞尔笔记本");
    await user.tab();
    await waitFor(async () => {
      expect((await notebook.request("history", {})).undo).not.toBeNull();
    });
    await notebook.request("undo", {});
    await waitFor(() => {
      expect(field("这台电脑的名称").value).not.toBe("布鲁塞尔笔记本");
    });
  });

  it("lists a person's other computers, says when two have one name, and names a computer not listed yet", async () => {
    const notebook = notebookOf({ id: "old", number: 1, name: "Desk" });
    const { user } = await open(notebook);
    expect(screen.getByRole("group", { name: "Your other computers" })).toBeTruthy();
    expect(field("Computer 1").value).toBe("Desk");
    const mine = field("Name of this computer");
    expect(mine.placeholder).toBe("Computer 2");
    await user.type(mine, "Desk");
    expect(await screen.findAllByText("Another of your computers has this name.")).not.toHaveLength(0);
    await user.type(mine, " at home");
    await user.tab();
    await waitFor(() => {
      expect(stored(notebook)).toMatchObject({
        devices: [
          { id: "old", number: 1, name: "Desk" },
          { id: "here", number: 2, name: "Desk at home" },
        ],
      });
    });
    expect(screen.queryByText("Another of your computers has this name.")).toBeNull();
  });

  it("changes a person's name, but never to none", async () => {
    const notebook = notebookOf({ id: "here", number: 1 });
    const { user } = await open(notebook);
    await user.clear(field("Your name"));
    expect(await screen.findByText(/Enter a name/)).toBeTruthy();
    await user.tab();
    expect(field("Your name").value).toBe("Anna Weber");
    expect(stored(notebook)).toMatchObject({ name: "Anna Weber" });
    await user.clear(field("Your name"));
    await user.type(field("Your name"), "Anna Weber-Li");
    await user.tab();
    await waitFor(() => {
      expect(stored(notebook)).toMatchObject({ name: "Anna Weber-Li" });
    });
  });

  it("offers nothing to change in what a newer version wrote", async () => {
    const notebook = notebookOf({ id: "here", number: 1 });
    notebook.setNewer("author:me");
    await open(notebook);
    await waitFor(() => {
      expect(field("Name of this computer").readOnly).toBe(true);
    });
  });
});
