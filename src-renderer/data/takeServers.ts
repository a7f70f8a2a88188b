import { failure, success } from "../../src-main/shared/result";
import { editsTo } from "../domain/differences";
import type { Edit } from "../domain/edit";
import type { NoteId } from "../domain/ids";
import { isIdOf } from "../domain/ids";
import type { AnyRecord, Content } from "../domain/record";
import type { Editing } from "./editing";
import { shownRecord } from "./prepareEdit";
import type { Roster } from "./roster";
import type { StoredRecord } from "./storedRecord";
import type { SyncStore } from "./syncStore";
import type { Saved, WriteDoor } from "./writeDoor";

export interface TakeServersParts {
  readonly door: WriteDoor;
  readonly roster: Roster;
  readonly editing: Editing;
  readonly syncStore: SyncStore;
}

/**
 * Gives a record that the server does not take what the server has of it: an edit like any other, which Undo takes back
 * and the history keeps. Where nothing is left of what was changed here, the record has nothing to send any more; of a
 * note the text alone goes back, since what was typed stays part of how notes are merged.
 */
export async function takeServers(parts: TakeServersParts, id: string): Promise<Saved> {
  const stored = await load(parts, id);
  const base = stored?.base;
  if (!stored || !base) return failure({ kind: "not-found", id });
  if (isIdOf("note", id)) return restoreNote(parts, id, base);
  const [current, wanted] = [shown(parts, stored.content), shown(parts, base)];
  if (!current || !wanted) return failure({ kind: "read-only", id });
  const edits = editsBack(current, wanted);
  const edited = edits.length === 0 ? success(null) : await parts.editing.edit(edits, true);
  if (!edited.ok) return edited;
  const arrival = { kind: "document", id, rev: stored.rev, content: base } as const;
  return parts.syncStore.writePulled("", { arrivals: [arrival], first: true }, (_, local) => {
    const now = local && shown(parts, local.content);
    // Changed since, or sent after all: what was edited goes on like any other edit.
    if (!now || local.rev !== arrival.rev || editsBack(now, wanted).length > 0) return { kind: "keep" };
    return { kind: "take", content: base, rev: arrival.rev };
  });
}

/** Whether there is a server's version to go back to. */
export async function canTakeServers(parts: Pick<TakeServersParts, "door">, id: string): Promise<boolean> {
  const stored = await load(parts, id);
  return stored?.base !== undefined && stored.base.kind !== "opaque" && stored.content.kind !== "opaque";
}

function load({ door }: Pick<TakeServersParts, "door">, id: string): Promise<StoredRecord | undefined> {
  return door.run(async (turn) => (await turn.load([id])).get(id));
}

function shown({ roster }: TakeServersParts, content: Content): AnyRecord | undefined {
  const id = content.kind === "opaque" ? content.id : content.record.id;
  return shownRecord({ content, gone: false }, roster.baseOf(id));
}

function editsBack(current: AnyRecord, wanted: AnyRecord): readonly Edit[] {
  const { id, visibility } = wanted;
  const edits = editsTo(current, wanted);
  return current.visibility === visibility ? edits : [...edits, { kind: "share", id, visibility }];
}

function restoreNote({ editing }: TakeServersParts, id: NoteId, base: Content): Promise<Saved> {
  if (base.kind !== "known" || base.record.type !== "note") {
    return Promise.resolve(failure({ kind: "read-only", id }));
  }
  return editing.restoreNote(id, base.record.data.markdown);
}
