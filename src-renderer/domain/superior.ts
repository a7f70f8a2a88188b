import type { EditFailure } from "./edit";
import type { AnyRecord } from "./record";

/** The superior of an organisation or area; undefined for the others. */
export function superiorOf(record: AnyRecord): string | undefined {
  return record.type === "organisation" || record.type === "area" ? record.data.parentId : undefined;
}

/**
 * Whether an edit puts a record below itself. A circle that is there already (two computers may make one together) does
 * not forbid other changes. `superiorById` knows the superiors as they are, hidden ones too.
 */
export function circleMade(
  before: AnyRecord | undefined,
  after: AnyRecord,
  superiorById: (id: string) => string | undefined,
): Extract<EditFailure, { kind: "circle" }> | undefined {
  const superior = superiorOf(after);
  if (superior === undefined || (before && superiorOf(before) === superior)) return undefined;
  const passed = new Set<string>();
  for (let at: string | undefined = superior; at !== undefined && !passed.has(at); at = superiorById(at)) {
    if (at === after.id) return { kind: "circle", field: "parentId" };
    passed.add(at);
  }
  return undefined;
}
