import { Anchor, Button } from "@mantine/core";
import { IconAlertCircle, IconBuildingCommunity, IconExternalLink, IconPlus } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { v7 as uuid } from "uuid";
import type { OrganisationId } from "../../domain/ids";
import type { Organisation } from "../../domain/records/organisation";
import { useFormats } from "../../i18n/formats";
import { useLanguage } from "../../i18n/texts";
import { useBegin } from "../../platform/useBegin";
import { useMain } from "../../platform/bridge";
import { useOpenRecord } from "../../platform/navigation";
import { useRecord } from "../../platform/useRecord";
import { EmptyState } from "../../ui/EmptyState";
import { Fact } from "./Fact";
import { LinkedRecords } from "./LinkedRecords";
import styles from "./organisations.module.css";
import { RecordLink } from "./RecordLink";
import { useBodiesBelow } from "./useBodiesBelow";

/** Everything known about one organisation; shipped facts, so nothing here can be changed. */
export function OrganisationDetail({ id }: { readonly id: OrganisationId }): ReactNode {
  const { t } = useTranslation("organisations");
  const state = useRecord(id);
  if (state.kind === "loading") return null;
  if (state.kind === "missing") return <EmptyState icon={IconBuildingCommunity}>{t("missing")}</EmptyState>;
  return <Facts id={id} organisation={state.record.data} />;
}

function Facts(props: { readonly id: OrganisationId; readonly organisation: Organisation }): ReactNode {
  const { id, organisation } = props;
  const { t } = useTranslation("organisations");
  const formats = useFormats();
  const openRecord = useOpenRecord();
  const begin = useBegin();
  const below = useBodiesBelow(id);
  const { website, parentId, hostId } = organisation;

  return (
    <article className={styles.detail}>
      <Names organisation={organisation} />
      {organisation.confidence === "medium" && (
        <p className={styles.confirm}>
          <IconAlertCircle size={16} stroke={1.7} aria-hidden />
          {t("confirm")}
        </p>
      )}
      {organisation.note !== undefined && (
        <p className={styles.note} lang="en">
          {organisation.note}
        </p>
      )}
      <dl className={styles.facts}>
        <Fact label={t("levelLabel")}>{t(`level.${organisation.level}`)}</Fact>
        {organisation.abbreviation !== undefined && <Fact label={t("abbreviation")}>{organisation.abbreviation}</Fact>}
        {organisation.shortZh.length > 0 && (
          <Fact label={t("shortForms")}>
            <span lang="zh-CN">{organisation.shortZh.join("、")}</span>
          </Fact>
        )}
        {organisation.pinyin !== undefined && <Fact label={t("pinyin")}>{organisation.pinyin}</Fact>}
        {organisation.formerNames.length > 0 && (
          <Fact label={t("formerNames")}>
            <ul className={styles.plainList}>
              {organisation.formerNames.map((former) => (
                <li key={former.id}>{former.text}</li>
              ))}
            </ul>
          </Fact>
        )}
        {website !== undefined && (
          <Fact label={t("website")}>
            <Website url={website} />
          </Fact>
        )}
        {parentId !== undefined && (
          <Fact label={t("superior")}>
            <RecordLink id={parentId} />
          </Fact>
        )}
        {hostId !== undefined && (
          <Fact label={t("host")}>
            <RecordLink id={hostId} />
          </Fact>
        )}
        {below.subordinates.length > 0 && (
          <Fact label={t("subordinates")}>
            <LinkColumn ids={below.subordinates} />
          </Fact>
        )}
        {below.hosted.length > 0 && (
          <Fact label={t("hosts")}>
            <LinkColumn ids={below.hosted} />
          </Fact>
        )}
      </dl>
      <LinkedRecords
        title={t("people")}
        type="contact"
        linkedTo={id}
        none={t("noPeople")}
        action={
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconPlus size={15} aria-hidden />}
            onClick={() => {
              const post = { id: uuid(), organisationId: id };
              openRecord(begin("contact", [{ op: "putItem", field: "posts", item: post }]));
            }}
          >
            {t("newContact")}
          </Button>
        }
      />
      <LinkedRecords
        title={t("meetings")}
        type="meeting"
        linkedTo={id}
        none={t("noMeetings")}
        untitled={t("untitledMeeting")}
        detailOf={(row) => (row.type === "meeting" && row.startsAt !== undefined ? formats.dateTime(row.startsAt) : "")}
      />
    </article>
  );
}

/** The name in the reader's language leads; the other one is as important when it has to be written somewhere. */
function Names({ organisation }: { readonly organisation: Organisation }): ReactNode {
  const [language] = useLanguage();
  const { nameEn, nameZh } = organisation;
  const chineseFirst = nameZh !== undefined && (language === "zh-CN" || nameEn === undefined);
  const [first, second] = chineseFirst ? [nameZh, nameEn] : [nameEn, nameZh];
  const [firstLang, secondLang] = chineseFirst ? ["zh-CN", "en"] : ["en", "zh-CN"];
  return (
    <header>
      <h2 className={styles.name} lang={firstLang}>
        {first}
      </h2>
      {second !== undefined && (
        <p className={styles.otherName} lang={secondLang}>
          {second}
        </p>
      )}
    </header>
  );
}

function Website({ url }: { readonly url: string }): ReactNode {
  const main = useMain();
  return (
    <Anchor
      component="button"
      type="button"
      size="md"
      className={styles.link}
      onClick={() => void main.invoke("link:open", { url })}
    >
      {url.replace(/^https?:\/\/(www\.)?|\/$/g, "")}
      <IconExternalLink size={14} stroke={1.6} aria-hidden className={styles.linkIcon} />
    </Anchor>
  );
}

function LinkColumn({ ids }: { readonly ids: readonly OrganisationId[] }): ReactNode {
  return (
    <ul className={styles.plainList}>
      {ids.map((each) => (
        <li key={each}>
          <RecordLink id={each} />
        </li>
      ))}
    </ul>
  );
}
