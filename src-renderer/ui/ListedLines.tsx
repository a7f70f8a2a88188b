import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useState, type ReactNode } from "react";
import { v7 as uuid } from "uuid";
import { useFormField } from "../platform/useFormField";
import type { RecordForm } from "../platform/useRecordForm";
import { changesForLine, shownLines, type Line } from "./lineItems";
import { useReadOnly } from "./readOnly";
import { TextField, type TextFieldProps } from "./TextField";
import type { EditedType } from "./RecordSection";
import styles from "./ui.module.css";

export interface ListedLinesProps<T extends EditedType> extends Pick<TextFieldProps, "type" | "wraps"> {
  readonly form: RecordForm<T>;
  /** The list of the record, and the field of its items that holds the text. */
  readonly field: string;
  readonly textIn: string;
  readonly stored: readonly Line[];
  /** Of the line with that number, from 1. */
  readonly label: (number: number) => string;
  readonly addLabel: string;
}

/** A list of a record's short texts (telephone numbers, former names), one field each. */
export function ListedLines<T extends EditedType>(props: ListedLinesProps<T>): ReactNode {
  const { stored, label, addLabel, ...shared } = props;
  const readOnly = useReadOnly();
  const [first] = useState(() => uuid());
  const [added, setAdded] = useState<string | null>(null);
  const lines = shownLines(stored, { first, added });
  const canAdd = !readOnly && lines.every((line) => line.text.trim() !== "");
  return (
    <div className={styles.listedLines}>
      {lines.map((line, index) => (
        <ListedLine
          key={line.id}
          {...shared}
          line={line}
          isFirst={index === 0}
          label={label(index + 1)}
          autoFocus={line.id === added && line.text === ""}
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

interface ListedLineProps<T extends EditedType> extends Pick<
  ListedLinesProps<T>,
  "form" | "field" | "textIn" | "type" | "wraps"
> {
  readonly line: Line;
  readonly isFirst: boolean;
  readonly label: string;
  readonly autoFocus: boolean;
}

function ListedLine<T extends EditedType>(props: ListedLineProps<T>): ReactNode {
  const { form, field, textIn, line, isFirst, ...shown } = props;
  const draft = useFormField(form, {
    field: `${field}/${line.id}`,
    value: line.text,
    changes: (text) => changesForLine(field, textIn, { id: line.id, text }, { isFirst }),
  });
  return <TextField {...draft} {...shown} autoComplete="off" />;
}
