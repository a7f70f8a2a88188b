import { useId, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { preferredForm, type Term, type TermLanguage } from "../../domain/records/term";
import { useLanguage } from "../../i18n/texts";
import { CopyButton } from "./CopyButton";
import styles from "./glossary.module.css";
import { missingLanguage } from "./termForm";
import { TermWarnings } from "./TermWarnings";

/**
 * What someone who is speaking looks for: the two words, how the Chinese is read, and what to beware of, in this order.
 * The reader's language leads; both are as large.
 */
export function TermReading({ term }: { readonly term: Term }): ReactNode {
  const { t } = useTranslation("glossary");
  const [language] = useLanguage();
  const texts = { en: preferredForm(term, "en")?.text ?? "", zh: preferredForm(term, "zh")?.text ?? "" };
  const missing = missingLanguage(texts);
  const order: readonly TermLanguage[] = language === "en" ? ["en", "zh"] : ["zh", "en"];
  const [first, second] = order.filter((each) => texts[each].trim() !== "");
  return (
    <section className={styles.reading} aria-label={t("reading")}>
      <div className={styles.words}>
        {first === undefined ? (
          <h2 className={styles.noWords}>{t("noWords")}</h2>
        ) : (
          <Word as="h2" language={first} text={texts[first]} />
        )}
        {first === "zh" && <BelowChinese term={term} />}
        {second !== undefined && <Word as="p" language={second} text={texts[second]} />}
        {second === "zh" && <BelowChinese term={term} />}
      </div>
      {missing !== null && (
        <p className={styles.hint} role="note">
          {t(`missing.${missing}`)}
        </p>
      )}
      <TermWarnings term={term} />
    </section>
  );
}

const htmlLang = { en: "en", zh: "zh-CN" } as const;

function Word(props: { readonly as: "h2" | "p"; readonly language: TermLanguage; readonly text: string }): ReactNode {
  const { as: Element, language, text } = props;
  const id = useId();
  return (
    <div className={styles.wordLine}>
      <Element className={styles.word} id={id} lang={htmlLang[language]} dir="auto">
        {text}
      </Element>
      <CopyButton text={text} describedBy={id} />
    </div>
  );
}

/** How the Chinese is read, and how it is written in Hong Kong, Macao and Taiwan. */
function BelowChinese({ term }: { readonly term: Term }): ReactNode {
  const { pinyin = "", traditional = "" } = preferredForm(term, "zh") ?? {};
  return (
    <div className={styles.belowChinese}>
      {pinyin !== "" && <Small text={pinyin} lang="zh-Latn" />}
      {traditional !== "" && <Small text={traditional} lang="zh-Hant" />}
    </div>
  );
}

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
