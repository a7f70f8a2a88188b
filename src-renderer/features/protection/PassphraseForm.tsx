import { Button, Checkbox, Group } from "@mantine/core";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useMain } from "../../platform/bridge";
import { AttemptProblem } from "./AttemptProblem";
import { NewPassphraseFields } from "./NewPassphraseFields";
import { PassphraseField } from "./PassphraseField";
import styles from "./protection.module.css";
import { useAttempt } from "./useAttempt";
import { useNewPassphrase } from "./useNewPassphrase";

export type PassphraseChange = "set" | "change" | "remove";

/** What a change of the passphrase needs to be told. What was typed is forgotten with the form. */
export function PassphraseForm(props: {
  readonly change: PassphraseChange;
  readonly keychain: boolean;
  readonly onDone: () => void;
  readonly onCancel: () => void;
}): ReactNode {
  const { t } = useTranslation(["protection", "common"]);
  const main = useMain();
  const { change, keychain } = props;
  const [current, setCurrent] = useState("");
  const [isUnderstood, setIsUnderstood] = useState(false);
  const next = useNewPassphrase();
  const attempt = useAttempt();
  const asksCurrent = change !== "set";
  const leavesNothing = change === "remove" && !keychain;

  async function submit(): Promise<void> {
    if ((asksCurrent && current === "") || (leavesNothing && !isUnderstood)) return;
    const chosen = change === "remove" ? null : next.check();
    if (chosen === null && change !== "remove") return;
    const changed = await attempt.run(() =>
      main.invoke("keys:set-passphrase", {
        current: asksCurrent ? current : null,
        next: chosen,
        unprotected: leavesNothing,
      }),
    );
    if (changed?.ok) props.onDone();
  }

  const fields = {
    set: t("protection:change.setText"),
    change: t("protection:change.changeText"),
    remove: keychain ? t("protection:change.removeText") : t("protection:change.removeUnprotectedText"),
  };
  const submitTexts = {
    set: t("protection:change.save"),
    change: t("protection:change.save"),
    remove: t("protection:change.removeNow"),
  };
  return (
    <div className={leavesNothing ? styles.question : styles.form}>
      <p className={styles.text}>{fields[change]}</p>
      {asksCurrent && (
        <PassphraseField
          label={t("protection:currentPassphrase")}
          kind="current"
          value={current}
          autoFocus
          onChange={setCurrent}
          onEnter={() => void submit()}
        />
      )}
      {change !== "remove" && (
        <NewPassphraseFields
          label={t("protection:newPassphrase")}
          passphrase={next}
          autoFocus={!asksCurrent}
          onEnter={() => void submit()}
        />
      )}
      {leavesNothing && (
        <Checkbox
          size="sm"
          label={t("protection:change.understood")}
          checked={isUnderstood}
          onChange={(event) => {
            setIsUnderstood(event.currentTarget.checked);
          }}
        />
      )}
      <AttemptProblem attempt={attempt} />
      <Group gap="xs">
        <Button
          loading={attempt.isBusy}
          disabled={attempt.wait > 0 || (leavesNothing && !isUnderstood)}
          onClick={() => void submit()}
        >
          {submitTexts[change]}
        </Button>
        <Button variant="subtle" disabled={attempt.isBusy} onClick={props.onCancel}>
          {t("common:cancel")}
        </Button>
      </Group>
    </div>
  );
}
