import { base64Of } from "../domain/base64";
import type { Stamp, Visibility } from "../domain/envelope";
import type { NoteId } from "../domain/ids";
import { idOfContent } from "../domain/parseRecord";
import type { Content } from "../domain/record";
import type { QuarantineEntry } from "../domain/syncStatus";
import type { Identity } from "../ports/notebook";
import type { Arrived } from "./arrivals";
import type { Erasure } from "./erasures";
import { keptText } from "./keptContent";
import { createPace } from "./pace";
import type { ServerState } from "./syncStore";

/**
 * What the ledger holds, one JSON text per entry. An entry says what became of a record, never what to compute anew,
 * so that replaying it over a store that has part of it already gives the same outcome. From the first release on
 * every version of every entry can be read for ever.
 */
export type LedgerEntry =
  /** A person's edit: the record afterwards. `gone`: it was edited under another client's tombstone and stays there. */
  | { readonly kind: "put"; readonly content: Content; readonly gone: boolean }
  /** One edit of many records, or a part of it: the parts are appended together or not at all. */
  | { readonly kind: "puts"; readonly records: readonly PutRecord[] }
  /** An increment of a note, and the visibility it gets if it is new. Folded in later. */
  | {
      readonly kind: "noteUpdate";
      readonly note: NoteId;
      readonly update: Uint8Array;
      readonly at: string;
      readonly by: Stamp;
      readonly visibility: Visibility;
      /** Nobody typed it: it gives the note an earlier text again, or takes that back. */
      readonly restores?: boolean | undefined;
    }
  /** A page that came from the server, as it was decided. */
  | {
      readonly kind: "pulled";
      readonly notebook: string;
      readonly outcomes: readonly PulledOutcome[];
      readonly checkpoint: string | undefined;
      readonly quarantined: readonly QuarantineEntry[];
      /** When, milliseconds since the epoch by this computer's clock. */
      readonly at?: number | undefined;
      /** What a person should hear of; missing in what is pulled for the first time. */
      readonly arrived?: Arrived | undefined;
    }
  /** What the server accepted. With a `base` the record was changed meanwhile and still waits. */
  | { readonly kind: "synced"; readonly rows: readonly SyncedRow[]; readonly at?: number | undefined }
  /** A person emptied the bin: these records, notes included, are gone for good. `at`: ISO instant. */
  | { readonly kind: "erased"; readonly ids: readonly string[]; readonly at: string }
  | { readonly kind: "server"; readonly notebook: string; readonly state: ServerState }
  | { readonly kind: "forgotten"; readonly notebook: string }
  | { readonly kind: "setAside"; readonly entries: readonly QuarantineEntry[] }
  /** No longer set aside; pushing is meant where there is no direction. */
  | {
      readonly kind: "released";
      readonly ids: readonly string[];
      readonly direction?: QuarantineEntry["direction"] | undefined;
    }
  | { readonly kind: "identity"; readonly identity: Identity }
  /** In snapshots alone: records as they stood at its position, and what is left of erased ones. */
  | {
      readonly kind: "kept";
      readonly records: readonly KeptRecord[];
      readonly erasures?: readonly Erasure[] | undefined;
    }
  /** In snapshots alone, the first of their entries: what was true of the notebook as a whole. */
  | {
      readonly kind: "notebook";
      /** By the names of `notebookState.ts`, as plain JSON. */
      readonly states: Readonly<Record<string, unknown>>;
      /** How many the snapshot holds. */
      readonly records: number;
    };

/** A record with its sync state, as `StoredRecord` has it. */
export interface KeptRecord {
  readonly content: Content;
  readonly gone: boolean;
  readonly rev: string;
  readonly dirty: boolean;
  readonly base?: Content | undefined;
}

export interface PutRecord {
  readonly content: Content;
  readonly gone: boolean;
}

export type PulledOutcome =
  | { readonly kind: "take"; readonly id: string; readonly rev: string; readonly content: Content }
  | {
      readonly kind: "merged";
      readonly id: string;
      readonly rev: string;
      readonly content: Content;
      readonly base: Content;
    }
  | { readonly kind: "gone"; readonly id: string; readonly rev: string }
  /** Erased here, and on the server still in the bin, or private here and there after all: that revision is to go. */
  | { readonly kind: "erase"; readonly id: string; readonly rev: string };

export interface SyncedRow {
  readonly id: string;
  readonly rev: string;
  readonly base: Content | undefined;
  /** It was the deletion of an erased record that the server accepted. */
  readonly erased?: boolean | undefined;
}

/** Of the entries that this version writes. */
export const FORMAT = 1;

/**
 * Contents are spliced in as the JSON text they have anyway: a page of hundreds of records is written out once. Pauses
 * between the records of a page.
 */
export async function entryText(entry: LedgerEntry): Promise<string> {
  const { kind } = entry;
  switch (kind) {
    case "put":
      return object({ f: FORMAT, kind, gone: entry.gone }, { content: contentJson(entry.content) });
    case "puts":
      return object({ f: FORMAT, kind }, { records: await list(entry.records, putJson) });
    case "noteUpdate":
      return JSON.stringify({ f: FORMAT, ...entry, update: base64Of(entry.update) });
    case "pulled": {
      const { notebook, checkpoint, quarantined, at, arrived } = entry;
      return object(
        { f: FORMAT, kind, notebook, checkpoint, quarantined, at, arrived },
        { outcomes: await list(entry.outcomes, outcomeJson) },
      );
    }
    case "synced":
      return object({ f: FORMAT, kind, at: entry.at }, { rows: await list(entry.rows, syncedJson) });
    case "kept":
      return object({ f: FORMAT, kind, erasures: entry.erasures }, { records: await list(entry.records, keptJson) });
    case "notebook":
    case "erased":
    case "server":
    case "forgotten":
    case "setAside":
    case "released":
    case "identity":
      return JSON.stringify({ f: FORMAT, ...entry });
  }
}

/** Ids of the records that an entry says something about; `forgotten` is about all there are. */
export function idsOfEntry(entry: LedgerEntry): readonly string[] {
  switch (entry.kind) {
    case "put":
      return [idOfContent(entry.content)];
    case "puts":
      return entry.records.map(({ content }) => idOfContent(content));
    case "noteUpdate":
      return [entry.note];
    case "pulled":
      return entry.outcomes.map(({ id }) => id);
    case "synced":
      return entry.rows.map(({ id }) => id);
    case "erased":
      return entry.ids;
    case "kept":
      return [
        ...entry.records.map(({ content }) => idOfContent(content)),
        ...(entry.erasures ?? []).map(({ id }) => id),
      ];
    case "server":
    case "forgotten":
    case "setAside":
    case "released":
    case "identity":
    case "notebook":
      return [];
  }
}

/** A record or an overlay as an object, an opaque one as a string: its text must come back byte for byte. */
function contentJson(content: Content): string {
  return content.kind === "opaque" ? JSON.stringify(content.json) : keptText(content);
}

function putJson({ content, gone }: PutRecord): string {
  return object({ gone }, { content: contentJson(content) });
}

function keptJson({ content, gone, rev, dirty, base }: KeptRecord): string {
  const spliced = { content: contentJson(content), ...(base === undefined ? {} : { base: contentJson(base) }) };
  return object({ gone, rev, dirty }, spliced);
}

function outcomeJson(outcome: PulledOutcome): string {
  const { kind, id, rev } = outcome;
  if (kind === "gone" || kind === "erase") return JSON.stringify({ kind, id, rev });
  const content = contentJson(outcome.content);
  return object({ kind, id, rev }, kind === "take" ? { content } : { content, base: contentJson(outcome.base) });
}

function syncedJson({ id, rev, base, erased }: SyncedRow): string {
  return base === undefined ? JSON.stringify({ id, rev, erased }) : object({ id, rev }, { base: contentJson(base) });
}

async function list<Item>(items: readonly Item[], jsonOf: (item: Item) => string): Promise<string> {
  const pace = createPace();
  const parts: string[] = [];
  for (const item of items) {
    parts.push(jsonOf(item));
    await pace();
  }
  return `[${parts.join(",")}]`;
}

function object(plain: object, spliced: Readonly<Record<string, string>>): string {
  const parts = Object.entries(spliced).map(([name, json]) => `${JSON.stringify(name)}:${json}`);
  return `${JSON.stringify(plain).slice(0, -1)},${parts.join(",")}}`;
}
