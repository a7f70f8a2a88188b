import { readdirSync, readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import type { RunningApp } from "./app";

/** What can die under a person's hands. */
export const victims = ["main", "page", "worker", "gpu"] as const;
export type Victim = (typeof victims)[number];

/** How long a worker that is only just being started is waited for, in ms. */
const WORKER_COMES = 5_000;

/** Kills one process of the app, or the notebook's worker, which ends without a word to anybody. */
export async function kill(victim: Victim, running: RunningApp, page: Page): Promise<void> {
  switch (victim) {
    case "main":
      await running.kill();
      return;
    case "page":
      killChildren(running, "renderer");
      return;
    case "gpu":
      killChildren(running, "gpu-process");
      return;
    case "worker":
      await endWorker(page);
  }
}

async function endWorker(page: Page): Promise<void> {
  const worker = page.workers()[0] ?? (await page.waitForEvent("worker", { timeout: WORKER_COMES }));
  await worker
    .evaluate(() => {
      self.close();
    })
    // It may be gone before it has answered.
    .catch(() => undefined);
}

/** Chromium's processes stand below a zygote, not below the main process itself. */
function killChildren(running: RunningApp, type: string): void {
  const main = running.app.process().pid;
  if (main === undefined) throw new Error("the app has no process");
  const found = below(main).filter((pid) => commandOf(pid).includes(`--type=${type}`));
  if (found.length === 0) throw new Error(`no ${type} runs`);
  for (const pid of found) process.kill(pid, "SIGKILL");
}

/** All processes that a process has started, at any depth. */
function below(ancestor: number): readonly number[] {
  const children = new Map<number, number[]>();
  for (const name of readdirSync("/proc")) {
    const parent = /^\d+$/.test(name) ? parentOf(Number(name)) : null;
    if (parent !== null) children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
  }
  const found: number[] = [];
  const visit = (pid: number): void => {
    for (const child of children.get(pid) ?? []) {
      found.push(child);
      visit(child);
    }
  };
  visit(ancestor);
  return found;
}

/** Null for one that has ended meanwhile. The name, in brackets, may hold anything; the parent comes after the state. */
function parentOf(pid: number): number | null {
  try {
    return Number(/.*\) \S (\d+)/s.exec(readFileSync(`/proc/${String(pid)}/stat`, "utf8"))?.[1]);
  } catch {
    return null;
  }
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${String(pid)}/cmdline`, "utf8");
  } catch {
    return "";
  }
}
