import { Notifications, notifications } from "@mantine/notifications";
import { lazy, Suspense, useEffect, useMemo, useSyncExternalStore, type ReactNode } from "react";
import type { MainClient } from "../platform/bridge";
import { NotebookProvider } from "../platform/notebook";
import { NotebookGate } from "./NotebookGate";
import type { NotebookRun } from "./notebookRuns";
import type { Started, StartedPage } from "./start";
import { UnsavedOnClose } from "./UnsavedOnClose";
import { useFlushOnClose } from "./useFlushOnClose";

const ProtectionGate = lazy(async () => ({
  default: (await import("../features/protection/ProtectionGate")).ProtectionGate,
}));

/** What stands before everything of the notebook: the keys must be there. */
export function KeysGate({ page }: { readonly page: StartedPage }): ReactNode {
  const { keys, run } = useSyncExternalStore(page.runs.subscribe, page.runs.snapshot);
  if (run) return <OpenNotebook key={run.number} page={page} run={run} />;
  return <Closed main={page.main}>{keys && <ProtectionGate state={keys} folder={page.info.dataFolder} />}</Closed>;
}

function OpenNotebook(props: { readonly page: StartedPage; readonly run: NotebookRun }): ReactNode {
  const { page, run } = props;
  const started = useMemo((): Started => ({ ...page, ...run }), [page, run]);
  // Main asks for answers even after the screen has failed, so this stands above every screen.
  const closing = useFlushOnClose(started.main, started.session);
  return (
    <NotebookProvider session={started.session}>
      <Notifications position="bottom-right" limit={3} />
      <UnsavedOnClose closing={closing} />
      <Suspense fallback={null}>
        <NotebookGate started={started} opening={started.opening} />
      </Suspense>
    </NotebookProvider>
  );
}

/** Without the notebook there is nothing to save, and nothing of it is shown. */
function Closed(props: { readonly main: MainClient; readonly children: ReactNode }): ReactNode {
  const { main, children } = props;
  useEffect(() => {
    notifications.clean();
    return main.on("app:flush", () => void main.invoke("app:flushed", { close: true }));
  }, [main]);
  return <Suspense fallback={null}>{children}</Suspense>;
}
