import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useNavigation } from "../../platform/navigation";
import { useKeysState } from "../../platform/useKeysState";
import styles from "./protection.module.css";

/** What could lose the notebook, or show it to others: stays quietly until it is settled, and leads to where that is done. */
export function ProtectionReminder(): ReactNode {
  const { t } = useTranslation("protection");
  const { go } = useNavigation();
  const state = useKeysState();
  if (state?.kind !== "open" || state.kit || state.protection === "passphrase") return null;
  const isUnprotected = state.protection === "none";
  return (
    <button
      type="button"
      className={styles.reminder}
      title={isUnprotected ? t("reminder.unprotectedWhy") : t("reminder.noKitWhy")}
      onClick={() => {
        go("settings", "protection");
      }}
    >
      {isUnprotected ? t("reminder.unprotected") : t("reminder.noKit")}
    </button>
  );
}
