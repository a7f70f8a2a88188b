import { useCallback, useState } from "react";
import type { QuarantineEntry } from "../../domain/syncStatus";
import { useNotebook } from "../../platform/notebook";
import { useAnswer } from "../../platform/useAnswer";

const events = ["quarantine"] as const;

/** One thing set aside: a record may be so in both directions. */
export function keyOf({ direction, id }: QuarantineEntry): string {
  return `${direction} ${id}`;
}

export interface Quarantine {
  readonly entries: readonly QuarantineEntry[];
  /** When each was tried again while this page is open, ms since the epoch. */
  readonly tried: ReadonlyMap<string, number>;
  readonly busy: boolean;
  /** Tries these again, one after the other; those that still fail stay. */
  readonly retry: (entries: readonly QuarantineEntry[]) => void;
}

/** What the sync set aside, kept up to date, and trying it again. */
export function useQuarantine(): Quarantine {
  const notebook = useNotebook();
  const entries = useAnswer(
    useCallback((asked, signal) => asked.request("quarantine", {}, { signal }), []),
    events,
  );
  const [tried, setTried] = useState<ReadonlyMap<string, number>>(new Map());
  const [busy, setBusy] = useState(false);

  async function retry(wanted: readonly QuarantineEntry[]): Promise<void> {
    setBusy(true);
    try {
      for (const { id, direction } of wanted) await notebook.request("retry", { id, direction });
      const now = Date.now();
      setTried((before) => new Map([...before, ...wanted.map((entry) => [keyOf(entry), now] as const)]));
    } catch {
      // The worker is gone, which the window says elsewhere.
    } finally {
      setBusy(false);
    }
  }

  return { entries: entries ?? [], tried, busy, retry: (wanted) => void retry(wanted) };
}
