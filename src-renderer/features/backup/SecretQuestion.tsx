import { Button, PasswordInput } from "@mantine/core";
import { useEffect, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { isComposing } from "../../ui/composing";
import styles from "./backup.module.css";

/** How often the seconds left are counted anew, in ms. */
const TICK = 200;

/** Asks for what opened the notebook when the backup was made. */
export function SecretQuestion(props: {
  readonly secret: string;
  readonly onChange: (secret: string) => void;
  readonly wrong: boolean;
  /** When the next one is looked at, by `performance.now()`. */
  readonly until: number;
  readonly onTry: (secret: string) => void;
  readonly onCancel: () => void;
}): ReactNode {
  const { secret, onChange, wrong, until, onTry, onCancel } = props;
  const { t } = useTranslation(["backup", "common"]);
  /** What was said about the last one is out of date. */
  const [isChanged, setIsChanged] = useState(false);
  const [isShown, setIsShown] = useState(false);
  const wait = useSecondsUntil(until);
  const canTry = secret.trim() !== "" && wait === 0;

  function tryIt(): void {
    if (canTry) onTry(secret);
  }

  return (
    <div className={styles.dialog}>
      <p className={styles.text}>{t("backup:secret.text")}</p>
      <PasswordInput
        label={t("backup:secret.label")}
        description={t("backup:secret.hint")}
        value={secret}
        visible={isShown}
        onVisibilityChange={setIsShown}
        visibilityToggleButtonProps={{
          "aria-label": isShown ? t("backup:secret.hide") : t("backup:secret.show"),
          tabIndex: 0,
        }}
        error={wrong && !isChanged ? t("backup:secret.wrong") : undefined}
        autoComplete="current-password"
        autoCapitalize="none"
        autoCorrect="off"
        spellCheck={false}
        autoFocus
        data-autofocus
        onChange={(event) => {
          setIsChanged(true);
          onChange(event.currentTarget.value);
        }}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || isComposing(event)) return;
          event.preventDefault();
          tryIt();
        }}
      />
      <p className={styles.quiet} aria-live="polite">
        {wait > 0 && t("backup:secret.wait", { count: wait })}
      </p>
      <div className={styles.actions}>
        <Button variant="default" onClick={onCancel}>
          {t("common:cancel")}
        </Button>
        <Button disabled={!canTry} onClick={tryIt}>
          {t("backup:secret.open")}
        </Button>
      </div>
    </div>
  );
}

/** Whole seconds until a moment of the page's own clock, which never jumps. */
function useSecondsUntil(until: number): number {
  const [left, setLeft] = useState(() => secondsLeft(until));
  useEffect(() => {
    const timer = setInterval(() => {
      const now = secondsLeft(until);
      setLeft(now);
      if (now === 0) clearInterval(timer);
    }, TICK);
    return () => {
      clearInterval(timer);
    };
  }, [until]);
  return left;
}

function secondsLeft(until: number): number {
  return Math.max(0, Math.ceil((until - performance.now()) / 1000));
}
