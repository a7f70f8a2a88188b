import { createContext, use, useCallback, useEffect, useRef, type RefObject } from "react";
import { typeOfId, type IdOf, type RecordId } from "../domain/ids";

export const sections = [
  "today",
  "meetings",
  "contacts",
  "organisations",
  "glossary",
  "areas",
  "bin",
  "settings",
] as const;
export type Section = (typeof sections)[number];

/** Types of records that have a section, and which one. */
export const sectionOf = {
  meeting: "meetings",
  contact: "contacts",
  organisation: "organisations",
  term: "glossary",
  area: "areas",
} as const satisfies Record<string, Section>;
export type ShownType = keyof typeof sectionOf;

export function isShownType(type: string): type is ShownType {
  return Object.hasOwn(sectionOf, type);
}

/** A place within a section that somebody asked to see. A new object at every asking, so that asking twice works. */
export interface Part {
  readonly name: "sync" | "sync-details" | "protection" | "backup";
}

/** Where the person is, and how a section moves there; the app gives it, so that features need not know each other. */
export interface Navigation {
  readonly section: Section;
  readonly selected: Readonly<Partial<Record<ShownType, RecordId>>>;
  /** The part of the section asked for when it was last gone to; not remembered between starts. */
  readonly part?: Part | undefined;
  /** Shows a section as it was left, or a part of it. */
  readonly go: (section: Section, part?: Part["name"]) => void;
  /** Chooses the record shown in a section, without going there. */
  readonly select: (type: ShownType, id: RecordId | undefined) => void;
  /** What Ctrl/Cmd+N does while the caller is on screen. */
  readonly onNew: (handler: () => void) => () => void;
}

export const NavigationContext = createContext<Navigation | null>(null);

export function useNavigation(): Navigation {
  const navigation = use(NavigationContext);
  if (!navigation) throw new Error("used outside of NavigationContext");
  return navigation;
}

/** The record chosen in the section of this type; remembered between starts. */
export function useSelected<T extends ShownType>(
  type: T,
): readonly [IdOf<T> | undefined, (id: IdOf<T> | undefined) => void] {
  const { selected, select } = useNavigation();
  const choose = useCallback(
    (id: IdOf<T> | undefined) => {
      select(type, id);
    },
    [select, type],
  );
  return [selected[type] as IdOf<T> | undefined, choose];
}

/** Opens a record in the section it belongs to; one that has no section stays where it is. */
export function useOpenRecord(): (id: RecordId) => void {
  const { go, select } = useNavigation();
  return useCallback(
    (id) => {
      const type = typeOfId(id);
      if (!isShownType(type)) return;
      select(type, id);
      go(sectionOf[type]);
    },
    [go, select],
  );
}

/** Makes Ctrl/Cmd+N call `handler` while the calling section is on screen. */
export function useNewCommand(handler: () => void): void {
  const { onNew } = useNavigation();
  useEffect(() => onNew(handler), [onNew, handler]);
}

/** Marks an element as a part of the section: it comes into view, and its heading has the focus, when it is asked for. */
export function usePart<E extends HTMLElement>(name: Part["name"]): RefObject<E | null> {
  const { part } = useNavigation();
  const element = useRef<E>(null);
  useEffect(() => {
    if (part?.name !== name) return;
    element.current?.scrollIntoView({ block: "start" });
    element.current?.querySelector<HTMLElement>("h2, h3")?.focus({ preventScroll: true });
  }, [part, name]);
  return element;
}
