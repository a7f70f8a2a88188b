import { useEffect, useState } from "react";
import type { Identity } from "../ports/notebook";
import { useNotebook } from "./notebook";

/** Who writes here, and on which device; null until the notebook is open. */
export function useIdentity(): Identity | null {
  const client = useNotebook();
  const [identity, setIdentity] = useState<Identity | null>(null);
  useEffect(() => {
    const controller = new AbortController();
    client.request("open", {}, { signal: controller.signal }).then(
      (open) => {
        if (open.kind === "open") setIdentity(open.identity);
      },
      // Left meanwhile, or the worker is gone, which the window says elsewhere.
      () => undefined,
    );
    return () => {
      controller.abort();
    };
  }, [client]);
  return identity;
}
