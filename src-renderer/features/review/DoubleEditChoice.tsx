import { Button } from "@mantine/core";
import { IconCheck } from "@tabler/icons-react";
import { useId, useState, type KeyboardEvent, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { DoubleEdit, EditedValue } from "../../domain/doubleEdits";
import type { AnyRecord } from "../../domain/record";
import type { RosterRow } from "../../domain/rosterRow";
import { isComposing } from "../../ui/composing";
import { useValueText } from "../../ui/useValueText";
import { isLong } from "./differingParts";
import { PlaceName } from "./PlaceName";
import styles from "./review.module.css";
import { ValueChoice } from "./ValueChoice";

/** One place at which two computers set different values: a group of radio buttons, the one shown being chosen. */
export function DoubleEditChoice(props: {
  readonly of: DoubleEdit;
  /** Null until it is read. */
  readonly record: AnyRecord | null;
  readonly type: RosterRow["type"];
  /** Answers whether the value is shown now. */
  readonly onShow: (key: string) => Promise<boolean>;
  readonly onKeep: () => void;
}): ReactNode {
  const { of, record, type, onShow, onKeep } = props;
  const { t } = useTranslation("review");
  const valueText = useValueText();
  const id = useId();
  /** What was chosen a moment ago, and what is still shown instead. */
  const [coming, setComing] = useState<{ readonly key: string; readonly from: string | undefined } | null>(null);
  /** A value that would publish what is private: asked first. */
  const [asked, setAsked] = useState<string | null>(null);
  const [whole, setWhole] = useState(false);
  const { place, values } = of;
  const field = place.kind === "visibility" ? "visibility" : place.kind === "field" ? place.field : place.part;
  const shown = values.find(({ isShown }) => isShown);
  const hasLong = values.some(({ value }) => {
    const text = valueText(field, value);
    return text.kind === "text" && isLong(text.text);
  });

  if (coming !== null && coming.from !== shown?.key) setComing(null);
  const chosen = coming?.key ?? shown?.key;

  function choose({ key }: EditedValue): void {
    setAsked(null);
    if (key === chosen) return;
    if (place.kind === "visibility" && shown?.value === "private") setAsked(key);
    else show(key);
  }
  function show(key: string): void {
    setAsked(null);
    setComing({ key, from: shown?.key });
    void onShow(key).then((done) => {
      if (!done) setComing(null);
    });
  }
  function onKeyDown(event: KeyboardEvent<HTMLElement>): void {
    if (event.key !== "Enter" || event.ctrlKey || event.metaKey || isComposing(event)) return;
    if (!(event.target instanceof HTMLInputElement)) return;
    event.preventDefault();
    onKeep();
  }
  return (
    <section className={styles.place} data-place={of.key} onKeyDown={onKeyDown}>
      <h4 id={`${id}-name`} className={styles.placeName}>
        <PlaceName place={place} record={record} type={type} />
      </h4>
      <div className={styles.values} role="radiogroup" aria-labelledby={`${id}-name`}>
        {values.map((value) => (
          <ValueChoice
            key={value.key}
            group={id}
            field={field}
            of={value}
            beside={(value.isShown ? values.find(({ isShown }) => !isShown) : shown)?.value}
            chosen={value.key === chosen}
            whole={whole}
            onChoose={() => {
              choose(value);
            }}
          />
        ))}
      </div>
      {asked !== null && (
        <div className={styles.question} role="alert">
          <span>{t("publish.question")}</span>
          <Button
            size="compact-sm"
            variant="default"
            onClick={() => {
              show(asked);
            }}
          >
            {t("publish.yes")}
          </Button>
          <Button
            size="compact-sm"
            onClick={() => {
              setAsked(null);
            }}
          >
            {t("publish.no")}
          </Button>
        </div>
      )}
      <div className={styles.placeCommands}>
        {hasLong && (
          <Button
            size="compact-sm"
            variant="subtle"
            color="gray"
            onClick={() => {
              setWhole(!whole);
            }}
          >
            {whole ? t("differences") : t("whole")}
          </Button>
        )}
        <Button
          id={`${id}-keep`}
          size="compact-sm"
          variant="light"
          leftSection={<IconCheck size={15} stroke={1.8} aria-hidden />}
          aria-labelledby={`${id}-keep ${id}-name`}
          onClick={onKeep}
        >
          {t("keep")}
        </Button>
      </div>
    </section>
  );
}
