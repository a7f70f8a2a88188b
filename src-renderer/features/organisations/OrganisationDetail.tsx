import { IconBuildingCommunity } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Organisation } from "../../domain/records/organisation";
import { useLanguage } from "../../i18n/texts";
import { useFormField } from "../../platform/useFormField";
import { useRecordForm, type RecordForm } from "../../platform/useRecordForm";
import { AreasField } from "../../ui/AreasField";
import { RecordFrame } from "../../ui/RecordFrame";
import { FieldGroup, Wide } from "../../ui/RecordPane";
import type { RecordDetailProps } from "../../ui/RecordSection";
import { TextField } from "../../ui/TextField";
import { BodiesBelow } from "./BodiesBelow";
import { ConfirmNotice, NoLongerShipped } from "./Notices";
import { FormerNames } from "./FormerNames";
import { LevelField } from "./LevelField";
import { MeetingsOf, PeopleAt } from "./NamedBy";
import { NameFields } from "./NameFields";
import { changesForText } from "./organisationForm";
import styles from "./organisations.module.css";
import { RelationField } from "./RelationField";
import { useShippedOrganisation } from "./useShippedOrganisation";
import { WebsiteField } from "./WebsiteField";

/** Everything known about one organisation; every field saves by itself. */
export function OrganisationDetail({ id, ...frame }: RecordDetailProps<"organisation">): ReactNode {
  const { t } = useTranslation("organisations");
  const [language] = useLanguage();
  const form = useRecordForm(id);
  const show = useShippedOrganisation();
  const organisation = form.record?.data;
  return (
    <RecordFrame
      {...frame}
      form={form}
      missing={{ icon: IconBuildingCommunity, text: t("missing") }}
      title={<Title form={form} />}
      name={organisation ? namesInOrder(organisation, language)[0].text : ""}
      notice={
        <>
          <NoLongerShipped form={form} />
          <ConfirmNotice form={form} />
        </>
      }
      showShipped={show}
      below={
        organisation && (
          <>
            <BodiesBelow id={id} level={organisation.level} />
            <PeopleAt id={id} />
            <MeetingsOf id={id} />
          </>
        )
      }
    >
      <Facts form={form} />
    </RecordFrame>
  );
}

function Facts({ form }: { readonly form: RecordForm<"organisation"> }): ReactNode {
  const { t } = useTranslation("organisations");
  const note = useFormField(form, {
    field: "note",
    value: form.record?.data.note ?? "",
    changes: (text) => changesForText("note", text),
  });
  return (
    <FieldGroup>
      <NameFields form={form} />
      <LevelField form={form} />
      <WebsiteField form={form} />
      <RelationField form={form} field="parentId" label={t("superior")} />
      <RelationField form={form} field="hostId" label={t("host")} />
      <Wide>
        <AreasField type="organisation" form={form} />
      </Wide>
      <Wide>
        <FormerNames form={form} />
      </Wide>
      <Wide>
        <TextField {...note} label={t("note")} autoComplete="off" wraps />
      </Wide>
    </FieldGroup>
  );
}

interface ShownName {
  readonly text: string;
  readonly lang: "en" | "zh-CN";
}

/** The name in the reader's language leads; the other one is as important when it has to be written somewhere. */
function namesInOrder(organisation: Organisation, language: "en" | "zh-CN"): readonly [ShownName, ShownName] {
  const en: ShownName = { text: organisation.nameEn ?? "", lang: "en" };
  const zh: ShownName = { text: organisation.nameZh ?? "", lang: "zh-CN" };
  return zh.text !== "" && (language === "zh-CN" || en.text === "") ? [zh, en] : [en, zh];
}

function Title({ form }: { readonly form: RecordForm<"organisation"> }): ReactNode {
  const { t } = useTranslation("organisations");
  const [language] = useLanguage();
  if (form.record === null) return <h2>{t("newOrganisation")}</h2>;
  const [first, second] = namesInOrder(form.record.data, language);
  if (first.text === "") return <h2 className={styles.noName}>{t("noName")}</h2>;
  return (
    <>
      <h2 lang={first.lang} dir="auto">
        {first.text}
      </h2>
      {second.text !== "" && (
        <bdi className={styles.otherName} lang={second.lang}>
          {second.text}
        </bdi>
      )}
    </>
  );
}
