import { Button } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { lazy, Suspense, useCallback, useRef, useState, type ComponentType, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useLock } from "../features/protection/useLock";
import { isShownType, NavigationContext, sectionOf, type Navigation, type Section } from "../platform/navigation";
import { RecordReviewContext } from "../platform/recordReview";
import { RememberedContext } from "../platform/remembered";
import { EmptyState } from "../ui/EmptyState";
import styles from "./app.module.css";
import { Banners } from "./Banners";
import { ErrorBoundary } from "./ErrorBoundary";
import { NavigationRail } from "./NavigationRail";
import { RecordHistory } from "./RecordHistory";
import { useReviewLayer } from "./ReviewLayer";
import type { Started } from "./start";
import { StatusLine } from "./StatusLine";
import { useHistoryCommand } from "./useHistory";
import { useKeys } from "./useKeys";
import { useNavigationState } from "./useNavigationState";

const screens: Readonly<Record<Section, ComponentType>> = {
  today: lazy(async () => ({ default: (await import("../features/today/TodaySection")).TodaySection })),
  meetings: lazy(async () => ({ default: (await import("../features/meetings/MeetingsSection")).MeetingsSection })),
  contacts: lazy(async () => ({ default: (await import("../features/contacts/ContactsSection")).ContactsSection })),
  organisations: lazy(async () => ({
    default: (await import("../features/organisations/OrganisationsSection")).OrganisationsSection,
  })),
  glossary: lazy(async () => ({ default: (await import("../features/glossary/GlossarySection")).GlossarySection })),
  areas: lazy(async () => ({ default: (await import("../features/areas/AreasSection")).AreasSection })),
  bin: lazy(async () => ({ default: (await import("../features/bin/BinSection")).BinSection })),
  settings: lazy(async () => ({ default: (await import("./SettingsScreen")).SettingsScreen })),
};

const ShortcutSheet = lazy(async () => ({ default: (await import("./ShortcutSheet")).ShortcutSheet }));

/** The window once the notebook is open: sections at the left, the one chosen beside them, the status line below. */
export function MainWindow(props: {
  readonly started: Started;
  /** Shipped files that cannot be read. */
  readonly damagedFiles: readonly string[];
}): ReactNode {
  const { started } = props;
  const { t } = useTranslation("app");
  const { navigation, remembered, createNew } = useNavigationState(started.main, started.settings.places);
  const history = useHistoryCommand(navigation);
  const [sheet, setSheet] = useState<"never" | "open" | "closed">("never");
  const beforeSheet = useRef<Element | null>(null);
  const showShortcuts = useCallback(() => {
    beforeSheet.current = document.activeElement;
    setSheet("open");
  }, []);
  const lock = useLock();
  const review = useReviewLayer();
  useKeys({
    main: started.main,
    looks: started.looks,
    go: navigation.go,
    createNew,
    history,
    showShortcuts,
    review: review.open,
    lock,
  });
  const takeBack = useCallback(() => {
    history("undo");
  }, [history]);
  const Screen = screens[navigation.section];

  return (
    <NavigationContext value={navigation}>
      <div className={styles.window}>
        <NavigationRail section={navigation.section} onGo={navigation.go} onHistory={history} />
        <div className={styles.body}>
          <Banners started={started} damagedFiles={props.damagedFiles} />
          <main className={styles.screen}>
            <ErrorBoundary
              key={navigation.section}
              fallback={(error, retry) => (
                <EmptyState
                  icon={IconAlertTriangle}
                  title={t("sectionFailed.title")}
                  action={
                    <Button
                      onClick={() => {
                        leaveRecord(navigation.section, navigation.select);
                        retry();
                      }}
                    >
                      {t("sectionFailed.back")}
                    </Button>
                  }
                >
                  {t("sectionFailed.text", { detail: error.message })}
                </EmptyState>
              )}
            >
              <Suspense fallback={null}>
                <RememberedContext value={remembered}>
                  <RecordReviewContext value={review.open}>
                    <RecordHistory onTakeBack={takeBack}>
                      <Screen />
                    </RecordHistory>
                  </RecordReviewContext>
                </RememberedContext>
              </Suspense>
            </ErrorBoundary>
          </main>
        </div>
        <StatusLine onShortcuts={showShortcuts} />
        {review.layer}
        {sheet !== "never" && (
          <Suspense fallback={null}>
            <ShortcutSheet
              opened={sheet === "open"}
              onClose={() => {
                setSheet("closed");
              }}
              onClosed={() => {
                if (beforeSheet.current instanceof HTMLElement) beforeSheet.current.focus();
              }}
            />
          </Suspense>
        )}
      </div>
    </NavigationContext>
  );
}

/** The record on screen may be what made it fail, so the way back leads to the list without it. */
function leaveRecord(section: Section, select: Navigation["select"]): void {
  for (const type of Object.keys(sectionOf).filter(isShownType)) {
    if (sectionOf[type] === section) select(type, undefined);
  }
}
