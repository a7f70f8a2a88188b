import { Anchor, Button } from "@mantine/core";
import { useId, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { RecordOf } from "../domain/record";
import { useEdit } from "../platform/useEdit";
import type { RecordForm } from "../platform/useRecordForm";
import type { EditedType } from "./RecordSection";
import styles from "./RecordPane.module.css";

export interface ShownField {
  /** The field's name as its form says it. */
  readonly label: string;
  /** The field's value as a reader sees it; empty for none. */
  readonly value: ReactNode;
}

export interface ShippedChangesProps<T extends EditedType> {
  readonly form: RecordForm<T>;
  /** How a field of the record is shown; asked with the shipped record. */
  readonly show: (field: string, record: RecordOf<T>) => ShownField;
}

/** The shipped record and the fields that differ from it; null for a record that is as it ships, or was made here. */
function changesOf<T extends EditedType>(
  form: RecordForm<T>,
): { readonly base: RecordOf<T>; readonly changed: readonly string[] } | null {
  const { state } = form;
  if (state.kind !== "here" || state.base === null || state.changed.length === 0) return null;
  return { base: state.base, changed: state.changed };
}

function idOfChanges(id: string): string {
  return `changes-${id}`;
}

/** In the head of a record that was changed here: says so and leads to the list of the changes, which may be far down. */
export function ShippedMark<T extends EditedType>({ form }: { readonly form: RecordForm<T> }): ReactNode {
  const { t } = useTranslation("common");
  if (changesOf(form) === null) return null;
  return (
    <Anchor
      component="button"
      type="button"
      size="xs"
      className={styles.shippedMark}
      onClick={() => {
        const list = document.getElementById(idOfChanges(form.id));
        list?.scrollIntoView({ block: "center" });
        list?.focus({ preventScroll: true });
      }}
    >
      {t("shipped.changed")}
    </Anchor>
  );
}

/**
 * For a shipped record that was changed here: how the changed fields ship, and the way back for each of them and for
 * all. Nothing for a record that is as it ships, or was made here.
 */
export function ShippedChanges<T extends EditedType>({ form, show }: ShippedChangesProps<T>): ReactNode {
  const { t } = useTranslation("common");
  const edit = useEdit();
  const changes = changesOf(form);
  if (changes === null) return null;
  const { base, changed } = changes;
  return (
    <section id={idOfChanges(form.id)} className={styles.shipped} aria-label={t("shipped.changed")} tabIndex={-1}>
      <div className={styles.shippedHead}>
        <strong>{t("shipped.changed")}</strong>
        <Button size="compact-sm" variant="default" onClick={() => void edit({ kind: "return", id: form.id })}>
          {t("shipped.returnAll")}
        </Button>
      </div>
      <dl className={styles.shippedFields}>
        {changed.map((field) => (
          <ShippedField
            key={field}
            {...show(field, base)}
            // One field alone has its way back in the button above.
            onReturn={
              changed.length > 1 ? () => void edit({ kind: "return", id: form.id, fields: [field] }) : undefined
            }
          />
        ))}
      </dl>
    </section>
  );
}

function ShippedField(props: ShownField & { readonly onReturn: (() => void) | undefined }): ReactNode {
  const { label, value, onReturn } = props;
  const { t } = useTranslation("common");
  const id = useId();
  return (
    <div className={styles.shippedField}>
      <dt id={id}>{label}</dt>
      <dd>{value === "" || value === null || value === undefined ? <em>{t("shipped.empty")}</em> : value}</dd>
      {onReturn && (
        // The button's own name does not repeat the field's, so that the name finds the field alone.
        <dd className={styles.shippedReturn}>
          <Button size="compact-xs" variant="subtle" aria-describedby={id} onClick={onReturn}>
            {t("shipped.returnOne")}
          </Button>
        </dd>
      )}
    </div>
  );
}
