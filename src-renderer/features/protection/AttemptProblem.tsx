import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useKeysFailureText } from "./failureTexts";
import styles from "./protection.module.css";
import type { Attempt } from "./useAttempt";

/** Why it came to nothing, told once, and how long to wait, counted down without a word from screen readers. */
export function AttemptProblem({ attempt }: { readonly attempt: Attempt }): ReactNode {
  const { t } = useTranslation("protection");
  const failureText = useKeysFailureText();
  const { failure, wait } = attempt;
  return (
    <>
      <p className={styles.problem} role="alert" hidden={failure === null}>
        {failure && failureText(failure)}
      </p>
      {wait > 0 && (
        <p className={styles.quiet} role="timer">
          {t("wait", { count: wait })}
        </p>
      )}
    </>
  );
}
