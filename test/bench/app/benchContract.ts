import { z } from "zod";
import { returns } from "../../../src-main/shared/rpc";
import type { PeerName } from "./filterPeers";

/** What the measuring worker is asked for. All durations are in ms, as the worker's own clock tells them. */

export interface Timed {
  readonly ms: number;
  /** The longest time in which the worker answered nothing else. */
  readonly longestBlock: number;
}

export interface Opened extends Timed {
  readonly replayed: number;
}

export interface Reopened extends Opened {
  /** From asking for the notebook until the first rows of a list were answered. */
  readonly firstRows: number;
}

/** One store of its own, written and read again. */
export interface StoreTimes {
  readonly write: number;
  readonly read: number;
  /** Of 50 records each. */
  readonly pages: readonly number[];
  readonly longestBlock: number;
}

/** What one kind of query took, each time, and the share of the expected records that were found. */
export interface FilterMeasure {
  readonly kind: string;
  readonly ours: Filtering;
  readonly peers: Readonly<Record<PeerName, Filtering>>;
}
export interface Filtering {
  readonly samples: readonly number[];
  /** How many records a person would expect, and how many of these came. */
  readonly expected: number;
  readonly found: number;
}

const count = z.number().int().positive();

export const benchContract = {
  requests: {
    open: { args: z.object({}), result: returns<Opened>() },
    /** The same, with somebody who looks at the list of terms while the store is made anew. */
    openWatched: { args: z.object({}), result: returns<Reopened>() },
    /** Pulls that many records of all types in pages, until they are stored. */
    pull: { args: z.object({ count, page: count }), result: returns<Timed>() },
    /** The same rows into a database of their own by Dexie alone, in as large transactions. */
    rawInsert: { args: z.object({}), result: returns<Timed & { readonly rows: number }>() },
    /** The notebook's rows as they are, sealed, into another table of its own in as large transactions as a rebuild. */
    insertAlone: { args: z.object({}), result: returns<Timed>() },
    /** Pulls notes and twice as many terms, mixed. */
    notesAndTerms: { args: z.object({ notes: count }), result: returns<null>() },
    /** Gives the ledger a snapshot. */
    keepLedger: { args: z.object({}), result: returns<null>() },
    /** The same records through a store of its own, sealed or left as they are; it is removed afterwards. */
    storeAlone: { args: z.object({ count, isSealed: z.boolean() }), result: returns<StoreTimes>() },
    /** Contacts and organisations for the filter. */
    people: { args: z.object({ contacts: count, organisations: count }), result: returns<null>() },
    /** One request of a list for every query and round, and the same by others on the same records. */
    filter: { args: z.object({ rounds: count, peerRounds: count }), result: returns<readonly FilterMeasure[]>() },
    /** Appends to the ledger one after the other, a ledger entry of about `bytes` each. */
    append: { args: z.object({ count, bytes: count }), result: returns<readonly number[]>() },
    /** A person's edits of one contact, one after the other, each until it is saved. */
    edit: { args: z.object({ count }), result: returns<readonly number[]>() },
    /** What a first meeting with a server begins with. */
    forget: { args: z.object({}), result: returns<Timed>() },
    /** Records made here that no server has. */
    offline: { args: z.object({ count }), result: returns<null>() },
    /** Removes the store and leaves the ledger; before `open`. */
    dropDatabase: { args: z.object({}), result: returns<null>() },
    close: { args: z.object({}), result: returns<null>() },
  },
  events: {},
} as const;
export type BenchContract = typeof benchContract;
