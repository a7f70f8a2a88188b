import { IconVocabulary } from "@tabler/icons-react";
import { useMemo, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Change } from "../../domain/edit";
import type { AreaId } from "../../domain/ids";
import { RecordSection } from "../../ui/RecordSection";
import { AreaChoice } from "./AreaChoice";
import { TermDetail } from "./TermDetail";
import { TermRowText } from "./TermRowText";

/** The terms: the list with its filter and an area to narrow it by, and the chosen term beside. */
export function GlossarySection(): ReactNode {
  const { t } = useTranslation("glossary");
  const [area, setArea] = useState<AreaId | undefined>();
  /** A term begun while only one area is shown belongs to it, or it would not show in the list. */
  const begunWith = useMemo<readonly Change[]>(
    () => (area === undefined ? [] : [{ op: "addMember", field: "areaIds", value: area }]),
    [area],
  );
  return (
    <RecordSection
      type="term"
      icon={IconVocabulary}
      texts={{
        title: t("title"),
        detail: t("detail"),
        create: t("newTerm"),
        emptyTitle: t("empty.title"),
        empty: t("empty.text"),
        noMatchTitle: t("empty.noMatchTitle"),
        noMatch: (filter) => t("empty.noMatch", { filter }),
        noneChosen: t("empty.noneChosen"),
      }}
      Row={TermRowText}
      Detail={TermDetail}
      controls={<AreaChoice area={area} onChange={setArea} />}
      linkedTo={area}
      begunWith={begunWith}
    />
  );
}
