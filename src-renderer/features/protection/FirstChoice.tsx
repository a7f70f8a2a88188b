import { Button } from "@mantine/core";
import { IconShieldQuestion } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Language } from "../../../src-main/shared/settings";
import { useLanguage } from "../../i18n/texts";
import { useMain } from "../../platform/bridge";
import { LanguageChoice } from "../../ui/LanguageChoice";
import { AttemptProblem } from "./AttemptProblem";
import { GatePage } from "./GatePage";
import { NewPassphraseFields } from "./NewPassphraseFields";
import styles from "./protection.module.css";
import { useAttempt } from "./useAttempt";
import { useNewPassphrase } from "./useNewPassphrase";

/** Where the system has no keychain, a person decides what protects the notebook, before anything is written. */
export function FirstChoice(): ReactNode {
  const { t } = useTranslation("protection");
  const main = useMain();
  const [language, setLanguage] = useLanguage();
  const passphrase = useNewPassphrase();
  const attempt = useAttempt();

  function chooseLanguage(chosen: Language): void {
    setLanguage(chosen);
    void main.invoke("settings:change", { language: chosen });
  }

  async function begin(chosen: string | null): Promise<void> {
    const begun = await attempt.run(() => main.invoke("keys:begin", { passphrase: chosen }));
    if (begun?.ok) passphrase.clear();
  }

  function protect(): void {
    const chosen = passphrase.check();
    if (chosen !== null) void begin(chosen);
  }

  return (
    <GatePage icon={IconShieldQuestion} title={t("first.title")}>
      <p className={styles.text}>{t("first.text")}</p>
      <LanguageChoice label={t("first.language")} value={language} onChange={chooseLanguage} />
      <p className={styles.text}>{t("first.passphrase")}</p>
      <NewPassphraseFields label={t("passphrase")} passphrase={passphrase} onEnter={protect} autoFocus />
      <AttemptProblem attempt={attempt} />
      <Button loading={attempt.isBusy} onClick={protect}>
        {t("first.protect")}
      </Button>
      <div className={styles.question} role="group" aria-label={t("first.without")}>
        <p className={styles.text}>{t("first.withoutText")}</p>
        <div>
          <Button size="compact-md" variant="default" disabled={attempt.isBusy} onClick={() => void begin(null)}>
            {t("first.without")}
          </Button>
        </div>
      </div>
    </GatePage>
  );
}
