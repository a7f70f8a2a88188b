import { ActionIcon, Tooltip } from "@mantine/core";
import { IconArrowUpRight } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { v7 as uuid } from "uuid";
import { rowNames } from "../../i18n/rowNames";
import { useLanguage } from "../../i18n/texts";
import { useOpenRecord } from "../../platform/navigation";
import { useEdit } from "../../platform/useEdit";
import { useFormField } from "../../platform/useFormField";
import type { RecordForm } from "../../platform/useRecordForm";
import { useRow } from "../../platform/useRows";
import { FieldGroup, Wide } from "../../ui/RecordPane";
import { PickOne } from "../../ui/PickOne";
import { TextField } from "../../ui/TextField";
import { changesForJobTitle, changesForOrganisation, postIdFor, presentPost, presetPost } from "./contactForm";
import styles from "./contacts.module.css";

/** The present post: where the person works and as what. */
export function PostFields({ form }: { readonly form: RecordForm<"contact"> }): ReactNode {
  const { t } = useTranslation("contacts");
  const [language] = useLanguage();
  const edit = useEdit();
  const open = useOpenRecord();
  const contact = form.record?.data ?? null;
  const post = contact ? presentPost(contact) : presetPost(form.preset);
  const organisationId = post?.organisationId;
  const postId = (): string => postIdFor(contact, form.preset, uuid);
  const row = useRow(organisationId);
  const names = row ? rowNames(row, language) : undefined;
  const jobTitle = useFormField(form, {
    field: "jobTitle",
    value: post?.title ?? "",
    changes: (text) => changesForJobTitle(postId(), text),
  });
  return (
    <FieldGroup>
      <Wide>
        <div className={styles.withButton}>
          <PickOne
            label={t("field.organisation")}
            type="organisation"
            value={organisationId}
            placeholder={t("hint.organisation")}
            onChange={(id) => {
              if (form.record === null && id === undefined) return;
              void edit(form.editOf(changesForOrganisation(postId(), id)));
            }}
          />
          {organisationId !== undefined && (
            <Tooltip label={t("openOrganisation")}>
              <ActionIcon
                variant="subtle"
                color="gray"
                size={36}
                aria-label={t("openOrganisation")}
                onClick={() => {
                  open(organisationId);
                }}
              >
                <IconArrowUpRight size={16} stroke={1.6} aria-hidden />
              </ActionIcon>
            </Tooltip>
          )}
        </div>
        {names && names.second !== "" && (
          <p className={styles.below} lang={names.secondLang}>
            {names.second}
          </p>
        )}
      </Wide>
      <Wide>
        <TextField {...jobTitle} label={t("field.jobTitle")} autoComplete="off" />
      </Wide>
    </FieldGroup>
  );
}
