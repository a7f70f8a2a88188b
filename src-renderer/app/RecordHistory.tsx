import { lazy, Suspense, useCallback, useRef, useState, type ReactNode } from "react";
import type { RecordId } from "../domain/ids";
import { RecordHistoryContext } from "../platform/recordHistory";

const HistoryDialog = lazy(async () => ({
  default: (await import("../features/history/HistoryDialog")).HistoryDialog,
}));

interface Asked {
  readonly id: RecordId;
  readonly opened: boolean;
}

/** Lets every screen show what was changed in a record, over itself, and gives the focus back afterwards. */
export function RecordHistory(props: { readonly onTakeBack: () => void; readonly children: ReactNode }): ReactNode {
  const [asked, setAsked] = useState<Asked | null>(null);
  const before = useRef<Element | null>(null);
  const open = useCallback((id: RecordId) => {
    before.current = document.activeElement;
    setAsked({ id, opened: true });
  }, []);
  const close = useCallback(() => {
    setAsked((now) => now && { ...now, opened: false });
  }, []);
  return (
    <RecordHistoryContext value={open}>
      {props.children}
      {asked && (
        <Suspense fallback={null}>
          <HistoryDialog
            id={asked.id}
            opened={asked.opened}
            onClose={close}
            onClosed={() => {
              if (before.current instanceof HTMLElement) before.current.focus();
            }}
            onTakeBack={props.onTakeBack}
          />
        </Suspense>
      )}
    </RecordHistoryContext>
  );
}
