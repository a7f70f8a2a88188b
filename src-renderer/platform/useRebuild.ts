import { useEffect, useState } from "react";
import type { Rebuilt } from "../ports/notebook";
import { useNotebook } from "./notebook";

/** The browser's database being made anew from the ledger; `done` of `total` in bytes of it. */
export type Rebuild =
  | { readonly kind: "under-way"; readonly done: number; readonly total: number }
  | { readonly kind: "done"; readonly rebuilt: Rebuilt };

/** What is told of it from now on; null unless anything is. What was told before is in the answer to `open`. */
export function useRebuild(): Rebuild | null {
  const client = useNotebook();
  const [rebuild, setRebuild] = useState<Rebuild | null>(null);
  useEffect(() => {
    const stops = [
      client.on("rebuilding", (progress) => {
        setRebuild({ kind: "under-way", ...progress });
      }),
      client.on("rebuilt", ({ rebuilt }) => {
        setRebuild({ kind: "done", rebuilt });
      }),
      // It was given up: what is wrong is told there.
      client.on("trouble", ({ failure }) => {
        setRebuild((now) => (failure && now?.kind === "under-way" ? null : now));
      }),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, [client]);
  return rebuild;
}
