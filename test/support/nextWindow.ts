import type { Page } from "@playwright/test";
import type { RunningApp } from "./app";

/** Longest time until another window is there, in ms. */
const COMES = 60_000;

/** The window that takes the place of the one in which `act` is done. */
export async function nextWindow({ app }: RunningApp, act: () => Promise<void>): Promise<Page> {
  const next = app.waitForEvent("window", { timeout: COMES });
  // The old one goes while a key or a button in it is still being pressed, which rejects then.
  const [page] = await Promise.all([next, act().catch(() => undefined)]);
  await page.waitForLoadState();
  return page;
}
