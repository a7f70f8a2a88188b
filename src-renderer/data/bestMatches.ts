import { score, type Query } from "../language/filter";
import { createPace } from "./pace";
import { keysOf, type RosterEntry } from "./rosterEntry";

/** Rows between two looks at the clock. */
const STRETCH = 64;

export interface Matches {
  readonly total: number;
  readonly best: readonly RosterEntry[];
}

/** How many match, and the first `count` of them: best first, equal ones in the order given. */
export async function bestOf(entries: readonly RosterEntry[], query: Query, count: number): Promise<Matches> {
  const pace = createPace();
  // There are few different scores, so gathering by score takes the place of sorting all that match.
  const byScore = new Map<number, RosterEntry[]>();
  let total = 0;
  for (let place = 0; place < entries.length; place++) {
    const entry = entries[place];
    const keys = entry && keysOf(entry);
    if (place % STRETCH === STRETCH - 1) await pace();
    if (!keys) continue;
    const points = score(query, keys);
    if (points <= 0) continue;
    total += 1;
    const equals = byScore.get(points);
    if (equals) equals.push(entry);
    else byScore.set(points, [entry]);
  }
  const best: RosterEntry[] = [];
  for (const points of [...byScore.keys()].sort((a, b) => b - a)) {
    if (best.length >= count) break;
    best.push(...(byScore.get(points) ?? []).slice(0, count - best.length));
  }
  return { total, best };
}
