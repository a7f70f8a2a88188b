import { useEffect, useState } from "react";
import { noteIdOf, type RecordId } from "../../domain/ids";
import type { SaveFailure } from "../../domain/saveFailure";
import { useNotebookSession } from "../../platform/notebook";
import type { VersionList } from "../../ports/versions";

export type Listing =
  /** `done` in parts of the whole from 0 to 1. */
  | { readonly kind: "loading"; readonly done: number }
  | { readonly kind: "failed"; readonly failure: SaveFailure }
  | { readonly kind: "here"; readonly list: VersionList };

/** The versions of a record and its note: read once what is being typed is saved, and again when either changes. */
export function useVersions(id: RecordId): { readonly listing: Listing; readonly again: () => void } {
  const { client, drafts, edits } = useNotebookSession();
  const [listing, setListing] = useState<Listing>({ kind: "loading", done: 0 });
  const [attempt, setAttempt] = useState(0);

  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    let busy = false;
    let wanted = false;
    async function read(): Promise<void> {
      wanted = true;
      if (busy) return;
      busy = true;
      try {
        for (; wanted && !signal.aborted;) {
          wanted = false;
          const answer = await client.request("versions", { id }, { signal });
          setListing(answer.ok ? { kind: "here", list: answer.value } : { kind: "failed", failure: answer.failure });
        }
      } catch {
        // Left meanwhile, or the worker is gone, which the window says elsewhere.
      } finally {
        busy = false;
      }
    }
    const stops = [
      client.on("changed", ({ records }) => {
        if (records.some((record) => record.id === id || record.id === noteIdOf(id))) void read();
      }),
      client.on("versionsProgress", (progress) => {
        if (progress.id !== id) return;
        setListing((now) => (now.kind === "loading" ? { kind: "loading", done: progress.done } : now));
      }),
    ];
    void drafts
      .flushDrafts()
      .then(() => edits.flush())
      .then(read);
    return () => {
      controller.abort();
      for (const stop of stops) stop();
    };
  }, [client, drafts, edits, id, attempt]);

  return {
    listing,
    again: () => {
      setListing({ kind: "loading", done: 0 });
      setAttempt((before) => before + 1);
    },
  };
}
