import type { Clock } from "../data/clock";

/** Lines that are kept. */
const KEPT = 400;

/**
 * What the sync did lately, for a person who helps. It may be sent to anybody: times, counts, ids of records and words
 * of this app's own; nothing that a person typed, no address, and nothing in the server's or the system's words.
 */
export class Journal {
  private readonly lines: string[] = [];

  constructor(private readonly clock: Clock) {}

  note(event: JournalEvent, facts: JournalFacts = {}): void {
    const told = Object.entries<string | number | undefined>({ ...facts }).flatMap(([name, value]) =>
      value === undefined ? [] : `${name}=${text(value)}`,
    );
    this.lines.push([new Date(this.clock.now()).toISOString(), event, ...told].join(" "));
    if (this.lines.length > KEPT) this.lines.shift();
  }

  /** Oldest first. */
  list(): readonly string[] {
    return [...this.lines];
  }
}

export type JournalEvent =
  | "start"
  | "stop"
  | "server"
  | "pull"
  | "up-to-date"
  | "push"
  | "conflicts"
  | "merge"
  | "set-aside"
  | "fetch-again"
  | "push-rests"
  | "withdraw"
  | "verify"
  | "attempt-ends";

export interface JournalFacts {
  readonly records?: number;
  readonly bytes?: number;
  readonly accepted?: number;
  readonly aside?: number;
  /** Milliseconds. */
  readonly took?: number;
  readonly again?: number;
  readonly status?: number;
  /** A word of this app's own. */
  readonly is?: string;
  readonly direction?: "pull" | "push";
  readonly id?: string | undefined;
}

/** Ids are ours or a stranger's; one that is not made like ours could say anything. */
const ownId =
  /^(?:note:)?(?:[a-z]+:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?:organisation|term|area):[a-z0-9-]{1,60})$/;
const ownWord = /^[a-z-]{1,40}$/;

function text(value: string | number): string {
  if (typeof value === "number") return String(Math.round(value));
  return ownWord.test(value) || ownId.test(value) ? value : "?";
}
