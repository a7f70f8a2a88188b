import { IconAddressBook } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { RecordSection } from "../../ui/RecordSection";
import { ContactDetail } from "./ContactDetail";
import { ContactRowText } from "./ContactRowText";

/** People: the list with its filter, and the chosen contact beside it. */
export function ContactsSection(): ReactNode {
  const { t } = useTranslation("contacts");
  return (
    <RecordSection
      type="contact"
      icon={IconAddressBook}
      texts={{
        title: t("title"),
        detail: t("detail"),
        create: t("newContact"),
        emptyTitle: t("empty.title"),
        empty: t("empty.text"),
        noMatchTitle: t("empty.noMatchTitle"),
        noMatch: (filter) => t("empty.noMatch", { filter }),
        noneChosen: t("empty.noneChosen"),
      }}
      Row={ContactRowText}
      Detail={ContactDetail}
    />
  );
}
