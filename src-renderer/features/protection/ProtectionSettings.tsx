import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { usePart } from "../../platform/navigation";
import { useKeysState } from "../../platform/useKeysState";
import { EraseNotebook } from "./EraseNotebook";
import { KeyChange } from "./KeyChange";
import { KitSettings } from "./KitSettings";
import { LockSettings } from "./LockSettings";
import { PassphraseSettings } from "./PassphraseSettings";
import styles from "./protection.module.css";
import type { OpenKeys } from "./openKeys";

/** What protects the notebook on this computer, and every way to change that. */
export function ProtectionSettings(): ReactNode {
  const part = usePart<HTMLDivElement>("protection");
  const state = useKeysState();
  return (
    <div ref={part} className={styles.settings}>
      {state?.kind === "open" && (
        <>
          <ProtectionNow state={state} />
          <KitSettings state={state} />
          <PassphraseSettings state={state} />
          <LockSettings canLock={state.protection === "passphrase"} />
          <KeyChange state={state} />
          <EraseNotebook />
        </>
      )}
    </div>
  );
}

function ProtectionNow({ state }: { readonly state: OpenKeys }): ReactNode {
  const { t } = useTranslation("protection");
  const { protection, kit } = state;
  const besides = {
    keychain: kit ? t("now.kit") : t("now.noKit"),
    passphrase: kit ? t("now.kit") : t("now.noKitPassphrase"),
    none: null,
  }[protection];
  return (
    <section className={styles.part} aria-labelledby="protection-now">
      <h3 id="protection-now" className={styles.partTitle} tabIndex={-1}>
        {t("now.title")}
      </h3>
      <p className={styles.text}>
        {{ keychain: t("now.keychain"), passphrase: t("now.passphrase"), none: t("now.none") }[protection]}
      </p>
      {besides !== null && <p className={styles.text}>{besides}</p>}
    </section>
  );
}
