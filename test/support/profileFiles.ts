import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { keyring } from "../../src-main/keys/keyring";
import { unwrapBy } from "../../src-main/keys/sealing";
import { SegmentedLedger } from "../../src-main/ledger/segmentedLedger";

/** What lies in the folder of an installation, for tests that damage it while the app is closed. */

export function partitionsOf(userDataDir: string): string {
  return join(userDataDir, "Partitions");
}

/** Of the browser's database that holds the store. `store`: how many have been made. */
export function storeOf(userDataDir: string, store = 1): string {
  return join(partitionsOf(userDataDir), `store-${String(store)}`, "IndexedDB");
}

export function notebookOf(userDataDir: string): string {
  return join(userDataDir, "notebook");
}

export function ledgerOf(userDataDir: string): string {
  return join(notebookOf(userDataDir), "ledger-1");
}

/** Paths of the segments, oldest first. */
export function segmentsOf(userDataDir: string): string[] {
  const folder = ledgerOf(userDataDir);
  const names = readdirSync(folder).filter((name) => name.startsWith("segment-"));
  return names.sort().map((name) => join(folder, name));
}

/** The ledger of a notebook that nothing protects, while the app is closed. */
export async function openLedgerOf(userDataDir: string): Promise<SegmentedLedger> {
  const ring = keyring.parse(JSON.parse(readFileSync(join(notebookOf(userDataDir), "keyring.json"), "utf8")));
  if (!ring.wraps.none) throw new Error("only the key of an unprotected notebook can be read");
  const sealing = { kind: "none", key: Buffer.from(ring.wraps.none.key, "base64") } as const;
  const root = unwrapBy(sealing, ring.wraps, ring.notebook);
  if (!root) throw new Error("the keyring does not open");
  const opened = await SegmentedLedger.open({
    folder: ledgerOf(userDataDir),
    key: root.derive("ledger"),
    notebook: ring.notebook,
    now: () => Date.now(),
  });
  if (!opened.ok) throw new Error(`the ledger does not open: ${JSON.stringify(opened.failure)}`);
  return opened.value;
}

/** Closes the segment that was written to last, as growing does; what is written from now on goes into the next. */
export async function beginNextSegment(userDataDir: string): Promise<void> {
  const ledger = await openLedgerOf(userDataDir);
  const started = await ledger.start();
  if (!started.ok) throw new Error("the ledger does not start");
  const begun = await ledger.beginSnapshot(started.value.end);
  if (!begun.ok) throw new Error(`no segment was begun: ${JSON.stringify(begun.failure)}`);
  await ledger.abandonSnapshot();
  await ledger.close();
}

/** Writes random bytes over a part of a file: `from` and `to` are parts of its length. */
export function scribbleOver(file: string, from: number, to: number, random: () => number): void {
  const bytes = readFileSync(file);
  const end = Math.ceil(bytes.length * to);
  for (let at = Math.floor(bytes.length * from); at < end; at += 1) bytes[at] = Math.floor(random() * 256);
  writeFileSync(file, bytes);
}

/** Copies the notebook and its store; what is answered puts them back as they were, in the same folders. */
export function keepCopyOf(userDataDir: string): () => void {
  const copied = [notebookOf(userDataDir), partitionsOf(userDataDir)];
  const copyOf = (folder: string): string => `${folder}.copy`;
  for (const folder of copied) cpSync(folder, copyOf(folder), { recursive: true, preserveTimestamps: true });
  return () => {
    // A folder that is made anew would be another notebook's home.
    for (const folder of copied) replaceContents(folder, copyOf(folder));
  };
}

export function replaceContents(folder: string, by: string): void {
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true });
  cpSync(by, folder, { recursive: true, preserveTimestamps: true });
}
