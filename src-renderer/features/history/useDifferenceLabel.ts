import { partsOf, type Difference } from "../../domain/differences";
import type { ShownType } from "../../platform/navigation";
import { useFieldLabel } from "../../ui/useFieldLabel";
import { usePartLabel } from "../../ui/usePartLabel";

/** What a difference is about, as the form says it: of a post in which only one thing changed that thing. */
export function useDifferenceLabel(type: ShownType): (difference: Difference) => string {
  const fieldLabel = useFieldLabel(type);
  const partLabel = usePartLabel();
  return (difference) => {
    const part = onlyPartOf(difference);
    const named = part === undefined ? "" : partLabel(part);
    return named === "" ? fieldLabel(difference.field) : named;
  };
}

/** The one part of its items that a difference is about; undefined where there are several. */
export function onlyPartOf(difference: Difference): string | undefined {
  if (difference.kind !== "list" || difference.items.length === 0) return undefined;
  const parts = new Set(difference.items.flatMap(({ before, after }) => partsOf(before, after)));
  const [only] = parts;
  return parts.size === 1 ? only : undefined;
}
