import { z } from "zod";
import { contentText, parseContent } from "../domain/parseRecord";
import type { Content } from "../domain/record";

/** What says which record a content is, without knowing its type. */
export interface Label {
  readonly id: string;
  readonly type: string;
  readonly v: number;
}

const label = z.object({ id: z.string(), type: z.string(), v: z.number() });

/**
 * Reads a content that we have stored ourselves. What this version cannot read (it was stored by a newer one, or its
 * rules have become stricter) is kept as its text, so that it is neither lost nor changed. Undefined if it is no record
 * at all.
 */
export function readKept(text: string): Content | undefined {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return undefined;
  }
  return contentOf(json, () => text);
}

/** The same for JSON that is a part of a larger text. */
export function readKeptJson(json: unknown): Content | undefined {
  return contentOf(json, () => JSON.stringify(json));
}

function contentOf(json: unknown, text: () => string): Content | undefined {
  const parsed = parseContent(json);
  if (parsed.ok) return parsed.value.kind === "opaque" ? { ...parsed.value, json: text() } : parsed.value;
  const labelled = label.safeParse(json);
  return labelled.success ? { kind: "opaque", ...labelled.data, json: text() } : undefined;
}

/** Texts that were made for the ledger and are wanted again for the row, for as long as the content is in memory. */
const texts = new WeakMap<Content, string>();

/** A content as it is kept, in the ledger and in its row. */
export function keptText(content: Content): string {
  if (content.kind === "opaque") return content.json;
  const known = texts.get(content);
  if (known !== undefined) return known;
  const text = contentText(content);
  texts.set(content, text);
  return text;
}

/** One field of the envelope of a content that is kept as text. */
export function envelopeField(json: string, field: string): unknown {
  try {
    return (JSON.parse(json) as Record<string, unknown>)[field];
  } catch {
    return undefined;
  }
}
