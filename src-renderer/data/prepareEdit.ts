import { failure, success, type Result } from "../../src-main/shared/result";
import { applyEdit, type EditContext } from "../domain/applyEdit";
import type { Edit, EditFailure } from "../domain/edit";
import { editOverlay } from "../domain/editOverlay";
import { isShippedId } from "../domain/ids";
import type { AnyRecord, Content, OverlayRecord, ShippedRecord } from "../domain/record";
import type { SaveFailure } from "../domain/saveFailure";
import { circleMade } from "../domain/superior";
import { readableOf } from "./readable";
import { MAX_ID_LENGTH } from "./row";
import type { StoredRecord } from "./storedRecord";

/** What is stored under an id, as far as an edit of it must know. */
export type Editable = Pick<StoredRecord, "content" | "gone">;

/** An edit worked out: the record as it was shown and as it will be, and what is to be stored for that. */
export interface PreparedEdit {
  readonly before: AnyRecord | undefined;
  readonly after: AnyRecord;
  readonly store: Editable;
}

/** What an edit must know of other records, as they are with the edits of the same step before it. */
export interface Around {
  /** What ships under an id. */
  readonly baseOf: (id: string) => ShippedRecord | undefined;
  /** The superior of an organisation or area, also of one in the bin. */
  readonly superiorOf: (id: string) => string | undefined;
}

/** Works an edit out against what is stored; null for one without effect. */
export function prepareEdit(
  stored: Editable | undefined,
  edit: Edit,
  context: EditContext,
  around: Around,
): Result<PreparedEdit | null, SaveFailure> {
  if (edit.id.length > MAX_ID_LENGTH) return failure({ kind: "too-large", field: "id", limit: MAX_ID_LENGTH });
  if (stored?.content.kind === "opaque") return failure({ kind: "read-only", id: edit.id });
  const base = around.baseOf(edit.id);
  const before = stored ? shownRecord(stored, base) : base;
  const edited = editedContent(stored, base, edit, context);
  if (!edited.ok) return edited;
  const { value: content } = edited;
  if (content === undefined) return success(null);
  const gone = stored?.gone === true && content.record.deletedAt !== undefined;
  const after = shownRecord({ content, gone }, base);
  if (!after) throw new Error("an edit made a record that cannot be shown");
  const circle = circleMade(before, after, around.superiorOf);
  if (circle) return failure(circle);
  return success({ before, after, store: { content: gone ? withDeletionOf(stored.content, content) : content, gone } });
}

/** What a person's edit makes: a record, or for a shipped one the changes to it. Undefined without effect. */
type Own = Exclude<Content, { readonly kind: "opaque" }>;

function editedContent(
  stored: Editable | undefined,
  base: ShippedRecord | undefined,
  edit: Edit,
  context: EditContext,
): Result<Own | undefined, EditFailure> {
  const content = stored && withTombstone(stored);
  if (isShippedId(edit.id)) {
    const before = content?.kind === "overlay" ? content.record : undefined;
    const after = editOverlay(base, before, edit, context);
    if (!after.ok) return after;
    const { value: record } = after;
    return success(record === undefined || record === before ? undefined : { kind: "overlay", record });
  }
  const before = content?.kind === "known" ? content.record : undefined;
  const after = applyEdit(before, edit, context);
  if (!after.ok) return after;
  return success(after.value === before ? undefined : { kind: "known", record: after.value });
}

/** What the page sees: a record under another client's tombstone looks like one in the bin. */
export function shownRecord(stored: Editable, base: ShippedRecord | undefined): AnyRecord | undefined {
  return readableOf(withTombstone(stored), base)?.record;
}

/** As if the record itself said so. What a newer version wrote stays as it is. */
function withTombstone({ content, gone }: Editable): Content {
  if (!gone || content.kind === "opaque" || content.record.deletedAt !== undefined) return content;
  const deletedAt = content.record.updatedAt;
  return content.kind === "overlay"
    ? { kind: "overlay", record: { ...content.record, deletedAt } }
    : { kind: "known", record: { ...content.record, deletedAt } };
}

/** Keeps the mark of a tombstone out of the record itself. */
function withDeletionOf(stored: Content, content: Own): Own {
  const deletedAt = stored.kind === "opaque" ? undefined : stored.record.deletedAt;
  return content.kind === "overlay"
    ? { kind: "overlay", record: withDeletedAt(content.record, deletedAt) }
    : { kind: "known", record: withDeletedAt(content.record, deletedAt) };
}

function withDeletedAt<R extends AnyRecord | OverlayRecord>(record: R, deletedAt: string | undefined): R {
  const { deletedAt: _, ...alive } = record;
  return (deletedAt === undefined ? alive : { ...alive, deletedAt }) as R;
}
