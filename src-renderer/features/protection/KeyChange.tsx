import { Button, Group, Progress } from "@mantine/core";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useFormats } from "../../i18n/formats";
import { useMain } from "../../platform/bridge";
import { AttemptProblem } from "./AttemptProblem";
import { PassphraseField } from "./PassphraseField";
import styles from "./protection.module.css";
import type { OpenKeys } from "./openKeys";
import { useAttempt } from "./useAttempt";

/** Another root key: everything is sealed anew in the background, and the kit has to be made again. */
export function KeyChange({ state }: { readonly state: OpenKeys }): ReactNode {
  const { t } = useTranslation(["protection", "common"]);
  const main = useMain();
  const [isAsking, setIsAsking] = useState(false);
  /** After a thought better of it the keys are at the button again. */
  const [hasAsked, setHasAsked] = useState(false);
  const [passphrase, setPassphrase] = useState("");
  const attempt = useAttempt();
  const asksPassphrase = state.protection === "passphrase";

  function close(): void {
    setIsAsking(false);
    setPassphrase("");
    attempt.forget();
  }

  async function begin(): Promise<void> {
    if (asksPassphrase && passphrase === "") return;
    const begun = await attempt.run(() =>
      main.invoke("keys:rotate", { passphrase: asksPassphrase ? passphrase : null }),
    );
    if (begun?.ok) close();
  }

  return (
    <section className={styles.part} aria-labelledby="protection-key">
      <h3 id="protection-key" className={styles.partTitle}>
        {t("protection:rotate.title")}
      </h3>
      <p className={styles.text}>{t("protection:rotate.text")}</p>
      {state.rotation ? (
        <RotationProgress {...state.rotation} />
      ) : !isAsking ? (
        <div>
          <Button
            variant="default"
            autoFocus={hasAsked}
            onClick={() => {
              setIsAsking(true);
              setHasAsked(true);
            }}
          >
            {t("protection:rotate.change")}
          </Button>
        </div>
      ) : (
        <div className={styles.form} role="group" aria-label={t("protection:rotate.title")}>
          <p className={styles.text}>{state.kit ? t("protection:rotate.kitStops") : t("protection:rotate.goesOn")}</p>
          {asksPassphrase && (
            <PassphraseField
              label={t("protection:currentPassphrase")}
              kind="current"
              value={passphrase}
              autoFocus
              onChange={setPassphrase}
              onEnter={() => void begin()}
            />
          )}
          <AttemptProblem attempt={attempt} />
          <Group gap="xs">
            <Button loading={attempt.isBusy} disabled={attempt.wait > 0} onClick={() => void begin()}>
              {t("protection:rotate.begin")}
            </Button>
            <Button variant="subtle" disabled={attempt.isBusy} onClick={close}>
              {t("common:cancel")}
            </Button>
          </Group>
        </div>
      )}
    </section>
  );
}

function RotationProgress(props: { readonly done: number; readonly total: number }): ReactNode {
  const { t } = useTranslation("protection");
  const formats = useFormats();
  const { done, total } = props;
  const text =
    total === 0
      ? t("rotate.preparing")
      : t("rotate.progress", { done: formats.number(done), total: formats.number(total) });
  return (
    <div>
      <p className={styles.text}>{text}</p>
      <Progress mt={6} value={total === 0 ? 0 : (100 * done) / total} aria-label={t("rotate.title")} />
    </div>
  );
}
