import { isJsonObject, type JsonObject } from "../../src-renderer/domain/jsonValue";

/** Values that a history sets are texts that occur nowhere else, so that each can be followed. */
export function tokenOf(number: number): string {
  return `‹${number}›`;
}

const token = /^‹\d+›$/;

/** Every token in a value, once for every place where it stands. */
export function tokensIn(value: unknown, found: string[] = []): readonly string[] {
  if (typeof value === "string") {
    if (token.test(value)) found.push(value);
  } else if (Array.isArray(value)) for (const item of value) tokensIn(item, found);
  else if (isJsonObject(value)) for (const held of Object.values(value)) tokensIn(held, found);
  return found;
}

/** A record as a ledger or a store has it. */
export interface Held {
  readonly id: string;
  readonly type: string;
  readonly visibility: string;
  readonly deletedAt?: string | undefined;
  readonly updatedAt: string;
  readonly kept?: readonly {
    readonly id: string;
    readonly path: string;
    readonly value: unknown;
    readonly resolved?: boolean;
  }[];
  readonly data: JsonObject;
}

/** Ids of list items that occur more than once in one list. */
export function doubledItems(data: JsonObject): readonly string[] {
  return Object.values(data).flatMap((list) => {
    if (!Array.isArray(list)) return [];
    const ids = list.flatMap((item) => (isJsonObject(item) && typeof item["id"] === "string" ? [item["id"]] : []));
    return ids.filter((id, index) => ids.indexOf(id) !== index);
  });
}
