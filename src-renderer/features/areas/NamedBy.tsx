import { Anchor, Button } from "@mantine/core";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { AreaId } from "../../domain/ids";
import type { RosterRow } from "../../domain/rosterRow";
import { useFormats } from "../../i18n/formats";
import { rowNames } from "../../i18n/rowNames";
import { useLanguage } from "../../i18n/texts";
import { useOpenRecord } from "../../platform/navigation";
import { useList } from "../../platform/useList";
import styles from "./areas.module.css";

/** Types of records that name areas. */
const types = ["meeting", "organisation", "term"] as const;

/** Rows of each type shown at first, and at most. */
const AT_FIRST = 5;
const AT_MOST = 100;

/** What names this area: counted, and each leading to its own screen. */
export function NamedBy({ id }: { readonly id: AreaId }): ReactNode {
  return (
    <div className={styles.namedBy}>
      {types.map((type) => (
        <Naming key={type} type={type} area={id} />
      ))}
    </div>
  );
}

function Naming({ type, area }: { readonly type: (typeof types)[number]; readonly area: AreaId }): ReactNode {
  const { t } = useTranslation("areas");
  const [language] = useLanguage();
  const formats = useFormats();
  const open = useOpenRecord();
  const list = useList({ type, linkedTo: area });
  const [all, setAll] = useState(false);
  const shown = Math.min(list.total, all ? AT_MOST : AT_FIRST);
  const rows = Array.from({ length: shown }, (_, index): RosterRow | undefined => list.rowAt(index));
  return (
    <section className={styles.naming}>
      <h3 className={styles.namingTitle}>
        {t(`naming.${type}`)} <span className={styles.count}>{formats.number(list.total)}</span>
      </h3>
      {list.total === 0 && !list.loading && <p className={styles.hint}>{t(`namingNone.${type}`)}</p>}
      <ul className={styles.named}>
        {rows.map((row) => {
          if (!row) return null;
          const names = rowNames(row, language);
          const second = row.type === "meeting" ? formats.date(row.startsAt ?? "") : names.second;
          return (
            <li key={row.id}>
              <Anchor
                component="button"
                type="button"
                size="md"
                className={styles.link}
                onClick={() => {
                  open(row.id);
                }}
              >
                <bdi lang={names.firstLang}>{names.first === "" ? t("untitled") : names.first}</bdi>
              </Anchor>
              {second !== "" && <bdi className={styles.quiet}>{second}</bdi>}
            </li>
          );
        })}
      </ul>
      {list.total > shown && !all && (
        <Button
          size="compact-xs"
          variant="subtle"
          color="gray"
          onClick={() => {
            setAll(true);
          }}
        >
          {t("showAll", { count: list.total })}
        </Button>
      )}
    </section>
  );
}
