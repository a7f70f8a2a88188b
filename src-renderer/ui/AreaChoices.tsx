import { Combobox } from "@mantine/core";
import { useEffect, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { chinaDate } from "../domain/chinaTime";
import type { RecordId } from "../domain/ids";
import type { AreaRow } from "../domain/rosterRow";
import { rowNames } from "../i18n/rowNames";
import { useLanguage } from "../i18n/texts";
import { useAreas } from "../platform/useAreas";
import { useList } from "../platform/useList";
import { offeredAreas, type AreaChoice } from "./offeredAreas";
import styles from "./ui.module.css";

export interface AreaChoicesProps {
  /** Accessible name of the list: that of the field it belongs to. */
  readonly label: string;
  readonly filter: string;
  readonly kinds: readonly AreaRow["kind"][];
  /** Already chosen: not offered again. */
  readonly without?: ReadonlySet<RecordId> | undefined;
  /** The choices for the filter are on screen. */
  readonly onChoices: () => void;
}

/** The open part of an area picker: the tree of areas or, filtered in either language or pinyin, the best match first. */
export function AreaChoices({ label, filter, kinds, without, onChoices }: AreaChoicesProps): ReactNode {
  const { t } = useTranslation("common");
  const areas = useAreas();
  const [today] = useState(() => chinaDate(Date.now()));
  const list = useList({ type: "area", filter });
  const isFiltered = filter.trim() !== "";
  const fresh = isFiltered ? !list.loading && list.filter === filter : areas !== null;
  const places = isFiltered ? listedPlaces(list) : (areas ?? []);
  const choices = offeredAreas(places, { kinds, today, without });
  const shown = choices.map(({ row }) => row.id).join(" ");
  useEffect(() => {
    if (fresh) onChoices();
  }, [fresh, onChoices, shown]);

  return (
    <Combobox.Options aria-label={label} mah={320} style={{ overflowY: "auto" }}>
      {choices.map((choice) => (
        <Combobox.Option
          key={choice.row.id}
          value={choice.row.id}
          style={{ paddingInlineStart: `${String(0.75 + choice.depth)}rem` }}
        >
          <AreaName choice={choice} />
        </Combobox.Option>
      ))}
      {choices.length === 0 && (
        <Combobox.Empty>
          {!fresh ? t("searching") : isFiltered ? t("noMatch", { filter }) : t("nothingYet")}
        </Combobox.Empty>
      )}
    </Combobox.Options>
  );
}

function AreaName({ choice: { row, retired } }: { readonly choice: AreaChoice }): ReactNode {
  const { t } = useTranslation("lists");
  const [language] = useLanguage();
  const names = rowNames(row, language);
  return (
    <>
      <span lang={names.firstLang}>{names.first}</span>
      <span className={styles.pickSecond}>
        {retired && <>{t("retired")} </>}
        <span lang={names.secondLang}>{names.second}</span>
      </span>
    </>
  );
}

function listedPlaces(list: ReturnType<typeof useList<"area">>): { readonly row: AreaRow; readonly depth: number }[] {
  const places: { row: AreaRow; depth: number }[] = [];
  for (let index = 0; index < list.total; index += 1) {
    const row = list.rowAt(index);
    if (row) places.push({ row, depth: 0 });
  }
  return places;
}
