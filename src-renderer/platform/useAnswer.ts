import { useEffect, useState } from "react";
import type { Client, EventName } from "../../src-main/shared/rpc";
import type { NotebookContract } from "../ports/notebook";
import { useNotebook } from "./notebook";

type Notebook = Client<NotebookContract>;

/** Between two requests, in ms: records arrive by the hundred, and a person reads no faster. */
const REST = 150;

/**
 * An answer of the notebook that is asked for anew whenever one of the events tells that it may be another; null until the
 * first one. What is shown stays until something newer is there. Give `ask` and `events` as stable values.
 */
export function useAnswer<Answer>(
  ask: (notebook: Notebook, signal: AbortSignal) => Promise<Answer>,
  events: readonly EventName<NotebookContract>[],
): Answer | null {
  const notebook = useNotebook();
  const [answer, setAnswer] = useState<Answer | null>(null);
  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    let wanted = false;
    let busy = false;
    let timer: ReturnType<typeof setTimeout> | undefined;

    async function askNow(): Promise<void> {
      wanted = false;
      busy = true;
      try {
        const answered = await ask(notebook, signal);
        if (!signal.aborted) setAnswer(answered);
      } catch {
        // Left meanwhile, or the worker is gone, which the window says elsewhere.
      }
      if (signal.aborted) return;
      timer = setTimeout(() => {
        busy = false;
        if (wanted) void askNow();
      }, REST);
    }
    function want(): void {
      if (busy) wanted = true;
      else void askNow();
    }
    const stops = events.map((event) => notebook.on(event, want));
    want();
    return () => {
      controller.abort();
      clearTimeout(timer);
      for (const stop of stops) stop();
    };
  }, [notebook, ask, events]);
  return answer;
}
