import { useCallback } from "react";
import { useLanguage } from "../../i18n/texts";
import { useMain } from "../../platform/bridge";
import { useNotebook } from "../../platform/notebook";
import { problemReport } from "./problemReport";

/** A notebook that hangs is what the report may be about: it must not keep it from being made. In ms. */
const PATIENCE = 3_000;

/** Gathers the report anew whenever it is asked for. */
export function useProblemReport(): () => Promise<string> {
  const main = useMain();
  const notebook = useNotebook();
  const [language] = useLanguage();
  return useCallback(async () => {
    const signal = AbortSignal.timeout(PATIENCE);
    const orNull = <Value>(asked: Promise<Value>): Promise<Value | null> => asked.catch(() => null);
    const [info, mainLog, sync, syncLog] = await Promise.all([
      main.invoke("app:info", {}),
      orNull(main.invoke("app:log", {})),
      orNull(notebook.request("syncStatus", {}, { signal })),
      orNull(notebook.request("syncLog", {}, { signal })),
    ]);
    return problemReport({ at: new Date(), info, language, sync, syncLog, mainLog });
  }, [main, notebook, language]);
}
