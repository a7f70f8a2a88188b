import * as Y from "yjs";
import { bytesOfBase64 } from "./base64";
import type { Stamp } from "./envelope";
import { NOTE_TEXT } from "./noteText";
import { diffText } from "./textDiff";

/** What one entry of the ledger did to a note: typing adds to it, everything else says what it is from then on. */
export type NoteStep =
  | {
      readonly kind: "typed";
      readonly key: string;
      readonly update: Uint8Array;
      readonly at: string;
      readonly by: Stamp;
      /** A version of its own: an earlier text was given back. */
      readonly apart: boolean;
    }
  | {
      readonly kind: "whole";
      readonly key: string;
      readonly origin: "kept" | "edited" | "taken" | "merged";
      /** A Yjs update, base64; null for what a newer version wrote. */
      readonly state: string | null;
      readonly at: string | null;
      readonly by: Stamp | null;
      readonly arrivedAt: number | null;
    };

export interface NoteVersion {
  /** Of its last step. */
  readonly key: string;
  readonly kind: "start" | "written" | "arrived" | "merged" | "newer";
  readonly at: string | null;
  readonly by: Stamp | null;
  readonly arrivedAt: number | null;
  /** Null where what it builds on is no longer kept, or a newer version wrote it. */
  readonly change: NoteChange | null;
}

export interface NoteChange {
  /** Characters, in UTF-16 units. */
  readonly added: number;
  readonly removed: number;
  /** The beginning of what was added, or else removed. */
  readonly excerpt: string;
}

/** A rest after which typing is a new version, and the longest time that one goes on, in ms. */
export const NOTE_REST = 5 * 60_000;
export const NOTE_LONGEST = 30 * 60_000;
const EXCERPT = 80;

/** A note as it goes from step to step. */
class Replay {
  private doc = new Y.Doc({ guid: "note" });

  take(step: NoteStep): void {
    if (step.kind === "typed") {
      Y.applyUpdate(this.doc, step.update);
      return;
    }
    if (step.state === null) return;
    this.dispose();
    this.doc = new Y.Doc({ guid: "note" });
    Y.applyUpdate(this.doc, bytesOfBase64(step.state));
  }

  /** Null while something is missing that came before. */
  text(): string | null {
    const { pendingStructs, pendingDs } = this.doc.store;
    return pendingStructs !== null || pendingDs !== null ? null : this.doc.getText(NOTE_TEXT).toJSON();
  }

  dispose(): void {
    this.doc.destroy();
  }
}

/** The versions that these steps make, oldest first; steps that left the text as it was make none. */
export function noteVersionsOf(steps: readonly NoteStep[]): readonly NoteVersion[] {
  return [...eachNoteVersion(steps)].filter((version) => version !== null);
}

/** The same one by one, so that other work can be done between; null for steps that make none. */
export function* eachNoteVersion(steps: readonly NoteStep[]): Generator<NoteVersion | null> {
  const replay = new Replay();
  let before: string | null = "";
  try {
    for (const group of groupsOf(steps)) {
      for (const step of group) replay.take(step);
      const last = group.at(-1);
      if (!last) continue;
      const text = replay.text();
      const known = before;
      before = text;
      const kind = kindOf(last);
      // Empty to empty is nothing that anybody wrote.
      if (kind !== "newer" && text !== null && text === known) {
        yield null;
        continue;
      }
      const { key, at, by } = last;
      const arrivedAt = last.kind === "typed" ? null : last.arrivedAt;
      const change = kind === "newer" || text === null || known === null ? null : changeOf(known, text);
      yield { key, kind, at, by, arrivedAt, change };
    }
  } finally {
    replay.dispose();
  }
}

/** The text right after the step of that key; null where it is not known or a newer version wrote it. */
export function noteTextAt(steps: readonly NoteStep[], key: string): string | null {
  const place = steps.findIndex((step) => step.key === key);
  const found = steps[place];
  if (!found || (found.kind === "whole" && found.state === null)) return null;
  const replay = new Replay();
  try {
    for (const step of steps.slice(0, place + 1)) replay.take(step);
    return replay.text();
  } finally {
    replay.dispose();
  }
}

function groupsOf(steps: readonly NoteStep[]): readonly (readonly NoteStep[])[] {
  const groups: NoteStep[][] = [];
  for (const step of steps) {
    const group = groups.at(-1);
    if (group && belongsTo(group, step)) group.push(step);
    else groups.push([step]);
  }
  return groups;
}

function belongsTo(group: readonly NoteStep[], step: NoteStep): boolean {
  const [first, last] = [group[0], group.at(-1)];
  if (first?.kind !== "typed" || last?.kind !== "typed" || step.kind !== "typed") return false;
  if (last.apart || step.apart) return false;
  if (last.by.author !== step.by.author || last.by.device !== step.by.device) return false;
  const at = Date.parse(step.at);
  const rest = at - Date.parse(last.at);
  return rest >= 0 && rest < NOTE_REST && at - Date.parse(first.at) < NOTE_LONGEST;
}

function kindOf(step: NoteStep): NoteVersion["kind"] {
  if (step.kind === "typed") return "written";
  if (step.state === null) return "newer";
  const kinds = { kept: "start", edited: "written", taken: "arrived", merged: "merged" } as const;
  return kinds[step.origin];
}

function changeOf(before: string, after: string): NoteChange {
  let [added, removed, excerpt, gone] = [0, 0, "", ""];
  for (const { kind, text } of diffText(before, after)) {
    if (kind === "added") {
      added += text.length;
      if (excerpt.trim() === "") excerpt = text;
    } else if (kind === "removed") {
      removed += text.length;
      if (gone.trim() === "") gone = text;
    }
  }
  const shown = excerpt.trim() === "" ? gone : excerpt;
  return { added, removed, excerpt: [...shown.trim().replace(/\s+/gu, " ")].slice(0, EXCERPT).join("") };
}
