import { Button, Group, Modal } from "@mantine/core";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import styles from "./ui.module.css";

/** `private`: it is to stay on this computer from now on; `shared`: all members may have it. */
export type Sharing = "private" | "shared";

export interface PrivateQuestionProps {
  /** What is asked; null while nothing is. */
  readonly asked: Sharing | null;
  /** How many records it is about. */
  readonly count: number;
  readonly onCancel: () => void;
  readonly onConfirm: (asked: Sharing) => void;
}

/** Asks before what others have is taken from the server, or what only this computer has is given to all. */
export function PrivateQuestion({ asked, count, onCancel, onConfirm }: PrivateQuestionProps): ReactNode {
  const { t } = useTranslation("common");
  // What was asked stays readable while the question fades away.
  const [last, setLast] = useState<Sharing>("private");
  if (asked !== null && asked !== last) setLast(asked);
  const shown = asked ?? last;
  const toPrivate = shown === "private";
  return (
    <Modal
      opened={asked !== null}
      onClose={onCancel}
      title={toPrivate ? t("private.question.title", { count }) : t("private.question.shareTitle", { count })}
      closeButtonProps={{ "aria-label": t("close") }}
      centered
    >
      <div className={styles.question}>
        {toPrivate ? (
          <>
            <p>{t("private.question.stays", { count })}</p>
            <p>{t("private.question.copies")}</p>
          </>
        ) : (
          <p>{t("private.question.goes", { count })}</p>
        )}
        <Group gap="xs" justify="flex-end">
          <Button variant="default" onClick={onCancel}>
            {t("cancel")}
          </Button>
          <Button
            data-autofocus
            onClick={() => {
              onConfirm(shown);
            }}
          >
            {toPrivate ? t("private.make") : t("private.share")}
          </Button>
        </Group>
      </div>
    </Modal>
  );
}
