import { createContext, use } from "react";
import type { RecordId } from "../domain/ids";

/** Shows what was changed in a record, over whatever screen asks; the app gives it, so that features need not know it. */
export type OpenHistory = (id: RecordId) => void;

export const RecordHistoryContext = createContext<OpenHistory | null>(null);

/** Null where there is nothing that could show it. */
export function useOpenHistory(): OpenHistory | null {
  return use(RecordHistoryContext);
}
