import { sameJson, type JsonObject } from "./jsonValue";
import type { OverlayRecord, ShippedRecord } from "./record";
import { recordKind } from "./recordKinds";

/**
 * Changes to shipped records. A shipped record is never written; what a person changes is kept beside it as an overlay
 * of the same id, and what takes effect is both joined. So an updated list brings its news wherever nobody changed
 * anything, and never overwrites what somebody did.
 */

/** What an overlay and the record under it come to. */
export interface Joined {
  readonly record: ShippedRecord;
  /** Fields of the overlay that do not fit together with the others; the record has what ships there. */
  readonly unfit: readonly string[];
}

/**
 * Lays the changes over what ships. Without `base` (the record is not shipped any more, or only by another version) the
 * changes stand alone, on the values of an empty record. Envelope and stamps are those of the overlay.
 */
export function joinOverlay(base: ShippedRecord | undefined, overlay: OverlayRecord): Joined {
  const { schema, empty } = recordKind(overlay.type);
  const under: JsonObject = base?.data ?? empty;
  const unfit: string[] = [];
  let data = present({ ...under, ...overlay.data });
  for (;;) {
    const parsed = schema.safeParse(data);
    if (parsed.success) return { record: { ...overlay, data: parsed.data } as ShippedRecord, unfit };
    const fields = new Set(parsed.error.issues.map(({ path }) => String(path[0])));
    const fresh = [...fields].filter((field) => !unfit.includes(field));
    if (fresh.length === 0) throw new Error(`what ships as ${overlay.id} does not fit: ${parsed.error.message}`);
    unfit.push(...fresh);
    data = present({ ...data, ...Object.fromEntries(fresh.map((field) => [field, under[field]])) });
  }
}

/**
 * The overlay that makes of the shipped record what an edit made of it: only fields that differ between `before` and
 * `after` are touched. A touched field that says again what ships drops out; an untouched one stays, even where the
 * list has come to say the same. The very same overlay (or none) if nothing differs.
 */
export function overlayAfter(
  base: ShippedRecord | undefined,
  overlay: OverlayRecord | undefined,
  before: ShippedRecord | undefined,
  after: ShippedRecord,
): OverlayRecord | undefined {
  const was: JsonObject = before?.data ?? {};
  const now: JsonObject = after.data;
  const data: Record<string, unknown> = { ...overlay?.data };
  const touched = Object.keys({ ...was, ...now }).filter((field) => !sameJson(was[field], now[field]));
  for (const field of touched) {
    const shipsSo = base !== undefined && sameJson(now[field], (base.data as JsonObject)[field]);
    data[field] = shipsSo ? undefined : (now[field] ?? null);
  }
  const isSame =
    before?.deletedAt === after.deletedAt && before?.visibility === after.visibility && before.kept === after.kept;
  if (touched.length === 0 && isSame) return overlay;
  const { visibility, kept } = after;
  const own = overlay ?? newOverlay(after, before);
  const shared = before?.visibility === visibility ? own.visibility : visibility;
  const changed = { ...own, ...stampsOf(after), visibility: shared, data: defined(data) };
  return withDeletion(kept === undefined ? changed : { ...changed, kept }, after);
}

/** Without the changes to the given fields; with null without any, and alive. The same overlay if it has none of them. */
export function overlayWithout(
  overlay: OverlayRecord,
  fields: readonly string[] | null,
  stamps: Pick<OverlayRecord, "updatedAt" | "updatedBy">,
): OverlayRecord {
  const known = Object.keys(recordKind(overlay.type).fields);
  const given = (fields ?? known).filter((field) => known.includes(field) && Object.hasOwn(overlay.data, field));
  const comesBack = fields === null && overlay.deletedAt !== undefined;
  if (given.length === 0 && !comesBack) return overlay;
  const data = Object.fromEntries(Object.entries(overlay.data).filter(([field]) => !given.includes(field)));
  const { deletedAt, ...alive } = overlay;
  return { ...alive, ...stamps, ...(fields === null || deletedAt === undefined ? {} : { deletedAt }), data };
}

/** Fields in which a record differs from what ships. */
export function changedFields(base: ShippedRecord, record: ShippedRecord): readonly string[] {
  const [was, now]: readonly JsonObject[] = [base.data, record.data];
  return Object.keys({ ...was, ...now }).filter((field) => !sameJson(now?.[field], was?.[field]));
}

/** What two overlays descend from that were made apart: the shipped record without any change. */
export function noChanges(overlay: OverlayRecord): OverlayRecord {
  const { id, type, v } = overlay;
  const never = "1970-01-01T00:00:00.000Z";
  const nobody = { author: "author:qiao", device: "shipped" } as const;
  return {
    id,
    type,
    v,
    createdAt: never,
    createdBy: nobody,
    updatedAt: never,
    updatedBy: nobody,
    visibility: "project",
    data: {},
  };
}

function newOverlay(after: ShippedRecord, before: ShippedRecord | undefined): OverlayRecord {
  return {
    id: after.id,
    type: after.type,
    v: recordKind(after.type).v,
    createdAt: after.updatedAt,
    createdBy: after.updatedBy,
    ...stampsOf(after),
    // What ships is for everybody, a change to it for the project.
    visibility: before === undefined ? after.visibility : "project",
    data: {},
  };
}

function stampsOf({ updatedAt, updatedBy }: ShippedRecord): Pick<OverlayRecord, "updatedAt" | "updatedBy"> {
  return { updatedAt, updatedBy };
}

function withDeletion(overlay: OverlayRecord, { deletedAt }: ShippedRecord): OverlayRecord {
  const { deletedAt: _, ...alive } = overlay;
  return deletedAt === undefined ? alive : { ...alive, deletedAt };
}

/** Without what was removed. */
function present(data: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(data).filter(([, value]) => value !== null && value !== undefined));
}

function defined(data: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(data).filter(([, value]) => value !== undefined));
}
