import { Button, Group } from "@mantine/core";
import { IconLockExclamation } from "@tabler/icons-react";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useMain } from "../../platform/bridge";
import { AttemptProblem } from "./AttemptProblem";
import { BeginBeside } from "./BeginBeside";
import { GatePage } from "./GatePage";
import { KitRecovery } from "./KitRecovery";
import styles from "./protection.module.css";
import { useAttempt } from "./useAttempt";

/** The keychain does not open the notebook: what happened, that nothing is lost, and the ways on. */
export function SealedScreen(props: { readonly kit: boolean; readonly folder: string }): ReactNode {
  const { t } = useTranslation(["protection", "common"]);
  const main = useMain();
  const attempt = useAttempt();
  const [isRecovering, setIsRecovering] = useState(false);
  if (isRecovering) {
    return (
      <GatePage icon={IconLockExclamation} title={t("protection:recover.title")}>
        <p className={styles.text}>{t("protection:recover.sealedText")}</p>
        <KitRecovery
          proposed="keychain"
          onCancel={() => {
            setIsRecovering(false);
          }}
        />
      </GatePage>
    );
  }
  return (
    <GatePage icon={IconLockExclamation} title={t("protection:sealed.title")}>
      <p className={styles.text}>{t("protection:sealed.text")}</p>
      <p className={styles.text}>{t("protection:sealed.safe", { folder: props.folder })}</p>
      <AttemptProblem attempt={attempt} />
      <Group gap="xs">
        <Button
          loading={attempt.isBusy}
          onClick={() => void attempt.run(() => main.invoke("keys:try-keychain", {}))}
          autoFocus
        >
          {t("common:tryAgain")}
        </Button>
        {props.kit && (
          <Button
            variant="default"
            onClick={() => {
              setIsRecovering(true);
            }}
          >
            {t("protection:locked.useKit")}
          </Button>
        )}
      </Group>
      {!props.kit && <p className={styles.quiet}>{t("protection:sealed.noKit")}</p>}
      <BeginBeside folder={props.folder} />
    </GatePage>
  );
}
