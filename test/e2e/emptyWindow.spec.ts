import { strangersIn } from "../support/netLog";
import { expect, test } from "../support/app";

test("the app opens a visible window titled Qiao, with nothing on its console", async ({ launch }) => {
  const { app, page } = await launch();
  await expect(page).toHaveTitle(/Qiao/);
  const window = await app.evaluate(({ BrowserWindow }) => {
    const windows = BrowserWindow.getAllWindows();
    return { count: windows.length, isVisible: windows[0]?.isVisible() };
  });
  expect(window).toEqual({ count: 1, isVisible: true });
});

test("nothing is asked of the network when no server is configured", async ({ launch }) => {
  const { page, close, networkUse } = await launch({ netLog: true });
  await page.waitForTimeout(2_000);
  await close();
  expect(strangersIn(networkUse(), [])).toEqual([]);
});

test("the window closes quickly and with success", async ({ launch }) => {
  const { app, close } = await launch();
  const child = app.process();
  const started = Date.now();
  await close();
  expect(child.exitCode).toBe(0);
  expect(Date.now() - started).toBeLessThan(3_000);
});

test("one profile is used by one app at a time", async ({ launch }) => {
  const { userDataDir, page } = await launch();
  await expect(launch({ userDataDir })).rejects.toThrow();
  await expect(page).toHaveTitle(/Qiao/);
});
