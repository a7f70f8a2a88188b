import { IconBuildingCommunity } from "@tabler/icons-react";
import { useCallback, useMemo, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { organisationKind } from "../../domain/records/organisation";
import type { OrganisationRow } from "../../domain/rosterRow";
import { useSelected } from "../../platform/navigation";
import { useRow } from "../../platform/useRows";
import { RecordSection } from "../../ui/RecordSection";
import { OrganisationDetail } from "./OrganisationDetail";
import { begunWith } from "./organisationForm";
import { OrganisationRowText } from "./OrganisationRowText";

/** The organisations: by level and superior while nothing is filtered, best match first otherwise, with the chosen one. */
export function OrganisationsSection(): ReactNode {
  const { t } = useTranslation("organisations");
  const [selected] = useSelected("organisation");
  const chosen = useRow(selected);
  // Whoever adds one beside another is likely to add its like.
  const level = chosen?.type === "organisation" ? chosen.level : organisationKind.empty.level;
  const preset = useMemo(() => begunWith(level), [level]);
  const headingAt = useCallback(
    (row: OrganisationRow, before: OrganisationRow | undefined) =>
      row.level === before?.level ? undefined : t(`levels.${row.level}`),
    [t],
  );
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
      tree
      headingAt={headingAt}
    />
  );
}
