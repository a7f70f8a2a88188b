import { z } from "zod";
import { idOfContent } from "../domain/parseRecord";
import type { QuarantineEntry } from "../domain/syncStatus";
import type { Identity } from "../ports/notebook";
import { Arrivals, type StoredArrivals } from "./arrivals";
import type { LedgerEntry } from "./ledgerEntries";
import { Quarantine } from "./quarantine";
import type { ServerState } from "./syncStore";

export const stateNames = ["identity", "servers", "exchanged", "quarantine", "arrivals"] as const;
type StateName = (typeof stateNames)[number];

const newServer: ServerState = { serverId: null, checkpoint: null, counter: 0 };

/** What is true of the notebook as a whole: small, in memory, one state row each. */
export class NotebookState {
  identity: Identity | null = null;
  readonly quarantine = new Quarantine();
  readonly arrivals = new Arrivals();
  /** Whether any record may have a revision of a server. */
  private exchanged = false;
  private servers: Readonly<Record<string, ServerState>> = {};

  /** From the store at start; what cannot be read there is as if it were not. */
  start(stored: ReadonlyMap<string, string>): void {
    this.identity = read(stored.get("identity"), z.custom<Identity>(isObject)) ?? null;
    this.servers = read(stored.get("servers"), z.custom<Record<string, ServerState>>(isObject)) ?? {};
    this.exchanged = read(stored.get("exchanged"), z.boolean()) ?? false;
    this.quarantine.add(read(stored.get("quarantine"), z.array(z.custom<QuarantineEntry>(isObject))) ?? []);
    const arrivals = read(stored.get("arrivals"), z.custom<StoredArrivals>(isObject));
    if (arrivals) this.arrivals.start(arrivals);
  }

  get hasExchanged(): boolean {
    return this.exchanged;
  }

  server(notebook: string): ServerState {
    return Object.hasOwn(this.servers, notebook) ? (this.servers[notebook] ?? newServer) : newServer;
  }

  /** What is known of all servers, by notebook. */
  serverStates(): readonly (readonly [notebook: string, state: ServerState])[] {
    return Object.entries(this.servers);
  }

  /** Takes in an entry; the state rows that it changes, as JSON text. */
  apply(entry: LedgerEntry): ReadonlyMap<StateName, string> {
    const changed = new Set<StateName>();
    const { quarantine } = this;
    switch (entry.kind) {
      case "identity":
        this.identity = entry.identity;
        changed.add("identity");
        break;
      case "put":
        if (quarantine.release(idOfContent(entry.content), "push")) changed.add("quarantine");
        break;
      case "puts":
        for (const { content } of entry.records) {
          if (quarantine.release(idOfContent(content), "push")) changed.add("quarantine");
        }
        break;
      case "noteUpdate":
        if (quarantine.release(entry.note, "push")) changed.add("quarantine");
        break;
      case "pulled":
        for (const { id } of entry.outcomes) {
          if (quarantine.release(id, "pull")) changed.add("quarantine");
          if (quarantine.release(id, "push")) changed.add("quarantine");
        }
        if (quarantine.add(entry.quarantined)) changed.add("quarantine");
        if (entry.arrived) {
          this.arrivals.add(entry.arrived);
          changed.add("arrivals");
        }
        if (entry.outcomes.length > 0 && this.setExchanged(true)) changed.add("exchanged");
        if (entry.checkpoint !== undefined) {
          this.setServer(entry.notebook, { ...this.server(entry.notebook), checkpoint: entry.checkpoint });
          changed.add("servers");
        }
        break;
      case "server":
        this.setServer(entry.notebook, entry.state);
        changed.add("servers");
        break;
      case "forgotten":
        // Revisions are of one server alone: what is known about the places of any other is void as well, and so is
        // what one of them refused or could not say.
        this.servers = {};
        if (this.setExchanged(false)) changed.add("exchanged");
        for (const { id, direction } of quarantine.list()) {
          if (quarantine.release(id, direction)) changed.add("quarantine");
        }
        changed.add("servers");
        break;
      case "setAside":
        if (quarantine.add(entry.entries)) changed.add("quarantine");
        break;
      case "released":
        for (const id of entry.ids) {
          if (quarantine.release(id, entry.direction ?? "push")) changed.add("quarantine");
        }
        break;
      case "erased":
        for (const id of entry.ids) {
          if (quarantine.release(id, "push")) changed.add("quarantine");
          if (quarantine.release(id, "pull")) changed.add("quarantine");
        }
        break;
      case "notebook":
        this.start(new Map(Object.entries(entry.states).map(([name, value]) => [name, JSON.stringify(value)])));
        for (const name of stateNames) changed.add(name);
        break;
      case "kept":
        break;
      case "synced":
        if (entry.rows.length > 0 && this.setExchanged(true)) changed.add("exchanged");
        break;
    }
    return new Map([...changed].map((name) => [name, this.text(name)]));
  }

  /** All of it, as plain JSON by name: what the `notebook` entry of a snapshot holds. */
  states(): Readonly<Record<StateName, unknown>> {
    return Object.fromEntries(stateNames.map((name) => [name, JSON.parse(this.text(name)) as unknown])) as Record<
      StateName,
      unknown
    >;
  }

  /** Whether that was news. */
  private setExchanged(exchanged: boolean): boolean {
    const isNews = this.exchanged !== exchanged;
    this.exchanged = exchanged;
    return isNews;
  }

  private setServer(notebook: string, state: ServerState): void {
    this.servers = { ...this.servers, [notebook]: state };
  }

  private text(name: StateName): string {
    switch (name) {
      case "identity":
        return JSON.stringify(this.identity);
      case "servers":
        return JSON.stringify(this.servers);
      case "exchanged":
        return JSON.stringify(this.exchanged);
      case "quarantine":
        return JSON.stringify(this.quarantine.list());
      case "arrivals":
        return JSON.stringify(this.arrivals);
    }
  }
}

function read<Value>(text: string | undefined, schema: z.ZodType<Value>): Value | undefined {
  if (text === undefined) return undefined;
  try {
    return schema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null;
}
