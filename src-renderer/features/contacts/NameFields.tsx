import { ActionIcon, Menu } from "@mantine/core";
import { IconLanguage } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { RecordForm } from "../../platform/useRecordForm";
import { FieldGroup, Wide } from "../../ui/RecordPane";
import { TextField } from "../../ui/TextField";
import { hasName } from "./contactForm";
import styles from "./contacts.module.css";
import { useNameFields, type NameFields as Fields } from "./useNameFields";

/** Chinese name, Latin name and pinyin. */
export function NameFields({ form }: { readonly form: RecordForm<"contact"> }): ReactNode {
  const { t } = useTranslation("contacts");
  const fields = useNameFields(form);
  const named = hasName({ nameZh: fields.nameZh.value, nameLatin: fields.nameLatin.value });
  const source = form.record?.data.pinyin?.source;
  return (
    <FieldGroup>
      <TextField
        {...fields.nameZh}
        label={t("field.nameZh")}
        lang="zh-CN"
        autoComplete="off"
        autoFocus={form.record === null}
      />
      <div>
        <TextField
          {...fields.pinyin}
          label={t("field.pinyin")}
          lang="zh-Latn"
          autoComplete="off"
          placeholder={fields.proposal}
          rightSection={fields.otherReadings.length > 0 && <ReadingsMenu fields={fields} />}
        />
        {source && <p className={styles.below}>{t(source === "typed" ? "hint.pinyinTyped" : "hint.pinyinProposed")}</p>}
      </div>
      <TextField {...fields.nameLatin} label={t("field.nameLatin")} autoComplete="off" />
      {!named && (
        <Wide>
          <p className={styles.hint} role="note">
            {t("hint.name")}
          </p>
        </Wide>
      )}
    </FieldGroup>
  );
}

function ReadingsMenu({ fields }: { readonly fields: Fields }): ReactNode {
  const { t } = useTranslation("contacts");
  return (
    <Menu withInitialFocusPlaceholder={false} position="bottom-end" shadow="md">
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={t("otherReadings")} title={t("otherReadings")}>
          <IconLanguage size={16} stroke={1.6} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown mah={260} style={{ overflowY: "auto" }}>
        {fields.otherReadings.map((reading) => (
          <Menu.Item
            key={reading}
            lang="zh-Latn"
            onClick={() => {
              fields.choose(reading);
            }}
          >
            {reading}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
