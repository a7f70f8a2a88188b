import { Button, Group, Modal, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Closing } from "./useFlushOnClose";

/** Asked only when closing would lose something that the disk does not take. */
export function UnsavedOnClose({ closing }: { readonly closing: Closing }): ReactNode {
  const { t } = useTranslation("app");
  return (
    <Modal opened={closing.isHeld} onClose={closing.stay} title={t("unsaved.title")} withCloseButton={false} centered>
      <Text size="sm">{t("unsaved.text")}</Text>
      <Group justify="flex-end" mt="md" gap="xs">
        <Button variant="subtle" color="red" onClick={closing.closeAnyway}>
          {t("unsaved.close")}
        </Button>
        <Button onClick={closing.stay} data-autofocus>
          {t("unsaved.stay")}
        </Button>
      </Group>
    </Modal>
  );
}
