// @vitest-environment happy-dom
import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { IconNotebook } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { afterEach, describe, expect, it } from "vitest";
import { rowNames } from "../../../src-renderer/i18n/rowNames";
import { RecordSection, type EditedType, type RecordDetailProps } from "../../../src-renderer/ui/RecordSection";
import { SplitView } from "../../../src-renderer/ui/SplitView";
import { VirtualList } from "../../../src-renderer/ui/VirtualList";
import { createFakeNotebook, type FakeNotebook } from "../../support/fakeNotebook";
import { cleanup, renderScreen, type Screen } from "../../support/renderScreen";

afterEach(() => {
  cleanup();
  Reflect.deleteProperty(HTMLElement.prototype, "scrollTo");
  Reflect.deleteProperty(HTMLElement.prototype, "scrollHeight");
});

const texts = {
  title: "Things",
  detail: "Thing",
  create: "New thing",
  emptyTitle: "No things",
  empty: "None yet.",
  noMatchTitle: "No thing found",
  noMatch: (filter: string) => `No thing for ${filter}`,
  noneChosen: "Choose a thing.",
};

function Detail({ id }: RecordDetailProps<EditedType>): ReactNode {
  return <output>{id}</output>;
}

function section(type: "meeting" | "organisation", tree = false): ReactNode {
  return (
    <RecordSection
      type={type}
      icon={IconNotebook}
      texts={texts}
      tree={tree}
      Row={({ row }) => <span>{rowNames(row, "en").first}</span>}
      Detail={Detail}
    />
  );
}

/** Meetings A, B, C … in this order, newest first. */
function meetings(count: number): FakeNotebook {
  const notebook = createFakeNotebook();
  for (let index = 0; index < count; index += 1) {
    const startsAt = new Date(Date.UTC(2026, 10, 30 - index)).toISOString();
    notebook.put("meeting", letter(index), { title: letter(index), startsAt });
  }
  return notebook;
}

function letter(index: number): string {
  return String.fromCharCode(65 + index);
}

async function list(): Promise<HTMLElement> {
  await screen.findByText("A");
  return screen.getByRole("listbox", { name: "Things" });
}

function selected(): string[] {
  return screen
    .getAllByRole("option")
    .filter((option) => option.getAttribute("aria-selected") === "true")
    .map((option) => option.textContent);
}

function row(name: string): HTMLElement {
  return screen.getByRole("option", { name });
}

describe("several records of a list", () => {
  async function open(count = 5): Promise<Screen> {
    const on = renderScreen(section("meeting"), { section: "meetings", notebook: meetings(count) });
    expect((await list()).getAttribute("aria-multiselectable")).toBe("true");
    return on;
  }

  it("are selected by Ctrl+click and Shift+click, and one again by a plain click", async () => {
    await open();
    fireEvent.click(row("B"));
    fireEvent.click(row("D"), { ctrlKey: true });
    expect(selected()).toEqual(["B", "D"]);
    expect(screen.getByRole("heading", { name: "2 selected" })).toBeDefined();
    expect(screen.queryByText("meeting:B")).toBeNull();
    fireEvent.click(row("D"), { metaKey: true });
    expect(selected()).toEqual(["B"]);
    fireEvent.click(row("D"), { shiftKey: true });
    expect(selected()).toEqual(["B", "C", "D"]);
    fireEvent.click(row("B"));
    expect(selected()).toEqual(["B"]);
    expect(screen.getByText("meeting:B")).toBeDefined();
  });

  it("are selected by Shift+arrows from where the selection began, and Esc goes back to the one", async () => {
    const on = await open();
    fireEvent.click(row("C"));
    (await list()).focus();
    await on.user.keyboard("{Shift>}{ArrowDown}{ArrowDown}{/Shift}");
    expect(selected()).toEqual(["C", "D", "E"]);
    await on.user.keyboard("{Shift>}{ArrowUp}{ArrowUp}{ArrowUp}{/Shift}");
    expect(selected()).toEqual(["B", "C"]);
    await on.user.keyboard("{Escape}");
    expect(selected()).toEqual(["C"]);
  });

  it("stay as they are at Ctrl+Space, which switches the input method", async () => {
    const on = await open();
    fireEvent.click(row("A"));
    fireEvent.click(row("C"), { ctrlKey: true });
    (await list()).focus();
    await on.user.keyboard("{Control>}[Space]{/Control}");
    expect(selected()).toEqual(["A", "C"]);
  });

  it("are all selected by Ctrl+A, also those that are not on screen, and stay so under another filter", async () => {
    const on = await open(26);
    (await list()).focus();
    await on.user.keyboard("{Control>}a{/Control}");
    expect(await screen.findByRole("heading", { name: "26 selected" })).toBeDefined();
    await on.user.type(screen.getByLabelText("Filter"), "B");
    await waitFor(() => {
      expect(screen.getAllByRole("option")).toHaveLength(1);
    });
    expect(screen.getByRole("heading", { name: "26 selected" })).toBeDefined();
    expect(selected()).toEqual(["B"]);
  });

  it("are deleted as one step, and put back by the message", async () => {
    const { notebook, user } = await open();
    fireEvent.click(row("B"));
    fireEvent.click(row("D"), { shiftKey: true });
    await user.click(screen.getByRole("button", { name: "Delete" }));
    await waitFor(() => {
      expect(screen.queryByText("C")).toBeNull();
    });
    expect(notebook.requests.filter((name) => name === "editMany")).toHaveLength(1);
    expect(screen.getByText("3 records were moved to the bin.")).toBeDefined();
    expect(screen.getByText("Choose a thing.")).toBeDefined();
    await user.click(screen.getByRole("button", { name: "Put back" }));
    expect(await screen.findByText("C")).toBeDefined();
    expect(notebook.stored("meeting:D")?.deletedAt).toBeUndefined();
  });

  it("that cannot be deleted stay selected, and the reason is said", async () => {
    const { notebook, user } = await open();
    notebook.failWith({ kind: "disk-full" });
    fireEvent.click(row("B"));
    fireEvent.click(row("C"), { shiftKey: true });
    await user.click(screen.getByRole("button", { name: "Delete" }));
    expect((await screen.findByRole("alert")).textContent).toContain("the disk is full");
    expect(selected()).toEqual(["B", "C"]);
  });

  it("are given an area together", async () => {
    const { notebook, user } = await open();
    notebook.put("area", "toys", { nameEn: "Toys", nameZh: "玩具" });
    fireEvent.click(row("A"));
    fireEvent.click(row("B"), { shiftKey: true });
    await user.type(screen.getByLabelText("Give all of them an area"), "toys{Enter}");
    await waitFor(() => {
      expect(notebook.stored("meeting:A")?.data.areaIds).toEqual(["area:toys"]);
    });
    expect(notebook.stored("meeting:B")?.data.areaIds).toEqual(["area:toys"]);
    expect(notebook.stored("meeting:C")?.data.areaIds).toEqual([]);
    expect(await screen.findByText("Given to 2 records.")).toBeDefined();
  });

  it("are made private together after a question, as one step, and shared again", async () => {
    const { notebook, user } = await open();
    fireEvent.click(row("A"));
    fireEvent.click(row("B"), { shiftKey: true });
    await user.click(screen.getByRole("button", { name: "Make private" }));
    const question = await screen.findByRole("dialog", { name: "Make 2 records private?" });
    expect(question.textContent).toContain("Copies may remain");
    expect(notebook.requests).not.toContain("editMany");
    await user.click(within(question).getByRole("button", { name: "Make private" }));
    await waitFor(() => {
      expect(notebook.stored("meeting:A")?.visibility).toBe("private");
    });
    expect(notebook.stored("meeting:B")?.visibility).toBe("private");
    expect(notebook.stored("meeting:C")?.visibility).toBe("project");
    expect(notebook.requests.filter((name) => name === "editMany")).toHaveLength(1);
    await user.click(screen.getByRole("button", { name: "Share with the team" }));
    const sharing = await screen.findByRole("dialog", { name: "Share 2 records with the team?" });
    await user.click(within(sharing).getByRole("button", { name: "Share with the team" }));
    await waitFor(() => {
      expect(notebook.stored("meeting:A")?.visibility).toBe("project");
    });
  });

  it("no longer count one that another computer deletes", async () => {
    const { notebook } = await open();
    fireEvent.click(row("A"));
    fireEvent.click(row("C"), { shiftKey: true });
    act(() => {
      notebook.fromElsewhere({ kind: "delete", id: "meeting:B" });
    });
    expect(await screen.findByRole("heading", { name: "2 selected" })).toBeDefined();
  });
});

describe("a tree", () => {
  function ministries(): FakeNotebook {
    const notebook = createFakeNotebook();
    const level = "ministerial";
    notebook.put("organisation", "a", { nameEn: "A market", level });
    notebook.put("organisation", "b", { nameEn: "B standards", level, parentId: "organisation:a" });
    notebook.put("organisation", "c", { nameEn: "C committee", level, parentId: "organisation:b" });
    notebook.put("organisation", "d", { nameEn: "D certification", level, parentId: "organisation:a" });
    notebook.put("organisation", "e", { nameEn: "E industry", level });
    return notebook;
  }
  async function open(remembered: Record<string, string> = {}): Promise<Screen> {
    const on = renderScreen(section("organisation", true), {
      section: "organisations",
      notebook: ministries(),
      remembered,
    });
    await screen.findByText("E industry");
    screen.getByRole("tree", { name: "Things" }).focus();
    return on;
  }
  const shown = (): string[] => screen.getAllByRole("treeitem").map((item) => item.textContent);
  const chosen = (): string | undefined =>
    screen.getAllByRole("treeitem").find((item) => item.getAttribute("aria-selected") === "true")?.textContent;

  it("says level, place among its siblings and whether it is open", async () => {
    await open();
    const item = screen.getByRole("treeitem", { name: "D certification" });
    expect(item.getAttribute("aria-level")).toBe("2");
    expect(item.getAttribute("aria-posinset")).toBe("2");
    expect(item.getAttribute("aria-setsize")).toBe("2");
    expect(item.getAttribute("aria-expanded")).toBeNull();
    expect(screen.getByRole("treeitem", { name: "A market" }).getAttribute("aria-expanded")).toBe("true");
  });

  it("opens, closes and is walked through with the arrow keys", async () => {
    const { user } = await open();
    await user.keyboard("{ArrowDown}");
    expect(chosen()).toBe("A market");
    await user.keyboard("{ArrowRight}{ArrowRight}");
    expect(chosen()).toBe("C committee");
    await user.keyboard("{ArrowLeft}");
    expect(chosen()).toBe("B standards");
    await user.keyboard("{ArrowLeft}");
    await waitFor(() => {
      expect(shown()).not.toContain("C committee");
    });
    await user.keyboard("{ArrowLeft}{ArrowLeft}");
    await waitFor(() => {
      expect(shown()).toEqual(["A market", "E industry"]);
    });
    await user.keyboard("{ArrowRight}");
    await waitFor(() => {
      expect(shown()).toEqual(["A market", "B standards", "D certification", "E industry"]);
    });
    await user.keyboard("{End}");
    expect(chosen()).toBe("E industry");
    await user.keyboard("{Home}");
    expect(chosen()).toBe("A market");
  });

  it("goes to a name that is typed, but never by the keys of an input method", async () => {
    const { user } = await open();
    const tree = screen.getByRole("tree", { name: "Things" });
    fireEvent.keyDown(tree, { key: "d", keyCode: 229 });
    expect(chosen()).toBeUndefined();
    await user.keyboard("d");
    expect(chosen()).toBe("D certification");
  });

  it("remembers what is closed, and opens it for a record that is looked for", async () => {
    const on = await open({ "collapsed.organisation": "organisation:a" });
    expect(shown()).toEqual(["A market", "E industry"]);
    act(() => {
      on.select("organisation", "organisation:c");
    });
    await screen.findByText("C committee");
    expect(on.remembered.get("collapsed.organisation")).toBe("");
  });

  it("is a plain list, best match first, while something is filtered", async () => {
    const { user } = await open();
    await user.type(screen.getByLabelText("Filter"), "committee");
    await waitFor(() => {
      expect(screen.getAllByRole("option").map((option) => option.textContent)).toEqual(["C committee"]);
    });
  });
});

describe("the place of a list", () => {
  /** Where lists ask to be scrolled to; without a layout engine they stay where they are. */
  function watchScrolling(): number[] {
    const asked: number[] = [];
    Object.defineProperty(HTMLElement.prototype, "scrollHeight", { configurable: true, get: () => 100_000 });
    Object.defineProperty(HTMLElement.prototype, "scrollTo", {
      configurable: true,
      value(this: HTMLElement, { top = 0 }: ScrollToOptions) {
        if (this.getAttribute("role") === "listbox") asked.push(top);
      },
    });
    return asked;
  }

  it("is at the record that was opened from elsewhere", async () => {
    const asked = watchScrolling();
    const on = renderScreen(section("meeting"), { section: "meetings", notebook: meetings(26) });
    await list();
    expect(asked.filter((top) => top > 0)).toEqual([]);
    act(() => {
      on.select("meeting", "meeting:Z");
    });
    await waitFor(() => {
      expect(asked.some((top) => top > 500)).toBe(true);
    });
    expect(on.notebook.requests.filter((name) => name === "place")).toHaveLength(1);
  });

  it("is where it was left when the app was last used", async () => {
    const asked = watchScrolling();
    const on = renderScreen(section("meeting"), {
      section: "meetings",
      notebook: meetings(26),
      remembered: { "scroll.meeting": 540 },
    });
    await list();
    expect(asked).toContain(540);
    const box = await list();
    box.scrollTop = 320;
    fireEvent.scroll(box);
    expect(on.remembered.get("scroll.meeting")).toBe(320);
  });
});

describe("the line between list and detail", () => {
  it("moves by the keyboard within its limits, and is remembered for the section", async () => {
    const on = renderScreen(<SplitView list={<p>list</p>} detail={<p>detail</p>} detailLabel="Detail" />, {
      section: "contacts",
      remembered: { "width.contacts": 20 },
    });
    const line = screen.getByRole("separator", { name: "Width of the list" });
    expect(line.getAttribute("aria-valuenow")).toBe("20");
    line.focus();
    await on.user.keyboard("{ArrowRight}{Shift>}{ArrowRight}{/Shift}");
    expect(line.getAttribute("aria-valuenow")).toBe("25");
    expect(on.remembered.get("width.contacts")).toBe(25);
    await on.user.keyboard("{Home}{ArrowLeft}");
    expect(line.getAttribute("aria-valuenow")).toBe(line.getAttribute("aria-valuemin"));
    await on.user.dblClick(line);
    expect(on.remembered.get("width.contacts")).toBe(0);
  });
});

it("rows that stay on screen are not made anew while the list scrolls", () => {
  const made: number[] = [];
  const renderRow = (index: number): ReactNode => {
    made.push(index);
    return <span>Row {index}</span>;
  };
  renderScreen(
    <VirtualList
      label="Many"
      count={50_000}
      renderRow={renderRow}
      isSelected={() => false}
      onSelect={() => undefined}
    />,
    { section: "contacts" },
  );
  const box = screen.getByRole("listbox", { name: "Many" });
  const onScreen = (): string[] =>
    within(box)
      .getAllByRole("option")
      .map((option) => option.textContent);
  const before = onScreen();
  made.length = 0;
  act(() => {
    box.scrollTop = 900;
    fireEvent.scroll(box);
  });
  const stayed = onScreen().filter((text) => before.includes(text));
  expect(stayed.length).toBeGreaterThan(0);
  expect(stayed.length).toBeLessThan(60);
  expect(made.length).toBeGreaterThan(0);
  expect(made.map((index) => `Row ${String(index)}`).filter((text) => stayed.includes(text))).toEqual([]);
});
