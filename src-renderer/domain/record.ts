import type { Envelope } from "./envelope";
import type { RecordType } from "./ids";
import type { z } from "zod";
import type { recordKinds } from "./recordKinds";

/** The data of each type, read off the one table. */
export type DataByType = { [T in RecordType]: z.infer<(typeof recordKinds)[T]["schema"]> };
export type DataOf<T extends RecordType> = DataByType[T];
export type RecordOf<T extends RecordType> = Envelope<T, DataByType[T]>;
export type AnyRecord = { [T in RecordType]: RecordOf<T> }[RecordType];

/**
 * What is stored under an id: a record this version understands, or one of an unknown type or newer version, kept as
 * the JSON text it came as and synced on untouched.
 */
export type Content =
  | { readonly kind: "known"; readonly record: AnyRecord }
  | { readonly kind: "opaque"; readonly id: string; readonly type: string; readonly v: number; readonly json: string };
