import { useEffect, useState } from "react";
import type { Client } from "../../../src-main/shared/rpc";
import type { OrganisationId } from "../../domain/ids";
import type { OrganisationRow } from "../../domain/rosterRow";
import type { NotebookContract } from "../../ports/notebook";
import { onNextFrame } from "../../platform/frame";
import { useNotebook } from "../../platform/notebook";

export interface BodiesBelow {
  /** Those whose superior it is. */
  readonly subordinates: readonly OrganisationRow[];
  /** Those whose secretariat it hosts, a different relation. */
  readonly hosted: readonly OrganisationRow[];
}

const none: BodiesBelow = { subordinates: [], hosted: [] };

/** The organisations that name this one, parted by how, and read again when any organisation changes. */
export function useBodiesBelow(id: OrganisationId): BodiesBelow {
  const notebook = useNotebook();
  const [below, setBelow] = useState(none);
  useEffect(() => {
    const controller = new AbortController();
    let asked = 0;
    async function ask(): Promise<void> {
      asked += 1;
      const mine = asked;
      try {
        const found = await bodiesBelow(notebook, id, controller.signal);
        // Of two answers the one asked for later wins.
        if (!controller.signal.aborted && mine === asked) setBelow(found);
      } catch {
        // Left meanwhile, or the worker is gone, which the window says elsewhere.
      }
    }
    let cancelFrame: (() => void) | undefined;
    const stop = notebook.on("changed", ({ records }) => {
      if (!records.some((record) => record.type === "organisation")) return;
      cancelFrame ??= onNextFrame(() => {
        cancelFrame = undefined;
        void ask();
      });
    });
    void ask();
    return () => {
      stop();
      cancelFrame?.();
      controller.abort();
    };
  }, [notebook, id]);
  return below;
}

async function bodiesBelow(
  notebook: Client<NotebookContract>,
  id: OrganisationId,
  signal: AbortSignal,
): Promise<BodiesBelow> {
  const { rows } = await notebook.request("list", { type: "organisation", linkedTo: id, limit: 200 }, { signal });
  const found = rows.filter((row) => row.type === "organisation");
  // A row names its superior alone; who hosts a secretariat is read from the records.
  const views = await Promise.all(found.map((row) => notebook.request("read", { id: row.id }, { signal })));
  const hostedIds = new Set(
    views.flatMap((view) =>
      view?.record.type === "organisation" && view.record.data.hostId === id ? [view.record.id] : [],
    ),
  );
  return {
    subordinates: found.filter((row) => row.parentId === id),
    hosted: found.filter((row) => hostedIds.has(row.id)),
  };
}
