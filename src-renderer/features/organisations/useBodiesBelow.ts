import { useEffect, useState } from "react";
import type { OrganisationId } from "../../domain/ids";
import type { NotebookContract } from "../../ports/notebook";
import type { Client } from "../../../src-main/shared/rpc";
import { useNotebook } from "../../platform/notebook";

export interface BodiesBelow {
  /** Those whose superior it is. */
  readonly subordinates: readonly OrganisationId[];
  /** Those whose secretariat it hosts, a different relation. */
  readonly hosted: readonly OrganisationId[];
}

const none: BodiesBelow = { subordinates: [], hosted: [] };

/** The organisations that name this one, parted by how. Asked once: shipped relations do not change while it is open. */
export function useBodiesBelow(id: OrganisationId): BodiesBelow {
  const notebook = useNotebook();
  const [below, setBelow] = useState(none);
  useEffect(() => {
    const controller = new AbortController();
    void bodiesBelow(notebook, id, controller.signal).then(
      (found) => {
        if (!controller.signal.aborted) setBelow(found);
      },
      // Left meanwhile, or the worker is gone, which the window says elsewhere.
      () => undefined,
    );
    return () => {
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
  const views = await Promise.all(rows.map((row) => notebook.request("read", { id: row.id }, { signal })));
  const records = views.flatMap((view) => (view?.record.type === "organisation" ? [view.record] : []));
  return {
    subordinates: records.filter((record) => record.data.parentId === id).map((record) => record.id),
    hosted: records.filter((record) => record.data.hostId === id).map((record) => record.id),
  };
}
