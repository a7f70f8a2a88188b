/**
 * Repairs of Markdown in which two people made the same change at once: both made a line a heading (`## ## Costs`), both
 * ticked a box (`[xx]`). Each repair only deletes, so that two devices that repair alone still agree. A line that one of
 * them had just so before the merge is left alone: it was meant.
 */

export interface Deletion {
  readonly from: number;
  readonly length: number;
}

interface Repair {
  readonly pattern: RegExp;
  /** Groups of the pattern that go. Every character of a match belongs to one group, so that their places are known. */
  readonly excess: readonly number[];
}

const box = String.raw`^(\s*(?:[-*+]|\d+[.)]) \[`;
const repairs: readonly Repair[] = [
  // Both made the line a heading: the first mark stays.
  { pattern: /^(#{1,6} )((?:#{1,6} )+)/, excess: [2] },
  // Both made it a list item or a task.
  { pattern: /^(\s*)([-*+] (?:\[[ xX]\] )?)(\2+)/, excess: [3] },
  // Both ticked a box, or both unticked it; ticked beats unticked.
  { pattern: new RegExp(String.raw`${box})( +)(?=[xX][xX ]*\])`), excess: [2] },
  { pattern: new RegExp(String.raw`${box}[xX])([xX ]+)(?=\])`), excess: [2] },
  { pattern: new RegExp(String.raw`${box} )( +)(?=\])`), excess: [2] },
  // Both made the same words bold.
  { pattern: /(?<!\*)(\*\*)(\*\*)([^\s*][^*]*\*\*)(\*\*)(?!\*)/, excess: [2, 4] },
];

/** Longer lines are left as they are: no markup of a person, and looking through them would take time. */
const MAX_LINE = 2_000;

/** What to delete from a merged text, in ascending order and apart from each other. */
export function repairsOf(merged: string, versions: readonly string[]): readonly Deletion[] {
  const meant = new Set(versions.flatMap((version) => version.split("\n")));
  const deletions: Deletion[] = [];
  let start = 0;
  for (const line of merged.split("\n")) {
    if (!meant.has(line))
      deletions.push(...lineRepairs(line).map(({ from, length }) => ({ from: start + from, length })));
    start += line.length + 1;
  }
  return deletions;
}

/** Applies one repair after another until none finds anything; answers in places of the line as it was. */
function lineRepairs(line: string): readonly Deletion[] {
  if (line.length > MAX_LINE) return [];
  let current = Array.from({ length: line.length }, (_, place) => ({ unit: line.charAt(place), place }));
  const deleted: number[] = [];
  for (;;) {
    const excess = nextRepair(current.map(({ unit }) => unit).join(""));
    if (excess === undefined) return runs(deleted.sort((a, b) => a - b));
    deleted.push(...current.filter((_, index) => excess.has(index)).map(({ place }) => place));
    current = current.filter((_, index) => !excess.has(index));
  }
}

/** The places that the first repair that finds anything would delete. */
function nextRepair(line: string): ReadonlySet<number> | undefined {
  for (const { pattern, excess } of repairs) {
    const match = pattern.exec(line);
    if (match === null) continue;
    const places = new Set<number>();
    let place = match.index;
    for (const [index, group] of match.slice(1).entries()) {
      const length = group.length;
      if (excess.includes(index + 1)) for (let offset = 0; offset < length; offset++) places.add(place + offset);
      place += length;
    }
    return places;
  }
  return undefined;
}

function runs(places: readonly number[]): readonly Deletion[] {
  const found: { from: number; length: number }[] = [];
  for (const place of places) {
    const last = found.at(-1);
    if (last !== undefined && last.from + last.length === place) last.length += 1;
    else found.push({ from: place, length: 1 });
  }
  return found;
}
