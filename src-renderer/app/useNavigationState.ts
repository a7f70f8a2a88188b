import { useCallback, useMemo, useRef, useState } from "react";
import type { Settings } from "../../src-main/shared/settings";
import type { MainClient } from "../platform/bridge";
import type { Navigation, Part } from "../platform/navigation";
import type { Remembered } from "../platform/remembered";
import { usePlaces } from "./usePlaces";

/** The window's navigation, and what Ctrl/Cmd+N does on the screen shown now. */
export function useNavigationState(
  main: MainClient,
  stored: Settings["places"],
): { readonly navigation: Navigation; readonly remembered: Remembered; readonly createNew: () => void } {
  const { places, change, remembered } = usePlaces(main, stored);
  const { section, selected } = places;
  const [part, setPart] = useState<Part | undefined>(undefined);
  const handlers = useRef<(() => void)[]>([]);
  /** Asked for while the section was still being loaded. */
  const isWanted = useRef(false);

  const go = useCallback<Navigation["go"]>(
    (next, name) => {
      setPart(name && { name });
      isWanted.current = false;
      change((before) => (before.section === next ? before : { ...before, section: next }));
    },
    [change],
  );
  const select = useCallback<Navigation["select"]>(
    (type, id) => {
      change((before) => {
        if (before.selected[type] === id) return before;
        const { [type]: _left, ...others } = before.selected;
        return { ...before, selected: id === undefined ? others : { ...others, [type]: id } };
      });
    },
    [change],
  );
  const onNew = useCallback<Navigation["onNew"]>((handler) => {
    handlers.current.push(handler);
    if (isWanted.current) {
      isWanted.current = false;
      handler();
    }
    return () => {
      handlers.current = handlers.current.filter((each) => each !== handler);
    };
  }, []);
  const createNew = useCallback(() => {
    const handler = handlers.current.at(-1);
    if (handler) handler();
    else isWanted.current = true;
  }, []);

  const navigation = useMemo(
    () => ({ section, selected, part, go, select, onNew }),
    [section, selected, part, go, select, onNew],
  );
  return { navigation, remembered, createNew };
}
