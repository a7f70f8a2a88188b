import { sameJson } from "../../domain/jsonValue";
import { mergeOverlays, mergeRecords } from "../../domain/merge";
import { equalNoteStates, holdsNoteState } from "../../domain/noteState";
import type { Content } from "../../domain/record";
import { isInBin, type StoredRecord } from "../storedRecord";

type Version = Pick<StoredRecord, "content" | "gone">;

/** What can be said of a backup's record beside the one that is here, without looking at their histories. */
export type Comparison =
  | "same"
  /** Differs, and the one that is here stays as it is. */
  | "stays"
  /** Both are to be joined, whatever their histories say. */
  | "joined"
  /** Their histories say which one is older. */
  | "histories"
  /** Alive in the backup, in the bin here. */
  | "binned";

export function compareRecords(present: Version, backup: Version): Comparison {
  const [here, there] = [present.content, likePresent(present, backup)];
  if (here.kind === "opaque" || there.kind === "opaque") return sameContent(here, there) ? "same" : "stays";
  if (isInBin(present) && !isInBin(backup)) return "binned";
  if (sameContent(here, there)) return isInBin(present) === isInBin(backup) ? "same" : "stays";
  if (here.record.type !== "note" || there.record.type !== "note") return "histories";
  const [ours, theirs] = [here.record.data.state, there.record.data.state];
  if (equalNoteStates(ours, theirs)) return "same";
  return holdsNoteState(ours, theirs) ? "stays" : "joined";
}

/** The backup's content to be joined with the present one: joining never puts anything into the bin. */
export function likePresent(present: Version, backup: Version): Content {
  return isInBin(present) ? backup.content : alive(backup.content);
}

/** Without the mark of the bin. What a newer version wrote stays as it is. */
export function alive(content: Content): Content {
  if (content.kind === "opaque" || content.record.deletedAt === undefined) return content;
  if (content.kind === "overlay") {
    const { deletedAt: _, ...record } = content.record;
    return { kind: "overlay", record };
  }
  const { deletedAt: _, ...record } = content.record;
  return { kind: "known", record: record as typeof content.record };
}

/** Both versions joined, `base` being what both descend from; the very present one where that changes nothing in it. */
export function joinContents(base: Content | undefined, present: Content, backup: Content): Content {
  if (present.kind === "known" && backup.kind === "known") {
    const record = mergeRecords(base?.kind === "known" ? base.record : undefined, present.record, backup.record);
    return sameJson(record, present.record) ? present : { kind: "known", record };
  }
  if (present.kind === "overlay" && backup.kind === "overlay") {
    const record = mergeOverlays(base?.kind === "overlay" ? base.record : undefined, present.record, backup.record);
    return sameJson(record, present.record) ? present : { kind: "overlay", record };
  }
  return present;
}

export function sameContent(a: Content, b: Content): boolean {
  if (a.kind === "opaque" || b.kind === "opaque") return a.kind === b.kind && jsonOf(a) === jsonOf(b);
  return sameJson(a.record, b.record);
}

function jsonOf(content: Content): string | undefined {
  return content.kind === "opaque" ? content.json : undefined;
}
