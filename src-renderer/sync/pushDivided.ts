import { failure, success, type Result } from "../../src-main/shared/result";
import { parcelOf, push, setAside, together, type Outgoing, type Refused, type Sent } from "./push";
import type { Session } from "./session";
import type { Trouble } from "./trouble";

/** More records than this that the server fails on are the server's own trouble. */
const MOST_SPOILT = 10;

/**
 * For a server that fails (status 500 and above) on a batch again and again: finds the records that make it fail, so
 * that they do not hold back the others. A record is set aside only if the server has taken another one after failing on
 * it; so the oldest, which have failed before, are tried first.
 */
export async function pushDivided(
  session: Session,
  rows: readonly Outgoing[],
  signal: AbortSignal,
): Promise<Result<Sent, Trouble>> {
  const parts: (readonly Outgoing[])[] = [rows];
  const sent: Sent[] = [];
  let spoilt: Refused[] = [];
  let trouble: Trouble | undefined;
  for (let part = parts.pop(); part !== undefined; part = parts.pop()) {
    if (part.length > 1 && part === rows) {
      parts.push(...halvesOf(part));
      continue;
    }
    const pushed = await push(session, part, signal);
    if (pushed.ok) {
      sent.push(pushed.value);
      if (pushed.value.accepted.length === 0 || spoilt.length === 0) continue;
      const aside = await setAside(session, spoilt);
      if (!aside.ok) return aside;
      sent.push(aside.value);
      spoilt = [];
      continue;
    }
    if (pushed.failure.kind !== "server-error") return pushed;
    trouble = pushed.failure;
    const { status } = pushed.failure;
    const [only] = part;
    if (part.length > 1) parts.push(...halvesOf(part));
    else if (only)
      spoilt.push({ parcel: parcelOf(session, only), error: "server-error", reason: `status ${status}`, status });
    if (spoilt.length > MOST_SPOILT) return pushed;
  }
  return trouble && spoilt.length > 0 ? failure(trouble) : success(together(sent));
}

function halvesOf(rows: readonly Outgoing[]): readonly (readonly Outgoing[])[] {
  const middle = Math.ceil(rows.length / 2);
  return [rows.slice(0, middle), rows.slice(middle)];
}
