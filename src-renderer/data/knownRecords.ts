import type { Content } from "../domain/record";
import type { Roster } from "./roster";
import { isPrivate } from "./storedRecord";
import type { NotebookState } from "./notebookState";
import type { WriteDoor } from "./writeDoor";

/** What this computer has under an id, as far as a comparison with the server must know. */
export interface KnownRecord {
  readonly id: string;
  readonly stored: StoredHere | { readonly kind: "erased" } | { readonly kind: "none" };
  /** Set aside in some direction. */
  readonly isAside: boolean;
  /** Changes with every write of this id. */
  readonly version: string;
}

export interface StoredHere {
  readonly kind: "record";
  readonly content: Content;
  /** The server's revision it descends from; undefined if the server never had it. */
  readonly rev: string | undefined;
  /** Changed here since `rev`. */
  readonly dirty: boolean;
  /** The content as of `rev`, while dirty. */
  readonly base: Content | undefined;
  /** Another client deleted it: hidden here, never pushed. */
  readonly gone: boolean;
  readonly private: boolean;
}

/** Reads what is known, for comparing it with the server; changes nothing. */
export interface KnownRecords {
  /** Ids of all records and of those erased here of which the server may still have something. */
  ids(): readonly string[];
  /** What is known of each, in the order of the ids. Typed notes are folded in. Rejects when the store cannot be read. */
  load(ids: readonly string[]): Promise<readonly KnownRecord[]>;
}

export interface KnownParts {
  readonly door: WriteDoor;
  readonly roster: Roster;
  readonly state: NotebookState;
}

export function createKnownRecords({ door, roster, state }: KnownParts): KnownRecords {
  return {
    ids: () => [...roster.storedIds(), ...door.erasures.list().map(({ id }) => id)],
    load: (ids) =>
      door.run(async (turn) => {
        const found = await turn.load(ids);
        return ids.map((id): KnownRecord => {
          const record = found.get(id);
          const isAside = state.quarantine.has(id, "pull") || state.quarantine.has(id, "push");
          const version = door.versionOf(id);
          if (!record) {
            return { id, stored: { kind: door.erasures.get(id) ? "erased" : "none" }, isAside, version };
          }
          const { content, rev, dirty, base, gone } = record;
          const stored: StoredHere = {
            kind: "record",
            content,
            rev: rev === "" ? undefined : rev,
            dirty,
            base,
            gone,
            private: isPrivate(content),
          };
          return { id, stored, isAside, version };
        });
      }),
  };
}
