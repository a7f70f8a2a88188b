import { diffText } from "../../domain/textDiff";

/** A text beside another one: what only it has, what both have, and where much of that is left out. */
export interface DifferingPart {
  readonly kind: "own" | "both" | "left-out";
  readonly text: string;
}

/** Characters (UTF-16 units) above which what both texts have is shortened. */
const LONG = 280;
/** Up to here two texts are told apart at a glance. */
const SHORT = 40;
/** Of what both have, what is shown before and after a difference. */
const AROUND = 60;
/** Less in common than this part of a text, and every word of it would be marked: then none is. */
const ALIKE = 0.3;

export function isLong(text: string): boolean {
  return text.length > LONG;
}

/** The parts of `text`, told apart from `other`; `whole`: with all that both have. */
export function differingParts(text: string, other: string, whole: boolean): readonly DifferingPart[] {
  if (text.length <= SHORT && other.length <= SHORT) return [{ kind: "both", text }];
  const parts = diffText(other, text)
    .filter(({ kind }) => kind !== "removed")
    .map(({ kind, text: part }): DifferingPart => ({ kind: kind === "added" ? "own" : "both", text: part }));
  const shared = parts.reduce((sum, part) => sum + (part.kind === "both" ? part.text.length : 0), 0);
  const told = shared < text.length * ALIKE ? [{ kind: "both" as const, text }] : parts;
  return whole || !isLong(text) ? told : told.flatMap((part, at) => shortened(part, at === 0, at === told.length - 1));
}

/** What both have, cut down to what stands beside a difference; of the one part of a text its beginning. */
function shortened(part: DifferingPart, isFirst: boolean, isLast: boolean): readonly DifferingPart[] {
  if (part.kind !== "both" || part.text.length <= 2 * AROUND) return [part];
  const isOnly = isFirst && isLast;
  const head = isOnly ? cutAt(part.text, LONG) : isFirst ? 0 : cutAt(part.text, AROUND);
  const tail = isLast ? part.text.length : cutAt(part.text, part.text.length - AROUND);
  if (tail <= head) return [part];
  const kept: readonly DifferingPart[] = [
    { kind: "both", text: part.text.slice(0, head) },
    { kind: "left-out", text: part.text.slice(head, tail) },
    { kind: "both", text: part.text.slice(tail) },
  ];
  return kept.filter(({ text }) => text !== "");
}

/** The place, or the one before it where it would cut a character in two. */
function cutAt(text: string, place: number): number {
  return /[\uDC00-\uDFFF]/.test(text[place] ?? "") ? place - 1 : place;
}
