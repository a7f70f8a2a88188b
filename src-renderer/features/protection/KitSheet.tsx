import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useFormats } from "../../i18n/formats";
import styles from "./kitSheet.module.css";
import { QrCode } from "./QrCode";

export interface Kit {
  readonly words: readonly string[];
  /** The first characters of the notebook's id, by which its sheets are told from others. */
  readonly notebook: string;
  /** ISO instant. */
  readonly madeAt: string;
}

/** What is on the sheet of paper: the words, the same as a QR code, of which notebook and of when, and what to do with it. */
export function KitSheet({ kit }: { readonly kit: Kit }): ReactNode {
  const { t } = useTranslation("protection");
  const formats = useFormats();
  return (
    <div className={styles.sheet}>
      <h2 className={styles.title}>{t("sheet.title")}</h2>
      <dl className={styles.facts}>
        <div>
          <dt>{t("sheet.notebook")}</dt>
          <dd>{kit.notebook}</dd>
        </div>
        <div>
          <dt>{t("sheet.madeAt")}</dt>
          <dd>{formats.date(kit.madeAt)}</dd>
        </div>
      </dl>
      <div className={styles.key}>
        <ol className={styles.words} lang="en" aria-label={t("kit.words")}>
          {kit.words.map((word, index) => (
            <li key={`${index} ${word}`}>{word}</li>
          ))}
        </ol>
        <QrCode text={kit.words.join(" ")} label={t("sheet.qr")} />
      </div>
      <ul className={styles.advice}>
        <li>{t("sheet.what")}</li>
        <li>{t("sheet.keep")}</li>
        <li>{t("sheet.use")}</li>
      </ul>
    </div>
  );
}
