import { Button } from "@mantine/core";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { AreaId } from "../../domain/ids";
import type { RosterRow } from "../../domain/rosterRow";
import { useFormats } from "../../i18n/formats";
import { useList } from "../../platform/useList";
import { LinkedRecords } from "../../ui/LinkedRecords";
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
  const formats = useFormats();
  const list = useList({ type, linkedTo: area });
  const [all, setAll] = useState(false);
  const shown = Math.min(list.total, all ? AT_MOST : AT_FIRST);
  const rows = Array.from({ length: shown }, (_, index): RosterRow | undefined => list.rowAt(index));
  return (
    <LinkedRecords
      title={
        <>
          {t(`naming.${type}`)} <span className={styles.count}>{formats.number(list.total)}</span>
        </>
      }
      rows={rows.filter((row) => row !== undefined)}
      {...(list.loading ? {} : { none: t(`namingNone.${type}`) })}
      untitled={t("untitled")}
      detailOf={(row) => (row.type === "meeting" ? formats.date(row.startsAt ?? "") : "")}
      more={
        list.total > shown &&
        !all && (
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
        )
      }
    />
  );
}
