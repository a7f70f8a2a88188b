import { Button, Group } from "@mantine/core";
import { IconCircleCheck } from "@tabler/icons-react";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useMain } from "../../platform/bridge";
import { AttemptProblem } from "./AttemptProblem";
import { KitWordsField } from "./KitWordsField";
import styles from "./protection.module.css";
import { useAttempt } from "./useAttempt";
import { KIT_WORDS, readWords } from "./words";

/** Tries the sheet while nothing depends on it: the words are typed as they would have to be one day. */
export function Rehearsal({ onClose }: { readonly onClose: () => void }): ReactNode {
  const { t } = useTranslation(["protection", "common"]);
  const main = useMain();
  const [words, setWords] = useState("");
  const [isIncomplete, setIsIncomplete] = useState(false);
  const [isRight, setIsRight] = useState(false);
  const attempt = useAttempt();

  async function check(): Promise<void> {
    const read = readWords(words);
    setIsIncomplete(read.length !== KIT_WORDS);
    if (read.length !== KIT_WORDS) return;
    const tried = await attempt.run(() => main.invoke("keys:rehearse", { words: read.join(" ") }));
    if (!tried?.ok) return;
    setWords("");
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
      <KitWordsField
        value={words}
        autoFocus
        onChange={(text) => {
          setWords(text);
          setIsIncomplete(false);
          attempt.forget();
        }}
        onEnter={() => void check()}
      />
      {isIncomplete && (
        <p className={styles.problem} role="alert">
          {t("protection:kit.incomplete", { count: readWords(words).length, total: KIT_WORDS })}
        </p>
      )}
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
