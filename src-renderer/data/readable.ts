import { envelope } from "../domain/envelope";
import { isJsonObject } from "../domain/jsonValue";
import type { AnyRecord, Content } from "../domain/record";
import { kindOf } from "../domain/recordKinds";

/** A content as it can be shown. `newer`: written by a newer version and read only as far as this one can. */
export interface Readable {
  readonly record: AnyRecord;
  readonly newer: boolean;
}

/** Undefined where this version understands nothing of it. */
export function readableOf(content: Content): Readable | undefined {
  if (content.kind === "known") return { record: content.record, newer: false };
  const kind = kindOf(content.type);
  if (!kind) return undefined;
  let json: unknown;
  try {
    json = JSON.parse(content.json);
  } catch {
    return undefined;
  }
  const parsed = envelope.loose().safeParse(json);
  const data = kind.schema.safeParse(isJsonObject(json) ? json["data"] : undefined);
  if (!parsed.success || !data.success) return undefined;
  return { record: { ...parsed.data, data: data.data } as unknown as AnyRecord, newer: true };
}
