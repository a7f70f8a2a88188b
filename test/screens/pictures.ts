import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { violations } from "../support/accessibility";
import { expect, type RunningApp } from "../support/app";

const root = resolve(import.meta.dirname, "..", "..");

export const sizes = { usual: { width: 1280, height: 800 }, minimum: { width: 720, height: 480 } } as const;
export type Size = keyof typeof sizes;
export const themes = ["light", "dark"] as const;
export type Theme = (typeof themes)[number];

export async function setSize({ app }: RunningApp, size: Size): Promise<void> {
  await app.evaluate(({ BrowserWindow }, { width, height }) => {
    BrowserWindow.getAllWindows()[0]?.setContentSize(width, height);
  }, sizes[size]);
}

export async function setTheme({ app, page }: RunningApp, theme: Theme): Promise<void> {
  // Playwright answers the page's question for the system's theme itself.
  await page.emulateMedia({ colorScheme: theme });
  await app.evaluate(({ nativeTheme }, source) => {
    nativeTheme.themeSource = source;
  }, theme);
}

/** Saves the window as it is now under `screens/`, which git ignores, or under another path of the checkout. */
export async function savePicture({ page }: RunningApp, path: string): Promise<void> {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  // Two frames: a new size or theme is laid out, then painted.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  await page.waitForTimeout(120);
  await page.screenshot({ path: file });
}

/** The same by the window itself, since Playwright cuts a page whose text is enlarged. */
export async function saveWindow({ app, page }: RunningApp, path: string): Promise<void> {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  await page.waitForTimeout(400);
  const png = await app.evaluate(async ({ BrowserWindow }) => {
    const picture = await BrowserWindow.getAllWindows()[0]?.webContents.capturePage();
    return picture?.toPNG().toString("base64") ?? "";
  });
  writeFileSync(file, Buffer.from(png, "base64"));
}

/**
 * The same screen in both themes and at both sizes, all but one also looked at for accessibility; leaves it light
 * and of usual size.
 */
export async function takeAll(running: RunningApp, name: string): Promise<void> {
  for (const size of ["minimum", "usual"] as const) {
    await setSize(running, size);
    for (const theme of ["dark", "light"] as const) {
      await setTheme(running, theme);
      await savePicture(running, `screens/${name}-${size}-${theme}.png`);
      if (size === "usual" || theme === "light")
        expect.soft(await violations(running.page), `${name}, ${size}, ${theme}`).toEqual([]);
    }
  }
}
