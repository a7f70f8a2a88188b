import { useCallback, useEffect, useRef, type RefObject } from "react";

/**
 * Gives the focus to what is to be decided first in `detail` once it is there, and again whenever what had the focus is
 * gone with what was decided; then to whatever says that nothing is left.
 */
export function useKeptFocus(
  root: RefObject<HTMLElement | null>,
  detail: RefObject<HTMLElement | null>,
  shown: unknown,
): { readonly focusNext: () => void } {
  const begun = useRef(false);
  const focusNext = useCallback(() => {
    focusFirst(root, detail);
  }, [root, detail]);
  useEffect(() => {
    if (shown === null) return;
    const has = root.current?.closest('[role="dialog"]')?.contains(document.activeElement) ?? false;
    if (has && begun.current) return;
    begun.current = true;
    focusNext();
  }, [root, shown, focusNext]);
  return { focusNext };
}

function focusFirst(root: RefObject<HTMLElement | null>, detail: RefObject<HTMLElement | null>): void {
  const next = detail.current?.querySelector<HTMLElement>("input:checked");
  (next ?? root.current?.querySelector<HTMLElement>("[data-rest]"))?.focus();
}
