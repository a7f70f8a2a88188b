import { envelope } from "../domain/envelope";
import { isShippedId } from "../domain/ids";
import { isJsonObject } from "../domain/jsonValue";
import { joinOverlay } from "../domain/overlay";
import { fittingFields } from "../domain/parseRecord";
import type { AnyRecord, Content, OverlayRecord, ShippedRecord } from "../domain/record";
import { kindOf } from "../domain/recordKinds";

/** A content as it can be shown. `newer`: written by a newer version and read only as far as this one can. */
export interface Readable {
  readonly record: AnyRecord;
  readonly newer: boolean;
}

/**
 * What a content comes to, together with what ships under its id; undefined where this version understands nothing of
 * it. Of changes to a shipped record that a newer version wrote, those that fit are shown.
 */
export function readableOf(content: Content, base?: ShippedRecord): Readable | undefined {
  if (content.kind === "known") return { record: content.record, newer: false };
  if (content.kind === "overlay") return { record: joinOverlay(base, content.record).record, newer: false };
  const kind = kindOf(content.type);
  if (!kind) return undefined;
  const json = parsedText(content.json);
  const parsed = envelope.loose().safeParse(json);
  if (!parsed.success || !isJsonObject(json)) return base && { record: base, newer: true };
  if (isShippedId(content.id)) {
    const data = isJsonObject(json["data"]) ? fittingFields(kind, json["data"]) : {};
    const overlay = { ...parsed.data, data } as unknown as OverlayRecord;
    return { record: joinOverlay(base, overlay).record, newer: true };
  }
  const data = kind.schema.safeParse(json["data"]);
  return data.success
    ? { record: { ...parsed.data, data: data.data } as unknown as AnyRecord, newer: true }
    : undefined;
}

function parsedText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
