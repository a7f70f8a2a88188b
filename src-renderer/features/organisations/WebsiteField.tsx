import { ActionIcon, Tooltip } from "@mantine/core";
import { IconExternalLink } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useMain } from "../../platform/bridge";
import { useFormField } from "../../platform/useFormField";
import type { RecordForm } from "../../platform/useRecordForm";
import { TextField } from "../../ui/TextField";
import { changesForText, openableUrl } from "./organisationForm";
import styles from "./organisations.module.css";

/** The address as typed, with the way to it where it is one of the web. */
export function WebsiteField({ form }: { readonly form: RecordForm<"organisation"> }): ReactNode {
  const { t } = useTranslation("organisations");
  const main = useMain();
  const website = useFormField(form, {
    field: "website",
    value: form.record?.data.website ?? "",
    changes: (text) => changesForText("website", text),
  });
  const url = openableUrl(website.value);
  return (
    <div className={styles.withButton}>
      <TextField {...website} label={t("website")} type="url" autoComplete="off" placeholder={t("hint.website")} />
      {url !== undefined && (
        <Tooltip label={t("openInBrowser")}>
          <ActionIcon
            variant="subtle"
            color="gray"
            size={34}
            aria-label={t("openInBrowser")}
            onClick={() => void main.invoke("link:open", { url })}
          >
            <IconExternalLink size={16} stroke={1.6} aria-hidden />
          </ActionIcon>
        </Tooltip>
      )}
    </div>
  );
}
