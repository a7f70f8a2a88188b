import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { RecordForm } from "../platform/useRecordForm";
import { useRow } from "../platform/useRows";
import { EmptyState, type EmptyStateProps } from "./EmptyState";
import { PrivateButton, PrivateNotice } from "./PrivateControl";
import { RecordActions, RecordNotice } from "./RecordActions";
import { RecordPane, Unchangeable } from "./RecordPane";
import type { EditedType, RecordDetailProps } from "./RecordSection";
import { ReviewNotice } from "./ReviewNotice";
import { SyncLine } from "./SyncLine";
import { ShippedChanges, ShippedMark, type ShippedChangesProps } from "./ShippedChanges";

export interface RecordFrameProps<T extends EditedType> extends Omit<RecordDetailProps<T>, "id"> {
  readonly form: RecordForm<T>;
  /** Shown instead of a record that is not here any more. */
  readonly missing: { readonly icon: EmptyStateProps["icon"]; readonly text: string };
  /** The record's name as the head of its form; a heading of level 2. */
  readonly title: ReactNode;
  /** The name as the message after a deletion says it; may be empty. */
  readonly name: string;
  /** False for a type that is never deleted. */
  readonly deletable?: boolean;
  /** More buttons at the end of the title's line, before Delete. */
  readonly actions?: ReactNode;
  /** Above the fields. */
  readonly notice?: ReactNode;
  /** How the fields look as they ship: what was changed here is then marked in the head and listed below the fields. */
  readonly showShipped?: ShippedChangesProps<T>["show"];
  /** The fields. They cannot be changed in a record that a newer version wrote. */
  readonly children: ReactNode;
  /** What belongs to the record and is no field of it: its note, records that name it. */
  readonly below?: ReactNode;
}

/** What the forms of all records share: the head with its save state and Delete, and what to say of one that has gone. */
export function RecordFrame<T extends EditedType>(props: RecordFrameProps<T>): ReactNode {
  const { form, missing, title, name, deletable = true, actions, notice, children, below } = props;
  const { showShipped } = props;
  const { paneRef, onEscape, onDelete } = props;
  const { t } = useTranslation("common");
  const row = useRow(form.id);
  const inBin = form.record?.deletedAt !== undefined;
  const isNewer = row?.newer === true;

  if (form.state.kind === "loading") return null;
  if (form.record === null && form.state.kind === "gone") {
    return <EmptyState icon={missing.icon}>{isNewer ? t("newer") : missing.text}</EmptyState>;
  }
  return (
    <RecordPane
      ref={paneRef}
      onEscape={onEscape}
      title={title}
      actions={
        <RecordActions
          id={form.id}
          isStored={form.record !== null}
          canDelete={deletable && !inBin && !isNewer}
          onDelete={() => {
            onDelete(name);
          }}
        >
          {showShipped && <ShippedMark form={form} />}
          {actions}
          {!inBin && <PrivateButton form={form} />}
        </RecordActions>
      }
      notice={
        <>
          <RecordNotice form={form} />
          <PrivateNotice form={form} />
          {!isNewer && <ReviewNotice id={form.id} />}
          {!inBin && !isNewer && notice}
        </>
      }
    >
      <Unchangeable when={isNewer}>{children}</Unchangeable>
      {showShipped && !inBin && !isNewer && <ShippedChanges form={form} show={showShipped} />}
      {below}
      <SyncLine id={form.id} />
    </RecordPane>
  );
}
