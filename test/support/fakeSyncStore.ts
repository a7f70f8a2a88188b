import { success } from "../../src-main/shared/result";
import type { Accepted, LocalState, ServerState, SyncStore } from "../../src-renderer/data/syncStore";
import type { Content } from "../../src-renderer/domain/record";
import type { QuarantineEntry } from "../../src-renderer/domain/syncStatus";

/** A store in memory for unit tests of the engine: the rules of the port, without ledger, notes or disk. */
export interface FakeSyncStore extends SyncStore {
  /** A person's edit on this computer. */
  edit(content: Content): void;
  local(id: string): (LocalState & { readonly gone: boolean }) | undefined;
  ids(): readonly string[];
  /** How often `writePulled` changed a record. */
  readonly writes: number;
  readonly listeners: number;
}

interface Row {
  content: Content;
  rev: string | undefined;
  dirty: boolean;
  base: Content | undefined;
  version: number;
  gone: boolean;
}

function idOf(content: Content): string {
  return content.kind === "opaque" ? content.id : content.record.id;
}

function isPrivate(content: Content): boolean {
  return content.kind !== "opaque" && content.record.visibility === "private";
}

export function createFakeSyncStore(device: string): FakeSyncStore {
  const rows = new Map<string, Row>();
  const servers = new Map<string, ServerState>();
  const quarantined = new Map<string, QuarantineEntry>();
  const listeners = new Set<() => void>();
  let writes = 0;

  const stateOf = (id: string, row: Row): LocalState & { gone: boolean } => ({
    id,
    content: row.content,
    rev: row.rev,
    dirty: row.dirty,
    base: row.base,
    version: String(row.version),
    gone: row.gone,
  });
  const waits = (id: string, row: Row): boolean =>
    row.dirty && !isPrivate(row.content) && !quarantined.has(`push ${id}`);
  const tell = (): void => {
    for (const listener of [...listeners]) listener();
  };

  return {
    device: () => device,
    serverState: async (notebook) => servers.get(notebook) ?? { serverId: null, checkpoint: null, counter: 0 },
    setServerState: async (notebook, state) => {
      servers.set(notebook, state);
      return success(null);
    },
    forgetServer: async () => {
      servers.clear();
      quarantined.clear();
      for (const row of rows.values()) {
        Object.assign(row, { rev: undefined, base: undefined, dirty: !row.gone, version: row.version + 1 });
      }
      tell();
      return success(null);
    },
    writePulled: async (notebook, page, decide) => {
      for (const arrival of page.arrivals) {
        const row = rows.get(arrival.id);
        const decision = decide(arrival, row && stateOf(arrival.id, row));
        if (decision.kind === "keep") continue;
        writes += 1;
        const version = (row?.version ?? 0) + 1;
        if (decision.kind === "gone") {
          if (row)
            rows.set(arrival.id, { ...row, rev: decision.rev, dirty: false, base: undefined, gone: true, version });
        } else if (decision.kind === "take") {
          const { content, rev } = decision;
          rows.set(arrival.id, { content, rev, dirty: false, base: undefined, gone: false, version });
        } else {
          const { content, rev, base } = decision;
          rows.set(arrival.id, { content, rev, dirty: true, base, gone: false, version });
          tell();
        }
        quarantined.delete(`pull ${arrival.id}`);
      }
      for (const entry of page.quarantined ?? []) quarantined.set(`pull ${entry.id}`, entry);
      const state = servers.get(notebook);
      if (page.checkpoint !== undefined) {
        servers.set(notebook, { serverId: null, counter: 0, ...state, checkpoint: page.checkpoint });
      }
      return success(null);
    },
    waiting: async (limit) =>
      [...rows]
        .filter(([id, row]) => waits(id, row))
        .reverse()
        .slice(0, limit)
        .map(([id, row]) => stateOf(id, row)),
    waitingCount: () => [...rows].filter(([id, row]) => waits(id, row)).length,
    accept: async (accepted: readonly Accepted[]) => {
      for (const { id, rev, version, content } of accepted) {
        const row = rows.get(id);
        if (!row) continue;
        const unchanged = String(row.version) === version;
        Object.assign(row, { rev, dirty: !unchanged, base: unchanged ? undefined : content });
      }
      return success(null);
    },
    quarantine: async () => [...quarantined.values()],
    setAside: async (entries) => {
      for (const entry of entries) quarantined.set(`${entry.direction} ${entry.id}`, entry);
      return success(null);
    },
    release: async (ids) => {
      for (const id of ids) {
        quarantined.delete(`push ${id}`);
        quarantined.delete(`pull ${id}`);
      }
      tell();
      return success(null);
    },
    onWaiting: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    edit: (content) => {
      const id = idOf(content);
      const row = rows.get(id);
      quarantined.delete(`push ${id}`);
      rows.set(id, {
        content,
        rev: row?.rev,
        dirty: true,
        base: row === undefined || row.dirty ? row?.base : row.content,
        version: (row?.version ?? 0) + 1,
        gone: false,
      });
      tell();
    },
    local: (id) => {
      const row = rows.get(id);
      return row && stateOf(id, row);
    },
    ids: () => [...rows.keys()],
    get writes() {
      return writes;
    },
    get listeners() {
      return listeners.size;
    },
  };
}
