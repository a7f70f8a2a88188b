import { Button } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { isShippedId, type IdOf } from "../domain/ids";
import { useEdit, useSaveState } from "../platform/useEdit";
import type { RecordForm } from "../platform/useRecordForm";
import { HistoryButton } from "./HistoryButton";
import { Notice } from "./RecordPane";
import type { EditedType } from "./RecordSection";
import { SaveStatus } from "./SaveStatus";

export interface RecordActionsProps {
  readonly id: IdOf<EditedType>;
  /** Whether the record is stored; one that is only begun has nothing to delete and, untouched, nothing to save. */
  readonly isStored: boolean;
  readonly canDelete: boolean;
  readonly onDelete: () => void;
  /** Other buttons. */
  readonly children?: ReactNode;
}

/** What stands beside a record's title: whether it is on disk, its history, and Delete, which hides a shipped record. */
export function RecordActions({ id, isStored, canDelete, onDelete, children }: RecordActionsProps): ReactNode {
  const { t } = useTranslation("common");
  const { state, retry } = useSaveState(id);
  return (
    <>
      {(isStored || state.kind !== "saved") && <SaveStatus state={state} onRetry={retry} />}
      {children}
      {isStored && <HistoryButton id={id} />}
      {isStored && canDelete && (
        <Button
          size="compact-sm"
          variant="subtle"
          color="gray"
          fw={500}
          leftSection={<IconTrash size={15} stroke={1.6} aria-hidden />}
          onClick={onDelete}
        >
          {t("delete")}
        </Button>
      )}
    </>
  );
}

/** What happened to the record on screen meanwhile: gone, in the bin, or written by a newer version. */
export function RecordNotice<T extends EditedType>({ form }: { readonly form: RecordForm<T> }): ReactNode {
  const { t } = useTranslation("common");
  const edit = useEdit();
  if (form.state.kind === "gone") return <Notice>{t("gone")}</Notice>;
  if (form.state.kind === "here" && form.state.row.newer) return <Notice>{t("newer")}</Notice>;
  if (form.record?.deletedAt === undefined) return null;
  return (
    <Notice
      action={
        <Button size="compact-sm" variant="light" onClick={() => void edit({ kind: "restore", id: form.id })}>
          {t("restore")}
        </Button>
      }
    >
      {isShippedId(form.id) ? t("inBinShipped") : t("inBin")}
    </Notice>
  );
}
