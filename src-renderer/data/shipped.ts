import type { ShippedRecord } from "../domain/record";
import { readArea, readOrganisation, readTerm, type EntryReader } from "./shippedEntries";

/** What ships with the app: organisations, terms and areas. Read at start, never written to the store. */

const readers = {
  "organisations.json": readOrganisation,
  "glossary.json": readTerm,
  "technical-areas.json": readArea,
  "subject-areas.json": readArea,
} as const satisfies Readonly<Record<string, EntryReader>>;

/** A file of `resources/`. */
export type ShippedFile = keyof typeof readers;
export const shippedFiles = Object.keys(readers) as ShippedFile[];

export interface ShippedRecords {
  /** In the order of the files. */
  readonly records: ReadonlyMap<string, ShippedRecord>;
  /** Files that are not there or not readable, or have an entry that is not. What can be read of them is used. */
  readonly damagedFiles: readonly ShippedFile[];
}

/** Reads all files; `log` hears what is wrong with one. Never fails: the rest of the app works without them. */
export async function readShipped(
  textOf: (file: ShippedFile) => Promise<string>,
  log: (event: string, detail: unknown) => void,
): Promise<ShippedRecords> {
  const records = new Map<string, ShippedRecord>();
  const damagedFiles: ShippedFile[] = [];
  const texts = shippedFiles.map((file) => ({ file, text: settled(() => textOf(file)) }));
  for (const { file, text } of texts) {
    const entries = listOf(await text);
    let whole = entries !== undefined;
    for (const entry of entries ?? []) {
      const record = readers[file](entry);
      // The first of two entries of one slug counts.
      if (record && !records.has(record.id)) records.set(record.id, record);
      else whole = false;
    }
    if (whole) continue;
    log("shipped file damaged", file);
    damagedFiles.push(file);
  }
  return { records, damagedFiles };
}

/** Undefined where it cannot be had. */
async function settled(text: () => Promise<string>): Promise<string | undefined> {
  try {
    return await text();
  } catch {
    return undefined;
  }
}

function listOf(text: string | undefined): readonly unknown[] | undefined {
  if (text === undefined) return undefined;
  try {
    const json: unknown = JSON.parse(text);
    return Array.isArray(json) ? json : undefined;
  } catch {
    return undefined;
  }
}
