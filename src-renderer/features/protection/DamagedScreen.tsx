import { Button, Group } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useMain } from "../../platform/bridge";
import { AttemptProblem } from "./AttemptProblem";
import { BeginBeside } from "./BeginBeside";
import { GatePage } from "./GatePage";
import styles from "./protection.module.css";
import { useAttempt } from "./useAttempt";

/** The file of the keys cannot be read; it stays as it is, for someone who may know how to mend it. */
export function DamagedScreen(props: { readonly detail: string; readonly folder: string }): ReactNode {
  const { t } = useTranslation(["protection", "common"]);
  const main = useMain();
  const attempt = useAttempt();
  return (
    <GatePage icon={IconAlertTriangle} title={t("protection:damaged.title")}>
      <p className={styles.text}>{t("protection:damaged.text", { detail: props.detail })}</p>
      <p className={styles.text}>
        {t("protection:damaged.folder")} <code className={styles.path}>{props.folder}</code>
      </p>
      <AttemptProblem attempt={attempt} />
      <Group gap="xs">
        <Button loading={attempt.isBusy} onClick={() => void attempt.run(() => main.invoke("keys:try-keychain", {}))}>
          {t("common:tryAgain")}
        </Button>
        <Button variant="default" onClick={() => void main.invoke("place:open", { place: "data-folder" })}>
          {t("protection:damaged.open")}
        </Button>
      </Group>
      <BeginBeside folder={props.folder} />
    </GatePage>
  );
}
