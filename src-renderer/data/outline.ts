import { compareEntries, type RosterEntry } from "./rosterEntry";

/** A tree as one list: every superior is followed by all that stands below it. */
export interface Outline {
  readonly nodes: readonly OutlineNode[];
}

export interface OutlineNode {
  readonly entry: RosterEntry;
  /** 0 for a root. */
  readonly depth: number;
  /** How many of the nodes right after it stand below it, at any depth. */
  readonly below: number;
}

/**
 * The tree of records in their natural order. A superior that is not among them makes its subordinates roots. A circle
 * is cut open at the first of its records in that order, which becomes a root: the same on every computer.
 */
export function outlineOf(sorted: readonly RosterEntry[]): Outline {
  const byId = new Map(sorted.map((entry) => [entry.id, entry]));
  const cut = cutsOf(sorted, byId);
  const roots: RosterEntry[] = [];
  const children = new Map<string, RosterEntry[]>();
  for (const entry of sorted) {
    const superior = cut.has(entry.id) ? undefined : parentOf(entry);
    if (superior === undefined || !byId.has(superior)) roots.push(entry);
    else {
      const siblings = children.get(superior);
      if (siblings) siblings.push(entry);
      else children.set(superior, [entry]);
    }
  }
  return { nodes: inOrder(roots, children) };
}

/** The nodes that show when nothing is shown below the collapsed ones. */
export function shownNodes({ nodes }: Outline, collapsed: ReadonlySet<string>): readonly OutlineNode[] {
  if (collapsed.size === 0) return nodes;
  const shown: OutlineNode[] = [];
  for (let place = 0; place < nodes.length;) {
    const node = nodes[place];
    if (!node) break;
    shown.push(node);
    place += 1 + (collapsed.has(node.entry.id) ? node.below : 0);
  }
  return shown;
}

function parentOf({ row }: RosterEntry): string | undefined {
  return row?.type === "organisation" || row?.type === "area" ? row.parentId : undefined;
}

/** Of every circle the record that comes first. */
function cutsOf(sorted: readonly RosterEntry[], byId: ReadonlyMap<string, RosterEntry>): ReadonlySet<string> {
  const cuts = new Set<string>();
  const settled = new Set<string>();
  for (const entry of sorted) {
    const path = new Set<RosterEntry>();
    let at: RosterEntry | undefined = entry;
    while (at && !settled.has(at.id) && !path.has(at)) {
      path.add(at);
      at = byId.get(parentOf(at) ?? "");
    }
    if (at && path.has(at)) {
      const way = [...path];
      const circle = way.slice(way.indexOf(at));
      cuts.add(circle.reduce((first, each) => (compareEntries(each, first) < 0 ? each : first)).id);
    }
    for (const { id } of path) settled.add(id);
  }
  return cuts;
}

/** Without recursion: nothing limits how deep a chain of superiors may be. */
function inOrder(
  roots: readonly RosterEntry[],
  children: ReadonlyMap<string, readonly RosterEntry[]>,
): readonly OutlineNode[] {
  interface Node extends OutlineNode {
    readonly superior: Node | undefined;
    below: number;
  }
  const nodes: Node[] = [];
  const waiting = roots.toReversed().map((entry): Node => ({ entry, depth: 0, below: 0, superior: undefined }));
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    nodes.push(node);
    const under = children.get(node.entry.id);
    if (!under) continue;
    for (const entry of under.toReversed()) waiting.push({ entry, depth: node.depth + 1, below: 0, superior: node });
  }
  // Subordinates come after their superior, so from the end every node is complete when it is counted.
  for (const { superior, below } of nodes.toReversed()) if (superior) superior.below += below + 1;
  return nodes;
}
