import { useCallback, useEffect, useState } from "react";
import type { Settings } from "../../src-main/shared/settings";
import type { RecordId } from "../domain/ids";
import type { MainClient } from "../platform/bridge";
import type { Remembered } from "../platform/remembered";
import { isShownType, sectionOf, sections, type Section, type ShownType } from "../platform/navigation";
import { PlacesKeeper } from "./placesKeeper";

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

/** Whether a stored name is one of `placesToStore`. */
function isPlace(name: string): boolean {
  return name === "section" || name.startsWith("selected.");
}

export interface PlacesState {
  readonly places: Places;
  readonly change: (change: (places: Places) => Places) => void;
  readonly remembered: Remembered;
}

/** Section and chosen records, and what the screens remember, in this computer's settings. */
export function usePlaces(main: MainClient, stored: Settings["places"]): PlacesState {
  const [places, setPlaces] = useState(() => readPlaces(stored));
  const [keeper] = useState(() => new PlacesKeeper(main, stored ?? {}, isPlace));
  useEffect(() => keeper.start(), [keeper]);
  useEffect(() => {
    keeper.keep(placesToStore(places));
  }, [keeper, places]);
  const change = useCallback<PlacesState["change"]>((next) => {
    setPlaces(next);
  }, []);
  return { places, change, remembered: keeper.remembered };
}
