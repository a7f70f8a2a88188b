import { Button } from "@mantine/core";
import { IconArrowBackUp, IconEyeOff, IconTrash, IconTrashOff } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { isShippedId, type RecordId } from "../../domain/ids";
import type { AnyRecord } from "../../domain/record";
import { useFormats } from "../../i18n/formats";
import { useSaveFailureText } from "../../i18n/failureTexts";
import { rowNames } from "../../i18n/rowNames";
import { useLanguage } from "../../i18n/texts";
import { useRecord } from "../../platform/useRecord";
import { useRow } from "../../platform/useRows";
import { EmptyState } from "../../ui/EmptyState";
import { HistoryButton } from "../../ui/HistoryButton";
import { KindIcon } from "../../ui/KindIcon";
import { RecordPane } from "../../ui/RecordPane";
import type { WorkState } from "../../ui/useLongWork";
import styles from "./bin.module.css";
import { BinFacts } from "./BinFacts";

export interface BinDetailProps {
  readonly id: RecordId;
  /** Of restoring. */
  readonly work: WorkState;
  /** `name` is said afterwards. */
  readonly onRestore: (name: string) => void;
  readonly onRemove: () => void;
  readonly onEscape: () => void;
}

/** One deleted record: what it was, who put it here and when, and the two ways out of the bin. */
export function BinDetail({ id, work, onRestore, onRemove, onEscape }: BinDetailProps): ReactNode {
  const { t } = useTranslation(["bin", "common"]);
  const [language] = useLanguage();
  const failureText = useSaveFailureText();
  const state = useRecord(id);
  if (state.kind === "loading") return null;
  if (state.kind === "missing" || !state.row.bin) {
    return <EmptyState icon={IconTrashOff}>{t("bin:gone")}</EmptyState>;
  }
  const { row } = state;
  // A record of whichever type it says it is.
  const record = state.record as AnyRecord;
  const names = rowNames(row, language);
  const name = names.first.trim() === "" ? t("common:untitled") : names.first;
  return (
    <RecordPane
      onlyToRead
      onEscape={onEscape}
      title={
        <>
          <span className={styles.kindLine}>
            <KindIcon type={row.type} />
            {t(`common:kind.${row.type}`)}
          </span>
          <h2>
            <bdi lang={names.firstLang}>{name}</bdi>
          </h2>
          {names.second !== "" && (
            <bdi className={styles.secondName} lang={names.secondLang}>
              {names.second}
            </bdi>
          )}
        </>
      }
      actions={
        <>
          <HistoryButton id={id} />
          {!isShippedId(id) && (
            <Button
              size="compact-sm"
              variant="subtle"
              color="gray"
              leftSection={<IconTrash size={15} stroke={1.6} aria-hidden />}
              onClick={onRemove}
            >
              {t("bin:removeForGood")}
            </Button>
          )}
          <Button
            size="compact-sm"
            leftSection={<IconArrowBackUp size={15} stroke={1.7} aria-hidden />}
            disabled={work.kind === "working"}
            onClick={() => {
              onRestore(name);
            }}
          >
            {t("bin:restore")}
          </Button>
        </>
      }
      notice={
        work.kind === "failed" && (
          <p className={styles.problem} role="alert">
            {t("bin:notRestored", { reason: failureText(work.failure) })}
          </p>
        )
      }
    >
      <Deleted record={record} />
      {isShippedId(id) && (
        <p className={styles.hiddenText}>
          <IconEyeOff size={16} stroke={1.6} aria-hidden />
          {t("bin:hiddenText")}
        </p>
      )}
      <BinFacts record={record} />
    </RecordPane>
  );
}

/** When it was deleted or hidden and by whom; of a mark that another program left, only the day is known. */
function Deleted({ record }: { readonly record: AnyRecord }): ReactNode {
  const { t } = useTranslation("bin");
  const formats = useFormats();
  const { deletedAt, updatedAt, updatedBy } = record;
  const author = useRow(updatedBy.author);
  const at = formats.dateTime(deletedAt ?? updatedAt);
  // Whoever wrote the record last did so by deleting it.
  const isKnown = deletedAt === updatedAt && author?.type === "author";
  const name = isKnown ? author.name : undefined;
  return <p className={styles.deleted}>{describe()}</p>;

  function describe(): string {
    if (isShippedId(record.id)) return name === undefined ? t("hiddenAt", { at }) : t("hiddenBy", { at, name });
    return name === undefined ? t("deletedAt", { at }) : t("deletedBy", { at, name });
  }
}
