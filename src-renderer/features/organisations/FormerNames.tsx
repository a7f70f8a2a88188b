import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { v7 as uuid } from "uuid";
import { useFormField } from "../../platform/useFormField";
import type { RecordForm } from "../../platform/useRecordForm";
import { useReadOnly } from "../../ui/readOnly";
import { TextField } from "../../ui/TextField";
import { changesForFormerName, formerNameLines, type FormerName } from "./organisationForm";
import styles from "./organisations.module.css";

/** The names it had before, one line each. */
export function FormerNames({ form }: { readonly form: RecordForm<"organisation"> }): ReactNode {
  const { t } = useTranslation("organisations");
  const readOnly = useReadOnly();
  const [first] = useState(() => uuid());
  const [added, setAdded] = useState<string | null>(null);
  const lines = formerNameLines(form.record?.data.formerNames ?? [], { first, added });
  const canAdd = !readOnly && lines.every((line) => line.text.trim() !== "");
  return (
    <div className={styles.formerNames}>
      {lines.map((line, index) => (
        <FormerNameField
          key={line.id}
          form={form}
          line={line}
          isFirst={index === 0}
          label={index === 0 ? t("formerName") : t("formerNameNumbered", { number: index + 1 })}
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
          {t("addFormerName")}
        </Button>
      )}
    </div>
  );
}

function FormerNameField(props: {
  readonly form: RecordForm<"organisation">;
  readonly line: FormerName;
  readonly isFirst: boolean;
  readonly label: string;
  readonly autoFocus: boolean;
}): ReactNode {
  const { form, line, isFirst, label, autoFocus } = props;
  const draft = useFormField(form, {
    field: `formerNames/${line.id}`,
    value: line.text,
    changes: (text) => changesForFormerName(line.id, text, isFirst),
  });
  return <TextField {...draft} label={label} autoComplete="off" wraps autoFocus={autoFocus} />;
}
