import type { Difference } from "../../domain/differences";
import { isJsonObject } from "../../domain/jsonValue";

/** Of each version only what a line about it can say; the whole is asked for one by one. */
const DIFFERENCES = 3;
const ITEMS = 3;
const CHARACTERS = 80;

/** The first few differences, with the beginning of every text in them. */
export function shortened(differences: readonly Difference[]): readonly Difference[] {
  return differences.slice(0, DIFFERENCES).map((difference): Difference => {
    switch (difference.kind) {
      case "value":
        return { ...difference, before: cut(difference.before), after: cut(difference.after) };
      case "set":
        return { ...difference, added: members(difference.added), removed: members(difference.removed) };
      case "list":
        return {
          ...difference,
          items: difference.items.slice(0, ITEMS).map(({ id, before, after }) => ({
            id,
            before: before && cutParts(before),
            after: after && cutParts(after),
          })),
        };
    }
  });
}

function members(all: readonly string[]): readonly string[] {
  return all.slice(0, ITEMS).map(cutText);
}

function cut(value: unknown): unknown {
  if (typeof value === "string") return cutText(value);
  if (Array.isArray(value)) return value.slice(0, ITEMS).map(cut);
  return isJsonObject(value) ? cutParts(value) : value;
}

function cutParts(value: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(value).map(([part, held]) => [part, cut(held)]));
}

function cutText(text: string): string {
  if (text.length <= CHARACTERS) return text;
  return `${[...text.slice(0, CHARACTERS)].slice(0, -1).join("")}…`;
}
