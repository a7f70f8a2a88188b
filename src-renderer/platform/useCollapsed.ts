import { useCallback, useState } from "react";
import type { RecordId } from "../domain/ids";
import { useRemembered } from "./remembered";

export interface Collapsed {
  /** Changes only when something is collapsed or expanded. */
  readonly ids: readonly RecordId[];
  readonly has: (id: RecordId) => boolean;
  readonly collapse: (ids: readonly RecordId[]) => void;
  readonly expand: (ids: readonly RecordId[]) => void;
}

/** Which records of a tree hide what is below them; remembered between starts. */
export function useCollapsed(name: string): Collapsed {
  const remembered = useRemembered();
  const key = `collapsed.${name}`;
  const [ids, setIds] = useState<readonly RecordId[]>(() => {
    const stored = remembered.get(key);
    return typeof stored === "string" && stored !== "" ? (stored.split(" ") as RecordId[]) : [];
  });
  const change = useCallback(
    (next: (before: ReadonlySet<RecordId>) => ReadonlySet<RecordId>) => {
      setIds((before) => {
        const after = [...next(new Set(before))];
        remembered.set(key, after.join(" "));
        return after;
      });
    },
    [remembered, key],
  );
  const collapse = useCallback<Collapsed["collapse"]>(
    (more) => {
      change((before) => new Set([...before, ...more]));
    },
    [change],
  );
  const expand = useCallback<Collapsed["expand"]>(
    (fewer) => {
      change((before) => new Set([...before].filter((id) => !fewer.includes(id))));
    },
    [change],
  );
  return { ids, has: (id) => ids.includes(id), collapse, expand };
}
