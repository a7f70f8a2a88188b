import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useState, type ReactNode } from "react";
import { v7 as uuid } from "uuid";
import type { Listed } from "../../domain/records/contact";
import { useFormField } from "../../platform/useFormField";
import type { RecordForm } from "../../platform/useRecordForm";
import { useReadOnly } from "../../ui/readOnly";
import { TextField } from "../../ui/TextField";
import { changesForListed, linesOf, type ListFieldName } from "./contactForm";
import styles from "./contacts.module.css";

interface ListedFieldsProps {
  readonly form: RecordForm<"contact">;
  readonly field: ListFieldName;
  /** Of the line with that number, from 1. */
  readonly label: (number: number) => string;
  readonly addLabel: string;
  readonly type?: "text" | "tel";
}

/** Telephone numbers or e-mail addresses, one line each. */
export function ListedFields({ form, field, label, addLabel, type = "text" }: ListedFieldsProps): ReactNode {
  const readOnly = useReadOnly();
  const [first] = useState(() => uuid());
  const [added, setAdded] = useState<string | null>(null);
  const lines = linesOf(form.record?.data ?? null, field, { first, added });
  const canAdd = !readOnly && lines.every((line) => line.value.trim() !== "");
  return (
    <div className={styles.listed}>
      {lines.map((line, index) => (
        <ListedField
          key={line.id}
          form={form}
          field={field}
          line={line}
          isFirst={index === 0}
          label={label(index + 1)}
          type={type}
          autoFocus={line.id === added && line.value === ""}
        />
      ))}
      {canAdd && (
        <Button
          size="compact-xs"
          variant="subtle"
          color="gray"
          fw={400}
          c="dimmed"
          className={styles.addLine}
          leftSection={<IconPlus size={13} aria-hidden />}
          onClick={() => {
            setAdded(uuid());
          }}
        >
          {addLabel}
        </Button>
      )}
    </div>
  );
}

function ListedField(props: {
  readonly form: RecordForm<"contact">;
  readonly field: ListFieldName;
  readonly line: Listed;
  readonly isFirst: boolean;
  readonly label: string;
  readonly type: "text" | "tel";
  readonly autoFocus: boolean;
}): ReactNode {
  const { form, field, line, isFirst, label, type, autoFocus } = props;
  const draft = useFormField(form, {
    field: `${field}/${line.id}`,
    value: line.value,
    changes: (text) => changesForListed(field, line.id, text, isFirst),
  });
  return <TextField {...draft} label={label} type={type} autoComplete="off" autoFocus={autoFocus} />;
}
