import { Button, Group, Loader, Modal } from "@mantine/core";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useSaveFailureText } from "../../i18n/failureTexts";
import { useSyncStatus } from "../../platform/useSyncStatus";
import { DangerButton } from "../../ui/DangerButton";
import styles from "./bin.module.css";
import type { RemovalControl } from "./useRemoval";

/** Asks before records are removed for good: how many, and what it means for the server and everyone else. */
export function RemovalQuestion({ removal }: { readonly removal: RemovalControl }): ReactNode {
  const { t } = useTranslation(["bin", "common"]);
  const failureText = useSaveFailureText();
  const status = useSyncStatus();
  const { asked, work, cancel, confirm } = removal;
  // What was asked stays readable while the question fades away.
  const [last, setLast] = useState(asked);
  if (asked !== null && asked !== last) setLast(asked);
  const { ids, hidden } = asked ?? last ?? { ids: [], hidden: 0 };
  const count = ids.length;
  const isConnected = status !== null && status.kind !== "not-connected";
  const working = work.kind === "working";

  return (
    <Modal
      opened={asked !== null}
      onClose={cancel}
      title={count === 0 ? t("bin:question.nothing") : t("bin:question.title", { count })}
      closeButtonProps={{ "aria-label": t("common:close") }}
      centered
    >
      <div className={styles.question}>
        {count > 0 && (
          <p>{isConnected ? t("bin:question.everywhere", { count }) : t("bin:question.here", { count })}</p>
        )}
        {hidden > 0 && <p className={styles.quiet}>{t("bin:question.hidden", { count: hidden })}</p>}
        {work.kind === "failed" && (
          <p className={styles.problem} role="alert">
            {t("bin:notRemoved", { reason: failureText(work.failure) })}
          </p>
        )}
        <Group gap="xs" justify="flex-end">
          {working && work.slow && (
            <span className={styles.working} aria-live="polite">
              <Loader size="xs" aria-hidden />
              {t("bin:removing", { count })}
            </span>
          )}
          <Button variant="default" onClick={cancel} disabled={working} data-autofocus>
            {count === 0 ? t("common:close") : t("bin:question.keep")}
          </Button>
          {count > 0 && (
            <DangerButton onClick={confirm} disabled={working}>
              {t("bin:question.remove", { count })}
            </DangerButton>
          )}
        </Group>
      </div>
    </Modal>
  );
}
