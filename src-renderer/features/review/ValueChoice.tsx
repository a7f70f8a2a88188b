import { useId, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { EditedValue } from "../../domain/doubleEdits";
import { brusselsTime } from "../../i18n/brusselsTime";
import { useFormats } from "../../i18n/formats";
import { relativeTime } from "../../i18n/relativeTime";
import { useLanguage } from "../../i18n/texts";
import { useIdentity } from "../../platform/useIdentity";
import { useMinute } from "../../platform/useMinute";
import { AuthorName } from "../../ui/AuthorName";
import { ComputerName } from "../../ui/ComputerName";
import { ValueBeside } from "./ValueBeside";
import styles from "./review.module.css";

/** One of the values: what it is, whether it is shown, who set it where and when. */
export function ValueChoice(props: {
  /** Name of the group that its radio button belongs to. */
  readonly group: string;
  readonly field: string;
  readonly of: EditedValue;
  /** The value that it is to be told apart from. */
  readonly beside: unknown;
  readonly chosen: boolean;
  readonly whole: boolean;
  readonly onChoose: () => void;
}): ReactNode {
  const { group, field, of, beside, chosen, whole, onChoose } = props;
  const { t } = useTranslation("review");
  const id = useId();
  return (
    <label className={styles.value} data-chosen={chosen}>
      <input
        type="radio"
        name={group}
        className={styles.radio}
        checked={chosen}
        onChange={onChoose}
        // The dialog gives the focus to the first of these when it opens.
        {...(chosen && { "data-autofocus": true })}
        aria-labelledby={`${id}-value`}
        aria-describedby={`${id}-facts`}
      />
      <span className={styles.valueTexts}>
        <span id={`${id}-value`} className={styles.valueText}>
          <ValueBeside field={field} value={of.value} beside={beside} whole={whole} />
        </span>
        <span id={`${id}-facts`} className={styles.facts}>
          {chosen && <span className={styles.shown}>{t("shown")}</span>}
          {of.set ? <Setter {...of.set} /> : <span>{t("notSaid")}</span>}
        </span>
      </span>
    </label>
  );
}

function Setter({ by, at }: NonNullable<EditedValue["set"]>): ReactNode {
  const { t } = useTranslation(["review", "common"]);
  const formats = useFormats();
  const [language] = useLanguage();
  const now = useMinute();
  const identity = useIdentity();
  const { author, device } = by;
  const instant = Date.parse(at);
  return (
    <>
      <span>
        <AuthorName id={author} />
      </span>
      <span>
        <ComputerName of={{ author, device, here: identity?.device === device }} />
      </span>
      <time
        dateTime={at}
        title={t("common:zonePair", { china: formats.time(at), brussels: brusselsTime(at, language) })}
      >
        {t("review:when", {
          ago: relativeTime(Math.min(instant, now), now, language),
          at: formats.dateTime(at),
        })}
      </time>
    </>
  );
}
