import type { Page } from "@playwright/test";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { violations } from "../support/accessibility";
import { expect, test, type RunningApp } from "../support/app";
import { Expert } from "../support/expert";

/** How the window looks and is operated: theme, density, text size, keys and their sheet, Undo across sections. */

const dark = "rgb(20, 20, 19)";
const light = "rgb(245, 245, 243)";

function settingsOf({ userDataDir }: RunningApp): Record<string, unknown> {
  return JSON.parse(readFileSync(join(userDataDir, "settings.json"), "utf8")) as Record<string, unknown>;
}

function background(page: Page): Promise<string> {
  return page.evaluate(() => getComputedStyle(document.body).backgroundColor);
}

/** What main has asked of the system and of the window. */
function inMain({ app }: RunningApp): Promise<{ theme: string; behind: string; zoom: number }> {
  return app.evaluate(({ nativeTheme, BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    return {
      theme: nativeTheme.themeSource,
      behind: window?.getBackgroundColor().toLowerCase() ?? "",
      zoom: Math.round((window?.webContents.getZoomFactor() ?? 0) * 100),
    };
  });
}

test("the theme is remembered and right before the page has drawn anything", async ({ launch }) => {
  const first = await launch();
  // Otherwise the harness says that the system is light, whatever main has set.
  await first.page.emulateMedia({ colorScheme: null });
  const anna = new Expert(first.page);
  await anna.begin("Anna Weber");
  await anna.goTo("settings");
  const theme = first.page.getByRole("radiogroup", { name: "Theme" });
  await theme.getByRole("radio", { name: "Dark" }).check({ force: true });
  await expect.poll(() => background(first.page)).toBe(dark);
  expect(await inMain(first)).toMatchObject({ theme: "dark", behind: "#141413" });
  await theme.getByRole("radio", { name: "Light" }).check({ force: true });
  await expect.poll(() => background(first.page)).toBe(light);
  await theme.getByRole("radio", { name: "Dark" }).check({ force: true });
  await expect.poll(() => settingsOf(first)["theme"]).toBe("dark");
  await first.close();

  const again = await launch({ userDataDir: first.userDataDir });
  await again.page.emulateMedia({ colorScheme: null });
  // Set before the window was opened: the very first style of the document is dark already.
  expect(await again.page.evaluate(() => matchMedia("(prefers-color-scheme: dark)").matches)).toBe(true);
  expect(await inMain(again)).toMatchObject({ theme: "dark", behind: "#141413" });
  await expect.poll(() => background(again.page)).toBe(dark);
  await expect(again.page.locator("html")).toHaveAttribute("data-mantine-color-scheme", "dark");
  await again.page
    .getByRole("radiogroup", { name: "Theme" })
    .getByRole("radio", { name: "As the system" })
    .check({ force: true });
  await expect.poll(() => settingsOf(again)["theme"]).toBeNull();
  expect(await inMain(again)).toMatchObject({ theme: "system" });
});

test("the page is in the theme from its first style on, while its script has not run", async ({ launch }) => {
  const first = await launch();
  await first.page.emulateMedia({ colorScheme: null });
  await new Expert(first.page).begin("Anna Weber");
  await first.page.evaluate(() => window.qiao?.invoke("settings:change", { theme: "dark" }));
  // The document as it stands before React has touched it: only its own markup and style sheets.
  const seen = await first.page.evaluate(async () => {
    const source = await (await fetch("index.html")).text();
    const sheets = [...source.matchAll(/<link[^>]+rel="stylesheet"[^>]*>/g)].map(([tag]) => tag).join("");
    const frame = document.createElement("iframe");
    frame.srcdoc = `<!doctype html><html><head><meta name="color-scheme" content="light dark">${sheets}</head><body></body></html>`;
    const loaded = new Promise((resolve) => {
      frame.addEventListener("load", resolve, { once: true });
    });
    document.body.append(frame);
    await loaded;
    const inside = frame.contentDocument;
    if (!inside || inside.styleSheets.length === 0) throw new Error("no style sheet in the frame");
    const color = getComputedStyle(inside.body).backgroundColor;
    frame.remove();
    return color;
  });
  expect(seen).toBe(dark);
});

test("density and text size are shown at once and after a restart, by settings, keys and menu", async ({ launch }) => {
  const first = await launch();
  const anna = new Expert(first.page);
  await anna.begin("Anna Weber");
  await anna.goTo("organisations");
  const row = first.page.getByRole("treeitem").first();
  const comfortable = (await row.boundingBox())?.height ?? 0;
  await anna.goTo("settings");
  await first.page.getByRole("radio", { name: "Compact" }).check({ force: true });
  await expect(first.page.locator("html")).toHaveAttribute("data-density", "compact");
  await first.page.keyboard.press("Control+Equal");
  await expect.poll(async () => (await inMain(first)).zoom).toBe(110);
  await expect(first.page.getByText("110 %", { exact: true })).toBeVisible();
  await first.page.getByRole("button", { name: "Larger text" }).click();
  await expect.poll(async () => (await inMain(first)).zoom).toBe(125);
  await first.page.keyboard.press("Control+Minus");
  await expect.poll(async () => (await inMain(first)).zoom).toBe(110);
  await first.app.evaluate(({ Menu }) => {
    const view = Menu.getApplicationMenu()?.items.find((item) => item.label === "View");
    view?.submenu?.items.find((item) => item.label === "Larger Text")?.click();
  });
  await expect.poll(async () => (await inMain(first)).zoom).toBe(125);
  await expect.poll(() => settingsOf(first)["textZoom"]).toBe(1.25);
  await first.close();

  const again = await launch({ userDataDir: first.userDataDir });
  const later = new Expert(again.page);
  await expect(again.page.locator("html")).toHaveAttribute("data-density", "compact");
  expect((await inMain(again)).zoom).toBe(125);
  await expect(later.status).toHaveText(later.words.app.sync.notConnected);
  await again.page.keyboard.press("Control+0");
  await expect.poll(async () => (await inMain(again)).zoom).toBe(100);
  await later.goTo("organisations");
  const compact = again.page.getByRole("treeitem").first();
  await expect.poll(async () => (await compact.boundingBox())?.height ?? 0).toBeLessThan(comfortable);
  await again.page.reload();
  await expect(later.status).toBeVisible();
  expect((await inMain(again)).zoom, "after the page was loaded again").toBe(100);
});

test("at 200 % in the smallest window every section can be reached and nothing is cut off", async ({ launch }) => {
  const { app, page } = await launch();
  const anna = new Expert(page);
  await anna.begin("Anna Weber");
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setSize(720, 480));
  await page.evaluate(() => window.qiao?.invoke("settings:change", { textZoom: 2 }));
  await expect.poll(() => page.evaluate(() => window.innerWidth)).toBeLessThanOrEqual(360);
  const sections = page.getByRole("navigation").getByRole("button");
  const count = await sections.count();
  for (let index = 0; index < count; index += 1) {
    await sections.nth(index).click();
    await expect(sections.nth(index)).toHaveAttribute("aria-current", "page");
    const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(wider, `section ${String(index + 1)}`).toBeLessThanOrEqual(0);
  }
  await expect(page.getByRole("button", { name: "Undo" })).toBeInViewport();
  await expect(page.getByRole("button", { name: "Redo" })).toBeInViewport();
});

test("? shows every key, but is a character while text is typed", async ({ launch }) => {
  const { page } = await launch();
  const anna = new Expert(page);
  await anna.begin("Anna Weber");
  const sheet = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await anna.goTo("contacts");
  await anna.field("Filter").click();
  await page.keyboard.type("why?");
  await expect(anna.field("Filter")).toHaveValue("why?");
  await expect(sheet).toHaveCount(0);
  await anna.filter("");
  await page
    .getByRole("listbox")
    .or(page.getByRole("heading", { level: 1 }))
    .first()
    .click();
  await page.keyboard.press("?");
  await expect(sheet).toBeVisible();
  await expect(sheet.getByText("Ctrl+Shift+Z")).toBeVisible();
  await expect(sheet.getByText("Ctrl+Alt+1")).toBeVisible();
  expect(await violations(page)).toEqual([]);
  // Behind the sheet nothing changes.
  await page.keyboard.press("Control+1");
  await page.keyboard.press("Escape");
  await expect(sheet).toBeHidden();
  await expect(page.getByRole("heading", { level: 1, name: "Contacts" })).toBeVisible();
  await page.getByRole("button", { name: "Keyboard shortcuts" }).click();
  await expect(sheet).toBeVisible();
  await page.keyboard.press("Escape");
});

test("Undo and Redo, by button and keys, across two sections, show the record they changed", async ({ launch }) => {
  const { page } = await launch();
  const anna = new Expert(page);
  await anna.begin("Anna Weber");
  const undo = page.getByRole("button", { name: "Undo" });
  const redo = page.getByRole("button", { name: "Redo" });
  await expect(redo).toBeDisabled();
  const { contacts, meetings, common } = anna.words;

  await anna.goTo("contacts");
  await page.keyboard.press("Control+n");
  await anna.field(contacts.field.nameZh).fill("王伟");
  await anna.isSaved();
  await page.keyboard.press("Escape");
  await anna.goTo("meetings");
  await page.keyboard.press("Control+n");
  await anna.field(meetings.field.title).fill("Kick-off");
  await anna.isSaved();

  await anna.goTo("contacts");
  await anna.entry("王伟").click();
  await page.getByRole("button", { name: common.delete }).click();
  await expect(anna.entry("王伟")).toHaveCount(0);
  await anna.goTo("meetings");
  await undo.hover();
  await expect(page.getByRole("tooltip")).toContainText("Undo: delete 王伟");
  await undo.click();
  await expect(page.getByRole("heading", { level: 1, name: "Contacts" })).toBeVisible();
  await expect(anna.field(contacts.field.nameZh)).toHaveValue("王伟");
  await expect(page.getByText("Undone: delete 王伟.")).toBeVisible();
  await expect(page.getByRole("button", { name: common.putBack })).toHaveCount(0);

  await page.getByRole("listbox").first().focus();
  await page.keyboard.press("Control+y");
  await expect(anna.entry("王伟")).toHaveCount(0);
  await page.keyboard.press("Control+z");
  await expect(anna.entry("王伟")).toHaveCount(1);
  await page.keyboard.press("Control+Shift+z");
  await expect(anna.entry("王伟")).toHaveCount(0);
  await page.keyboard.press("Control+z");
  await expect(anna.entry("王伟")).toHaveCount(1);

  await anna.goTo("meetings");
  await anna.entry("Kick-off").click();
  await anna.field(meetings.field.place).fill("北京");
  // Not saved yet: what was typed last is what gets undone.
  await undo.click();
  await expect(anna.field(meetings.field.place)).toHaveValue("");
  await expect(anna.field(meetings.field.title)).toHaveValue("Kick-off");
  await redo.click();
  await expect(anna.field(meetings.field.place)).toHaveValue("北京");
});

test("in a field Ctrl+Z is the field's while something was typed there, and in a note it is the note's", async ({
  launch,
}) => {
  const { page } = await launch();
  const anna = new Expert(page);
  await anna.begin("Anna Weber");
  const { meetings } = anna.words;
  await anna.goTo("meetings");
  await page.keyboard.press("Control+n");
  const title = anna.field(meetings.field.title);
  await title.fill("Kick-off");
  await anna.isSaved();
  await anna.field(meetings.field.place).click();
  await page.keyboard.insertText("北京");
  await anna.isSaved();
  await page.keyboard.press("Control+z");
  await expect(anna.field(meetings.field.place)).toHaveValue("");
  await page.keyboard.press("Control+z");
  await page.keyboard.press("Control+z");
  await expect(anna.field(meetings.field.place), "does not come back").toHaveValue("");
  await expect(title, "and no other field is touched").toHaveValue("Kick-off");

  await anna.note.click();
  await page.keyboard.insertText("agreed");
  await anna.isSaved();
  const undo = page.getByRole("button", { name: "Undo" });
  await undo.click();
  await expect(anna.note).not.toContainText("agreed");
  await expect(title).toHaveValue("Kick-off");
  await page.keyboard.press("Control+y");
  await expect(anna.note).toContainText("agreed");
  await page.keyboard.press("Control+z");
  await expect(anna.note).not.toContainText("agreed");
});

test("settings of a newer or odd kind do no harm", async ({ launch, temporaryFolder }) => {
  const userDataDir = temporaryFolder("odd-settings");
  writeFileSync(
    join(userDataDir, "settings.json"),
    JSON.stringify({ textZoom: 3, density: "compact", hologram: true }),
  );
  const app = await launch({ userDataDir });
  await new Expert(app.page).begin("Anna Weber");
  expect((await inMain(app)).zoom).toBe(200);
  expect(settingsOf(app)["hologram"]).toBe(true);
});
