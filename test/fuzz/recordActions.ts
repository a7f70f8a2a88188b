import type { Change, Edit } from "../../src-renderer/domain/edit";
import { isShippedId, typeOfId, type RecordType } from "../../src-renderer/domain/ids";
import { openValues } from "../../src-renderer/domain/kept";
import { isJsonObject } from "../../src-renderer/domain/jsonValue";
import type { AnyRecord } from "../../src-renderer/domain/record";
import type { ActionKind } from "./actions";
import type { Dice } from "./dice";
import { tokenOf, type Held } from "./tokens";

/** Fields of which a value can be any text, by type of record. */
const scalars: Readonly<Record<string, readonly string[]>> = {
  contact: ["nameZh", "nameLatin", "wechat"],
  meeting: ["title", "place", "startsAsTyped"],
  organisation: ["nameEn", "nameZh", "abbreviation", "website", "note"],
};
/** Lists, and the fields of their items. */
const lists: Readonly<Record<string, readonly (readonly [field: string, parts: readonly string[]])[]>> = {
  contact: [
    ["posts", ["department", "title"]],
    ["emails", ["value"]],
    ["phones", ["value"]],
  ],
  meeting: [["attendees", ["name"]]],
  organisation: [["formerNames", ["text"]]],
};
const types = ["contact", "meeting", "organisation"] as const;

/** Slugs that ship with the app of every device. */
export const shippedSlugs = ["samr", "mohurd"] as const;

/** Where new values, ids and letters come from: each is given out once in a history. */
export interface Supply {
  next(): number;
}

/** The edit of a record that an action stands for; undefined where there is nothing to do. */
export function editFor(
  kind: ActionKind,
  records: ReadonlyMap<string, Held>,
  dice: Dice,
  supply: Supply,
): Edit | undefined {
  switch (kind) {
    case "create":
    case "createPrivate":
      return create(kind === "create" ? "project" : "private", dice, supply);
    case "changeShipped": {
      const id = `organisation:${dice.pick(shippedSlugs) ?? "samr"}`;
      return {
        kind: "create",
        id,
        type: "organisation",
        visibility: "project",
        changes: [setScalar(id, dice, supply)],
      };
    }
    case "returnShipped":
      return { kind: "return", id: `organisation:${dice.pick(shippedSlugs) ?? "samr"}` };
    case "restore": {
      const held = dice.pick(all(records, (one) => one.deletedAt !== undefined));
      return held && { kind: "restore", id: held.id };
    }
    default: {
      const held = dice.pick(all(records, (one) => one.deletedAt === undefined || dice.chance(0.05)));
      return held && changeOf(kind, held, dice, supply);
    }
  }
}

function changeOf(kind: ActionKind, held: Held, dice: Dice, supply: Supply): Edit | undefined {
  const { id } = held;
  const changed = (change: Change | undefined): Edit | undefined => change && { kind: "change", id, changes: [change] };
  switch (kind) {
    case "set":
      return changed(setScalar(id, dice, supply));
    case "clear":
      return changed({ op: "set", field: fieldOf(id, dice), value: undefined });
    case "putItem":
      return changed(putItem(held, `item-${supply.next()}`, dice, supply));
    case "changeItem": {
      const [field, parts] = dice.pick(lists[held.type] ?? []) ?? ["", []];
      const item = dice.pick(itemsOf(held, field));
      const part = dice.pick(parts) ?? "";
      return item === undefined
        ? undefined
        : changed({ op: "putItem", field, item: { id: item, [part]: tokenOf(supply.next()) } });
    }
    case "removeItem": {
      const [field] = dice.pick(lists[held.type] ?? []) ?? [""];
      const itemId = dice.pick(itemsOf(held, field));
      return itemId === undefined ? undefined : changed({ op: "removeItem", field, itemId });
    }
    case "addMember":
      return held.type === "organisation"
        ? changed({ op: "addMember", field: "shortZh", value: tokenOf(supply.next()) })
        : undefined;
    case "removeMember": {
      const members = held.data["shortZh"];
      const value = Array.isArray(members) ? dice.pick(members as readonly string[]) : undefined;
      return value === undefined ? undefined : changed({ op: "removeMember", field: "shortZh", value });
    }
    case "delete":
      return { kind: "delete", id };
    case "switchKept":
    case "settleKept": {
      const open = isShippedId(id) ? [] : openValues(held as unknown as AnyRecord);
      const key = dice.pick(open)?.key;
      if (key === undefined) return undefined;
      return kind === "switchKept"
        ? { kind: "switch", id, key }
        : { kind: "settle", id, keys: [key], settled: dice.chance(0.8) };
    }
    default:
      return undefined;
  }
}

function create(visibility: "project" | "private", dice: Dice, supply: Supply): Edit {
  const type: RecordType = dice.pick(types) ?? "contact";
  const id = `${type}:01900000-0000-7000-8000-${String(supply.next()).padStart(12, "0")}`;
  const changes = [setScalar(id, dice, supply)];
  return { kind: "create", id, type, visibility, changes };
}

function setScalar(id: string, dice: Dice, supply: Supply): Change {
  return { op: "set", field: fieldOf(id, dice), value: tokenOf(supply.next()) };
}

function fieldOf(id: string, dice: Dice): string {
  return dice.pick(scalars[typeOfId(id)] ?? []) ?? "";
}

function putItem(held: Held, id: string, dice: Dice, supply: Supply): Change | undefined {
  const list = dice.pick(lists[held.type] ?? []);
  if (!list) return undefined;
  const [field, parts] = list;
  return {
    op: "putItem",
    field,
    item: { id, ...Object.fromEntries(parts.map((part) => [part, tokenOf(supply.next())])) },
  };
}

function itemsOf(held: Held, field: string): readonly string[] {
  const items = held.data[field];
  if (!Array.isArray(items)) return [];
  return items.flatMap((item) => (isJsonObject(item) && typeof item["id"] === "string" ? [item["id"]] : []));
}

function all(records: ReadonlyMap<string, Held>, fits: (held: Held) => boolean): readonly Held[] {
  const found = [...records.values()].filter((held) => held.type in scalars && fits(held));
  return found.sort((a, b) => (a.id < b.id ? -1 : 1));
}
