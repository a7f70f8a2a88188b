import { failure, success, type Result } from "../../src-main/shared/result";
import { applyEdit, type EditContext } from "./applyEdit";
import type { Edit, EditFailure } from "./edit";
import { joinOverlay, overlayAfter, overlayWithout } from "./overlay";
import type { OverlayRecord, ShippedRecord } from "./record";

/**
 * The overlay after an edit of a shipped record: the edit is applied to what the record comes to by now, and what it
 * touched goes into the overlay. Undefined, or the very same overlay, if the edit has no effect. `delete` hides.
 */
export function editOverlay(
  base: ShippedRecord | undefined,
  overlay: OverlayRecord | undefined,
  edit: Edit,
  context: EditContext,
): Result<OverlayRecord | undefined, EditFailure> {
  if (edit.kind === "return") {
    // What does not ship has nothing to return to: giving up its changes would lose it.
    if (base === undefined) return failure({ kind: "not-found", id: edit.id });
    const stamps = { updatedAt: context.now, updatedBy: context.by };
    return success(overlay && overlayWithout(overlay, edit.fields ?? null, stamps));
  }
  // Everybody has what ships, and changes to it have one id for all: there is nothing to keep to oneself.
  if (edit.kind === "share" && edit.visibility === "private") {
    return failure({ kind: "invalid", field: "visibility", detail: "the record ships with the app" });
  }
  const before = overlay === undefined ? base : joinOverlay(base, overlay).record;
  const after = applyEdit(before, edit, context);
  if (!after.ok) return after;
  return success(overlayAfter(base, overlay, before, after.value as ShippedRecord));
}
