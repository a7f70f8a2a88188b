import { useEffect, useState } from "react";
import type { Result } from "../../../src-main/shared/result";
import type { RecordId } from "../../domain/ids";
import type { SaveFailure } from "../../domain/saveFailure";
import { useNotebook } from "../../platform/notebook";
import type { VersionView } from "../../ports/versions";

export type Against = "before" | "now";

/** One version compared; null while it is read. `stamp`: anything that changes when there is something newer. */
export function useVersion(
  id: RecordId,
  key: string,
  against: Against,
  stamp: unknown,
): Result<VersionView, SaveFailure> | null {
  const client = useNotebook();
  const asked = `${id} ${key} ${against}`;
  const [held, setHeld] = useState<{ asked: string; answer: Result<VersionView, SaveFailure> } | null>(null);
  useEffect(() => {
    const controller = new AbortController();
    client.request("version", { id, key, against }, { signal: controller.signal }).then(
      (answer) => {
        setHeld({ asked, answer });
      },
      // Left meanwhile, or the worker is gone, which the window says elsewhere.
      () => undefined,
    );
    return () => {
      controller.abort();
    };
  }, [client, id, key, against, asked, stamp]);
  return held?.asked === asked ? held.answer : null;
}
