import type { Envelope } from "./envelope";
import type { RecordType, ShippedType } from "./ids";
import type { JsonObject } from "./jsonValue";
import type { z } from "zod";
import type { recordKinds } from "./recordKinds";

/** The data of each type, read off the one table. */
export type DataByType = { [T in RecordType]: z.infer<(typeof recordKinds)[T]["schema"]> };
export type DataOf<T extends RecordType> = DataByType[T];
export type RecordOf<T extends RecordType> = Envelope<T, DataByType[T]>;
export type AnyRecord = { [T in RecordType]: RecordOf<T> }[RecordType];

export type ShippedRecord = Extract<AnyRecord, { readonly type: ShippedType }>;

/**
 * A change to a shipped record: the same id, and only the changed fields, `null` for one that was removed. What the
 * record comes to is both joined (`overlay.ts`).
 */
export type OverlayRecord = Envelope<ShippedType, JsonObject>;

/**
 * What is stored under an id: a record this version understands, a change to a shipped one, or one of an unknown type
 * or newer version, kept as the JSON text it came as and synced on untouched.
 */
export type Content =
  | { readonly kind: "known"; readonly record: AnyRecord }
  | { readonly kind: "overlay"; readonly record: OverlayRecord }
  | { readonly kind: "opaque"; readonly id: string; readonly type: string; readonly v: number; readonly json: string };
