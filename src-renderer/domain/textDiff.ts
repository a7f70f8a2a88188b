import { diffArrays } from "diff";

/** How one text became another: words, and Chinese by characters, since a changed character is not a changed sentence. */
export interface TextPart {
  readonly kind: "same" | "added" | "removed";
  readonly text: string;
}

/**
 * More single changes than this are told as one: nobody reads them one by one, and finding them takes time that grows
 * with their square (Myers 1986).
 */
const MOST_EDITS = 1_000;

/**
 * A word, a run of spaces, or one character with what belongs to it (marks, joined emoji). Scripts that set no spaces
 * between words go by characters. `Intl.Segmenter` was measured to take seconds for one long line.
 */
const unspaced = String.raw`\p{Script=Han}\p{Script=Hira}\p{Script=Kana}\p{Script=Thai}\p{Script=Laoo}\p{Script=Khmr}\p{Script=Mymr}`;
const letters = String.raw`[[\p{L}\p{N}\p{M}_]--[${unspaced}]]`;
const token = new RegExp(String.raw`${letters}+(?:['’]${letters}+)*|\s+|.(?:\p{M}|\uFE0F|\u200D.)*`, "gsv");
const inWord = new RegExp(String.raw`^[[\p{L}\p{N}\p{M}_'’]--[${unspaced}]]$`, "v");

/**
 * The parts in the order of the new text, what was removed before what took its place. All but the added ones make up
 * `before`, all but the removed ones `after`.
 */
export function diffText(before: string, after: string): readonly TextPart[] {
  if (before === after) return before === "" ? [] : [{ kind: "same", text: before }];
  const parts: TextPart[] = [];
  let removed = "";
  let added = "";
  const settle = (): void => {
    parts.push(...diffTokens(removed, added));
    removed = added = "";
  };
  // By lines first: in a long note most of them are the same, and only those that are not are looked into.
  for (const change of changesOf(linesOf(before), linesOf(after))) {
    if (change.removed) removed += change.value.join("");
    else if (change.added) added += change.value.join("");
    else {
      settle();
      parts.push({ kind: "same", text: change.value.join("") });
    }
  }
  settle();
  return joined(withoutScraps(parts));
}

/** What both begin and end with is not looked into: in a long line mostly one place changed. */
function diffTokens(before: string, after: string): readonly TextPart[] {
  const start = sameStart(before, after);
  const end = sameEnd(before.slice(start), after.slice(start));
  const [was, is] = [before.slice(start, before.length - end), after.slice(start, after.length - end)];
  const changes = was === "" || is === "" ? replaced(was, is) : partsOf(changesOf(tokensOf(was), tokensOf(is)));
  return [...same(before.slice(0, start)), ...changes, ...same(before.slice(before.length - end))];
}

/** Length of the beginning that two texts share, without the part of a word in which they part. */
function sameStart(a: string, b: string): number {
  const shorter = Math.min(a.length, b.length);
  let length = 0;
  while (length < shorter && a[length] === b[length]) length += 1;
  while (length > 0 && (isInside(a, length) || isInside(b, length))) length -= 1;
  return length;
}

function sameEnd(a: string, b: string): number {
  const shorter = Math.min(a.length, b.length);
  let length = 0;
  while (length < shorter && a[a.length - 1 - length] === b[b.length - 1 - length]) length += 1;
  while (length > 0 && (isInside(a, a.length - length) || isInside(b, b.length - length))) length -= 1;
  return length;
}

/** Whether a place may lie within a token: between two characters of one word, or within one character. */
function isInside(text: string, place: number): boolean {
  const [before, after] = [text[place - 1], text[place]];
  if (before === undefined || after === undefined) return false;
  if (/^[\p{M}\p{Cs}\uFE0F\u200D]/u.test(after) || before === "\u200D") return true;
  return inWord.test(before) ? inWord.test(after) : /\s/.test(before) && /\s/.test(after);
}

function partsOf(changes: readonly TokenChange[]): readonly TextPart[] {
  return changes.map(({ removed, added, value }) => ({
    kind: removed ? "removed" : added ? "added" : "same",
    text: value.join(""),
  }));
}

function same(text: string): readonly TextPart[] {
  return text === "" ? [] : [{ kind: "same", text }];
}

interface TokenChange {
  readonly removed: boolean;
  readonly added: boolean;
  readonly value: readonly string[];
}

function changesOf(before: string[], after: string[]): readonly TokenChange[] {
  const whole = [
    { removed: true, added: false, value: before },
    { removed: false, added: true, value: after },
  ];
  return diffArrays(before, after, { maxEditLength: MOST_EDITS }) ?? whole;
}

function replaced(before: string, after: string): readonly TextPart[] {
  const parts: TextPart[] = [];
  if (before !== "") parts.push({ kind: "removed", text: before });
  if (after !== "") parts.push({ kind: "added", text: after });
  return parts;
}

/** Every line with the break that ends it. */
function linesOf(text: string): string[] {
  return text.split(/(?<=\n)/u);
}

function tokensOf(text: string): string[] {
  return text.match(token) ?? [];
}

/** A lone space between two changes is told as part of them, so that a rewritten sentence does not fall into words. */
function withoutScraps(parts: readonly TextPart[]): readonly TextPart[] {
  return parts.flatMap((part, index): readonly TextPart[] => {
    const isBetween = parts[index - 1]?.kind !== "same" && parts[index + 1]?.kind !== "same";
    const isInside = index > 0 && index < parts.length - 1;
    if (part.kind !== "same" || !isInside || !isBetween || !/^[ \t]+$/.test(part.text)) return [part];
    return replaced(part.text, part.text);
  });
}

/** Neighbours of a kind as one; within one change what was removed comes first. */
function joined(parts: readonly TextPart[]): readonly TextPart[] {
  const whole: TextPart[] = [];
  let removed = "";
  let added = "";
  let same = "";
  const settleChange = (): void => {
    whole.push(...replaced(removed, added));
    removed = added = "";
  };
  const settleSame = (): void => {
    if (same !== "") whole.push({ kind: "same", text: same });
    same = "";
  };
  for (const { kind, text } of parts) {
    if (kind === "same") {
      settleChange();
      same += text;
      continue;
    }
    settleSame();
    if (kind === "removed") removed += text;
    else added += text;
  }
  settleChange();
  settleSame();
  return whole;
}
