import type { z } from "zod";
import type { SearchText } from "../language/filter";
import type { RecordId } from "./ids";
import type { JsonObject } from "./jsonValue";

/**
 * How a field merges. `scalar`: one JSON value, taken whole. `reading`: a scalar `{ value, source }` of which a typed one
 * always wins over a proposed one, which nobody would miss.
 * `set`: an array of strings without order of its own. `list`: items with an `id`; every other field of an item is a
 * scalar.
 */
export type FieldRule = "scalar" | "reading" | "set" | "list";

/** All that the app knows about one type of record. Adding a type is writing one of these and naming it in the table. */
export interface RecordKind<Schema extends z.ZodObject = z.ZodObject> {
  /** The version of the data that this app writes. */
  readonly v: number;
  readonly schema: Schema;
  /**
   * The step at index n makes version n + 2 of data of version n + 1. A step also gets changes to shipped records, where
   * any field may be missing or `null`.
   */
  readonly upgrades: readonly ((data: JsonObject) => JsonObject)[];
  readonly fields: { readonly [Field in keyof Schema["shape"]]: FieldRule };
  /** `text`: the data changes and merges as a whole through its own text state, never field by field. */
  readonly merge: "fields" | "text";
  /**
   * What a new record holds before anything is typed, together with the schema's own defaults; also what stands under
   * the changes to a shipped record that this version does not ship.
   */
  readonly empty: JsonObject;
  /** Whether `delete` is possible; an area is retired instead, since old records name it. */
  readonly deletable: boolean;
  /** An integer from 0 to `MAX_ORDER`: ascending is the order wanted on screen. Derived, never synced. */
  order(data: z.infer<Schema>): number;
  /** Ids of the records this one names. */
  links(data: z.infer<Schema>): readonly RecordId[];
  /** Every text the filter of a list looks at, the most telling first. */
  searchTexts(data: z.infer<Schema>): readonly SearchText[];
}

/**
 * The order of a record without a date, after all others. 14 digits hold every millisecond from 1970 to the year 5138
 * and keep the index strings of the store short.
 */
export const MAX_ORDER = 99_999_999_999_999;

/** Newest first: MAX − epoch ms. Before 1970 and without a (readable) date it is at the end. */
export function newestFirst(instant: string | undefined): number {
  const epoch = instant === undefined ? Number.NaN : Date.parse(instant);
  return Number.isNaN(epoch) ? MAX_ORDER : Math.min(MAX_ORDER, Math.max(0, MAX_ORDER - epoch));
}
