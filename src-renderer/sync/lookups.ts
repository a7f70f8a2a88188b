import { failure, success, type Result } from "../../src-main/shared/result";
import { troubleOfReply } from "./exchange";
import type { Session } from "./session";
import type { Trouble } from "./trouble";
import { readLookups, type Documents, type Lookup } from "./wire";

/** Asks what the server has under these ids now. */
export async function lookUp(
  session: Session,
  keys: readonly string[],
  signal: AbortSignal,
): Promise<Result<readonly Lookup[], Trouble>> {
  const { ask, clock } = session.parts;
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
  return lookups === null ? failure(troubleOfReply(answer.value)) : success(lookups);
}

/** Writes what was found as if it had been pulled, forks included; answers the documents found. */
export async function takeFound(
  session: Session,
  lookups: readonly Lookup[],
): Promise<Result<readonly Documents[], Trouble>> {
  const found = lookups.flatMap((lookup) => (lookup.kind === "found" ? [lookup.documents] : []));
  const written = await session.write(
    found.flatMap(({ arrivals }) => arrivals),
    found.flatMap(({ quarantined }) => quarantined),
  );
  if (!written.ok) return written;
  for (const fork of found.flatMap(({ forks }) => forks)) session.forks.set(fork.id, fork);
  return success(found);
}
