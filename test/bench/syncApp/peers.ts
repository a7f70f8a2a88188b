import { documentText } from "../../../src-renderer/sync/wire";
import { serve } from "../../../src-main/shared/rpc";
import { wireOf } from "../../../src-renderer/ports/wires";
import { watchBlocks } from "../app/blocks";
import { mixedRecords } from "../app/records";
import { runFloor } from "./floor";
import { BATCH, type Peer } from "./peer";
import { pouchPeer } from "./pouchPeer";
import { rxdbPeer } from "./rxdbPeer";
import { Stages } from "./stages";
import { peerContract, type Exchanged, type Moment, type PeerName } from "./syncContract";

/** The worker of the peers: each does the same work with the same server, in a worker as ours does. */

const USABLE = 100;

const made = new Map<PeerName, Promise<Peer>>();

function peerOf(name: PeerName): Promise<Peer> {
  const known = made.get(name) ?? make(name);
  made.set(name, known);
  return known;
}

function make(name: PeerName): Promise<Peer> {
  if (name === "rxdb") return rxdbPeer();
  return pouchPeer(name === "pouchdb-idb" ? "idb" : "indexeddb");
}

function documents(count: number): readonly object[] {
  return mixedRecords(count).map((content) => JSON.parse(documentText(content, undefined)) as object);
}

async function measured(
  work: (onStored: (count: number) => void) => Promise<Stages>,
  read: () => Promise<unknown>,
): Promise<Exchanged> {
  const blocks = watchBlocks();
  const began = performance.now();
  let usable: number | null = null;
  let isAsked = false;
  const stages = await work((count) => {
    if (isAsked || count < USABLE) return;
    isAsked = true;
    void read().then(() => {
      usable = performance.now() - began;
    });
  });
  return { ms: performance.now() - began, usable, longestBlock: blocks.longest(), stages: stages.times() };
}

const watched = new Set<PeerName>();
/** Waiting for an edit to be seen. */
const looks = new Set<(id: string, value: unknown) => void>();

function moment(): Moment {
  return performance.timeOrigin + performance.now();
}

serve(wireOf(self), peerContract, {
  peerStock: async ({ peer, count }) => {
    const made = await peerOf(peer);
    await made.stock(documents(count));
    return null;
  },
  peerExchange: async ({ peer, address, direction }) => {
    const made = await peerOf(peer);
    const exchanged = await measured(
      async (onStored) => {
        await made.exchange(address, direction, direction === "pull" ? onStored : () => undefined);
        return new Stages();
      },
      () => made.read(USABLE),
    );
    return exchanged;
  },
  peerListen: async ({ peer, address }) => {
    await (await peerOf(peer)).listen(address);
    return null;
  },
  peerEdit: async ({ peer, id, value }) => {
    const made = await peerOf(peer);
    const began = moment();
    await made.edit(id, value);
    return began;
  },
  peerSeen: async ({ peer, id, value }) => {
    const made = await peerOf(peer);
    if (!watched.has(peer)) {
      watched.add(peer);
      made.onChange((changed, shown) => {
        for (const look of looks) look(changed, shown);
      });
    }
    return new Promise((resolve) => {
      const look = (changed: string, shown: unknown): void => {
        if (changed !== id || shown !== value) return;
        looks.delete(look);
        resolve(moment());
      };
      looks.add(look);
    });
  },
  floor: ({ address }) =>
    measured(
      (onStored) => runFloor(address, onStored),
      () => Promise.resolve(),
    ),
  bareBatches: ({ address, count }) =>
    measured(
      async () => {
        const stages = new Stages();
        const texts = mixedRecords(count).map((content) => documentText(content, undefined));
        for (let from = 0; from < texts.length; from += BATCH) {
          const body = `{"docs":[${texts.slice(from, from + BATCH).join(",")}]}`;
          const headers = { "content-type": "application/json" };
          const answer = await stages.during("network", () =>
            fetch(`${address}/_bulk_docs`, { method: "POST", headers, body }),
          );
          if (!answer.ok) throw new Error(`status ${answer.status}`);
          await answer.json();
        }
        return stages;
      },
      () => Promise.resolve(),
    ),
});
