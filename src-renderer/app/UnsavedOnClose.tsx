import { Button, Group, Modal, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useSaveFailureText } from "../i18n/failureTexts";
import type { Closing } from "./useFlushOnClose";

/** Asked only when closing would lose something typed: the disk does not take it, or it was refused. */
export function UnsavedOnClose({ closing }: { readonly closing: Closing }): ReactNode {
  const { t } = useTranslation(["app", "common"]);
  const failureText = useSaveFailureText();
  return (
    <Modal
      opened={closing.isHeld}
      onClose={closing.stay}
      title={t("app:unsaved.title")}
      withCloseButton={false}
      centered
    >
      {closing.failure && (
        <Text size="sm" mb="xs">
          {t("common:save.notSaved", { reason: failureText(closing.failure) })}
        </Text>
      )}
      <Text size="sm">{t("app:unsaved.text")}</Text>
      <Group justify="flex-end" mt="md" gap="xs">
        <Button variant="subtle" color="red" onClick={closing.closeAnyway}>
          {t("app:unsaved.close")}
        </Button>
        <Button onClick={closing.stay} data-autofocus>
          {t("app:unsaved.stay")}
        </Button>
      </Group>
    </Modal>
  );
}
