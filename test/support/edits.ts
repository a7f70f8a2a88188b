import type { Change, Edit } from "../../src-renderer/domain/edit";
import type { RecordId } from "../../src-renderer/domain/ids";

/** A record begun with these values, for all in the project. */
export function created(id: RecordId, fields: Record<string, unknown> = {}): Edit {
  const type = id.slice(0, id.indexOf(":")) as "contact";
  const changes = Object.entries(fields).map(([field, value]): Change => ({ op: "set", field, value }));
  return { kind: "create", id, type, visibility: "project", changes };
}

export function set(id: RecordId, field: string, value: unknown): Edit {
  return { kind: "change", id, changes: [{ op: "set", field, value }] };
}
