import { decodeEnd } from "../ledger/format/payload";
import type { OpenedFrame, SealedFile } from "../ledger/format/sealedFile";
import { parseSealed, type SealedFacts } from "./backupFacts";
import { reading } from "./fileFailure";
import { textsOf } from "./frames";
import { Refused } from "./refused";

/** Where in the file texts after `position` are found. */
export interface IndexPoint {
  readonly position: number;
  readonly at: number;
}

/** All that a backup says of itself, after every byte of it was checked. */
export interface Verified {
  readonly facts: SealedFacts;
  readonly begin: number;
  readonly entries: number;
  readonly snapshotEntries: number;
  /** A point for about each mebibyte of the file, ascending; empty where there is nothing of the kind. */
  readonly history: readonly IndexPoint[];
  readonly snapshot: readonly IndexPoint[];
}

const indexEvery = 1024 * 1024;

/**
 * Reads a backup from end to end: every frame's tag, the chain, the order of its parts, positions, counts, and that it
 * ends where it says. Throws `Refused` at the first thing that does not fit; it never looks for what might follow, as a
 * hostile file could keep it looking for ever.
 */
export async function verifyBackup(
  file: SealedFile,
  path: string,
  { signal, onProgress }: { readonly signal: AbortSignal; readonly onProgress: (bytes: number) => void },
): Promise<Verified> {
  const walk = new Walk(file, path);
  for (;;) {
    signal.throwIfAborted();
    const verified = await walk.step();
    onProgress(walk.at);
    if (verified) return verified;
  }
}

class Walk {
  at: number;
  #link: Buffer;
  #facts: SealedFacts | null = null;
  #history: IndexPoint[] = [];
  #snapshot: IndexPoint[] = [];
  #entries = 0;
  #snapshotEntries = 0;
  #position: number;
  #snapshotPosition = 0;

  constructor(
    private readonly file: SealedFile,
    private readonly path: string,
  ) {
    this.at = file.framesAt;
    this.#link = file.header.link;
    this.#position = file.header.base;
    if (file.header.base !== file.header.begin) throw this.#damaged("begin");
  }

  /** Checks the next frame; answers after the last. */
  async step(): Promise<Verified | null> {
    const frame = await reading(this.path, () => this.file.frameAt(this.at));
    if (!frame) throw this.#damaged(this.at >= this.file.size ? "cut short" : "frame");
    if (!frame.link.equals(this.#link)) throw this.#damaged("order");
    const verified = this.#take(frame);
    this.#link = frame.linkAfter;
    this.at = frame.next;
    return verified;
  }

  #take(frame: OpenedFrame): Verified | null {
    if (frame.kind === "facts") return this.#takeFacts(frame);
    if (!this.#facts) throw this.#damaged("facts");
    switch (frame.kind) {
      case "snapshot":
        return this.#takeSnapshot(frame, this.#facts);
      case "entries":
        return this.#takeEntries(frame, this.#facts);
      case "end":
        return this.#takeEnd(frame, this.#facts);
    }
  }

  #takeFacts(frame: OpenedFrame): null {
    const facts = this.#facts ? null : parseSealed(frame.payload);
    const { begin } = this.file.header;
    if (!facts || begin > facts.end) throw this.#damaged("facts");
    if (facts.snapshot === null ? begin > 0 : facts.snapshot < begin || facts.snapshot > facts.end) {
      throw this.#damaged("facts");
    }
    this.#facts = facts;
    return null;
  }

  #takeSnapshot(frame: OpenedFrame, facts: SealedFacts): null {
    const texts = textsOf(frame);
    const belongs = facts.snapshot !== null && this.#entries === 0 && frame.start === this.#snapshotPosition;
    if (!texts || !belongs) throw this.#damaged("snapshot");
    index(this.#snapshot, frame);
    this.#snapshotEntries += texts.length;
    this.#snapshotPosition = texts.at(-1)?.position ?? this.#snapshotPosition;
    return null;
  }

  /** History may have gaps where the ledger itself had lost something, and never goes back. */
  #takeEntries(frame: OpenedFrame, facts: SealedFacts): null {
    const texts = textsOf(frame);
    if (!texts || frame.start < this.#position) throw this.#damaged("history");
    index(this.#history, frame);
    this.#entries += texts.length;
    this.#position = texts.at(-1)?.position ?? this.#position;
    if (this.#position > facts.end) throw this.#damaged("history");
    return null;
  }

  #takeEnd(frame: OpenedFrame, facts: SealedFacts): Verified {
    const end = decodeEnd(frame.payload);
    if (end?.entries !== this.#entries || end.snapshotEntries !== this.#snapshotEntries || end.end !== facts.end) {
      throw this.#damaged("counts");
    }
    if (frame.next !== this.file.size) throw this.#damaged("more than its end");
    return {
      facts,
      begin: this.file.header.begin,
      entries: this.#entries,
      snapshotEntries: this.#snapshotEntries,
      history: this.#history,
      snapshot: this.#snapshot,
    };
  }

  #damaged(detail: string): Refused {
    return new Refused({ kind: "damaged", path: this.path, detail });
  }
}

function index(points: IndexPoint[], frame: OpenedFrame): void {
  const last = points.at(-1);
  if (!last || frame.at - last.at >= indexEvery) points.push({ position: frame.start, at: frame.at });
}
