import { createContext, use } from "react";
import type { RecordId } from "../domain/ids";

export type RememberedValue = string | number;

/**
 * Small things that the screens of this computer remember between starts: widths, positions, what is collapsed. No
 * state: setting one shows nothing anew.
 */
export interface Remembered {
  get(name: string): RememberedValue | undefined;
  set(name: string, value: RememberedValue): void;
  /** By list the record that was chosen when the list was left; for this run only. */
  readonly leftWith: Map<string, RecordId | undefined>;
}

export const RememberedContext = createContext<Remembered | null>(null);

export function useRemembered(): Remembered {
  const remembered = use(RememberedContext);
  if (!remembered) throw new Error("used outside of RememberedContext");
  return remembered;
}

/** Values in memory; whoever stores them listens. */
export function rememberedValues(
  stored: Readonly<Record<string, RememberedValue>>,
  onChange: () => void = () => undefined,
): Remembered & { readonly all: () => Readonly<Record<string, RememberedValue>> } {
  const values = new Map(Object.entries(stored));
  return {
    get: (name) => values.get(name),
    set: (name, value) => {
      if (values.get(name) === value) return;
      values.set(name, value);
      onChange();
    },
    leftWith: new Map(),
    all: () => Object.fromEntries(values),
  };
}
