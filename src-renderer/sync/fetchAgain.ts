import { failure, success, type Result } from "../../src-main/shared/result";
import { lookUp, takeFound } from "./lookups";
import type { Session } from "./session";
import type { Trouble } from "./trouble";

/** Documents asked for at once. */
const BATCH = 50;

/**
 * Reads anew what could not be read when it came: after a person asked for it, or because the app has become another
 * version since. What still cannot be read stays set aside with its present reason.
 */
export async function fetchAgain(session: Session, signal: AbortSignal): Promise<Result<null, Trouble>> {
  const { store, again, journal } = session.parts;
  while (again.size > 0) {
    const keys = [...again].slice(0, BATCH);
    const lookups = await lookUp(session, keys, signal);
    if (!lookups.ok) return lookups;
    journal.note("fetch-again", { records: keys.length });
    const found = await takeFound(session, lookups.value);
    if (!found.ok) return found;
    const unreadable = new Set(found.value.flatMap(({ quarantined }) => quarantined.map(({ id }) => id)));
    const readable = lookups.value.map(({ id }) => id).filter((id) => !unreadable.has(id));
    if (readable.length > 0) {
      const released = await store.release(readable, "pull");
      if (!released.ok) return failure({ kind: "not-saved", failure: released.failure });
    }
    for (const id of keys) again.delete(id);
  }
  return success(null);
}
