import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { SHORTEST_PASSPHRASE } from "../../../src-main/shared/keys";
import { PassphraseField } from "./PassphraseField";
import styles from "./protection.module.css";
import { strengthOf } from "./strength";
import type { NewPassphrase } from "./useNewPassphrase";

/** A passphrase to come, typed twice; how strong it is in words. */
export function NewPassphraseFields(props: {
  readonly label: string;
  readonly passphrase: NewPassphrase;
  readonly onEnter: () => void;
  readonly autoFocus?: boolean;
}): ReactNode {
  const { t } = useTranslation("protection");
  const { passphrase, onEnter, label, autoFocus = false } = props;
  const { first, second, problem } = passphrase;
  return (
    <>
      <div>
        <PassphraseField
          label={label}
          kind="new"
          value={first}
          autoFocus={autoFocus}
          error={problem === "too-short" ? t("failure.tooShort", { count: SHORTEST_PASSPHRASE }) : undefined}
          onChange={passphrase.setFirst}
          onEnter={onEnter}
        />
        <p className={styles.below} aria-live="polite">
          {problem === "too-short"
            ? null
            : first === ""
              ? t("strength.advice")
              : t(`strength.${strengthOf(first)}`, { count: SHORTEST_PASSPHRASE })}
        </p>
      </div>
      <PassphraseField
        label={t("repeat")}
        kind="new"
        value={second}
        error={problem === "different" ? t("different") : undefined}
        onChange={passphrase.setSecond}
        onEnter={onEnter}
      />
    </>
  );
}
