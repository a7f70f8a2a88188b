import { UnstyledButton } from "@mantine/core";
import {
  IconAddressBook,
  IconBuildingCommunity,
  IconCategory,
  IconNotebook,
  IconSettings,
  IconSun,
  IconTrash,
  IconVocabulary,
} from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { sections, type Section } from "../platform/navigation";
import styles from "./app.module.css";
import type { Direction } from "./fieldHistory";
import { HistoryButtons } from "./HistoryButtons";

const icons = {
  today: IconSun,
  meetings: IconNotebook,
  contacts: IconAddressBook,
  organisations: IconBuildingCommunity,
  glossary: IconVocabulary,
  areas: IconCategory,
  bin: IconTrash,
  settings: IconSettings,
} as const;

export function NavigationRail(props: {
  readonly section: Section;
  readonly onGo: (section: Section) => void;
  readonly onHistory: (direction: Direction) => void;
}): ReactNode {
  const { t } = useTranslation("app");
  return (
    <div className={styles.side}>
      <HistoryButtons onPress={props.onHistory} />
      <nav className={styles.rail} aria-label={t("navigation")}>
        {sections.map((section) => {
          const Icon = icons[section];
          return (
            <UnstyledButton
              key={section}
              className={styles.railItem}
              aria-current={props.section === section ? "page" : undefined}
              onClick={() => {
                props.onGo(section);
              }}
            >
              <Icon size={18} stroke={1.6} aria-hidden />
              <span className={styles.railText}>{t(`sections.${section}`)}</span>
            </UnstyledButton>
          );
        })}
      </nav>
    </div>
  );
}
