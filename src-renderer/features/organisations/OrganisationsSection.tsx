import { IconBuildingCommunity, IconSearchOff } from "@tabler/icons-react";
import { useRef, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useSelected } from "../../platform/navigation";
import { useList } from "../../platform/useList";
import { EmptyState } from "../../ui/EmptyState";
import { FilterField } from "../../ui/FilterField";
import { SectionHeader } from "../../ui/SectionHeader";
import { SplitView } from "../../ui/SplitView";
import { VirtualList } from "../../ui/VirtualList";
import { OrganisationDetail } from "./OrganisationDetail";
import { OrganisationRowText } from "./OrganisationRowText";

/** The organisations: by level while nothing is filtered, best match first otherwise, with the chosen one beside. */
export function OrganisationsSection(): ReactNode {
  const { t } = useTranslation("organisations");
  const [selected, select] = useSelected("organisation");
  const [filter, setFilter] = useState("");
  const list = useList({ type: "organisation", filter });
  const listElement = useRef<HTMLDivElement>(null);
  const detail = useRef<HTMLDivElement>(null);
  const ranked = list.filter.trim() !== "";

  /** The level, where it begins; a level whose row before is not loaded yet stays without until it is. */
  function headingAt(index: number): ReactNode {
    const row = list.rowAt(index);
    if (ranked || !row) return undefined;
    if (index > 0 && list.rowAt(index - 1)?.level !== row.level) {
      return list.rowAt(index - 1) && t(`levels.${row.level}`);
    }
    return index === 0 ? t(`levels.${row.level}`) : undefined;
  }

  return (
    <SplitView
      detailLabel={t("detail")}
      list={
        <>
          <SectionHeader title={t("title")} />
          <FilterField value={filter} onChange={setFilter} onArrowDown={() => listElement.current?.focus()} />
          {ranked && list.total === 0 && !list.loading ? (
            <EmptyState icon={IconSearchOff}>{t("noMatch", { filter: list.filter })}</EmptyState>
          ) : (
            <VirtualList
              ref={listElement}
              label={t("title")}
              count={list.total}
              renderRow={(index) => {
                const row = list.rowAt(index);
                return row && <OrganisationRowText row={row} withLevel={ranked} />;
              }}
              headingAt={headingAt}
              isSelected={(index) => selected !== undefined && list.rowAt(index)?.id === selected}
              onSelect={(index) => {
                const row = list.rowAt(index);
                if (row) select(row.id);
              }}
              onOpen={() => detail.current?.querySelector<HTMLElement>("a, button")?.focus()}
              onRange={list.showRange}
              resetKey={filter}
            />
          )}
        </>
      }
      detail={
        <div ref={detail} style={{ height: "100%" }}>
          {selected === undefined ? (
            <EmptyState icon={IconBuildingCommunity} title={t("noneChosenTitle")}>
              {t("noneChosen")}
            </EmptyState>
          ) : (
            <OrganisationDetail key={selected} id={selected} />
          )}
        </div>
      }
    />
  );
}
