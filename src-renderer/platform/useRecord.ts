import { useEffect, useState } from "react";
import type { IdOf, RecordId, RecordType } from "../domain/ids";
import type { RecordOf } from "../domain/record";
import type { RosterRow } from "../domain/rosterRow";
import type { RecordView } from "../ports/notebook";
import { useNotebook } from "./notebook";

export type RecordState<T extends RecordType> =
  | { readonly kind: "loading" }
  | { readonly kind: "missing" }
  | {
      readonly kind: "here";
      readonly record: RecordOf<T>;
      readonly row: RosterRow;
      readonly shipped: boolean;
      /** As it ships; null for one made here, or no longer shipped. */
      readonly base: RecordOf<T> | null;
      /** Fields in which the record differs from `base`. */
      readonly changed: readonly string[];
      /** The server has it; of a private record, that it is still to be deleted there. */
      readonly onServer: boolean;
      /** The records that it names. */
      readonly names: readonly RecordId[];
    };

/** One record with its fields, read again whenever it changes; the newest answer wins. */
export function useRecord<T extends RecordType>(id: IdOf<T>): RecordState<T> {
  const client = useNotebook();
  const [held, setHeld] = useState<{ id: string; view: RecordView | null } | null>(null);

  useEffect(() => {
    let reading = false;
    let wanted = 0;
    const controller = new AbortController();
    async function read(): Promise<void> {
      wanted += 1;
      if (reading) return;
      reading = true;
      try {
        for (let answered = 0; answered < wanted;) {
          answered = wanted;
          setHeld({ id, view: await client.request("read", { id }, { signal: controller.signal }) });
        }
      } catch {
        // Left meanwhile, or the worker is gone, which the window says elsewhere.
      } finally {
        reading = false;
      }
    }
    const stop = client.on("changed", ({ records }) => {
      if (records.some((record) => record.id === id)) void read();
    });
    void read();
    return () => {
      stop();
      controller.abort();
    };
  }, [client, id]);

  if (held?.id !== id) return { kind: "loading" };
  if (!held.view) return { kind: "missing" };
  const { record, base, ...rest } = held.view;
  return { kind: "here", record: record as RecordOf<T>, base: base as RecordOf<T> | null, ...rest };
}
