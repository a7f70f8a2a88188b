import { MantineProvider, useMantineColorScheme, type MantineColorSchemeManager } from "@mantine/core";
import { Suspense, use, useLayoutEffect, type ReactNode } from "react";
import { I18nextProvider } from "react-i18next";
import { MainContext } from "../platform/bridge";
import { LooksContext, useLooks } from "../platform/looks";
import { theme } from "../ui/theme";
import { ErrorBoundary } from "./ErrorBoundary";
import { KeysGate } from "./KeysGate";
import type { StartedPage } from "./start";
import { StartFailed } from "./StartFailed";

/** The settings remember the theme, and nothing else does. */
const noMemory: MantineColorSchemeManager = {
  get: (scheme) => scheme,
  set: () => undefined,
  subscribe: () => undefined,
  unsubscribe: () => undefined,
  clear: () => undefined,
};

/** The composition root of the page. Until the settings are read, the theme is the system's as main has set it. */
export function App({ starting }: { readonly starting: Promise<StartedPage> }): ReactNode {
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

function Ready({ starting }: { readonly starting: Promise<StartedPage> }): ReactNode {
  const page = use(starting);
  return (
    <I18nextProvider i18n={page.texts}>
      <MainContext value={page.main}>
        <LooksContext value={page.looks}>
          <ShownTheme />
          <KeysGate page={page} />
        </LooksContext>
      </MainContext>
    </I18nextProvider>
  );
}
