import { Button, Group } from "@mantine/core";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { SettingsNotSaved } from "../../../src-main/shared/ipc";
import { useMain } from "../../platform/bridge";
import type { Unexpected } from "./failureTexts";
import { useKeysFailureText } from "./failureTexts";
import styles from "./protection.module.css";

/** Begins a new notebook where the present one does not open; that one is put aside, whole. */
export function BeginBeside({ folder }: { /** Where the notebook lies. */ readonly folder: string }): ReactNode {
  const { t } = useTranslation(["protection", "common"]);
  const main = useMain();
  const failureText = useKeysFailureText();
  const [isAsking, setIsAsking] = useState(false);
  const [isBusy, setIsBusy] = useState(false);
  const [failure, setFailure] = useState<SettingsNotSaved | Unexpected | null>(null);

  async function begin(): Promise<void> {
    setIsBusy(true);
    try {
      const done = await main.invoke("notebook:set-aside", {});
      // After a good one the window is on its way out; the next one says where the notebook is kept.
      if (!done.ok) setFailure(done.failure);
    } catch {
      setFailure({ kind: "unexpected" });
    } finally {
      setIsBusy(false);
    }
  }

  if (!isAsking) {
    return (
      <div>
        <Button
          variant="transparent"
          px={0}
          onClick={() => {
            setIsAsking(true);
          }}
        >
          {t("protection:beside.begin")}
        </Button>
      </div>
    );
  }
  return (
    <div className={styles.question} role="group" aria-label={t("protection:beside.begin")}>
      <p className={styles.text}>{t("protection:beside.text", { folder })}</p>
      {failure && (
        <p className={styles.problem} role="alert">
          {failureText(failure)}
        </p>
      )}
      <Group gap="xs">
        <Button variant="default" loading={isBusy} onClick={() => void begin()}>
          {t("protection:beside.yes")}
        </Button>
        <Button
          variant="subtle"
          disabled={isBusy}
          autoFocus
          onClick={() => {
            setIsAsking(false);
            setFailure(null);
          }}
        >
          {t("common:cancel")}
        </Button>
      </Group>
    </div>
  );
}
