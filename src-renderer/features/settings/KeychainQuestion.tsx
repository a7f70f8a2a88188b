import { Button, Group } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { PasswordStorage } from "../../../src-main/shared/ipc";
import styles from "./settings.module.css";

/** Asked before a password goes anywhere that does not protect it. */
export function KeychainQuestion(props: {
  readonly onStore: (storage: PasswordStorage) => void;
  readonly onCancel: () => void;
}): ReactNode {
  const { t } = useTranslation(["settings", "common"]);
  return (
    <div className={styles.question} role="group" aria-label={t("settings:keychain.title")}>
      <strong>{t("settings:keychain.title")}</strong>
      <p className={styles.text}>{t("settings:keychain.text")}</p>
      <p className={styles.quiet}>{t("settings:keychain.plainWarning")}</p>
      <Group gap="xs">
        <Button
          autoFocus
          onClick={() => {
            props.onStore("memory");
          }}
        >
          {t("settings:keychain.memory")}
        </Button>
        <Button
          variant="default"
          onClick={() => {
            props.onStore("plain");
          }}
        >
          {t("settings:keychain.plain")}
        </Button>
        <Button variant="subtle" onClick={props.onCancel}>
          {t("common:cancel")}
        </Button>
      </Group>
    </div>
  );
}
