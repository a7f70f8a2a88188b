import { Button } from "@mantine/core";
import { IconCategory, IconPlus, IconSearchOff } from "@tabler/icons-react";
import { useCallback, useMemo, useRef, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { chinaDate } from "../../domain/chinaTime";
import { useNewCommand, useSelected } from "../../platform/navigation";
import { useAreas } from "../../platform/useAreas";
import { useBegin } from "../../platform/useBegin";
import { useList } from "../../platform/useList";
import { useMinute } from "../../platform/useMinute";
import { useSyncStatus } from "../../platform/useSyncStatus";
import { EmptyState } from "../../ui/EmptyState";
import { FilterField } from "../../ui/FilterField";
import { focusFirstField } from "../../ui/RecordPane";
import { isRetired } from "../../ui/offeredAreas";
import { SectionHeader } from "../../ui/SectionHeader";
import { SplitView } from "../../ui/SplitView";
import { VirtualList } from "../../ui/VirtualList";
import { AreaDetail } from "./AreaDetail";
import { areaPlaces, type AreaPlace } from "./areaPlaces";
import { AreaRowText } from "./AreaRowText";

/** The areas: the technical ones as a tree, the subjects of the glossary and the retired ones; filtered, best match first. */
export function AreasSection(): ReactNode {
  const { t } = useTranslation("areas");
  const [selected, select] = useSelected("area");
  const [filter, setFilter] = useState("");
  const isFiltered = filter.trim() !== "";
  const begin = useBegin();
  const status = useSyncStatus();
  const marksWaiting = status !== null && status.kind !== "not-connected";
  const { places, isKnown } = usePlaces(filter);
  const listElement = useRef<HTMLDivElement>(null);
  const paneRef = useRef<HTMLDivElement>(null);
  const create = useCallback(() => {
    select(begin("area"));
  }, [begin, select]);
  useNewCommand(create);

  const renderRow = useCallback(
    (index: number) => {
      const place = places[index];
      return (
        place && (
          <AreaRowText
            row={place.row}
            marksWaiting={marksWaiting}
            retired={place.group === "retired"}
            depth={place.depth}
            withSuperior={isFiltered || place.group === "retired"}
          />
        )
      );
    },
    [places, marksWaiting, isFiltered],
  );
  const headingAt = (index: number): ReactNode => {
    const place = places[index];
    if (isFiltered || !place || places[index - 1]?.group === place.group) return undefined;
    return t(`group.${place.group}`);
  };

  return (
    <SplitView
      detailLabel={t("detail")}
      list={
        <>
          <SectionHeader title={t("title")}>
            <Button size="compact-sm" leftSection={<IconPlus size={15} aria-hidden />} onClick={create}>
              {t("newArea")}
            </Button>
          </SectionHeader>
          <FilterField value={filter} onChange={setFilter} onArrowDown={() => listElement.current?.focus()} />
          {isKnown && places.length === 0 ? (
            <EmptyState
              icon={isFiltered ? IconSearchOff : IconCategory}
              title={t(isFiltered ? "empty.noMatchTitle" : "empty.title")}
            >
              {isFiltered ? t("empty.noMatch", { filter }) : t("empty.text")}
            </EmptyState>
          ) : (
            <VirtualList
              ref={listElement}
              label={t("title")}
              count={places.length}
              renderRow={renderRow}
              headingAt={headingAt}
              isSelected={(index) => selected !== undefined && places[index]?.row.id === selected}
              onSelect={(index) => {
                const place = places[index];
                if (place) select(place.row.id);
              }}
              onOpen={() => {
                focusFirstField(paneRef);
              }}
              resetKey={filter}
              treeAt={isFiltered ? undefined : (index) => treePlace(places, index)}
            />
          )}
        </>
      }
      detail={
        selected === undefined ? (
          <EmptyState icon={IconCategory}>{t("empty.noneChosen")}</EmptyState>
        ) : (
          <AreaDetail
            key={selected}
            id={selected}
            paneRef={paneRef}
            onDelete={() => undefined}
            onEscape={() => listElement.current?.focus()}
          />
        )
      }
    />
  );
}

/** The rows to show for a filter; a few dozen at most, so all of them are here. */
function usePlaces(filter: string): { readonly places: readonly AreaPlace[]; readonly isKnown: boolean } {
  const outline = useAreas();
  const list = useList({ type: "area", filter });
  const today = chinaDate(useMinute());
  const isFiltered = filter.trim() !== "";
  const tree = useMemo(
    () =>
      areaPlaces(
        (outline ?? []).flatMap(({ row, depth }) => (row.type === "area" ? [{ row, depth }] : [])),
        today,
      ),
    [outline, today],
  );
  const matches = useMemo(() => {
    const found: AreaPlace[] = [];
    for (let index = 0; index < list.total; index += 1) {
      const row = list.rowAt(index);
      if (row) found.push({ row, group: isRetired(row, today) ? "retired" : row.kind, depth: 0 });
    }
    return found;
  }, [list, today]);
  return isFiltered
    ? { places: matches, isKnown: !list.loading && list.filter === filter }
    : { places: tree, isKnown: outline !== null };
}

/** All are shown open: the list is short, and what stands below what is seen at a glance. */
function treePlace(places: readonly AreaPlace[], index: number): { depth: number; expanded: null } | undefined {
  const place = places[index];
  return place && { depth: place.depth, expanded: null };
}
