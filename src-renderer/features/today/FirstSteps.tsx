import { Button } from "@mantine/core";
import { IconBuildingCommunity, IconCalendarPlus, IconCloudUp, IconLifebuoy, IconPlus } from "@tabler/icons-react";
import type { ComponentType, ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useNavigation } from "../../platform/navigation";
import { useKeysState } from "../../platform/useKeysState";
import styles from "./today.module.css";

/** The first day: nothing to answer yet, so the page says what to begin with. */
export function FirstSteps(props: { readonly isConnected: boolean; readonly onNewMeeting: () => void }): ReactNode {
  const { t } = useTranslation("today");
  const { go } = useNavigation();
  const keys = useKeysState();
  return (
    <section className={styles.steps} aria-label={t("first.title")}>
      <h2 className={styles.stepsTitle}>{t("first.title")}</h2>
      <p className={styles.stepsText}>{t("first.text")}</p>
      <ol className={styles.stepList}>
        <Step
          icon={IconCalendarPlus}
          title={t("first.meeting.title")}
          text={t("first.meeting.text")}
          action={
            <Button size="compact-sm" leftSection={<IconPlus size={15} aria-hidden />} onClick={props.onNewMeeting}>
              {t("newMeeting")}
            </Button>
          }
        />
        <Step
          icon={IconBuildingCommunity}
          title={t("first.organisation.title")}
          text={t("first.organisation.text")}
          action={
            <Button
              size="compact-sm"
              variant="default"
              onClick={() => {
                go("organisations");
              }}
            >
              {t("first.organisation.action")}
            </Button>
          }
        />
        {keys?.kind === "open" && !keys.kit && keys.protection !== "none" && (
          <Step
            icon={IconLifebuoy}
            title={t("first.kit.title")}
            text={t("first.kit.text")}
            action={
              <Button
                size="compact-sm"
                variant="default"
                onClick={() => {
                  go("settings", "protection");
                }}
              >
                {t("first.kit.action")}
              </Button>
            }
          />
        )}
        {!props.isConnected && (
          <Step
            icon={IconCloudUp}
            title={t("first.connect.title")}
            text={t("first.connect.text")}
            action={
              <Button
                size="compact-sm"
                variant="default"
                onClick={() => {
                  go("settings", "sync");
                }}
              >
                {t("first.connect.action")}
              </Button>
            }
          />
        )}
      </ol>
    </section>
  );
}

function Step(props: {
  readonly icon: ComponentType<{ size?: number; stroke?: number; "aria-hidden"?: boolean }>;
  readonly title: string;
  readonly text: string;
  readonly action: ReactNode;
}): ReactNode {
  const Icon = props.icon;
  return (
    <li className={styles.step}>
      <Icon size={22} stroke={1.5} aria-hidden />
      <div className={styles.stepBody}>
        <h3 className={styles.stepTitle}>{props.title}</h3>
        <p className={styles.stepText}>{props.text}</p>
      </div>
      <div className={styles.stepAction}>{props.action}</div>
    </li>
  );
}
