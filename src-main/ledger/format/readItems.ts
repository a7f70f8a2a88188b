import { frameTarget } from "./frame";
import { decodeEnd, decodePayload, stepOf, textOf, type FileEnd, type RawEntry } from "./payload";
import type { OpenedFrame, SealedFile } from "./sealedFile";

export interface PlacedEntry {
  readonly entry: string;
  /** The position right after it. */
  readonly position: number;
}

/** One part of a file, in its order. */
export type SealedItem =
  | { readonly kind: "facts"; readonly facts: unknown }
  | { readonly kind: "snapshot"; readonly entries: readonly string[] }
  | { readonly kind: "entries"; readonly entries: readonly PlacedEntry[] }
  /** History between these positions was lost before the file was written, and its writer said so. */
  | { readonly kind: "gap"; readonly from: number; readonly to: number }
  /** Something between these places of the file is not as it was written, or is missing. */
  | { readonly kind: "damage"; readonly from: number; readonly to: number }
  /** The last item of a file that was finished and holds what it says; without it, the file was cut short. */
  | { readonly kind: "end"; readonly end: FileEnd };

/**
 * All of a finished file (pack, snapshot, backup) from front to back, about a mebibyte at a time. A frame counts once
 * and in its place: whatever is missing, moved, doubled or from elsewhere is `damage`. Rejects with the file system's
 * error.
 */
export async function* readItems(file: SealedFile, signal?: AbortSignal): AsyncGenerator<SealedItem> {
  const counts = { entries: 0, snapshot: 0 };
  let link = file.header.link;
  let position = file.header.base;
  let at = file.framesAt;
  while (at < file.size) {
    signal?.throwIfAborted();
    const frame = (await file.frameAt(at)) ?? (await file.nextFrame(at + 1));
    if (!frame) {
      yield { kind: "damage", from: at, to: file.size };
      return;
    }
    const chained = frame.at === at && frame.link.equals(link);
    if (!chained) yield { kind: "damage", from: at, to: frame.at };
    // What lies behind a break in the chain is new only if it goes on where reading stands.
    if (chained || frame.start >= position || frame.kind !== "entries") {
      if (frame.kind === "entries" && chained && frame.start > position) {
        yield { kind: "gap", from: position, to: frame.start };
      }
      const item = itemOf(frame);
      if (item.kind === "damage") yield item;
      else if (item.kind === "end") {
        const whole = item.end.entries === counts.entries && item.end.snapshotEntries === counts.snapshot;
        if (whole && item.end.end > position) yield { kind: "gap", from: position, to: item.end.end };
        if (whole && item.end.end >= position && frame.next === file.size) yield item;
        else yield { kind: "damage", from: frame.at, to: file.size };
        return;
      } else {
        if (item.kind === "entries") {
          position = item.entries.at(-1)?.position ?? position;
          counts.entries += item.entries.length;
        } else if (item.kind === "snapshot") counts.snapshot += item.entries.length;
        yield item;
      }
    }
    link = frame.linkAfter;
    at = frame.next;
  }
}

/** Texts of a frame of history with their positions. */
export function placedEntries(start: number, entries: readonly RawEntry[]): readonly PlacedEntry[] {
  let position = start;
  return entries.map((entry) => ({ entry: textOf(entry), position: (position += stepOf(entry)) }));
}

function itemOf(frame: OpenedFrame): Exclude<SealedItem, { readonly kind: "gap" }> {
  const damage = { kind: "damage", from: frame.at, to: frame.next } as const;
  switch (frame.kind) {
    case "facts": {
      const facts = frame.payload.length > frameTarget ? undefined : parsed(frame.payload.toString("utf8"));
      return facts === undefined ? damage : { kind: "facts", facts };
    }
    case "end": {
      const end = decodeEnd(frame.payload);
      return end ? { kind: "end", end } : damage;
    }
    case "entries":
    case "snapshot": {
      const payload = decodePayload(frame.payload);
      if (!payload) return damage;
      if (frame.kind === "entries") return { kind: "entries", entries: placedEntries(frame.start, payload.entries) };
      return { kind: "snapshot", entries: payload.entries.map(textOf) };
    }
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
