import { Button, Group, Modal } from "@mantine/core";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { SettingsNotSaved } from "../../../src-main/shared/ipc";
import { useMain } from "../../platform/bridge";
import { useSyncStatus } from "../../platform/useSyncStatus";
import { DangerButton } from "../../ui/DangerButton";
import { TextField } from "../../ui/TextField";
import { useKeysFailureText, type Unexpected } from "./failureTexts";
import styles from "./protection.module.css";

/** Removes every trace of the notebook from this computer; asked for twice, the second time by a word that is typed. */
export function EraseNotebook(): ReactNode {
  const { t } = useTranslation(["protection", "common"]);
  const [isAsking, setIsAsking] = useState(false);
  return (
    <section className={styles.part} aria-labelledby="protection-erase">
      <h3 id="protection-erase" className={styles.partTitle}>
        {t("protection:erase.title")}
      </h3>
      <p className={styles.text}>{t("protection:erase.text")}</p>
      <div>
        <Button
          variant="default"
          className={styles.danger}
          onClick={() => {
            setIsAsking(true);
          }}
        >
          {t("protection:erase.erase")}
        </Button>
      </div>
      <Modal
        opened={isAsking}
        onClose={() => {
          setIsAsking(false);
        }}
        title={t("protection:erase.question")}
        closeButtonProps={{ "aria-label": t("common:close") }}
        centered
      >
        <Question
          onCancel={() => {
            setIsAsking(false);
          }}
        />
      </Modal>
    </section>
  );
}

function Question({ onCancel }: { readonly onCancel: () => void }): ReactNode {
  const { t } = useTranslation(["protection", "common"]);
  const main = useMain();
  const failureText = useKeysFailureText();
  const [typed, setTyped] = useState("");
  const [isBusy, setIsBusy] = useState(false);
  const [failure, setFailure] = useState<SettingsNotSaved | Unexpected | null>(null);
  const word = t("protection:erase.word");
  const isMeant = typed.normalize("NFKC").trim().toLowerCase() === word;

  async function erase(): Promise<void> {
    if (!isMeant || isBusy) return;
    setIsBusy(true);
    setFailure(null);
    try {
      const erased = await main.invoke("notebook:erase", {});
      if (!erased.ok) setFailure(erased.failure);
    } catch {
      setFailure({ kind: "unexpected" });
    } finally {
      setIsBusy(false);
    }
  }

  return (
    <div className={styles.dialog}>
      <ul className={styles.points}>
        <li>{t("protection:erase.goes")}</li>
        <li>{t("protection:erase.aside")}</li>
        <li>{t("protection:erase.stays")}</li>
        <Unsynced />
      </ul>
      <TextField
        label={t("protection:erase.typeWord", { word })}
        value={typed}
        data-autofocus
        autoComplete="off"
        onChange={setTyped}
        onEnter={() => void erase()}
      />
      {failure && (
        <p className={styles.problem} role="alert">
          {failureText(failure)}
        </p>
      )}
      <Group gap="xs" justify="flex-end">
        <Button variant="default" disabled={isBusy} onClick={onCancel}>
          {t("common:cancel")}
        </Button>
        <DangerButton loading={isBusy} disabled={!isMeant} onClick={() => void erase()}>
          {t("protection:erase.yes")}
        </DangerButton>
      </Group>
    </div>
  );
}

/** What would be lost, as far as the sync knows it. */
function Unsynced(): ReactNode {
  const { t } = useTranslation("protection");
  const status = useSyncStatus();
  if (!status) return null;
  if (status.kind === "not-connected") return <li className={styles.problem}>{t("erase.notConnected")}</li>;
  if (status.waiting === 0) return <li>{t("erase.allOnServer")}</li>;
  return <li className={styles.problem}>{t("erase.unsynced", { count: status.waiting })}</li>;
}
