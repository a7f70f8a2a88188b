import { useEffect, useState } from "react";
import type { Rebuilt } from "../ports/notebook";
import { useNotebook } from "./notebook";

/** The browser's database being made anew from the ledger; `done` of `total` in bytes of it. */
export type Rebuild =
  | { readonly kind: "under-way"; readonly done: number; readonly total: number }
  | { readonly kind: "done"; readonly rebuilt: Rebuilt };

/** Null unless the notebook that is open had to be made anew. */
export function useRebuild(): Rebuild | null {
  const client = useNotebook();
  const [rebuild, setRebuild] = useState<Rebuild | null>(null);
  useEffect(() => {
    let told = false;
    const stops = [
      client.on("rebuilding", (progress) => {
        told = true;
        setRebuild({ kind: "under-way", ...progress });
      }),
      client.on("rebuilt", ({ rebuilt }) => {
        told = true;
        setRebuild({ kind: "done", rebuilt });
      }),
      // It was given up: what is wrong is told there.
      client.on("trouble", ({ failure }) => {
        setRebuild((now) => (failure && now?.kind === "under-way" ? null : now));
      }),
    ];
    // It may have been told before anyone listened.
    void client.request("open", {}).then(
      (opened) => {
        if (!told && opened.kind === "open" && opened.rebuilt) setRebuild({ kind: "done", rebuilt: opened.rebuilt });
      },
      () => undefined,
    );
    return () => {
      for (const stop of stops) stop();
    };
  }, [client]);
  return rebuild;
}
