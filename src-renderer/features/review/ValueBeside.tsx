import { useMemo, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { RecordName } from "../../ui/RecordName";
import { useValueText } from "../../ui/useValueText";
import { differingParts } from "./differingParts";
import styles from "./review.module.css";

/** A value in words; of a text that has much in common with the other one, what only it has is marked. */
export function ValueBeside(props: {
  readonly field: string;
  readonly value: unknown;
  readonly beside: unknown;
  /** Also what a long text has in common with the other. */
  readonly whole: boolean;
}): ReactNode {
  const { field, value, beside, whole } = props;
  const { t } = useTranslation("history");
  const valueText = useValueText();
  const [shown, other] = [valueText(field, value), valueText(field, beside)];
  const text = shown.kind === "text" ? shown.text : "";
  const otherText = other.kind === "text" ? other.text : "";
  const parts = useMemo(() => differingParts(text, otherText, whole), [text, otherText, whole]);
  if (shown.kind === "record") return <RecordName id={shown.id} />;
  if (text === "") return <em className={styles.nothing}>{t("nothing")}</em>;
  return (
    <bdi dir="auto">
      {parts.map((part, index) => {
        const key = `${String(index)} ${part.kind}`;
        if (part.kind === "left-out") return <span key={key}> … </span>;
        return part.kind === "own" ? <mark key={key}>{part.text}</mark> : <span key={key}>{part.text}</span>;
      })}
    </bdi>
  );
}
