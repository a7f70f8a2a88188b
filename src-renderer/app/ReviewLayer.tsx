import { lazy, Suspense, useCallback, useRef, useState, type ReactNode } from "react";
import type { RecordId } from "../domain/ids";
import type { OpenReview } from "../platform/recordReview";
import { isMac } from "../ui/keyLabel";
import type { Direction } from "./fieldHistory";
import { shortcutOf } from "./shortcuts";
import { useHistoryInPlace } from "./useHistory";

const ReviewDialog = lazy(async () => ({
  default: (await import("../features/review/ReviewDialog")).ReviewDialog,
}));

interface Asked {
  readonly id: RecordId | undefined;
  readonly opened: boolean;
}

export interface Review {
  readonly open: OpenReview;
  /** The dialog, once it was asked for. */
  readonly layer: ReactNode;
}

/** Lets every screen show double edits over itself, and gives the focus back afterwards. */
export function useReviewLayer(): Review {
  const [asked, setAsked] = useState<Asked | null>(null);
  const before = useRef<Element | null>(null);
  const takeBack = useHistoryInPlace();
  const open = useCallback((id?: RecordId) => {
    before.current = document.activeElement;
    setAsked({ id, opened: true });
  }, []);
  const close = useCallback(() => {
    setAsked((now) => now && { ...now, opened: false });
  }, []);
  const layer = asked && (
    <Suspense fallback={null}>
      <ReviewDialog
        id={asked.id}
        opened={asked.opened}
        onClose={close}
        onClosed={() => {
          giveBack(before.current);
        }}
        onAll={() => {
          setAsked({ id: undefined, opened: true });
        }}
        onHistory={takeBack}
        directionOf={({ nativeEvent }) => {
          const command = shortcutOf(nativeEvent, isMac())?.command;
          return command === "undo" || command === "redo" ? (command satisfies Direction) : null;
        }}
      />
    </Suspense>
  );
  return { open, layer };
}

/** What led to the review may be gone with what was decided there; then the screen's first control has the focus. */
function giveBack(element: Element | null): void {
  const before = element instanceof HTMLElement && element.isConnected && element !== document.body ? element : null;
  const first = (): HTMLElement | null =>
    document.querySelector<HTMLElement>('main [role="listbox"], main [role="tree"], main button:not([disabled])');
  (before ?? first())?.focus();
}
