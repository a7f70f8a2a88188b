import { success, type Result } from "../../src-main/shared/result";
import { retryDelay, timeLeft } from "./backoff";
import { fetchAgain } from "./fetchAgain";
import { settleFork } from "./forks";
import { Marking } from "./marking";
import { isRecord, push, type Outgoing, type Sent } from "./push";
import { pushDivided } from "./pushDivided";
import type { Session } from "./session";
import type { Trouble } from "./trouble";
import { documentText } from "./wire";
import { withdraw } from "./withdraw";

/**
 * Sends what waits, newest first, as soon as something waits, and looks after what belongs to sending: forks of other
 * clients, and this computer's counter. Ends with the trouble that concerns the whole connection. A server that reads
 * but does not write makes only this part rest.
 */
export async function runOutbox(session: Session, random: () => number, signal: AbortSignal): Promise<Trouble> {
  const { clock, limits, tell, journal } = session.parts;
  const turns = new Turns(session);
  const marking = new Marking(session, random);
  let failures = 0;
  /** The last failure may be one record's fault. */
  let spoils = false;
  let lastPush = Number.NEGATIVE_INFINITY;
  while (!signal.aborted) {
    const fetched = await fetchAgain(session, signal);
    if (!fetched.ok && fetched.failure.kind !== "server-error") return fetched.failure;
    // Before anything else goes: what became private is not to lie on the server longer than it must.
    const withdrawn = await withdraw(session, signal);
    if (!withdrawn.ok && withdrawn.failure.kind !== "server-error") return withdrawn.failure;
    const rows = await turns.next();
    if (rows.length === 0 && !withdrawn.ok && withdrawn.failure.kind === "server-error") {
      await rest(withdrawn.failure);
      continue;
    }
    if (rows.length === 0) {
      const quiet = await whileQuiet(session, turns.wakeIn(), marking, signal);
      if (!quiet.ok) return quiet.failure;
      continue;
    }
    const pause = timeLeft(lastPush + limits.pushInterval, clock.now(), limits.pushInterval);
    if (pause > 0 && rows.length < limits.batch) {
      await session.rest(pause, signal);
      lastPush = Number.NEGATIVE_INFINITY;
      continue;
    }
    const begun = clock.now();
    lastPush = begun;
    turns.begin(rows);
    const divides: boolean = failures > 0 && spoils && rows.length > 1;
    const sent: Result<Sent, Trouble> = divides
      ? await pushDivided(session, rows, signal)
      : await push(session, rows, signal);
    if (sent.ok) {
      const { accepted, aside } = sent.value;
      const took = clock.now() - begun;
      journal.note("push", { records: rows.length, accepted: accepted.length, aside: aside.length, took });
      failures = 0;
      turns.end(rows, [...sent.value.accepted, ...sent.value.aside]);
      if (sent.value.accepted.length > 0) tell({ kind: "progressed" });
      continue;
    }
    if (sent.failure.kind !== "server-error") return sent.failure;
    spoils = sent.failure.status >= 500 && sent.failure.status !== 503;
    await rest(sent.failure);
  }
  return { kind: "stopped" };

  async function rest(setback: Extract<Trouble, { kind: "server-error" }>): Promise<void> {
    const delay = retryDelay(failures, setback, random());
    failures += 1;
    journal.note("push-rests", { status: setback.status, again: delay });
    tell({ kind: "push-failed", setback, retryAt: clock.now() + delay });
    await session.rest(delay, signal);
  }
}

/** Nothing to send: forks, then the counter, then waiting for the bell or until a held record may go. */
async function whileQuiet(
  session: Session,
  wakeIn: number | null,
  marking: Marking,
  signal: AbortSignal,
): Promise<Result<null, Trouble>> {
  const { clock, tell } = session.parts;
  for (const fork of session.forks.values()) {
    session.forks.delete(fork.id);
    const settled = await settleFork(session, fork, signal);
    if (!settled.ok) return settled;
  }
  tell({ kind: "push-done", at: clock.now() });
  const dueIn = marking.dueIn();
  if (dueIn === null || (wakeIn !== null && wakeIn < dueIn)) {
    await session.bell.wait(clock, wakeIn, signal);
    return success(null);
  }
  const quiet = await session.bell.wait(clock, dueIn, signal);
  return quiet === "passed" ? marking.mark(signal) : success(null);
}

/** Whose turn it is: batches by count and size, notes not too often while typed, stubborn conflicts later. */
class Turns {
  private readonly tries = new Map<string, number>();
  private readonly heldUntil = new Map<string, number>();
  private done = 0;

  constructor(private readonly session: Session) {}

  async next(): Promise<readonly Outgoing[]> {
    const { store, limits } = this.session.parts;
    for (const [id, until] of this.heldUntil) if (this.left(until) === 0) this.heldUntil.delete(id);
    const waiting = await store.waiting(limits.batch + this.heldUntil.size);
    const rows: Outgoing[] = [];
    let bytes = 0;
    for (const row of waiting) {
      if (this.heldUntil.has(row.id)) continue;
      bytes += documentText(row.content, row.rev).length;
      if (rows.length > 0 && (bytes > limits.batchBytes || rows.length >= limits.batch)) break;
      rows.push(row);
    }
    if (rows.length >= limits.batch) return rows;
    const erased = await store.erased(limits.batch - rows.length + this.heldUntil.size);
    return [...rows, ...erased.filter(({ id }) => !this.heldUntil.has(id))].slice(0, limits.batch);
  }

  begin(rows: readonly Outgoing[]): void {
    const { store, tell, clock, limits } = this.session.parts;
    tell({ kind: "pushing", done: this.done, total: this.done + Math.max(rows.length, store.waitingCount()) });
    for (const row of rows) {
      // At the first edit at once, then at most every `noteInterval` of typing.
      if (isRecord(row) && row.id.startsWith("note:")) this.heldUntil.set(row.id, clock.now() + limits.noteInterval);
    }
  }

  end(rows: readonly Outgoing[], settled: readonly string[]): void {
    const { clock, limits } = this.session.parts;
    const done = new Set(settled);
    this.done = this.session.parts.store.waitingCount() === 0 ? 0 : this.done + done.size;
    for (const { id } of rows) {
      if (done.has(id)) {
        this.tries.delete(id);
        continue;
      }
      const tries = (this.tries.get(id) ?? 0) + 1;
      this.tries.set(id, tries % limits.conflictTries);
      if (tries >= limits.conflictTries) this.heldUntil.set(id, clock.now() + limits.conflictRest);
      else this.heldUntil.delete(id);
    }
  }

  /** Milliseconds until a held record may go; null if none is held. */
  wakeIn(): number | null {
    if (this.heldUntil.size === 0) return null;
    return Math.min(...[...this.heldUntil.values()].map((until) => this.left(until)));
  }

  private left(until: number): number {
    const { clock, limits } = this.session.parts;
    return timeLeft(until, clock.now(), Math.max(limits.noteInterval, limits.conflictRest));
  }
}
