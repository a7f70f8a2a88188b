import { ActionIcon, Menu } from "@mantine/core";
import { IconLanguage } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

/** At the end of a pinyin field: the readings that the Chinese words have besides the one in the field. */
export function ReadingsMenu(props: {
  readonly readings: readonly string[];
  readonly onChoose: (reading: string) => void;
}): ReactNode {
  const { readings, onChoose } = props;
  const { t } = useTranslation("common");
  return (
    <Menu withInitialFocusPlaceholder={false} position="bottom-end" shadow="md">
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={t("otherReadings")} title={t("otherReadings")}>
          <IconLanguage size={16} stroke={1.6} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown mah={260} style={{ overflowY: "auto" }}>
        {readings.map((reading) => (
          <Menu.Item
            key={reading}
            lang="zh-Latn"
            onClick={() => {
              onChoose(reading);
            }}
          >
            {reading}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
