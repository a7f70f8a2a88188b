import { useCallback, useEffect, useRef, useState } from "react";
import type { Settings } from "../../src-main/shared/settings";
import type { RecordId } from "../domain/ids";
import type { MainClient } from "../platform/bridge";
import { isShownType, sectionOf, sections, type Section, type ShownType } from "../platform/navigation";

/** Rest after the last move before it is remembered, in ms. */
const REMEMBER_AFTER = 400;

export interface Places {
  readonly section: Section;
  readonly selected: Readonly<Partial<Record<ShownType, RecordId>>>;
}

/** Where the person was when the app was last used; anything odd in the settings is as if it had not been there. */
export function readPlaces(stored: Settings["places"]): Places {
  const section = sections.find((each) => each === stored?.["section"]) ?? sections[0];
  const selected: Partial<Record<ShownType, RecordId>> = {};
  for (const type of Object.keys(sectionOf).filter(isShownType)) {
    const id = stored?.[`selected.${type}`];
    if (typeof id === "string" && id.startsWith(`${type}:`)) selected[type] = id as RecordId;
  }
  return { section, selected };
}

function placesToStore(places: Places): NonNullable<Settings["places"]> {
  const entries = Object.entries(places.selected).map(([type, id]) => [`selected.${type}`, id] as const);
  return { section: places.section, ...Object.fromEntries(entries) };
}

/** Section and chosen records, remembered in this computer's settings. */
export function usePlaces(
  main: MainClient,
  stored: Settings["places"],
): readonly [Places, (change: (places: Places) => Places) => void] {
  const [places, setPlaces] = useState(() => readPlaces(stored));
  const first = useRef(true);
  useEffect(() => {
    if (first.current) {
      first.current = false;
      return;
    }
    let isRemembered = false;
    const remember = (): void => {
      if (isRemembered) return;
      isRemembered = true;
      void main.invoke("settings:change", { places: placesToStore(places) });
    };
    const timer = setTimeout(remember, REMEMBER_AFTER);
    // A window that closes right after a move remembers it too.
    const stopListening = main.on("app:flush", remember);
    return () => {
      clearTimeout(timer);
      stopListening();
    };
  }, [main, places]);
  return [
    places,
    useCallback((change) => {
      setPlaces(change);
    }, []),
  ];
}
