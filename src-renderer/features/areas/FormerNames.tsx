import { CloseButton } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Area } from "../../domain/records/area";
import { useFormats } from "../../i18n/formats";
import { useLanguage } from "../../i18n/texts";
import { useEdit } from "../../platform/useEdit";
import type { RecordForm } from "../../platform/useRecordForm";
import { FieldGroup, Wide } from "../../ui/RecordPane";
import { useReadOnly } from "../../ui/readOnly";
import styles from "./areas.module.css";

/** What the area was called before, the last one first, each until when. */
export function FormerNames(props: { readonly form: RecordForm<"area">; readonly area: Area }): ReactNode {
  const { form, area } = props;
  const { t } = useTranslation(["areas", "common"]);
  const [language] = useLanguage();
  const formats = useFormats();
  const edit = useEdit();
  const readOnly = useReadOnly();
  if (area.formerNames.length === 0) return null;
  const names = area.formerNames.toSorted((one, other) => (other.until ?? "").localeCompare(one.until ?? ""));
  return (
    <FieldGroup title={t("formerNames")}>
      <Wide>
        <ul className={styles.former}>
          {names.map((former) => {
            const both = language === "en" ? [former.nameEn, former.nameZh] : [former.nameZh, former.nameEn];
            const [first = "", second = ""] = both.filter((name) => name !== undefined && name !== "");
            return (
              <li key={former.id}>
                <bdi>{first}</bdi>
                {second !== "" && <bdi className={styles.quiet}>{second}</bdi>}
                {former.until !== undefined && (
                  <span className={styles.quiet}>{t("until", { day: formats.date(former.until) })}</span>
                )}
                {!readOnly && (
                  <CloseButton
                    size="xs"
                    aria-label={t("common:remove", { name: first })}
                    onClick={() => {
                      void edit(form.editOf([{ op: "removeItem", field: "formerNames", itemId: former.id }]));
                    }}
                  />
                )}
              </li>
            );
          })}
        </ul>
      </Wide>
    </FieldGroup>
  );
}
