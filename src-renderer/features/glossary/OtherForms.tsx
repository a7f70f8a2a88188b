import { ActionIcon, Button, Select, Tooltip } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { termLanguages, type TermForm } from "../../domain/records/term";
import type { RecordForm } from "../../platform/useRecordForm";
import { FieldGroup, Wide } from "../../ui/RecordPane";
import { useReadOnly } from "../../ui/readOnly";
import { TextField } from "../../ui/TextField";
import styles from "./glossary.module.css";
import { isAvoided, otherStatuses } from "./termForm";
import { useFormText, useOtherForms, type OtherForms as Forms } from "./useTermForms";

/** Synonyms and wrong words of either language, each with what is thought of it. */
export function OtherForms({ form }: { readonly form: RecordForm<"term"> }): ReactNode {
  const { t } = useTranslation("glossary");
  const others = useOtherForms(form);
  const readOnly = useReadOnly();
  return (
    <FieldGroup title={t("otherForms")}>
      <Wide>
        <div className={styles.forms}>
          {others.forms.length === 0 && <p className={styles.hint}>{t("hint.otherForms")}</p>}
          {others.forms.map((of, index) => (
            <OneForm key={of.id} form={form} of={of} number={index + 1} others={others} />
          ))}
          {!readOnly && (
            <div className={styles.addForms}>
              {termLanguages.map((language) => (
                <Button
                  key={language}
                  size="compact-xs"
                  variant="subtle"
                  color="gray"
                  leftSection={<IconPlus size={13} aria-hidden />}
                  onClick={() => {
                    others.add(language);
                  }}
                >
                  {t(`addForm.${language}`)}
                </Button>
              ))}
            </div>
          )}
        </div>
      </Wide>
    </FieldGroup>
  );
}

function OneForm(props: {
  readonly form: RecordForm<"term">;
  readonly of: TermForm;
  readonly number: number;
  readonly others: Forms;
}): ReactNode {
  const { form, of, number, others } = props;
  const { t } = useTranslation("glossary");
  const readOnly = useReadOnly();
  const text = useFormText(form, of, "text");
  const lang = of.language === "en" ? "en" : "zh-CN";
  const statuses = of.status === "preferred" ? (["preferred", ...otherStatuses] as const) : otherStatuses;
  return (
    <div className={styles.form} role="group" aria-label={t("formNumber", { number })}>
      <div className={styles.formLine}>
        <TextField
          {...text}
          className={styles.formText ?? ""}
          label={t(`field.form.${of.language}`)}
          lang={lang}
          autoComplete="off"
          autoFocus={of.id === others.added && of.text === ""}
        />
        <Select
          className={styles.formStatus}
          label={t("field.status")}
          data={statuses.map((status) => ({ value: status, label: t(`status.${status}`) }))}
          value={of.status}
          allowDeselect={false}
          readOnly={readOnly}
          comboboxProps={{ withinPortal: true }}
          onChange={(chosen) => {
            const status = otherStatuses.find((each) => each === chosen);
            if (status !== undefined) others.setStatus(of, status);
          }}
        />
        {!readOnly && (
          <Tooltip label={t("removeForm")}>
            <ActionIcon
              variant="subtle"
              color="gray"
              size={36}
              aria-label={t("removeForm")}
              onClick={() => {
                others.remove(of);
              }}
            >
              <IconX size={16} stroke={1.6} aria-hidden />
            </ActionIcon>
          </Tooltip>
        )}
      </div>
      {isAvoided(of.status) && <InsteadFields form={form} of={of} lang={lang} />}
    </div>
  );
}

/** Of a form to avoid: what to write instead, and why. */
function InsteadFields(props: {
  readonly form: RecordForm<"term">;
  readonly of: TermForm;
  readonly lang: string;
}): ReactNode {
  const { form, of, lang } = props;
  const { t } = useTranslation("glossary");
  const prefer = useFormText(form, of, "prefer");
  const reason = useFormText(form, of, "reason");
  return (
    <div className={styles.insteadFields}>
      <TextField {...prefer} label={t("field.prefer")} lang={lang} autoComplete="off" />
      <TextField {...reason} label={t("field.reason")} multiline />
    </div>
  );
}
