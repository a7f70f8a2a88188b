import { z } from "zod";
import { returns } from "../../../src-main/shared/rpc";

/** What the two workers of the measuring app are asked for. Durations are in ms by the worker's own clock. */

export interface Exchanged {
  /** From asking for it until everything was exchanged and stored. */
  readonly ms: number;
  /** Until a hundred records were stored here and a query answered them; null where none came. */
  readonly usable: number | null;
  /** The longest time in which the worker answered nothing else. */
  readonly longestBlock: number;
  /** Where the time went: ms in which something of the kind was under way. They run side by side. */
  readonly stages: Readonly<Record<string, number>>;
}

/** By the machine's clock, in ms since the epoch with fractions: comparable between two apps. */
export type Moment = number;

const count = z.number().int().nonnegative();
const edited = z.object({ id: z.string(), value: z.string() });

/** The notebook's worker: store, ledger, gateway and sync engine as in the app. */
export const ourContract = {
  requests: {
    open: { args: z.object({}), result: returns<null>() },
    /** Records made here that no server has. */
    stock: { args: z.object({ count }), result: returns<null>() },
    /** Starts the sync; until that many records are here and the server has all that waited. */
    exchange: { args: z.object({ notebook: z.string(), expected: count }), result: returns<Exchanged>() },
    /** Starts the sync and stops it when a hundred records are of use; how long that took. */
    firstPage: { args: z.object({ notebook: z.string() }), result: returns<number>() },
    /** A person's edit of one contact; the moment when it was asked for. */
    edit: { args: edited, result: returns<Moment>() },
    /** The moment when rows show that edit. */
    seen: { args: edited, result: returns<Moment>() },
    close: { args: z.object({}), result: returns<null>() },
  },
  events: {},
} as const;

export const peerNames = ["rxdb", "pouchdb-idb", "pouchdb-indexeddb"] as const;
export type PeerName = (typeof peerNames)[number];

const peer = z.enum(peerNames);

/** The worker of the peers. `address` names the database. */
export const peerContract = {
  requests: {
    /** A database with that many records made here. */
    peerStock: { args: z.object({ peer, count }), result: returns<null>() },
    /** One exchange with the server, both ways where the peer does both. */
    peerExchange: {
      args: z.object({ peer, address: z.string(), direction: z.enum(["pull", "push"]) }),
      result: returns<Exchanged>(),
    },
    /** Goes on listening, after an exchange. */
    peerListen: { args: z.object({ peer, address: z.string() }), result: returns<null>() },
    peerEdit: { args: edited.extend({ peer }), result: returns<Moment>() },
    peerSeen: { args: edited.extend({ peer }), result: returns<Moment>() },
    /** The same pages, downloaded, parsed and put into Dexie as they are. */
    floor: { args: z.object({ address: z.string() }), result: returns<Exchanged>() },
    /** Records in batches of the same size, posted and nothing else. */
    bareBatches: { args: z.object({ address: z.string(), count }), result: returns<Exchanged>() },
  },
  events: {},
} as const;
export type PeerContract = typeof peerContract;

export const syncContract = { requests: { ...ourContract.requests, ...peerContract.requests }, events: {} } as const;
export type SyncContract = typeof syncContract;
