import { createContext, use, useCallback } from "react";
import type { RecordId } from "../domain/ids";
import { useAnswer } from "./useAnswer";

/**
 * Shows the double edits of one record, or of all of them, over whatever screen asks; the app gives it, so that features
 * need not know it.
 */
export type OpenReview = (id?: RecordId) => void;

export const RecordReviewContext = createContext<OpenReview | null>(null);

/** Null where there is nothing that could show them. */
export function useOpenReview(): OpenReview | null {
  return use(RecordReviewContext);
}

/** The most that one answer has (ports/review.ts). */
export const MOST_REVIEWED = 200;

const events = ["changed"] as const;

/** Double edits that nobody has decided on, of one record or of all, followed as they change; null until they are read. */
export function useReview(id: RecordId | undefined, limit: number) {
  return useAnswer(
    useCallback((notebook, signal) => notebook.request("review", { id, limit }, { signal }), [id, limit]),
    events,
  );
}
