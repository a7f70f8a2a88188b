import { Button } from "@mantine/core";
import { IconLock } from "@tabler/icons-react";
import { useRef, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useMain } from "../../platform/bridge";
import { AttemptProblem } from "./AttemptProblem";
import { GatePage } from "./GatePage";
import { KitRecovery } from "./KitRecovery";
import { PassphraseField } from "./PassphraseField";
import styles from "./protection.module.css";
import { useAttempt } from "./useAttempt";

/** Waits for the passphrase, or for the words of the kit. */
export function LockScreen({ kit }: { readonly kit: boolean }): ReactNode {
  const { t } = useTranslation("protection");
  const [isRecovering, setIsRecovering] = useState(false);
  if (isRecovering) {
    return (
      <GatePage icon={IconLock} title={t("recover.title")}>
        <p className={styles.text}>{t("recover.lockedText")}</p>
        <KitRecovery
          proposed="passphrase"
          onCancel={() => {
            setIsRecovering(false);
          }}
        />
      </GatePage>
    );
  }
  return (
    <GatePage icon={IconLock} title={t("locked.title")}>
      <Unlock />
      {kit ? (
        <Button
          variant="subtle"
          onClick={() => {
            setIsRecovering(true);
          }}
        >
          {t("locked.useKit")}
        </Button>
      ) : (
        <p className={styles.quiet}>{t("locked.noKit")}</p>
      )}
    </GatePage>
  );
}

/** What was typed stays after a wrong attempt, and the caret in it. */
function Unlock(): ReactNode {
  const { t } = useTranslation("protection");
  const main = useMain();
  const [passphrase, setPassphrase] = useState("");
  const attempt = useAttempt();
  const field = useRef<HTMLInputElement>(null);

  async function unlock(): Promise<void> {
    field.current?.focus();
    if (passphrase === "") return;
    const unlocked = await attempt.run(() => main.invoke("keys:unlock", { passphrase }));
    if (unlocked?.ok) setPassphrase("");
  }

  return (
    <>
      <PassphraseField
        ref={field}
        label={t("passphrase")}
        kind="current"
        value={passphrase}
        autoFocus
        onChange={setPassphrase}
        onEnter={() => void unlock()}
      />
      <AttemptProblem attempt={attempt} />
      <Button loading={attempt.isBusy} disabled={attempt.wait > 0} onClick={() => void unlock()}>
        {t("locked.unlock")}
      </Button>
    </>
  );
}
