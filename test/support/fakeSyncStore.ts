import { success } from "../../src-main/shared/result";
import type { Accepted, ErasedState, LocalState, ServerState, SyncStore } from "../../src-renderer/data/syncStore";
import type { Content } from "../../src-renderer/domain/record";
import type { QuarantineEntry } from "../../src-renderer/domain/syncStatus";

/** A store in memory for unit tests of the engine: the rules of the port, without ledger, notes or disk. */
export interface FakeSyncStore extends SyncStore {
  /** A person's edit on this computer. */
  edit(content: Content): void;
  /** A person empties the bin. */
  erase(id: string): void;
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
  /** Versions outlive the records. */
  const versions = new Map<string, number>();
  /** Revisions to be deleted. */
  const erased = new Map<string, string>();
  let writes = 0;

  const nextVersion = (id: string): number => {
    const version = (versions.get(id) ?? 0) + 1;
    versions.set(id, version);
    return version;
  };
  const erasedState = (id: string): ErasedState | undefined => {
    const rev = erased.get(id);
    return rev === undefined ? undefined : { id, rev, version: String(versions.get(id) ?? 0) };
  };

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
  const isWithdrawn = (id: string, row: Row): boolean =>
    row.dirty && row.rev !== undefined && isPrivate(row.content) && !quarantined.has(`push ${id}`);
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
      erased.clear();
      for (const [id, row] of rows) {
        Object.assign(row, { rev: undefined, base: undefined, dirty: !row.gone, version: nextVersion(id) });
      }
      tell();
      return success(null);
    },
    writePulled: async (notebook, page, decide) => {
      for (const arrival of page.arrivals) {
        const row = rows.get(arrival.id);
        const decision = decide(arrival, row && stateOf(arrival.id, row), row ? undefined : erasedState(arrival.id));
        if (decision.kind === "keep") continue;
        writes += 1;
        const version = nextVersion(arrival.id);
        if (decision.kind === "erase" && row) {
          rows.set(arrival.id, { ...row, rev: decision.rev, dirty: true, version });
          tell();
          continue;
        }
        if (decision.kind === "erase") erased.set(arrival.id, decision.rev);
        else erased.delete(arrival.id);
        if (decision.kind === "erase") continue;
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
    erased: async (limit) =>
      [...erased.keys()]
        .filter((id) => !quarantined.has(`push ${id}`))
        .reverse()
        .slice(0, limit)
        .flatMap((id) => erasedState(id) ?? []),
    withdrawals: async (limit) =>
      [...rows]
        .filter(([id, row]) => isWithdrawn(id, row))
        .slice(0, limit)
        .flatMap(([id, { rev, version }]) => (rev === undefined ? [] : [{ id, rev, version: String(version) }])),
    waitingCount: () =>
      [...rows].filter(([id, row]) => waits(id, row) || isWithdrawn(id, row)).length +
      [...erased.keys()].filter((id) => !quarantined.has(`push ${id}`)).length,
    accept: async (accepted: readonly Accepted[]) => {
      for (const { id, rev, version, content } of accepted) {
        const row = rows.get(id);
        if (content === null) {
          if (row) Object.assign(row, { rev: undefined, dirty: true, base: undefined });
          else erased.delete(id);
          continue;
        }
        if (!row) {
          erased.set(id, rev);
          continue;
        }
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
    release: async (ids, direction) => {
      for (const id of ids) quarantined.delete(`${direction} ${id}`);
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
        rev: row?.rev ?? erased.get(id),
        dirty: true,
        base: row === undefined || row.dirty ? row?.base : row.content,
        version: nextVersion(id),
        gone: false,
      });
      erased.delete(id);
      tell();
    },
    erase: (id) => {
      const row = rows.get(id);
      quarantined.delete(`push ${id}`);
      if (!row) return;
      rows.delete(id);
      nextVersion(id);
      if (row.rev !== undefined && !row.gone) erased.set(id, row.rev);
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
