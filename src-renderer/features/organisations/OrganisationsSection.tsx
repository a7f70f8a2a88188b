import { IconBuildingCommunity } from "@tabler/icons-react";
import { useMemo, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { organisationKind } from "../../domain/records/organisation";
import { useSelected } from "../../platform/navigation";
import { useRow } from "../../platform/useRows";
import { RecordSection } from "../../ui/RecordSection";
import { OrganisationDetail } from "./OrganisationDetail";
import { begunWith } from "./organisationForm";
import { OrganisationRowText } from "./OrganisationRowText";

/** The organisations: by level while nothing is filtered, best match first otherwise, with the chosen one beside. */
export function OrganisationsSection(): ReactNode {
  const { t } = useTranslation("organisations");
  const [selected] = useSelected("organisation");
  const chosen = useRow(selected);
  // Whoever adds one beside another is likely to add its like.
  const level = chosen?.type === "organisation" ? chosen.level : organisationKind.empty.level;
  const preset = useMemo(() => begunWith(level), [level]);
  return (
    <RecordSection
      type="organisation"
      icon={IconBuildingCommunity}
      texts={{
        title: t("title"),
        detail: t("detail"),
        create: t("newOrganisation"),
        emptyTitle: t("emptyTitle"),
        empty: t("empty"),
        noMatchTitle: t("noMatchTitle"),
        noMatch: (filter) => t("noMatch", { filter }),
        noneChosen: t("noneChosen"),
      }}
      Row={OrganisationRowText}
      Detail={OrganisationDetail}
      begunWith={preset}
      headingAt={(row, before) => (row.level === before?.level ? undefined : t(`levels.${row.level}`))}
    />
  );
}
