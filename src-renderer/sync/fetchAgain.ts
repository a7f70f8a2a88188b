import { failure, success, type Result } from "../../src-main/shared/result";
import { troubleOfReply } from "./exchange";
import type { Session } from "./session";
import type { Trouble } from "./trouble";
import { readLookups } from "./wire";

/** Documents asked for at once. */
const BATCH = 50;

/**
 * Reads anew what could not be read when it came: after a person asked for it, or because the app has become another
 * version since. What still cannot be read stays set aside with its present reason.
 */
export async function fetchAgain(session: Session, signal: AbortSignal): Promise<Result<null, Trouble>> {
  const { ask, clock, store, again, journal } = session.parts;
  while (again.size > 0) {
    const keys = [...again].slice(0, BATCH);
    const answer = await ask(
      {
        method: "POST",
        path: "_all_docs",
        query: { include_docs: true, conflicts: true },
        body: JSON.stringify({ keys }),
      },
      signal,
    );
    if (!answer.ok) return answer;
    const at = new Date(clock.now()).toISOString();
    const lookups = answer.value.status === 200 ? readLookups(answer.value.json, answer.value.text, at) : null;
    if (lookups === null) return failure(troubleOfReply(answer.value));
    journal.note("fetch-again", { records: keys.length });
    const found = lookups.flatMap((lookup) => (lookup.kind === "found" ? [lookup.documents] : []));
    const written = await session.write(
      found.flatMap(({ arrivals }) => arrivals),
      found.flatMap(({ quarantined }) => quarantined),
    );
    if (!written.ok) return written;
    for (const fork of found.flatMap(({ forks }) => forks)) session.forks.set(fork.id, fork);
    const unreadable = new Set(found.flatMap(({ quarantined }) => quarantined.map(({ id }) => id)));
    const readable = lookups.map(({ id }) => id).filter((id) => !unreadable.has(id));
    if (readable.length > 0) {
      const released = await store.release(readable, "pull");
      if (!released.ok) return failure({ kind: "not-saved", failure: released.failure });
    }
    for (const id of keys) again.delete(id);
  }
  return success(null);
}
