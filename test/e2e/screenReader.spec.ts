import type { Page } from "@playwright/test";
import { expect, test } from "../support/app";
import { Expert } from "../support/expert";
import { fillNotebook, walkOverlays, walkSections } from "../support/filledNotebook";

/** What a screen reader is told: the names of all controls, the frame of every screen, places in lists, and news. */

interface AXValue {
  readonly value?: string | boolean;
}
interface AXNode {
  readonly nodeId: string;
  readonly parentId?: string;
  readonly ignored: boolean;
  readonly role?: AXValue;
  readonly name?: AXValue;
  readonly properties?: readonly { readonly name: string; readonly value: AXValue }[];
}

/** The tree that Chromium gives to the system, from the top. */
async function accessibilityTree(page: Page): Promise<readonly AXNode[]> {
  const session = await page.context().newCDPSession(page);
  const { nodes } = (await session.send("Accessibility.getFullAXTree")) as { readonly nodes: readonly AXNode[] };
  await session.detach();
  return nodes.filter(({ ignored }) => !ignored);
}

/**
 * Everything that takes the focus and has no name to be read. What only scrolls (`generic`) is not offered to a screen
 * reader; that nothing of it is a tab stop of ours is seen elsewhere.
 */
function nameless(nodes: readonly AXNode[]): string[] {
  const byId = new Map(nodes.map((node) => [node.nodeId, node]));
  const takesFocus = ({ properties = [] }: AXNode): boolean =>
    properties.some(({ name, value }) => name === "focusable" && value.value === true);
  const inWords = (node: AXNode | undefined): string =>
    node ? `${String(node.role?.value)} “${String(node.name?.value ?? "")}”` : "";
  return nodes
    .filter(
      (node) => node.role?.value !== "generic" && takesFocus(node) && String(node.name?.value ?? "").trim() === "",
    )
    .map((node) => `${inWords(node)} in ${inWords(byId.get(node.parentId ?? ""))}`);
}

/** The levels of the headings outside dialogs, from the top of the screen on. */
function headingLevels(page: Page): Promise<number[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll("#root :is(h1, h2, h3, h4, h5, h6)")]
      .filter((heading) => heading.checkVisibility())
      .map((heading) => Number(heading.tagName.slice(1))),
  );
}

/** Stops of the Tab key that are no control. */
function aimlessStops(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('div[tabindex="0"]:not([role]), span[tabindex="0"]:not([role])')]
      .filter((stop) => stop.checkVisibility())
      .map((stop) => stop.className),
  );
}

async function hasFrame(page: Page, screen: string): Promise<void> {
  for (const role of ["navigation", "main", "contentinfo"] as const) {
    await expect(page.getByRole(role), `${screen}: ${role}`).toHaveCount(1);
  }
  const levels = await headingLevels(page);
  expect(
    levels.filter((level) => level === 1),
    `${screen}: one heading of the first level`,
  ).toHaveLength(1);
  const jumps = levels.filter((level, index) => level > (levels[index - 1] ?? 0) + 1);
  expect(jumps, `${screen}: no level is left out in ${levels.join(" ")}`).toEqual([]);
}

test("everything that takes the focus has a name, and every screen its landmarks and headings", async ({ launch }) => {
  test.setTimeout(120_000);
  const { app, page } = await launch();
  const anna = new Expert(page);
  const look = async (screen: string): Promise<void> => {
    expect.soft(nameless(await accessibilityTree(page)), screen).toEqual([]);
    expect.soft(await aimlessStops(page), screen).toEqual([]);
  };
  await expect(anna.button(anna.words.protection.first.without)).toBeVisible();
  await look("how to protect");
  await anna.answerFirstQuestions();
  await look("first run");
  await anna.begin("Anna Weber");
  await fillNotebook(anna);
  await walkSections(anna, async (screen) => {
    await look(screen);
    await hasFrame(page, screen);
    await expect(page.getByRole("button", { name: "Undo" }), screen).toHaveCount(1);
    await expect(page.getByRole("button", { name: "Redo" }), screen).toHaveCount(1);
    for (const section of ["Today", "Glossary", "Areas", "Bin"]) {
      await expect(page.getByRole("navigation").getByRole("button", { name: section, exact: true })).toHaveCount(1);
    }
    await expect(page.getByRole("textbox", { name: "Filter" })).toHaveCount(/today|settings/.test(screen) ? 0 : 1);
    const deletes = /meetings|contacts|organisations|glossary/.test(screen) ? 1 : 0;
    await expect(page.getByRole("button", { name: "Delete" }), screen).toHaveCount(deletes);
    // In Settings it is "Restore a backup".
    const restores = screen === "bin" || screen === "settings" ? 1 : 0;
    await expect(page.getByRole("button", { name: "Restore" }), screen).toHaveCount(restores);
    await expect(page.getByRole("button", { name: "New term" })).toHaveCount(screen === "glossary" ? 1 : 0);
    const news = screen === "organisations" ? 1 : 0;
    await expect(page.getByRole("button", { name: "New organisation" })).toHaveCount(news);
    await expect(page.getByRole("radiogroup", { name: "Theme" })).toHaveCount(screen === "settings" ? 1 : 0);
  });
  await walkOverlays(app, anna, look);
});

test("lists and trees say where a row stands and among how many", async ({ launch }) => {
  const { page } = await launch();
  const anna = new Expert(page);
  await anna.begin("Anna Weber");
  await anna.goTo("glossary");
  const list = page.getByRole("listbox", { name: "Glossary" });
  const places = (): Promise<string[]> =>
    list
      .getByRole("option")
      .evaluateAll((rows) =>
        rows.map((row) => `${row.getAttribute("aria-posinset") ?? ""} of ${row.getAttribute("aria-setsize") ?? ""}`),
      );
  await expect.poll(async () => (await places())[0]).toMatch(/^1 of \d{3}$/);
  const total = Number((await places())[0]?.split(" ").at(-1));
  expect(total).toBeGreaterThan(500);
  expect(await places()).toEqual((await places()).map((_, index) => `${String(index + 1)} of ${String(total)}`));
  await list.focus();
  await page.keyboard.press("End");
  await expect.poll(async () => (await places()).at(-1)).toBe(`${String(total)} of ${String(total)}`);
  const active = (await list.getAttribute("aria-activedescendant")) ?? "";
  const current = page.locator(`[id="${active}"]`);
  await expect(current, "the row that the keys are on").toHaveAttribute("aria-posinset", String(total));
  await expect(current).toHaveAttribute("aria-selected", "true");

  await anna.goTo("organisations");
  const tree = page.getByRole("tree", { name: "Organisations" });
  await expect(tree.getByRole("treeitem").first()).toHaveAttribute("aria-level", "1");
  const ministry = tree.locator('[role="treeitem"][aria-expanded]').first();
  await expect(ministry).toHaveAttribute("aria-expanded", "true");
  const below = tree.locator('[role="treeitem"][aria-level="2"]');
  await expect(below.first()).toHaveAttribute("aria-posinset", "1");
  await expect(below.first()).toHaveAttribute("aria-setsize", /^[1-9]\d*$/);
});

test("what happens elsewhere on the screen is announced", async ({ launch }) => {
  const { page } = await launch();
  const anna = new Expert(page);
  await anna.begin("Anna Weber");
  const { common, lists, meetings } = anna.words;
  await expect(page.getByRole("status").filter({ hasText: anna.words.app.sync.notConnected })).toHaveCount(1);
  await anna.goTo("meetings");
  for (const title of ["Kick-off", "Review"]) {
    await anna.button(meetings.newMeeting).click();
    await anna.field(meetings.field.title).fill(title);
    await anna.isSaved();
  }
  await anna.button(common.delete).click();
  await expect(page.getByRole("alert").filter({ hasText: common.deleted.replace("{{name}}", "Review") })).toBeVisible();
  await anna.button(anna.words.app.shortcuts.undo).click();
  await expect(page.getByRole("status").filter({ hasText: "Undone: delete Review." })).toBeVisible();

  await page.getByRole("listbox").first().focus();
  await page.keyboard.press("Control+a");
  const many = page.getByRole("heading", { name: lists.selected_other.replace("{{count, number}}", "2") });
  await expect(many).toHaveAttribute("aria-live", "polite");
  await anna.choose(lists.giveArea, "toys", "Toys");
  await expect(page.getByRole("status").filter({ hasText: "Given to 2 records." })).toBeVisible();
  await anna.button(lists.clearSelection).click();

  await anna.field(meetings.field.place).fill("长".repeat(100_001));
  await expect(page.getByRole("alert").filter({ hasText: common.save.notSaved.split("{{")[0] ?? "" })).toBeVisible();
  await anna.field(meetings.field.place).fill("北京");
  await anna.isSaved();
});
