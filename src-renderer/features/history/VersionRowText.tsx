import {
  IconNote,
  IconPencil,
  IconPlus,
  IconTrash,
  IconArrowBackUp,
  IconArrowsJoin,
  IconPackage,
} from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { brusselsTime } from "../../i18n/brusselsTime";
import { useFormats } from "../../i18n/formats";
import { useLanguage } from "../../i18n/texts";
import type { VersionRow } from "../../ports/versions";
import { AuthorName } from "../../ui/AuthorName";
import { ComputerName } from "../../ui/ComputerName";
import styles from "./history.module.css";
import type { VersionTexts } from "./useVersionTexts";

/** One version in the list: what changed, when, who did it and on which computer. */
export function VersionRowText(props: { readonly version: VersionRow; readonly texts: VersionTexts }): ReactNode {
  const { version, texts } = props;
  const { t } = useTranslation(["history", "common"]);
  const formats = useFormats();
  const [language] = useLanguage();
  const { at, change } = version;
  return (
    <span className={styles.row}>
      <span className={styles.rowIcon}>
        <VersionIcon version={version} />
      </span>
      <span className={styles.rowTexts}>
        <bdi className={styles.rowWhat}>{texts.summary(version)}</bdi>
        {change && change.excerpt !== "" && (
          <bdi className={styles.rowExcerpt} dir="auto">
            {t("history:excerpt", { text: change.excerpt })}
          </bdi>
        )}
        {version.kind !== "shipped" && (
          <span className={styles.rowMore}>
            {at !== null && (
              <time
                dateTime={at}
                title={t("common:zonePair", { china: formats.time(at), brussels: brusselsTime(at, language) })}
              >
                {formats.time(at)}
              </time>
            )}
            <span>
              <AuthorName id={version.author} />
            </span>
            <span>
              <ComputerName of={version} />
            </span>
          </span>
        )}
      </span>
    </span>
  );
}

function VersionIcon({ version: { of, kind } }: { readonly version: VersionRow }): ReactNode {
  const looks = { size: 16, stroke: 1.6, "aria-hidden": true };
  if (of === "note") return <IconNote {...looks} />;
  switch (kind) {
    case "shipped":
      return <IconPackage {...looks} />;
    case "created":
    case "arrived":
      return <IconPlus {...looks} />;
    case "deleted":
      return <IconTrash {...looks} />;
    case "restored":
      return <IconArrowBackUp {...looks} />;
    case "merged":
      return <IconArrowsJoin {...looks} />;
    default:
      return <IconPencil {...looks} />;
  }
}
