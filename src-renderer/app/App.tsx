import { MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { Suspense, use, useState, type ReactNode } from "react";
import { I18nextProvider } from "react-i18next";
import { MainContext } from "../platform/bridge";
import { NotebookProvider } from "../platform/notebook";
import { theme } from "../ui/theme";
import { ErrorBoundary } from "./ErrorBoundary";
import { NotebookGate } from "./NotebookGate";
import type { Started } from "./start";
import { StartFailed } from "./StartFailed";
import { useFlushOnClose } from "./useFlushOnClose";

/** The composition root of the page. */
export function App({ starting }: { readonly starting: Promise<Started> }): ReactNode {
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto">
      <ErrorBoundary fallback={(error) => <StartFailed detail={error.message} />}>
        <Suspense fallback={null}>
          <Ready starting={starting} />
        </Suspense>
      </ErrorBoundary>
    </MantineProvider>
  );
}

function Ready({ starting }: { readonly starting: Promise<Started> }): ReactNode {
  const started = use(starting);
  // Main asks for answers even after the screen has failed, so this stands above every screen.
  useFlushOnClose(started.main, started.session);
  const [opening] = useState(started.opening);
  return (
    <I18nextProvider i18n={started.texts}>
      <MainContext value={started.main}>
        <NotebookProvider session={started.session}>
          <Notifications position="bottom-right" limit={3} />
          <Suspense fallback={null}>
            <NotebookGate started={started} opening={opening} />
          </Suspense>
        </NotebookProvider>
      </MainContext>
    </I18nextProvider>
  );
}
