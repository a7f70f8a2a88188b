import type { Piece } from "./coverage";

/** A pack of so many positions is not opened again to add to it. */
export const settledLength = 4 * 1024 * 1024;

/** A stretch of positions. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** Files that are exchanged for packs; only when all of these are on the disk may any of those go. */
export interface PackUnit {
  readonly sources: readonly Piece[];
  readonly packs: readonly Stretch[];
}

/**
 * What to pack: closed files that follow one another, divided at `boundaries` (the positions of kept snapshots, up to
 * which history may be dropped one day). `untouched` names files that stay as they are: damaged ones.
 */
export function planPacks(
  pieces: readonly Piece[],
  boundaries: readonly number[],
  untouched: ReadonlySet<string>,
): readonly PackUnit[] {
  return runsOf(pieces.filter(({ file }) => file.closed && !untouched.has(file.name)))
    .flatMap((run) => unitsOf(run, stretchesOf(run, boundaries)))
    .filter((unit) => !isDone(unit));
}

function runsOf(pieces: readonly Piece[]): readonly (readonly Piece[])[] {
  const runs: Piece[][] = [];
  for (const piece of pieces) {
    const run = runs.at(-1);
    if (run?.at(-1)?.to === piece.from) run.push(piece);
    else runs.push([piece]);
  }
  return runs;
}

function stretchesOf(run: readonly Piece[], boundaries: readonly number[]): readonly Stretch[] {
  const stretches: Stretch[] = [];
  let from = run[0]?.from ?? 0;
  const cut = (to: number): void => {
    if (to > from) stretches.push({ from, to });
    from = to;
  };
  for (const piece of run) {
    for (const boundary of boundaries) if (boundary > piece.from && boundary <= piece.to) cut(boundary);
    if (piece.to - from >= settledLength) cut(piece.to);
  }
  cut(run.at(-1)?.to ?? from);
  return stretches;
}

function unitsOf(run: readonly Piece[], stretches: readonly Stretch[]): readonly PackUnit[] {
  const units: PackUnit[] = [];
  let packs: Stretch[] = [];
  for (const stretch of stretches) {
    packs.push(stretch);
    if (!run.some(({ to }) => to === stretch.to)) continue;
    const from = packs[0]?.from ?? stretch.from;
    units.push({ sources: run.filter((piece) => piece.from >= from && piece.to <= stretch.to), packs });
    packs = [];
  }
  return units;
}

function isDone({ sources, packs }: PackUnit): boolean {
  const [source, ...others] = sources;
  if (!source || others.length > 0 || packs.length > 1) return false;
  return source.file.header.kind === "pack" && source.from === source.file.base;
}
