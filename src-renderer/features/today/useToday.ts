import { useCallback } from "react";
import type { Today } from "../../ports/notebook";
import { useAnswer } from "../../platform/useAnswer";
import { useMinute } from "../../platform/useMinute";

const events = ["changed", "syncStatus"] as const;

/** What there is to know today, kept up to date: a new minute may begin a meeting, end one, or begin a day. */
export function useToday(): { readonly now: number; readonly today: Today | null } {
  const now = useMinute();
  const today = useAnswer(
    useCallback((notebook, signal) => notebook.request("today", { now }, { signal }), [now]),
    events,
  );
  return { now, today };
}
