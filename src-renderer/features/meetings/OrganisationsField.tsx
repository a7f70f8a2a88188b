import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { OrganisationId } from "../../domain/ids";
import { rowNames } from "../../i18n/rowNames";
import { useLanguage } from "../../i18n/texts";
import { useOpenRecord } from "../../platform/navigation";
import { useEdit } from "../../platform/useEdit";
import type { RecordForm } from "../../platform/useRecordForm";
import { useRows } from "../../platform/useRows";
import { PickMany } from "../../ui/PickMany";
import styles from "./meetings.module.css";

/** The organisations that meet: a set, changed by its members, so that two computers may both add to it. */
export function OrganisationsField({ form }: { readonly form: RecordForm<"meeting"> }): ReactNode {
  const { t } = useTranslation("meetings");
  const [language] = useLanguage();
  const edit = useEdit();
  const open = useOpenRecord();
  const ids = form.record?.data.organisationIds ?? [];
  const rows = useRows(ids);
  const member = (op: "addMember" | "removeMember", value: OrganisationId): void => {
    void edit(form.editOf([{ op, field: "organisationIds", value }]));
  };
  return (
    <PickMany
      label={t("field.organisations")}
      type="organisation"
      placeholder={t("hint.organisations")}
      chosen={ids.map((id) => {
        const row = rows.get(id);
        const names = row ? rowNames(row, language) : undefined;
        const name = names?.first ?? (row === null ? t("unknownOrganisation") : "");
        return {
          key: id,
          id,
          name,
          content: (
            <button
              type="button"
              className={styles.chipLink}
              lang={names?.firstLang}
              title={names?.second}
              onClick={() => {
                open(id);
              }}
            >
              {name}
            </button>
          ),
        };
      })}
      onAdd={(id) => {
        member("addMember", id);
      }}
      onRemove={(key) => {
        member("removeMember", key as OrganisationId);
      }}
    />
  );
}
