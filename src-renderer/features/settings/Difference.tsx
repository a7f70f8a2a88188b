import { Button } from "@mantine/core";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { isIdOf } from "../../domain/ids";
import type { DifferenceGroup, DifferenceKind } from "../../domain/verification";
import { useFormats } from "../../i18n/formats";
import { useRows } from "../../platform/useRows";
import { RecordName } from "./RecordName";
import { subjectOf } from "./subjectOf";
import styles from "./syncDetails.module.css";

/** Records named at first. */
const SHOWN = 3;

/** Records that differ from the server in one way: which, and what will be done. */
export function Difference({ group }: { readonly group: DifferenceGroup }): ReactNode {
  const { kind, total, ids } = group;
  const { t } = useTranslation("verify");
  const formats = useFormats();
  const [all, setAll] = useState(false);
  const shown = all ? ids : ids.slice(0, SHOWN);
  const rows = useRows([...new Set(shown.flatMap((id) => subjectOf(id) ?? []))]);
  const texts = useKindTexts();
  const hidden = total - shown.length;
  return (
    <li className={styles.entry}>
      <div className={styles.entryTitle}>
        <span>{texts[kind][0]}</span>
        <span>{formats.number(total)}</span>
      </div>
      <span className={styles.quiet}>{texts[kind][1]}</span>
      <ul className={styles.names} aria-label={texts[kind][0]}>
        {shown.map((id) => {
          const subject = subjectOf(id);
          return (
            <li key={id}>
              <RecordName row={(subject && rows.get(subject)) ?? null} id={id} note={isIdOf("note", id)} />
            </li>
          );
        })}
      </ul>
      {hidden > 0 &&
        (all ? (
          <span className={styles.quiet}>{t("beyond", { count: hidden })}</span>
        ) : (
          <Button
            className={styles.more}
            size="compact-sm"
            variant="subtle"
            onClick={() => {
              setAll(true);
            }}
          >
            {t("more", { count: ids.length - shown.length })}
          </Button>
        ))}
    </li>
  );
}

/** What a kind of difference is called, and what will be done about it. */
function useKindTexts(): Readonly<Record<DifferenceKind, readonly [name: string, deed: string]>> {
  const { t } = useTranslation("verify");
  return {
    waiting: [t("kind.waiting"), t("do.waiting")],
    lost: [t("kind.lost"), t("do.lost")],
    leaving: [t("kind.leaving"), t("do.leaving")],
    "missing-here": [t("kind.missingHere"), t("do.missingHere")],
    "other-revision": [t("kind.otherRevision"), t("do.otherRevision")],
    "other-content": [t("kind.otherContent"), t("do.otherContent")],
    forked: [t("kind.forked"), t("do.forked")],
    "deleted-there": [t("kind.deletedThere"), t("do.deletedThere")],
    unreadable: [t("kind.unreadable"), t("do.unreadable")],
    "set-aside": [t("kind.setAside"), t("do.setAside")],
  };
}
