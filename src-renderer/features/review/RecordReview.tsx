import { Button } from "@mantine/core";
import { IconChecks, IconExternalLink } from "@tabler/icons-react";
import { useId, useMemo, useRef, type KeyboardEvent, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Result } from "../../../src-main/shared/result";
import { doubleEditsOf, type DoubleEdit } from "../../domain/doubleEdits";
import type { Edit } from "../../domain/edit";
import type { AnyRecord } from "../../domain/record";
import type { SaveFailure } from "../../domain/saveFailure";
import { useSaveFailureText } from "../../i18n/failureTexts";
import { rowNames } from "../../i18n/rowNames";
import { useLanguage } from "../../i18n/texts";
import { isShownType, useOpenRecord } from "../../platform/navigation";
import { useEdit, useEditMany } from "../../platform/useEdit";
import { useRecord } from "../../platform/useRecord";
import type { ReviewRecord } from "../../ports/review";
import { isComposing } from "../../ui/composing";
import { ariaKey, isMac } from "../../ui/keyLabel";
import { MergeSides } from "../../ui/MergeSides";
import { useLongWork } from "../../ui/useLongWork";
import { DoubleEditChoice } from "./DoubleEditChoice";
import { OnePersonsValues } from "./OnePersonsValues";
import styles from "./review.module.css";
import { reviewKeys } from "./reviewKeys";
import { useMerge } from "./useMerge";

/** The double edits of one record: one value of each is chosen and kept, or one version as a whole. */
export function RecordReview(props: {
  readonly of: ReviewRecord;
  /** Whether it says its record's name. */
  readonly titled: boolean;
  /** Something was done that Undo takes back. */
  readonly onStep: () => void;
  readonly onLeave: () => void;
}): ReactNode {
  const { of, titled, onStep, onLeave } = props;
  const { row, values } = of;
  const { t } = useTranslation(["review", "common"]);
  const [language] = useLanguage();
  const failureText = useSaveFailureText();
  const openRecord = useOpenRecord();
  const state = useRecord(row.id);
  const places = useMemo(() => doubleEditsOf(row.type, values), [row.type, values]);
  const merge = useMerge(row.id);
  const work = useLongWork();
  const edit = useEdit();
  const editMany = useEditMany();
  const root = useRef<HTMLDivElement>(null);
  const lastStep = useRef<Promise<unknown>>(Promise.resolve());
  const titleId = useId();
  const names = rowNames(row, language);
  const mac = isMac();

  /** A key that is pressed while the step before it is being saved is not lost. */
  function step(made: () => Promise<Result<unknown, SaveFailure>>): Promise<boolean> {
    const done = lastStep.current.then(() => work.run(made));
    lastStep.current = done.then((isDone) => {
      if (isDone) onStep();
    });
    return done;
  }
  const run = (made: Edit): Promise<boolean> => step(() => edit(made));
  function keep(place: DoubleEdit): void {
    const after = places[places.indexOf(place) + 1] ?? places[0];
    if (after && after !== place) focusOn(after);
    void run({ kind: "settle", id: row.id, keys: [...place.open], settled: true });
  }
  function keepAll(): void {
    void run({ kind: "settle", id: row.id, keys: places.flatMap(({ open }) => open), settled: true });
  }
  function focusOn({ key }: DoubleEdit): void {
    root.current?.querySelector<HTMLElement>(`[data-place="${key}"] input:checked`)?.focus();
  }
  function onKeyDown(event: KeyboardEvent): void {
    const isMod = mac ? event.metaKey : event.ctrlKey;
    if (event.key !== "Enter" || !isMod || isComposing(event)) return;
    event.preventDefault();
    keepAll();
  }
  return (
    <div ref={root} className={styles.record} onKeyDown={onKeyDown} role="group" aria-labelledby={titleId}>
      <h3 id={titleId} className={styles.recordName}>
        {titled ? (
          <bdi lang={names.firstLang}>{names.first.trim() === "" ? t("common:untitled") : names.first}</bdi>
        ) : (
          t("review:values", { count: places.length })
        )}
      </h3>
      <p className={styles.quiet}>{t("review:explanation")}</p>
      {work.state.kind === "failed" && (
        <p className={styles.problem} role="alert">
          {t("review:failed", { reason: failureText(work.state.failure) })}
        </p>
      )}
      {places.map((place) => (
        <DoubleEditChoice
          key={place.key}
          of={place}
          record={state.kind === "here" ? (state.record as AnyRecord) : null}
          type={row.type}
          onShow={(key) => run({ kind: "switch", id: row.id, key })}
          onKeep={() => {
            keep(place);
          }}
        />
      ))}
      <div className={styles.commands}>
        <Button
          size="compact-md"
          variant="default"
          leftSection={<IconChecks size={16} stroke={1.7} aria-hidden />}
          aria-keyshortcuts={ariaKey(reviewKeys.keepAll, mac)}
          onClick={keepAll}
        >
          {t("review:keepAll")}
        </Button>
        {isShownType(row.type) && (
          <Button
            size="compact-md"
            variant="subtle"
            color="gray"
            leftSection={<IconExternalLink size={16} stroke={1.7} aria-hidden />}
            onClick={() => {
              onLeave();
              openRecord(row.id);
            }}
          >
            {t("review:openRecord")}
          </Button>
        )}
      </div>
      {merge === null && (
        <OnePersonsValues
          id={row.id}
          places={places}
          onTake={(edits) => {
            if (edits.length > 0) void step(() => editMany(edits));
          }}
        />
      )}
      {merge && (
        <MergeSides
          sides={merge.sides}
          onTake={(side) => {
            void step(() => merge.take(side));
          }}
        />
      )}
    </div>
  );
}
