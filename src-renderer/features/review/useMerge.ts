import { useCallback, useMemo } from "react";
import type { Result } from "../../../src-main/shared/result";
import type { RecordId } from "../../domain/ids";
import type { SaveFailure } from "../../domain/saveFailure";
import { useNotebookSession } from "../../platform/notebook";
import { useAnswer } from "../../platform/useAnswer";
import type { MergeSide, SideName } from "../../ports/versions";

export interface Merge {
  readonly sides: Readonly<Record<SideName, MergeSide>>;
  /** Gives all fields the values of one side. */
  readonly take: (side: SideName) => Promise<Result<null, SaveFailure>>;
}

interface Found {
  readonly key?: string;
  readonly sides: Merge["sides"] | null;
}

const events = ["changed"] as const;

/**
 * The last merge of a record, as far as it was made on this computer: elsewhere it was not known what both sides were.
 * Null for none, undefined while the journal is read.
 */
export function useMerge(id: RecordId): Merge | null | undefined {
  const { client, drafts, edits } = useNotebookSession();
  const found = useAnswer(
    useCallback(
      async (notebook, signal): Promise<Found> => {
        const listed = await notebook.request("versions", { id }, { signal });
        const last = listed.ok
          ? listed.value.versions.find(({ of, kind }) => of === "record" && kind === "merged")
          : undefined;
        if (!last) return { sides: null };
        const read = await notebook.request("version", { id, key: last.key, against: "before" }, { signal });
        const sides = read.ok && read.value.kind === "record" ? read.value.sides : null;
        return { key: last.key, sides };
      },
      [id],
    ),
    events,
  );
  return useMemo(() => {
    if (found === null) return undefined;
    const { sides, key } = found;
    if (sides === null || key === undefined) return null;
    return {
      sides,
      take: async (side) => {
        await drafts.flushDrafts();
        await edits.flush();
        const restored = await client.request("restoreVersion", { id, key, side });
        // Fields show what the record says now, not what was typed into them a moment ago.
        if (restored.ok) drafts.settle();
        return restored;
      },
    };
  }, [client, drafts, edits, found, id]);
}
