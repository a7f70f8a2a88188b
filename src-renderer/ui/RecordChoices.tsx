import { Combobox } from "@mantine/core";
import { useEffect, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { RecordId } from "../domain/ids";
import type { RosterRow } from "../domain/rosterRow";
import { useFormats } from "../i18n/formats";
import { rowNames } from "../i18n/rowNames";
import { useLanguage } from "../i18n/texts";
import { useList } from "../platform/useList";
import { PrivateMark } from "./PrivateMark";
import styles from "./ui.module.css";

/** Rows offered at once; whoever looks for another types more of its name. */
const OFFERED = 50;

/** Types of records that can be chosen in a field. */
export type PickedType = Exclude<RosterRow["type"], "author">;

export interface RecordChoicesProps {
  /** Accessible name of the list: that of the field it belongs to. */
  readonly label: string;
  readonly type: PickedType;
  readonly filter: string;
  /** Already chosen: not offered again. */
  readonly without?: ReadonlySet<RecordId> | undefined;
  /** Offers the typed text itself as the last choice, with these words. */
  readonly typedChoice?: string | undefined;
  /** The choices for the filter are on screen. */
  readonly onChoices: () => void;
}

/** Value of the choice that stands for the typed text. */
export const TYPED = "typed";

/** The open part of a record picker; it asks the notebook only while it is on screen. */
export function RecordChoices({ label, type, filter, without, typedChoice, onChoices }: RecordChoicesProps): ReactNode {
  const { t } = useTranslation("common");
  const list = useList({ type, filter });
  const [language] = useLanguage();
  const formats = useFormats();
  const rows: RosterRow[] = [];
  for (let index = 0; index < Math.min(list.total, OFFERED); index += 1) {
    const row = list.rowAt(index);
    if (row && !row.bin && !without?.has(row.id)) rows.push(row);
  }
  // Until its own answer comes, what is on screen belongs to the text before.
  const fresh = !list.loading && list.filter === filter;
  const shown = rows.map((row) => row.id).join(" ");
  useEffect(() => {
    if (fresh) onChoices();
  }, [fresh, onChoices, shown]);

  return (
    <Combobox.Options aria-label={label} mah={280} style={{ overflowY: "auto" }}>
      {rows.map((row) => {
        const names = rowNames(row, language);
        const second = row.type === "meeting" ? formats.dateTime(row.startsAt ?? "") : names.second;
        return (
          <Combobox.Option key={row.id} value={row.id}>
            <span lang={names.firstLang}>{names.first === "" ? t("untitled") : names.first}</span>
            {second !== "" && (
              <span className={styles.pickSecond} lang={names.secondLang}>
                {second}
              </span>
            )}
            <PrivateMark row={row} />
          </Combobox.Option>
        );
      })}
      {typedChoice !== undefined && <Combobox.Option value={TYPED}>{typedChoice}</Combobox.Option>}
      {rows.length === 0 && typedChoice === undefined && (
        <Combobox.Empty>
          {list.loading ? t("searching") : filter === "" ? t("nothingYet") : t("noMatch", { filter })}
        </Combobox.Empty>
      )}
    </Combobox.Options>
  );
}
