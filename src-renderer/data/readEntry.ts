import { z } from "zod";
import { bytesOfBase64 } from "../domain/base64";
import { instant, stamp, visibility } from "../domain/envelope";
import type { Content } from "../domain/record";
import { readKept, readKeptJson } from "./keptContent";
import {
  FORMAT,
  type KeptRecord,
  type LedgerEntry,
  type PulledOutcome,
  type PutRecord,
  type SyncedRow,
} from "./ledgerEntries";
import { createPace } from "./pace";

/** `newer`: an entry of a version after this one; it stays in the ledger for that version to read. */
export type ReadEntry =
  | { readonly kind: "entry"; readonly entry: LedgerEntry }
  | { readonly kind: "newer" }
  | { readonly kind: "unreadable"; readonly detail: string };

/** Pauses between the records of a page. */
export async function readEntry(text: string): Promise<ReadEntry> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return unreadable("no JSON");
  }
  const head = entryHead.safeParse(json);
  if (!head.success) return unreadable("no entry");
  if (head.data.f > FORMAT || !kinds.has(head.data.kind)) return { kind: "newer" };
  const parsed = entrySchema.safeParse(json);
  if (!parsed.success) return unreadable(z.prettifyError(parsed.error));
  const entry = await withRecords(parsed.data);
  return entry ? { kind: "entry", entry } : unreadable(`${parsed.data.kind}: a record of it is none`);
}

function unreadable(detail: string): ReadEntry {
  return { kind: "unreadable", detail };
}

async function withRecords(entry: ReadHead): Promise<LedgerEntry | undefined> {
  switch (entry.kind) {
    case "put": {
      const content = contentOf(entry.content);
      return content && { ...entry, content };
    }
    case "puts": {
      const records = await readAll(entry.records, putOf);
      return records && { ...entry, records };
    }
    case "pulled": {
      const outcomes = await readAll(entry.outcomes, outcomeOf);
      return outcomes && { ...entry, outcomes };
    }
    case "synced": {
      const rows = await readAll(entry.rows, syncedRowOf);
      return rows && { ...entry, rows };
    }
    case "kept": {
      const records = await readAll(entry.records, keptRecordOf);
      return records && { ...entry, records };
    }
    default:
      return entry;
  }
}

/** All of them, or nothing. */
async function readAll<Item>(
  items: readonly unknown[],
  itemOf: (json: unknown) => Item | undefined,
): Promise<readonly Item[] | undefined> {
  const pace = createPace();
  const read: Item[] = [];
  for (const json of items) {
    const item = itemOf(json);
    if (item === undefined) return undefined;
    read.push(item);
    await pace();
  }
  return read;
}

/** Contents were parsed before they were written; what a later, stricter version cannot read is kept as its text. */
function contentOf(json: unknown): Content | undefined {
  return typeof json === "string" ? readKept(json) : readKeptJson(json);
}

/*
 * Around its contents a record is read by zod, the contents themselves are not: a store made anew reads tens of
 * thousands, and a content inside a schema of its own takes longer than reading it.
 */

function putOf(json: unknown): PutRecord | undefined {
  const { data } = putRecord.safeParse(json);
  const content = data && contentOf(data.content);
  return content && { content, gone: data.gone };
}

function keptRecordOf(json: unknown): KeptRecord | undefined {
  const { data } = keptRecord.safeParse(json);
  const content = data && contentOf(data.content);
  if (!content) return undefined;
  const { gone, rev, dirty } = data;
  if (data.base === undefined) return { content, gone, rev, dirty, base: undefined };
  const base = contentOf(data.base);
  return base && { content, gone, rev, dirty, base };
}

function outcomeOf(json: unknown): PulledOutcome | undefined {
  const { data } = outcome.safeParse(json);
  if (!data || data.kind === "gone" || data.kind === "erase") return data;
  const content = contentOf(data.content);
  if (!content || data.kind === "take") return content && { ...data, kind: "take", content };
  const base = contentOf(data.base);
  return base && { ...data, content, base };
}

function syncedRowOf(json: unknown): SyncedRow | undefined {
  const { data } = syncedRow.safeParse(json);
  if (!data) return undefined;
  const { id, rev, erased } = data;
  const row = { id, rev, ...(erased === true ? { erased } : {}) };
  if (data.base === undefined) return { ...row, base: undefined };
  const base = contentOf(data.base);
  return base && { ...row, base };
}

const entryHead = z.object({ f: z.number().int().positive(), kind: z.string() });

const quarantineEntry = z.object({
  id: z.string(),
  direction: z.enum(["pull", "push"]),
  reason: z.enum(["unreadable", "too-large", "refused", "bad-id"]),
  detail: z.string(),
  since: z.string(),
  version: z.string().optional(),
  kept: z.boolean().optional(),
});

const putRecord = z.object({ content: z.unknown(), gone: z.boolean() });

const outcome = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("take"), id: z.string(), rev: z.string(), content: z.unknown() }),
  z.object({
    kind: z.literal("merged"),
    id: z.string(),
    rev: z.string(),
    content: z.unknown(),
    base: z.unknown(),
  }),
  z.object({ kind: z.literal("gone"), id: z.string(), rev: z.string() }),
  z.object({ kind: z.literal("erase"), id: z.string(), rev: z.string() }),
]);

const syncedRow = z.object({
  id: z.string(),
  rev: z.string(),
  base: z.unknown().optional(),
  erased: z.boolean().optional(),
});

const keptRecord = z.object({
  gone: z.boolean(),
  rev: z.string(),
  dirty: z.boolean(),
  content: z.unknown(),
  base: z.unknown().optional(),
});

const base64Bytes = z.base64().transform((text) => bytesOfBase64(text));
const entries = [
  z.object({ kind: z.literal("put"), content: z.unknown(), gone: z.boolean() }),
  z.object({ kind: z.literal("puts"), records: z.array(z.unknown()) }),
  z.object({
    kind: z.literal("noteUpdate"),
    note: z.templateLiteral(["note:", z.string().min(1)]),
    update: base64Bytes,
    at: instant,
    by: stamp,
    visibility,
    restores: z.boolean().optional(),
  }),
  z.object({
    kind: z.literal("pulled"),
    notebook: z.string(),
    outcomes: z.array(z.unknown()),
    checkpoint: z.string().optional(),
    quarantined: z.array(quarantineEntry),
    at: z.number().optional(),
    arrived: z
      .object({ at: z.number(), records: z.array(z.object({ id: z.string(), by: stamp.shape.author })) })
      .optional(),
  }),
  z.object({
    kind: z.literal("synced"),
    rows: z.array(z.unknown()),
    at: z.number().optional(),
  }),
  z.object({ kind: z.literal("erased"), ids: z.array(z.string()), at: instant }),
  z.object({
    kind: z.literal("server"),
    notebook: z.string(),
    state: z.object({
      serverId: z.string().nullable(),
      checkpoint: z.string().nullable(),
      counter: z.number(),
      complete: z.boolean().optional(),
    }),
  }),
  z.object({ kind: z.literal("forgotten"), notebook: z.string() }),
  z.object({ kind: z.literal("setAside"), entries: z.array(quarantineEntry) }),
  z.object({
    kind: z.literal("released"),
    ids: z.array(z.string()),
    direction: z.enum(["pull", "push"]).optional(),
  }),
  z.object({
    kind: z.literal("identity"),
    identity: z.object({
      author: z.templateLiteral(["author:", z.string().min(1)]),
      name: z.string(),
      device: z.string(),
    }),
  }),
  z.object({
    kind: z.literal("kept"),
    records: z.array(z.unknown()),
    erasures: z.array(z.object({ id: z.string(), rev: z.string(), order: z.number() })).optional(),
  }),
  z.object({ kind: z.literal("notebook"), states: z.record(z.string(), z.unknown()), records: z.number() }),
] as const;
/** Everything but the records, which are read one by one. */
type ReadHead =
  | Exclude<LedgerEntry, { kind: "put" | "puts" | "pulled" | "synced" | "kept" }>
  | { readonly kind: "put"; readonly content: unknown; readonly gone: boolean }
  | { readonly kind: "puts"; readonly records: readonly unknown[] }
  | (Omit<Extract<LedgerEntry, { kind: "kept" }>, "records"> & { readonly records: readonly unknown[] })
  | (Omit<Extract<LedgerEntry, { kind: "pulled" }>, "outcomes"> & { readonly outcomes: readonly unknown[] })
  | { readonly kind: "synced"; readonly rows: readonly unknown[] };
const entrySchema = z.discriminatedUnion("kind", entries) as unknown as z.ZodType<ReadHead>;
const kinds: ReadonlySet<string> = new Set(entries.map((schema) => schema.shape.kind.value));

/** Names of the formats and kinds that this version reads; an entry of any other is `newer`. */
export const readableEntries: readonly string[] = [
  ...Array.from({ length: FORMAT }, (_, index) => `format ${index + 1}`),
  ...kinds,
];
