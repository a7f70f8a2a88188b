import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { startApp } from "../support/app";
import { Expert } from "../support/expert";
import { startSyncServer, type SyncServer } from "../support/syncServer";
import { contentText } from "../../src-renderer/domain/parseRecord";
import { mixedRecords } from "./app/records";
import { quantile, type Bench, type Row } from "./measure";

const KEYS = 300;
/** Between two keys, in ms: a fast typist. */
const REST = 80;
const WORDS = 2_000;
/** Documents that the server gets while a person types, in one request. */
const BATCH = 200;

/**
 * From a keystroke to the frame that shows it, in the real app: a person types in the middle of a long note in two
 * scripts, first alone, then while a notebook of 10,000 records arrives and others go on writing.
 */
export function typingBench(): Bench {
  return {
    name: "typing.p99",
    work: `${KEYS} keys into a mixed note of ${WORDS} words, with and without a sync under way`,
    run: async (progress) => {
      const folder = await mkdtemp(join(tmpdir(), "qiao-bench-"));
      const server = await startSyncServer({ memory: true });
      try {
        progress("filling the server");
        const documents = mixedRecords(10_000).map((content) => documentOf(contentText(content)));
        for (let from = 0; from < documents.length; from += 1_000)
          await put(server, documents.slice(from, from + 1_000));
        const app = await startApp({}, folder);
        try {
          const person = new Expert(app.page);
          await person.begin("Bench");
          await openLongNote(person);
          progress("typing alone");
          const quiet = await typed(app.page);
          progress("typing while syncing");
          await person.connect(server);
          await person.keepPasswordUntilClose();
          await person.openMeeting("Bench note");
          await placeCursor(person);
          const syncing = await whileOthersWrite(server, documents, () => typed(app.page));
          // Without it the numbers would say nothing about a sync.
          await person.entry("bilateral").first().waitFor({ timeout: 5_000 });
          return rowsOf(quiet, syncing);
        } finally {
          await app.close();
        }
      } finally {
        await server.dispose();
        await rm(folder, { recursive: true, force: true, maxRetries: 10 });
      }
    },
  };
}

function rowsOf(quiet: readonly number[], syncing: readonly number[]): readonly Row[] {
  const row = (name: string, samples: readonly number[], share: number): Row => ({
    name,
    value: quantile(samples, share),
    unit: "ms",
    n: samples.length,
  });
  return [
    row("typing.p99", syncing, 0.99),
    row("typing.p50", syncing, 0.5),
    row("typing.alone.p99", quiet, 0.99),
    row("typing.alone.p50", quiet, 0.5),
  ];
}

function documentOf(text: string): object {
  const { id, ...rest } = JSON.parse(text) as { id: string };
  return { _id: id, ...rest };
}

async function put(server: SyncServer, docs: readonly object[]): Promise<void> {
  const { status } = await server.admin("POST", `${server.database}/_bulk_docs`, { docs });
  if (status !== 201) throw new Error(`the server answered ${status}`);
}

/** Goes on adding records as a busy team would, far more of them, until the work is done. */
async function whileOthersWrite<Value>(
  server: SyncServer,
  documents: readonly object[],
  work: () => Promise<Value>,
): Promise<Value> {
  const over = new AbortController();
  const writing = (async () => {
    for (let batch = 0; !over.signal.aborted; batch++) {
      const from = (batch * BATCH) % documents.length;
      const more = documents.slice(from, from + BATCH) as { _id: string }[];
      await put(
        server,
        more.map((document) => ({ ...document, _id: `${document._id}-${batch}` })),
      );
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  })();
  try {
    return await work();
  } finally {
    over.abort();
    await writing;
  }
}

async function openLongNote(person: Expert): Promise<void> {
  const { meetings } = person.words;
  await person.goTo("meetings");
  await person.button(meetings.newMeeting).click();
  await person.field(meetings.field.title).fill("Bench note");
  await person.isSaved();
  await person.note.click();
  await person.page.keyboard.insertText(longNote());
  await person.isSaved();
  await placeCursor(person);
}

/** Two thousand words as a meeting leaves them: headings, lists, both scripts. */
function longNote(): string {
  const sentence = "推荐性标准 and the matching EN standard were **compared** by both sides; 请各方提供书面意见。";
  const words = 16;
  const lines = Array.from({ length: WORDS / words }, (_, index) => {
    if (index % 20 === 0) return `## Item ${index / 20 + 1}: 议题`;
    return index % 3 === 0 ? `- [ ] ${sentence}` : sentence;
  });
  return lines.join("\n");
}

/** In the middle of the note, at the end of a line. */
async function placeCursor(person: Expert): Promise<void> {
  const { keyboard } = person.page;
  await person.note.click();
  await keyboard.press("Control+Home");
  for (let line = 0; line < 60; line++) await keyboard.press("ArrowDown");
  await keyboard.press("End");
}

/** Types at an even pace; how long every key took to be seen, in ms. */
async function typed(page: Page): Promise<readonly number[]> {
  await page.evaluate(watchKeys);
  const text = "the quick review of standards and ";
  for (let key = 0; key < KEYS; key++) {
    const began = performance.now();
    const letter = text.charAt(key % text.length);
    await page.keyboard.press(letter === " " ? "Space" : letter);
    await page.waitForTimeout(Math.max(0, REST - (performance.now() - began)));
  }
  await page.waitForTimeout(500);
  const samples = await page.evaluate(takeKeys);
  if (samples.length < KEYS * 0.98) throw new Error(`only ${samples.length} of ${KEYS} keys were seen`);
  return samples;
}

/**
 * Runs in the page. From the event's own time stamp (when the browser process got the key) to the first task after the
 * frame that follows it.
 */
function watchKeys(): void {
  const samples: number[] = [];
  const onKey = (event: KeyboardEvent): void => {
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        samples.push(performance.now() - event.timeStamp);
        port1.close();
      };
      port2.postMessage(null);
    });
  };
  window.addEventListener("keydown", onKey, { capture: true });
  Reflect.set(window, "takeKeys", () => {
    window.removeEventListener("keydown", onKey, { capture: true });
    return samples;
  });
}

function takeKeys(): number[] {
  return (Reflect.get(window, "takeKeys") as () => number[])();
}
