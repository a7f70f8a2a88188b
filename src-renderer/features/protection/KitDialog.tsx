import { Button, Group, Modal } from "@mantine/core";
import { useState, type ReactNode } from "react";
import { createPortal } from "react-dom";
import { useTranslation } from "react-i18next";
import type { TextNotSaved } from "../../../src-main/shared/ipc";
import { useMain } from "../../platform/bridge";
import { KitSheet, type Kit } from "./KitSheet";
import sheetStyles from "./kitSheet.module.css";
import styles from "./protection.module.css";

type Saved =
  { readonly kind: "saved"; readonly path: string } | { readonly kind: "not-saved"; readonly failure: TextNotSaved };

/**
 * Shows the sheet once, to be printed, saved or written down. Only its own button closes it: a stray key would lose the
 * words, which are in no other place.
 */
export function KitDialog(props: { readonly kit: Kit; readonly onClose: () => void }): ReactNode {
  const { t } = useTranslation("protection");
  const main = useMain();
  const { kit, onClose } = props;
  const [saved, setSaved] = useState<Saved | null>(null);

  async function savePdf(): Promise<void> {
    const answer = await main.invoke("page:save-pdf", { name: t("kit.fileName", { notebook: kit.notebook }) });
    if (!answer.ok) setSaved({ kind: "not-saved", failure: answer.failure });
    else if (answer.value) setSaved({ kind: "saved", path: answer.value.path });
  }

  return (
    <Modal
      opened
      onClose={onClose}
      title={t("kit.dialogTitle")}
      closeOnEscape={false}
      closeOnClickOutside={false}
      withCloseButton={false}
      size="44rem"
      centered
    >
      <div className={styles.dialog}>
        <p className={styles.text}>{t("kit.dialogText")}</p>
        <KitSheet kit={kit} />
        <div aria-live="polite">
          {saved?.kind === "saved" && <p className={styles.text}>{t("kit.saved", { path: saved.path })}</p>}
          {saved?.kind === "not-saved" && (
            <p className={styles.problem}>
              {t("kit.notSaved", { path: saved.failure.path, detail: saved.failure.detail })}
            </p>
          )}
        </div>
        <Group gap="xs">
          <Button data-autofocus onClick={() => void main.invoke("page:print", {})}>
            {t("kit.print")}
          </Button>
          <Button variant="default" onClick={() => void savePdf()}>
            {t("kit.savePdf")}
          </Button>
          <Button variant="default" ml="auto" onClick={onClose}>
            {t("kit.done")}
          </Button>
        </Group>
      </div>
      {createPortal(
        <div className={sheetStyles.print}>
          <KitSheet kit={kit} />
        </div>,
        document.body,
      )}
    </Modal>
  );
}
