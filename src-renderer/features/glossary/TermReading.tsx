import { useId, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { preferredForm, type Term, type TermLanguage } from "../../domain/records/term";
import { useLanguage } from "../../i18n/texts";
import { CopyButton } from "./CopyButton";
import styles from "./glossary.module.css";
import { TermWarnings } from "./TermWarnings";

const htmlLang = { en: "en", zh: "zh-CN" } as const;

/**
 * What someone who is speaking looks for: the two words, how the Chinese is read, and what to beware of, in this order.
 * The reader's language leads; both are as large. A word still to be found has its place as well, so that the fields
 * below do not move while it is typed.
 */
export function TermReading({ term }: { readonly term: Pick<Term, "forms" | "note"> }): ReactNode {
  const { t } = useTranslation("glossary");
  const [language] = useLanguage();
  const order: readonly TermLanguage[] = language === "en" ? ["en", "zh"] : ["zh", "en"];
  return (
    <section className={styles.reading} aria-label={t("reading")}>
      <div className={styles.words}>
        {order.map((each, place) => (
          <Word key={each} as={place === 0 ? "h2" : "p"} language={each} term={term} />
        ))}
      </div>
      <TermWarnings term={term} />
    </section>
  );
}

function Word(props: {
  readonly as: "h2" | "p";
  readonly language: TermLanguage;
  readonly term: Pick<Term, "forms">;
}): ReactNode {
  const { as: Element, language, term } = props;
  const { t } = useTranslation("glossary");
  const id = useId();
  const { text = "", pinyin = "", traditional = "" } = preferredForm(term, language) ?? {};
  const isMissing = text.trim() === "";
  return (
    <div>
      <div className={styles.wordLine}>
        {isMissing ? (
          <Element className={styles.noWord}>{t(language === "en" ? "noEnglish" : "noChinese")}</Element>
        ) : (
          <Element className={styles.word} id={id} lang={htmlLang[language]} dir="auto">
            {text}
          </Element>
        )}
        {!isMissing && <CopyButton text={text} describedBy={id} />}
      </div>
      {language === "zh" && (
        <div className={styles.belowChinese}>
          {pinyin !== "" && <Small text={pinyin} lang="zh-Latn" />}
          {traditional !== "" && <Small text={traditional} lang="zh-Hant" />}
        </div>
      )}
    </div>
  );
}

/** How the Chinese is read, or how it is written in Hong Kong, Macao and Taiwan. */
function Small({ text, lang }: { readonly text: string; readonly lang: string }): ReactNode {
  const id = useId();
  return (
    <span className={styles.wordLine}>
      <bdi id={id} lang={lang}>
        {text}
      </bdi>
      <CopyButton text={text} describedBy={id} />
    </span>
  );
}
