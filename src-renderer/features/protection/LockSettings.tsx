import { Button, NativeSelect } from "@mantine/core";
import { useEffect, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { DEFAULT_LOCK_MINUTES } from "../../../src-main/shared/settings";
import { useMain } from "../../platform/bridge";
import { isMac, keyLabel } from "../../ui/keyLabel";
import styles from "./protection.module.css";
import { useLock } from "./useLock";

/** Offered, in minutes; 0 stands for never. */
const choices = [1, 5, 10, 30, 60, 0] as const;

/** Locking by hand and after a while without a key or mouse; both need a passphrase. */
export function LockSettings({ canLock }: { readonly canLock: boolean }): ReactNode {
  const { t } = useTranslation("protection");
  const main = useMain();
  const lock = useLock();
  const [minutes, setMinutes] = useState<number | null | undefined>(undefined);
  const [notSaved, setNotSaved] = useState<string | null>(null);
  useEffect(() => {
    let isLeft = false;
    void main.invoke("settings:read", {}).then(
      (settings) => {
        if (!isLeft) setMinutes(settings.lockAfterMinutes);
      },
      () => undefined,
    );
    return () => {
      isLeft = true;
    };
  }, [main]);

  async function change(chosen: number): Promise<void> {
    const lockAfterMinutes = chosen === 0 ? null : chosen;
    setMinutes(lockAfterMinutes);
    const saved = await main.invoke("settings:change", { lockAfterMinutes });
    setNotSaved(saved.ok ? null : saved.failure.detail);
  }

  return (
    <section className={styles.part} aria-labelledby="protection-lock">
      <h3 id="protection-lock" className={styles.partTitle}>
        {t("lock.title")}
      </h3>
      <p className={styles.text}>{canLock ? t("lock.text") : t("lock.setAbove")}</p>
      <div className={styles.row}>
        <Button variant="default" disabled={!canLock} onClick={lock}>
          {t("lock.now")}
        </Button>
        <span className={styles.quiet}>{t("lock.key", { key: keyLabel("Mod-Shift-l", isMac()) })}</span>
      </div>
      <NativeSelect
        className={styles.narrow}
        label={t("lock.after")}
        disabled={!canLock}
        value={String(minutes === null ? 0 : (minutes ?? DEFAULT_LOCK_MINUTES))}
        data={choices.map((each) => ({
          value: String(each),
          label: each === 0 ? t("lock.never") : t("lock.minutes", { count: each }),
        }))}
        onChange={(event) => void change(Number(event.currentTarget.value))}
      />
      {notSaved !== null && (
        <p className={styles.problem} role="alert">
          {t("lock.notKept", { detail: notSaved })}
        </p>
      )}
    </section>
  );
}
