import { readdirSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Page } from "@playwright/test";
import { startApp, type RunningApp } from "../support/app";
import { meetingsAndTerms, peopleAndPlaces } from "./app/records";
import { median, quantile, type Bench, type Row } from "./measure";
import { isUsable, stockProfile } from "./stockedProfile";

const ROUNDS = 5;
/** Time in which the app does what it puts off after the start, in ms. */
const SETTLE = 12_000;

/** The measures of the whole app with a full notebook. */
export function appBenches(root: string): readonly Bench[] {
  const scroll: Bench = {
    name: "list.scroll",
    work: "the list of 50,000 contacts: wheeled through at an even pace, and thrown to places far apart",
    run: (progress) =>
      inFolder(async (folder) => {
        progress("storing 50,000 contacts");
        await stockProfile(folder, peopleAndPlaces(50_000, 0));
        const app = await startApp({}, folder);
        try {
          await goTo(app.page, "Contacts");
          await app.page.getByRole("option").first().waitFor();
          await app.page.waitForTimeout(SETTLE);
          progress("scrolling");
          const wheeled = await app.page.evaluate(scrollList, { kind: "even", frames: 600 } as const);
          const thrown = await app.page.evaluate(scrollList, { kind: "thrown", frames: 300 } as const);
          return [
            { name: "list.scroll", value: Math.max(...wheeled), unit: "ms", n: wheeled.length },
            { name: "list.scroll.p95", value: quantile(wheeled, 0.95), unit: "ms", n: wheeled.length },
            { name: "list.scroll.thrown", value: Math.max(...thrown), unit: "ms", n: thrown.length },
          ] satisfies Row[];
        } finally {
          await app.close();
        }
      }),
  };

  const paint: Bench = {
    name: "filter.paint",
    work: "a key in Filter until the list that it changed is painted, 10,000 contacts",
    run: (progress) =>
      inFolder(async (folder) => {
        progress("storing 10,000 contacts and 1,000 organisations");
        await stockProfile(folder, peopleAndPlaces(10_000, 1_000));
        const app = await startApp({}, folder);
        try {
          await goTo(app.page, "Contacts");
          await app.page.getByRole("option").first().waitFor();
          await app.page.waitForTimeout(SETTLE);
          progress("typing into Filter");
          const samples = await typeFilters(app.page);
          return [
            { name: "filter.paint.p95", value: quantile(samples, 0.95), unit: "ms", n: samples.length },
            { name: "filter.paint.p50", value: quantile(samples, 0.5), unit: "ms", n: samples.length },
          ] satisfies Row[];
        } finally {
          await app.close();
        }
      }),
  };

  const start: Bench = {
    name: "start.interactive",
    work: "from starting the program to a typed letter on the screen, 10,000 meetings with notes and 20,000 terms stored",
    run: (progress) => withFullNotebook(progress, (folder) => startRows(folder, progress)),
  };

  const memory: Bench = {
    name: "app.memory",
    work: "memory of all processes at rest, shared pages counted once, 10,000 meetings with notes and 20,000 terms",
    run: (progress) => withFullNotebook(progress, (folder) => memoryRows(folder, progress)),
  };

  const size: Bench = {
    name: "app.size",
    work: "scripts of the first load, compressed: those of the page before a section shows, and the notebook's worker",
    run: () => inFolder((folder) => sizeRows(root, folder)),
  };

  return [scroll, paint, start, memory, size];
}

async function startRows(folder: string, progress: (text: string) => void): Promise<readonly Row[]> {
  const samples: number[] = [];
  for (let round = 1; round <= ROUNDS; round++) {
    progress(`start ${round} of ${ROUNDS}`);
    const began = performance.now();
    const app = await startApp({}, folder);
    try {
      const field = app.page.getByRole("textbox", { name: "Filter" });
      await field.waitFor();
      await field.press("a");
      await app.page.evaluate(nextPaint);
      samples.push(performance.now() - began);
      await field.fill("");
    } finally {
      await app.close();
    }
  }
  return [
    { name: "start.interactive", value: median(samples), unit: "ms", n: samples.length },
    { name: "start.interactive.worst", value: Math.max(...samples), unit: "ms", n: samples.length },
  ];
}

async function memoryRows(folder: string, progress: (text: string) => void): Promise<readonly Row[]> {
  const app = await startApp({}, folder);
  try {
    await goTo(app.page, "Meetings");
    await app.page.getByRole("option").first().waitFor();
    progress("resting");
    await app.page.waitForTimeout(SETTLE);
    const pids = await app.app.evaluate(({ app: main }) => main.getAppMetrics().map(({ pid }) => pid));
    const total = pids.map(proportionalMegabytes).reduce((sum, each) => sum + each, 0);
    return [{ name: "app.memory", value: total, unit: "MB", n: pids.length }];
  } finally {
    await app.close();
  }
}

async function sizeRows(root: string, folder: string): Promise<readonly Row[]> {
  await stockProfile(folder, peopleAndPlaces(10, 10));
  const app = await startApp({}, folder);
  try {
    await isUsable(app);
    const loaded = new Set<string>();
    app.page.on("request", (request) => loaded.add(new URL(request.url()).pathname));
    await app.page.reload();
    await isUsable(app);
    await app.page.getByRole("main").waitFor();
    await app.page.waitForTimeout(2_000);
    const assets = join(root, "out", "renderer", "assets");
    const page = [...loaded]
      .filter((path) => path.endsWith(".js"))
      .map((path) => path.slice(path.lastIndexOf("/") + 1));
    const worker = readdirSync(assets).filter((name) => /^main-.*\.js$/.test(name) && !page.includes(name));
    const gzipped = (names: readonly string[]): number =>
      names.reduce((sum, name) => sum + gzipSync(readFileSync(join(assets, name)), { level: 9 }).length, 0) / 1024;
    return [
      { name: "app.size", value: gzipped(page) + gzipped(worker), unit: "kB", n: page.length + worker.length },
      { name: "app.size.page", value: gzipped(page), unit: "kB", n: page.length },
      { name: "app.size.worker", value: gzipped(worker), unit: "kB", n: worker.length },
    ];
  } finally {
    await app.close();
  }
}

/** Proportional set size: private pages, and of shared ones a fair part (Linux `smaps_rollup`). */
function proportionalMegabytes(pid: number): number {
  const match = /^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, "utf8"));
  if (!match) throw new Error(`no memory figures of process ${pid}`);
  return Number(match[1]) / 1024;
}

async function withFullNotebook<Value>(
  progress: (text: string) => void,
  work: (folder: string) => Promise<Value>,
): Promise<Value> {
  return inFolder(async (folder) => {
    progress("storing 10,000 meetings with notes and 20,000 terms");
    await stockProfile(folder, meetingsAndTerms(10_000, 20_000));
    // Starts where the list of terms is.
    const app = await startApp({}, folder);
    await isUsable(app);
    await goTo(app.page, "Glossary");
    await app.page.getByRole("option").first().waitFor();
    await app.page.waitForTimeout(SETTLE);
    await app.close();
    return work(folder);
  });
}

async function inFolder<Value>(work: (folder: string) => Promise<Value>): Promise<Value> {
  const folder = await mkdtemp(join(tmpdir(), "qiao-bench-"));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 10 });
  }
}

async function goTo(page: RunningApp["page"], section: string): Promise<void> {
  await page.getByRole("navigation").getByText(section, { exact: true }).click();
}

/** Runs in the page: scrolls the list and answers how long every frame took, in ms. */
async function scrollList(how: { readonly kind: "even" | "thrown"; readonly frames: number }): Promise<number[]> {
  const list = document.querySelector('[role="listbox"]');
  if (!list) throw new Error("no list");
  const frame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));
  const room = list.scrollHeight - list.clientHeight;
  list.scrollTop = 0;
  await frame();
  let before = await frame();
  const samples: number[] = [];
  for (let count = 1; count <= how.frames; count++) {
    // Far apart but the same every time: multiples of the golden section are spread evenly.
    list.scrollTop = how.kind === "even" ? count * 120 : room * ((count * 0.618_034) % 1);
    const now = await frame();
    samples.push(now - before);
    before = now;
  }
  return samples;
}

/** Runs in the page: resolves in the first task after the next frame. */
function nextPaint(): Promise<null> {
  return new Promise((resolve) => {
    requestAnimationFrame(() => {
      setTimeout(() => {
        resolve(null);
      }, 0);
    });
  });
}

/** Types as a person does; from every key that changed the list to the paint of the change, in ms. */
async function typeFilters(page: Page): Promise<readonly number[]> {
  const field = page.getByRole("textbox", { name: "Filter" });
  await field.click();
  await page.evaluate(watchList);
  for (let round = 0; round < 4; round++) {
    for (const text of ["wangw", "lijun", "weber", "muell", "zhangm", "anna w", "samr.g", "handbook"]) {
      for (const letter of text) {
        await page.keyboard.press(letter === " " ? "Space" : letter);
        await page.waitForTimeout(120);
      }
      await field.fill("");
      await page.waitForTimeout(120);
    }
  }
  return page.evaluate(() => (Reflect.get(window, "takePaints") as () => number[])());
}

/** Runs in the page. From the event's own time stamp to the first task after the frame that shows the changed list. */
function watchList(): void {
  const samples: number[] = [];
  let pressed: number | undefined;
  window.addEventListener(
    "keydown",
    (event) => {
      pressed = event.timeStamp;
    },
    { capture: true },
  );
  const column = document.querySelector('[role="listbox"]')?.parentElement;
  if (!column) throw new Error("no list");
  new MutationObserver(() => {
    const began = pressed;
    pressed = undefined;
    if (began === undefined) return;
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        samples.push(performance.now() - began);
        port1.close();
      };
      port2.postMessage(null);
    });
  }).observe(column, { childList: true, subtree: true, characterData: true });
  Reflect.set(window, "takePaints", () => samples);
}
