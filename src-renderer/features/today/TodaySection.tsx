import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useCallback, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useFormats } from "../../i18n/formats";
import { useNavigation, useNewCommand, useOpenRecord } from "../../platform/navigation";
import { useBegin } from "../../platform/useBegin";
import { useSyncStatus } from "../../platform/useSyncStatus";
import type { Today } from "../../ports/notebook";
import { ZonePair } from "../../ui/ZonePair";
import { Arrived } from "./Arrived";
import { DoubleEdits } from "./DoubleEdits";
import { FirstSteps } from "./FirstSteps";
import { Meetings } from "./Meetings";
import { NotOnServer } from "./NotOnServer";
import { Leads, More } from "./Part";
import styles from "./today.module.css";
import { useToday } from "./useToday";

/** Meetings that are over, shown; the section has them all. */
const LAST = 3;

/** The day at a glance: the date and both clocks, meetings ahead and behind, what others changed, what is only here. */
export function TodaySection(): ReactNode {
  const { t } = useTranslation("today");
  const formats = useFormats();
  const openRecord = useOpenRecord();
  const begin = useBegin();
  const status = useSyncStatus();
  const { go } = useNavigation();
  const { now, today } = useToday();
  const showMeetings = useCallback(() => {
    go("meetings");
  }, [go]);
  const create = useCallback(() => {
    openRecord(begin("meeting"));
  }, [begin, openRecord]);
  useNewCommand(create);
  const isFirstDay = today !== null && isEmpty(today);

  return (
    <div className={styles.page}>
      <div className={styles.column}>
        <header className={styles.header}>
          <div>
            <h1 className={styles.title}>
              <span className={styles.section}>{t("title")}</span>{" "}
              <span className={styles.date}>{formats.longDate(now)}</span>
            </h1>
            <p className={styles.clocks}>
              <ZonePair at={now} />
            </p>
          </div>
          {today !== null && !isFirstDay && (
            <Button size="compact-md" leftSection={<IconPlus size={16} aria-hidden />} onClick={create}>
              {t("newMeeting")}
            </Button>
          )}
        </header>
        {isFirstDay && (
          <FirstSteps isConnected={status !== null && status.kind !== "not-connected"} onNewMeeting={create} />
        )}
        {today !== null && !isFirstDay && (
          <div className={styles.parts}>
            <div className={styles.side}>
              <Meetings
                title={t("next.title")}
                meetings={today.next}
                now={now}
                none={t("next.none")}
                more={<More hidden={today.nextTotal - today.next.length} onShow={showMeetings} />}
              />
              <Meetings
                title={t("last.title")}
                meetings={today.last.slice(0, LAST)}
                now={now}
                none={t("last.none")}
                more={today.last.length > 0 && <Leads onGo={showMeetings}>{t("last.all")}</Leads>}
              />
            </div>
            <div className={styles.side}>
              <DoubleEdits />
              <Arrived today={today} now={now} />
              <NotOnServer today={today} status={status} />
            </div>
          </div>
        )}
      </div>
    </div>
  );
}

/** Nothing of anyone's yet, here or from elsewhere; the person's own name, which waits from the first run on, is none. */
function isEmpty({ next, last, arrivedTotal, waiting, waitingTotal }: Today): boolean {
  const holdsNothing = waitingTotal === 0 || waiting.every(({ type }) => type === "author");
  return next.length === 0 && last.length === 0 && arrivedTotal === 0 && holdsNothing;
}
