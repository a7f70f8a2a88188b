import { Button, Group } from "@mantine/core";
import { IconCircleCheck } from "@tabler/icons-react";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useMain } from "../../platform/bridge";
import { AttemptProblem } from "./AttemptProblem";
import { KitWordsField } from "./KitWordsField";
import styles from "./protection.module.css";
import { useAttempt } from "./useAttempt";
import { useKitWords } from "./useKitWords";

/** Tries the sheet while nothing depends on it: the words are typed as they would have to be one day. */
export function Rehearsal({ onClose }: { readonly onClose: () => void }): ReactNode {
  const { t } = useTranslation(["protection", "common"]);
  const main = useMain();
  const words = useKitWords();
  const [isRight, setIsRight] = useState(false);
  const attempt = useAttempt();

  async function check(): Promise<void> {
    const typed = words.check();
    if (typed === null) return;
    const tried = await attempt.run(() => main.invoke("keys:rehearse", { words: typed }));
    if (!tried?.ok) return;
    words.clear();
    setIsRight(true);
  }

  if (isRight) {
    return (
      <div className={styles.form} role="group" aria-label={t("protection:rehearsal.title")}>
        <p className={styles.aside} role="alert">
          <IconCircleCheck size={18} stroke={1.7} aria-hidden />
          {t("protection:rehearsal.right")}
        </p>
        <div>
          <Button variant="default" autoFocus onClick={onClose}>
            {t("common:close")}
          </Button>
        </div>
      </div>
    );
  }
  return (
    <div className={styles.form} role="group" aria-label={t("protection:rehearsal.title")}>
      <p className={styles.text}>{t("protection:rehearsal.text")}</p>
      <KitWordsField words={words} onType={attempt.forget} onEnter={() => void check()} />
      <AttemptProblem attempt={attempt} />
      <Group gap="xs">
        <Button loading={attempt.isBusy} disabled={attempt.wait > 0} onClick={() => void check()}>
          {t("protection:rehearsal.check")}
        </Button>
        <Button variant="subtle" onClick={onClose}>
          {t("common:cancel")}
        </Button>
      </Group>
    </div>
  );
}
