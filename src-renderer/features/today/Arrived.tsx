import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { AuthorId } from "../../domain/ids";
import type { Arrival, Today } from "../../ports/notebook";
import { useFormats } from "../../i18n/formats";
import { chinaDaysBetween, relativeDay, relativeTime } from "../../i18n/relativeTime";
import { useLanguage } from "../../i18n/texts";
import { useRows } from "../../platform/useRows";
import { More, Part } from "./Part";
import { RecordLine } from "./RecordLine";
import styles from "./today.module.css";

/** Records shown before the rest is asked for. */
const SHOWN = 6;

/** What others changed since yesterday: which record, who, when, and whether it was the note. */
export function Arrived({ today, now }: { readonly today: Today; readonly now: number }): ReactNode {
  const { t } = useTranslation("today");
  const secondOf = useWhoAndWhen(today.arrived, now);
  const [all, setAll] = useState(false);
  const { arrived, arrivedTotal } = today;
  const listed = all ? arrived : arrived.slice(0, SHOWN);
  const beyond = arrivedTotal - arrived.length;
  return (
    <Part title={t("arrived.title")} count={arrivedTotal > 0 ? t("arrived.count", { count: arrivedTotal }) : undefined}>
      {arrivedTotal === 0 && <p className={styles.none}>{t("arrived.none")}</p>}
      <ul className={styles.lines}>
        {listed.map((arrival) => (
          <RecordLine
            key={arrival.row.id}
            row={arrival.row}
            marks={[...(arrival.note ? [t("note")] : []), ...(arrival.row.bin ? [t("inBin")] : [])]}
            second={secondOf(arrival)}
          />
        ))}
      </ul>
      {all && beyond > 0 ? (
        <p className={styles.none}>{t("beyond", { count: beyond })}</p>
      ) : (
        <More
          hidden={arrivedTotal - listed.length}
          onShow={() => {
            setAll(true);
          }}
        />
      )}
    </Part>
  );
}

/** `Li Bing · 20 minutes ago`, `李冰 · 昨天 18:20`; an author whose record has not come yet is left out. */
function useWhoAndWhen(arrived: readonly Arrival[], now: number): (arrival: Arrival) => string {
  const [language] = useLanguage();
  const formats = useFormats();
  const authors = useRows([...new Set<AuthorId>(arrived.map(({ by }) => by))]);
  return ({ by, at }) => {
    const author = authors.get(by);
    const isToday = chinaDaysBetween(now, at) === 0;
    const when = isToday
      ? relativeTime(Math.min(at, now), now, language)
      : `${relativeDay(at, now, language)}${language === "en" ? ", " : " "}${formats.time(at)}`;
    return [author?.type === "author" ? author.name : "", when].filter((part) => part !== "").join(" · ");
  };
}
