import { MantineProvider, useMantineColorScheme, type MantineColorSchemeManager } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { Suspense, use, useLayoutEffect, useState, type ReactNode } from "react";
import { I18nextProvider } from "react-i18next";
import { MainContext } from "../platform/bridge";
import { LooksContext, useLooks } from "../platform/looks";
import { NotebookProvider } from "../platform/notebook";
import { theme } from "../ui/theme";
import { ErrorBoundary } from "./ErrorBoundary";
import { NotebookGate } from "./NotebookGate";
import type { Started } from "./start";
import { StartFailed } from "./StartFailed";
import { UnsavedOnClose } from "./UnsavedOnClose";
import { useFlushOnClose } from "./useFlushOnClose";

/** The settings remember the theme, and nothing else does. */
const noMemory: MantineColorSchemeManager = {
  get: (scheme) => scheme,
  set: () => undefined,
  subscribe: () => undefined,
  unsubscribe: () => undefined,
  clear: () => undefined,
};

/** The composition root of the page. Until the settings are read, the theme is the system's as main has set it. */
export function App({ starting }: { readonly starting: Promise<Started> }): ReactNode {
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto" colorSchemeManager={noMemory}>
      <ErrorBoundary fallback={(error) => <StartFailed detail={error.message} />}>
        <Suspense fallback={null}>
          <Ready starting={starting} />
        </Suspense>
      </ErrorBoundary>
    </MantineProvider>
  );
}

/** Shows the theme chosen, before anything is painted. */
function ShownTheme(): ReactNode {
  const [{ theme: chosen }] = useLooks();
  const { setColorScheme } = useMantineColorScheme();
  useLayoutEffect(() => {
    setColorScheme(chosen === "system" ? "auto" : chosen);
  }, [chosen, setColorScheme]);
  return null;
}

function Ready({ starting }: { readonly starting: Promise<Started> }): ReactNode {
  const started = use(starting);
  // Main asks for answers even after the screen has failed, so this stands above every screen.
  const closing = useFlushOnClose(started.main, started.session);
  const [opening] = useState(started.opening);
  return (
    <I18nextProvider i18n={started.texts}>
      <MainContext value={started.main}>
        <LooksContext value={started.looks}>
          <ShownTheme />
          <NotebookProvider session={started.session}>
            <Notifications position="bottom-right" limit={3} />
            <UnsavedOnClose closing={closing} />
            <Suspense fallback={null}>
              <NotebookGate started={started} opening={opening} />
            </Suspense>
          </NotebookProvider>
        </LooksContext>
      </MainContext>
    </I18nextProvider>
  );
}
