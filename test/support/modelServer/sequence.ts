import { present } from "./present";
import { Refusal } from "./exchange";
import type { Shard } from "./shard";

/** How far a reader has come in each shard: the last number seen, and of which file; 0 where it saw nothing yet. */
export type Position = { readonly seq: number; readonly uuid: string } | 0;
export type Positions = readonly [Position, Position];

export const theBeginning: Positions = [0, 0];

/**
 * A seq as clients see it: the sum of the numbers, a dash, and the positions packed. CouchDB packs an Erlang term,
 * compressed; the model packs its own text behind the same first letters. Clients must send it back whole.
 */
export function packSeq(positions: Positions): string {
  const sum = seqOf(positions[0]) + seqOf(positions[1]);
  const text = positions.map((position) => (position === 0 ? "0" : `${position.seq}.${position.uuid}`)).join(",");
  return `${sum}-g1AAAA${letterOf(text.length >> 5)}${letterOf(text.length & 31)}${btoa(text)
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "")}`;
}

/** The positions in a seq; quotes around it and letters after its end do not matter, a cut one is refused. */
export function unpackSeq(seq: string): Positions {
  if (seq === "0") return theBeginning;
  const found = /^"?\d+-g1AAAA([A-Za-z0-9_])([A-Za-z0-9_])([\w-]+)"?$/.exec(seq);
  if (found !== null) {
    const length = (letters.indexOf(present(found[1])) << 5) + letters.indexOf(present(found[2]));
    const packed = present(found[3]).slice(0, Math.ceil((length * 4) / 3));
    const positions = /^(0|\d+\.\w+),(0|\d+\.\w+)$/.exec(decoded(packed).slice(0, length));
    if (positions !== null && positions[0].length === length)
      return [position(present(positions[1])), position(present(positions[2]))];
  }
  throw new Refusal(400, "bad_request", "Malformed sequence supplied in 'since' parameter.");
}

export function seqOf(position: Position): number {
  return position === 0 ? 0 : position.seq;
}

/**
 * Where a shard goes on for a reader. A position of another file (the database was re-created) means from the start;
 * one of the same file is believed even if the file never came so far (it was restored from an older copy).
 */
export function startIn(shard: Shard, position: Position): number {
  return position !== 0 && position.uuid === shard.uuid ? position.seq : 0;
}

const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_";
function letterOf(value: number): string {
  return letters[value] ?? "A";
}

function decoded(packed: string): string {
  try {
    return atob(packed.replaceAll("-", "+").replaceAll("_", "/"));
  } catch {
    return "";
  }
}

function position(text: string): Position {
  if (text === "0") return 0;
  const [seq = "", uuid = ""] = text.split(".");
  return { seq: Number(seq), uuid };
}
