import type { AnyRecord, Content } from "../../src-renderer/domain/record";
import type { RecordType } from "../../src-renderer/domain/ids";
import { parseContent } from "../../src-renderer/domain/parseRecord";

const at = "2026-03-02T01:00:00.000Z";

export interface RecordParts {
  readonly data?: Record<string, unknown>;
  readonly by?: string;
  readonly at?: string;
  readonly visibility?: AnyRecord["visibility"];
  readonly deletedAt?: string;
  readonly [field: string]: unknown;
}

/** A content as the door would read it. */
export function aRecord(id: string, { data = {}, by = "wei", at: when = at, ...rest }: RecordParts = {}): Content {
  const type = id.slice(0, id.indexOf(":")) as RecordType;
  const stamp = { author: `author:${by}`, device: `laptop-${by}` };
  const parsed = parseContent({
    id,
    type,
    v: 1,
    createdAt: at,
    createdBy: stamp,
    updatedAt: when,
    updatedBy: stamp,
    visibility: "project",
    data,
    ...rest,
  });
  if (!parsed.ok) throw new Error(parsed.failure.detail);
  return parsed.value;
}

export function aContact(id: string, data: Record<string, unknown>, parts: RecordParts = {}): Content {
  return aRecord(`contact:${id}`, { ...parts, data });
}

/** The same content after an edit of some fields. */
export function changed(content: Content, data: Record<string, unknown>, parts: RecordParts = {}): Content {
  if (content.kind === "opaque") throw new Error("what a newer version wrote is not edited");
  const { record } = content;
  const { by = "wei", at: when = record.updatedAt, ...rest } = parts;
  const edited = {
    ...record,
    ...rest,
    updatedAt: when,
    updatedBy: { author: `author:${by}`, device: `laptop-${by}` },
    data: { ...record.data, ...data },
  };
  const parsed = parseContent(edited);
  if (!parsed.ok) throw new Error(parsed.failure.detail);
  return parsed.value;
}

/** The document as another client would write it. */
export function wireDocument(content: Content): Record<string, unknown> {
  const json =
    content.kind === "opaque" ? (JSON.parse(content.json) as Record<string, unknown>) : { ...content.record };
  const { id, ...rest } = json;
  return { _id: id, ...rest };
}

/** A document as a colleague's computer would write it. */
export function aDocument(id: string, data: Record<string, unknown>, parts: RecordParts = {}): Record<string, unknown> {
  return wireDocument(aRecord(id, { ...parts, data }));
}
