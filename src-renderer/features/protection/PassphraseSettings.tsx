import { Button, Group } from "@mantine/core";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useMain } from "../../platform/bridge";
import { PassphraseForm, type PassphraseChange } from "./PassphraseForm";
import styles from "./protection.module.css";
import type { OpenKeys } from "./openKeys";
import { AttemptProblem } from "./AttemptProblem";
import { useAttempt } from "./useAttempt";

type Outcome = PassphraseChange | "sealed-by-keychain";

/** Sets, changes and removes the passphrase. */
export function PassphraseSettings({ state }: { readonly state: OpenKeys }): ReactNode {
  const { t } = useTranslation("protection");
  const main = useMain();
  const [change, setChange] = useState<PassphraseChange | null>(null);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  /** After the form the keys are at what opens it. */
  const [hadForm, setHadForm] = useState(false);
  const sealing = useAttempt();

  function begin(next: PassphraseChange): void {
    setChange(next);
    setHadForm(true);
    setOutcome(null);
  }

  async function sealByKeychain(): Promise<void> {
    const sealed = await sealing.run(() =>
      main.invoke("keys:set-passphrase", { current: null, next: null, unprotected: false }),
    );
    if (sealed?.ok) setOutcome("sealed-by-keychain");
  }

  const said =
    outcome &&
    {
      set: t("change.wasSet"),
      change: t("change.wasChanged"),
      remove: t("change.wasRemoved"),
      "sealed-by-keychain": t("change.wasSealed"),
    }[outcome];
  return (
    <section className={styles.part} aria-labelledby="protection-passphrase">
      <h3 id="protection-passphrase" className={styles.partTitle}>
        {t("change.title")}
      </h3>
      {change === null ? (
        <>
          <p className={styles.text}>{state.protection === "passphrase" ? t("change.has") : t("change.hasNone")}</p>
          <AttemptProblem attempt={sealing} />
          <Group gap="xs">
            {state.protection === "passphrase" ? (
              <>
                <Button
                  variant="default"
                  autoFocus={hadForm}
                  onClick={() => {
                    begin("change");
                  }}
                >
                  {t("change.change")}
                </Button>
                <Button
                  variant="default"
                  onClick={() => {
                    begin("remove");
                  }}
                >
                  {t("change.remove")}
                </Button>
              </>
            ) : (
              <Button
                variant="default"
                autoFocus={hadForm}
                onClick={() => {
                  begin("set");
                }}
              >
                {t("change.set")}
              </Button>
            )}
            {state.protection === "none" && state.keychain && (
              <Button variant="default" loading={sealing.isBusy} onClick={() => void sealByKeychain()}>
                {t("change.seal")}
              </Button>
            )}
          </Group>
        </>
      ) : (
        <PassphraseForm
          change={change}
          keychain={state.keychain}
          onDone={() => {
            setOutcome(change);
            setChange(null);
          }}
          onCancel={() => {
            setChange(null);
          }}
        />
      )}
      <p className={styles.quiet} aria-live="polite">
        {said}
      </p>
    </section>
  );
}
