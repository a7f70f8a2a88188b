import { isJsonObject, type JsonObject } from "../../domain/jsonValue";
import { readEntry, type ReadEntry } from "../readEntry";

/**
 * Texts of which at least one occurs in every entry that says something about a record or its note, and seldom in others:
 * a record that only names this one names it under another key. An opaque content is a text within the text.
 */
export function needlesOf(id: string, note: string): string[] {
  const ids = [id, note].map((each) => `"id":${JSON.stringify(each)}`);
  return [
    ...ids,
    ...ids.map((each) => JSON.stringify(each).slice(1, -1)),
    `"note":${JSON.stringify(note)}`,
    `"kind":"erased"`,
  ];
}

/**
 * What an entry says about these records, without what it says about others: a page of hundreds of records is not parsed
 * for one of them. Null if it changed none of their contents.
 */
export async function entryAbout(text: string, ids: ReadonlySet<string>): Promise<ReadEntry | null> {
  const json = parsed(text);
  if (!isJsonObject(json)) return { kind: "unreadable", detail: "no entry" };
  const part = partAbout(json, ids);
  return part && readEntry(JSON.stringify(part));
}

function partAbout(json: JsonObject, ids: ReadonlySet<string>): JsonObject | null {
  switch (json["kind"]) {
    case "put":
      return ids.has(idOf(json["content"])) ? json : null;
    case "puts":
      return withPart(json, "records", (record) => ids.has(idOf(record["content"])));
    case "pulled":
      return withPart(json, "outcomes", ({ id }) => typeof id === "string" && ids.has(id));
    case "noteUpdate":
      return ids.has(String(json["note"])) ? json : null;
    case "erased":
      return Array.isArray(json["ids"]) && json["ids"].some((id) => ids.has(String(id))) ? json : null;
    default:
      return null;
  }
}

function withPart(json: JsonObject, list: string, isAbout: (item: JsonObject) => boolean): JsonObject | null {
  const items = Array.isArray(json[list]) ? json[list].filter(isJsonObject).filter(isAbout) : [];
  return items.length === 0 ? null : { ...json, [list]: items };
}

/** The id of a content as it is kept: an object, or the text of one that a newer version wrote. */
export function idOf(content: unknown): string {
  const json = typeof content === "string" ? parsed(content) : content;
  return isJsonObject(json) && typeof json["id"] === "string" ? json["id"] : "";
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
