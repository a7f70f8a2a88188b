import { SegmentedLedger } from "../../src-main/ledger/segmentedLedger";
import { entryText, type LedgerEntry } from "../../src-renderer/data/ledgerEntries";
import { idOfContent } from "../../src-renderer/domain/parseRecord";
import type { Content } from "../../src-renderer/domain/record";
import { startApp, type RunningApp } from "../support/app";
import { keyHolderOf, withoutKeychain } from "../support/keyHolderOf";

const PAGE = 500;
/** Longest time for the app to build its store from the ledger, in ms. */
const BUILDING = 180_000;
const RESTING = 15_000;

/**
 * Fills the folder of an installation with records as if they had come from a server, and starts the app once, so that
 * its store is as it is left on any other day. The notebook is sealed, by a key that nothing protects: what opens a key
 * is the system's to answer for.
 */
export async function stockProfile(folder: string, contents: readonly Content[]): Promise<void> {
  const ledger = await newLedger(folder);
  try {
    await append(ledger, {
      kind: "identity",
      identity: { author: "author:019a0000-0000-7000-8000-000000000001", name: "Bench", device: "bench" },
    });
    for (let from = 0; from < contents.length; from += PAGE) {
      await append(ledger, {
        kind: "pulled",
        notebook: "http://127.0.0.1/bench",
        outcomes: contents.slice(from, from + PAGE).map((content, index) => ({
          kind: "take",
          id: idOfContent(content),
          rev: `1-${(from + index).toString(16).padStart(32, "0")}`,
          content,
        })),
        checkpoint: String(from),
        quarantined: [],
      });
    }
  } finally {
    await ledger.close();
  }
  const app = await startApp({}, folder);
  await isUsable(app, BUILDING);
  // What was built is written down in its own time.
  await app.page.waitForTimeout(RESTING);
  await app.close();
}

/** Waits until a section is there. */
export async function isUsable({ page }: RunningApp, timeout = 120_000): Promise<void> {
  await page.getByRole("navigation").waitFor({ timeout });
}

/** The empty ledger of a notebook that is begun here. */
async function newLedger(folder: string): Promise<SegmentedLedger> {
  const holder = await keyHolderOf(folder, { keychain: withoutKeychain });
  const begun = await holder.begin(null);
  const keys = holder.keys();
  if (!begun.ok || !keys) throw new Error("no notebook was begun");
  const opened = await SegmentedLedger.open({
    folder: keys.ledgerFolder,
    key: keys.derive("ledger"),
    notebook: keys.notebook,
    now: () => Date.now(),
  });
  await holder.close();
  if (!opened.ok) throw new Error(JSON.stringify(opened.failure));
  return opened.value;
}

async function append(ledger: SegmentedLedger, entry: LedgerEntry): Promise<void> {
  const appended = await ledger.append([await entryText(entry)]);
  if (!appended.ok) throw new Error(appended.failure.kind);
}
