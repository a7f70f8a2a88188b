import { Button, SegmentedControl } from "@mantine/core";
import { IconArrowBackUp } from "@tabler/icons-react";
import { useId, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { RecordId } from "../../domain/ids";
import type { AnyRecord } from "../../domain/record";
import { useSaveFailureText } from "../../i18n/failureTexts";
import { useFormats } from "../../i18n/formats";
import type { ShownType } from "../../platform/navigation";
import { useRow } from "../../platform/useRows";
import type { Restorable, SideName, VersionRow, VersionView } from "../../ports/versions";
import { AuthorName } from "../../ui/AuthorName";
import { ComputerName } from "../../ui/ComputerName";
import { useFieldLabel } from "../../ui/useFieldLabel";
import { MergeSides } from "../../ui/MergeSides";
import type { WorkState } from "../../ui/useLongWork";
import { ZonePair } from "../../ui/ZonePair";
import { TextParts } from "./ChangedText";
import { Differences } from "./Differences";
import styles from "./history.module.css";
import { useVersion, type Against } from "./useVersion";
import type { VersionTexts } from "./useVersionTexts";

export interface VersionDetailProps {
  readonly id: RecordId;
  readonly type: ShownType;
  readonly version: VersionRow;
  readonly texts: VersionTexts;
  /** Changes with the list of versions. */
  readonly stamp: unknown;
  /** Of restoring. */
  readonly work: WorkState;
  readonly onRestore: (side?: SideName) => void;
}

/** One version: who made it, what it changed or what has changed since, and the way back to it. */
export function VersionDetail(props: VersionDetailProps): ReactNode {
  const { id, type, version, texts, stamp, work, onRestore } = props;
  const { t } = useTranslation("history");
  const failureText = useSaveFailureText();
  const [against, setAgainst] = useState<Against>("before");
  const answer = useVersion(id, version.key, against, stamp);
  const labelId = useId();
  const inBin = useRow(id)?.bin ?? false;
  return (
    <section className={styles.detail} aria-labelledby={labelId}>
      <Head version={version} texts={texts} labelId={labelId} />
      <div className={styles.controls}>
        <div className={styles.against}>
          <span className={styles.quiet} aria-hidden>
            {t("against.label")}
          </span>
          <SegmentedControl
            size="xs"
            aria-label={t("against.label")}
            value={against}
            onChange={(value) => {
              setAgainst(value === "now" ? "now" : "before");
            }}
            data={[
              { value: "before", label: t("against.before") },
              { value: "now", label: t("against.now") },
            ]}
          />
        </div>
        {answer?.ok === true && answer.value.kind !== "unreadable" && (
          <RestoreButton
            of={version.of}
            inBin={inBin}
            restorable={answer.value.restorable}
            work={work}
            onRestore={() => {
              onRestore();
            }}
          />
        )}
      </div>
      <Problem type={type} work={work} />
      {answer?.ok === false && <p role="alert">{t("failed.text", { reason: failureText(answer.failure) })}</p>}
      {answer?.ok === true && (
        <Comparison type={type} kind={version.kind} inBin={inBin} view={answer.value} against={against} />
      )}
      {answer?.ok === true && answer.value.kind === "record" && answer.value.sides !== null && (
        <div className={styles.sides}>
          <MergeSides sides={answer.value.sides} onTake={onRestore} />
        </div>
      )}
    </section>
  );
}

function Head(props: {
  readonly version: VersionRow;
  readonly texts: VersionTexts;
  readonly labelId: string;
}): ReactNode {
  const { version, texts, labelId } = props;
  const { t } = useTranslation("history");
  const formats = useFormats();
  const { at, arrivedAt, kind } = version;
  return (
    <header>
      <h3 id={labelId} className={styles.detailTitle}>
        {texts.what(version)}
        {at !== null && <span className={styles.detailDay}>{formats.longDate(at)}</span>}
      </h3>
      {kind !== "shipped" && (
        <p className={styles.facts}>
          <span>
            <AuthorName id={version.author} />
          </span>
          <span>
            <ComputerName of={version} />
          </span>
          {at !== null && (
            <span>
              <ZonePair at={at} />
            </span>
          )}
          {arrivedAt !== null && <span>{t("arrivedAt", { time: formats.dateTime(arrivedAt) })}</span>}
        </p>
      )}
    </header>
  );
}

function RestoreButton(props: {
  readonly of: VersionRow["of"];
  readonly inBin: boolean;
  readonly restorable: Restorable;
  readonly work: WorkState;
  readonly onRestore: () => void;
}): ReactNode {
  const { of, inBin, restorable, work, onRestore } = props;
  const { t } = useTranslation("history");
  const reasonId = useId();
  const reason = reasonOf();
  return (
    <div className={styles.restoring}>
      {reason !== null && (
        <span id={reasonId} className={styles.quiet}>
          {reason}
        </span>
      )}
      <Button
        size="compact-sm"
        leftSection={restorable === "yes" && <IconArrowBackUp size={15} stroke={1.7} aria-hidden />}
        disabled={restorable !== "yes" || work.kind === "working"}
        aria-describedby={reason === null ? undefined : reasonId}
        onClick={onRestore}
      >
        {t("restore")}
      </Button>
    </div>
  );

  /** Why it cannot be restored, or what restoring does besides. */
  function reasonOf(): string | null {
    switch (restorable) {
      case "yes":
        return inBin ? t(`restoreInBin.${of}`) : null;
      case "same":
        return t("restoreSame");
      case "read-only":
        return t("restoreNewer");
    }
  }
}

function Problem({ type, work }: { readonly type: ShownType; readonly work: WorkState }): ReactNode {
  const { t } = useTranslation("history");
  const failureText = useSaveFailureText();
  const fieldLabel = useFieldLabel(type);
  if (work.kind !== "failed") return null;
  const { failure } = work;
  const reason = failureText(failure);
  return (
    <p className={styles.problem} role="alert">
      {"field" in failure
        ? t("notRestoredField", { field: fieldLabel(failure.field), reason })
        : t("notRestored", { reason })}
    </p>
  );
}

function Comparison(props: {
  readonly type: ShownType;
  readonly kind: VersionRow["kind"];
  readonly inBin: boolean;
  readonly view: VersionView;
  readonly against: Against;
}): ReactNode {
  const { type, kind, inBin, view, against } = props;
  const { t } = useTranslation("history");
  switch (view.kind) {
    case "unreadable":
      return <p className={styles.quiet}>{t(`unreadable.${view.reason}`)}</p>;
    case "record":
      return (
        <div className={styles.scroll} tabIndex={0} role="group" aria-label={t(`legend.${against}`)}>
          {view.differences.length === 0 ? (
            <p className={styles.quiet}>{t(`same.${sameIn(view.record, kind, against, inBin)}`)}</p>
          ) : (
            <Differences type={type} differences={view.differences} against={against} />
          )}
        </div>
      );
    case "note":
      return (
        <div className={styles.scroll} tabIndex={0} role="group" aria-label={t(`legend.${against}`)}>
          {view.parts.every(({ kind }) => kind === "same") ? (
            <p className={styles.quiet}>{t(`same.${against}`)}</p>
          ) : (
            <p className={styles.quiet}>{t(`legend.${against}`)}</p>
          )}
          <div className={styles.note} dir="auto">
            <TextParts parts={view.parts} />
          </div>
        </div>
      );
  }
}

/** What is to be said where all values are the same: the way into the bin and out of it changes none of them. */
function sameIn(
  record: AnyRecord,
  kind: VersionRow["kind"],
  against: Against,
  inBin: boolean,
): Against | "deleted" | "restored" | "nowInBin" {
  if (against === "before") return kind === "deleted" || kind === "restored" ? kind : "before";
  return inBin && record.deletedAt === undefined ? "nowInBin" : "now";
}
