import { present } from "./present";
import { gzipSync } from "node:zlib";
import { seededRandom } from "../seededRandom";
import type { StoredDocument } from "./database";
import type { ModelResponse } from "./exchange";
import { createModelServer, type ModelServer, type Snapshot } from "./modelServer";
import { unpackRecorded, type RecordedPosition } from "./recordedSeq";
import type { RecordedExchange } from "./recordings";
import { packSeq, type Positions } from "./sequence";
import { manualScheduler, type ManualScheduler } from "./scheduler";
import { shardOf } from "./shard";

export interface Arrived {
  readonly after: number;
  readonly text: string;
}

export interface Replayed {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Pieces of a body that came over time. */
  readonly arrival: readonly Arrived[];
}

/** What happens while a feed is open, `after` ms from the request. */
export interface Meanwhile {
  readonly after: number;
  readonly act: () => void;
}

/** A model server that is sent what was recorded. The recording also says in which order its shards answered. */
export class Replay {
  readonly scheduler: ManualScheduler = manualScheduler(1_795_349_796_000);
  readonly server: ModelServer;
  readonly cookies = new Map<string, string>();
  /** Sent in the next request instead of the body that is only described in the recording. */
  nextBody: string | Uint8Array | undefined;
  meanwhile: readonly Meanwhile[] = [];
  private copied: Snapshot | null = null;
  private coming: Coming[] = [];
  private isDescending = false;
  /** Recorded identities of shard files with ours. */
  readonly uuids = new Map<string, string>();

  constructor() {
    this.server = createModelServer({
      scheduler: this.scheduler,
      random: seededRandom(5),
      interleave: (ready, next) => this.recordedShard(ready, next),
      // Where a recorded feed was woken by rows of one shard, it says so by the ids.
      wakesEarly: () => {
        const shards = new Set(this.coming.flatMap(({ id }) => (id === null ? [] : [shardOf(id)])));
        return shards.size === 1 ? [...shards][0] : undefined;
      },
      gzip: (bytes) => gzipSync(bytes),
      users: { wei: "pw", mei: "pw", lin: "pw", admin: "pw" },
      database: { name: "notebook", members: ["wei"] },
    });
    for (const name of ["wei", "mei", "admin"]) this.signIn(name);
  }

  signIn(name: string): void {
    const response = this.server.answer({
      method: "POST",
      path: "/_session",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ name, password: "pw" }),
    });
    this.cookies.set(name, present(/^AuthSession=[^;]+/.exec(present(response.headers["set-cookie"])))[0]);
  }

  /** A preparing request of the administrator. */
  admin(method: string, path: string, body: unknown = {}): ModelResponse {
    const response = this.server.answer({
      method,
      path,
      headers: { cookie: this.cookies.get("admin"), "content-type": "application/json", accept: "application/json" },
      body: JSON.stringify(body),
    });
    if (response.status >= 300) throw new Error(`preparing failed: ${response.status} ${response.body as string}`);
    return response;
  }

  put(...docs: readonly object[]): void {
    this.admin("POST", "/notebook/_bulk_docs", { docs });
  }

  /** Writes revisions as they are, as replication does. */
  graft(...docs: readonly object[]): void {
    this.admin("POST", "/notebook/_bulk_docs", { docs, new_edits: false });
  }

  copyFiles(): void {
    this.copied = this.server.snapshot("notebook");
  }

  restoreFiles(): void {
    if (this.copied !== null) this.server.restore(this.copied);
  }

  send(exchange: RecordedExchange): Replayed {
    const { request, response } = exchange;
    this.coming = comingRows(response);
    this.isDescending = request.path.includes("descending=true");
    const { meanwhile } = this;
    const headers: Record<string, string | undefined> = { ...request.headers };
    headers["cookie"] = request.headers["cookie"] === "present" ? this.cookies.get(exchange.as) : undefined;
    const body = this.nextBody ?? (typeof request.body === "string" ? request.body : JSON.stringify(request.body));
    const answer = this.server.answer({
      method: request.method,
      path: this.translated(request.path),
      headers,
      ...(request.body === undefined && this.nextBody === undefined ? {} : { body }),
    });
    this.nextBody = undefined;
    this.meanwhile = [];
    return this.read(answer, meanwhile);
  }

  /** The shard that answered next in the recording: rows that a filter held back show in the numbers only. */
  private recordedShard(ready: readonly (0 | 1)[], next: (shard: 0 | 1) => StoredDocument | null): 0 | 1 {
    for (let [target] = this.coming; target !== undefined; [target] = this.coming) {
      const { id, positions } = target;
      const own = id === null ? null : shardOf(id);
      const behind = ready.filter((at) => this.isBehind(at, next(at), positions?.[at] ?? 0));
      const other = behind.find((at) => at !== own);
      if (other !== undefined) return other;
      if (own !== null && (behind.length > 0 || next(own)?.id === id)) return own;
      this.coming.shift();
    }
    return present(ready[0]);
  }

  /** Whether a shard has still to say what it says next to be where it was in the recording. */
  private isBehind(at: 0 | 1, next: StoredDocument | null, recorded: RecordedPosition): boolean {
    if (recorded === 0 || this.isDescending) return false;
    const { uuid } = this.server.database("notebook").shards[at];
    return (this.uuids.get(recorded.uuid) ?? uuid) === uuid && (next === null || next.seq <= recorded.seq);
  }

  private read({ status, headers, body }: ModelResponse, meanwhile: readonly Meanwhile[]): Replayed {
    if (typeof body === "string") return { status, headers, body, arrival: [] };
    const start = this.scheduler.now();
    const arrival: Arrived[] = [];
    const state = { isOpen: true };
    body.read({
      chunk: (text) => arrival.push({ after: this.scheduler.now() - start, text }),
      end: () => (state.isOpen = false),
      broken: () => (state.isOpen = false),
    });
    for (const { after, act } of meanwhile) {
      this.scheduler.advance(start + after - this.scheduler.now());
      act();
    }
    for (let ms = 0; state.isOpen && ms < 60_000; ms += 10) this.scheduler.advance(10);
    return { status, headers, body: arrival.map(({ text }) => text).join(""), arrival };
  }

  /** Our seq for a recorded one: the same numbers with the identities of our files. */
  ourSeq(recorded: string): string | null {
    const positions = unpackRecorded(recorded);
    if (positions === null) return null;
    // A file that no answer named yet is today's.
    const now = this.server.database("notebook").shards;
    const ours = positions.map((position, at) => {
      if (position === 0) return 0;
      const uuid = this.uuids.get(position.uuid) ?? now[at as 0 | 1].uuid;
      this.uuids.set(position.uuid, uuid);
      return { seq: position.seq, uuid };
    });
    return packSeq(ours as unknown as Positions);
  }

  private readonly known = new Map<string, string>();
  private readonly times = new Map<string, string>();
  private lastTime = "";

  /** A time of creation as "first", "second", …: recorded and own times must change together. Ours is asked first. */
  sameTime(time: string, recorded: boolean): string {
    if (!recorded) {
      this.lastTime = time;
      return time;
    }
    if (!this.times.has(time)) this.times.set(time, this.lastTime);
    return present(this.times.get(time));
  }

  private translated(path: string): string {
    if (!this.server.has("notebook")) return path;
    return path.replace(/(since=(?:%22)?)(\d+-g1A[\w-]+)/, (_, before: string, seq: string) => {
      const ours = this.ourSeq(seq);
      // A seq with letters after its end is read by CouchDB as the seq; ours gets the same letters.
      const whole = [...this.known.keys()].find((known) => seq !== known && seq.startsWith(known));
      if (whole !== undefined) return `${before}${this.known.get(whole)}${seq.slice(whole.length)}`;
      const cut = [...this.known.keys()].find((known) => seq !== known && known.startsWith(seq));
      if (cut !== undefined) return `${before}${present(this.known.get(cut)).slice(0, seq.length - cut.length)}`;
      if (ours !== null) this.known.set(seq, ours);
      return `${before}${ours ?? seq}`;
    });
  }
}

/** What a recorded feed said next: a row, or with null the end; and how far each shard had come by then. */
interface Coming {
  readonly id: string | null;
  readonly positions: readonly [RecordedPosition, RecordedPosition] | null;
}

function comingRows(response: RecordedExchange["response"]): Coming[] {
  if (typeof response.body !== "string") return [];
  const rows = [...response.body.matchAll(/"seq":(?:"([^"]*)"|null),"id":"([^"]+)"/g)].map((found) => ({
    id: present(found[2]),
    positions: found[1] === undefined ? null : unpackRecorded(found[1]),
  }));
  const last = /"last_seq":"([^"]*)"/.exec(response.body)?.[1];
  return last === undefined ? rows : [...rows, { id: null, positions: unpackRecorded(last) }];
}
