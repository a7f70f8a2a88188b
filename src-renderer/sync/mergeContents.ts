import { mergeOverlays, mergeRecords } from "../domain/merge";
import type { Content } from "../domain/record";

/** The merge of two contents of one id; null where one of them is of a newer version and cannot be merged here. */
export function mergeContents(base: Content | undefined, mine: Content, theirs: Content): Content | null {
  if (mine.kind === "known" && theirs.kind === "known") {
    const ancestor = base?.kind === "known" ? base.record : undefined;
    return { kind: "known", record: mergeRecords(ancestor, mine.record, theirs.record) };
  }
  if (mine.kind === "overlay" && theirs.kind === "overlay") {
    const ancestor = base?.kind === "overlay" ? base.record : undefined;
    return { kind: "overlay", record: mergeOverlays(ancestor, mine.record, theirs.record) };
  }
  return null;
}
