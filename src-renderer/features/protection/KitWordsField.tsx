import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Textarea } from "@mantine/core";
import { isComposing } from "../../ui/composing";
import styles from "./protection.module.css";
import type { KitWords } from "./useKitWords";
import { KIT_WORDS, readWords } from "./words";

/** The twelve words, typed from the sheet; says how many are there. */
export function KitWordsField(props: {
  readonly words: KitWords;
  readonly onType: () => void;
  readonly onEnter: () => void;
}): ReactNode {
  const { t } = useTranslation("protection");
  const { words, onType, onEnter } = props;
  const count = readWords(words.text).length;
  return (
    <>
      <div>
        <Textarea
          label={t("kit.words")}
          description={t("kit.wordsHint")}
          value={words.text}
          autosize
          minRows={2}
          lang="en"
          // A password manager has no business with it, and no dictionary on the way may learn it.
          autoComplete="off"
          autoCapitalize="none"
          autoCorrect="off"
          spellCheck={false}
          autoFocus
          onChange={(event) => {
            words.setText(event.currentTarget.value);
            onType();
          }}
          onKeyDown={(event) => {
            if (event.key !== "Enter" || isComposing(event)) return;
            event.preventDefault();
            onEnter();
          }}
        />
        <p className={styles.below}>{t("kit.counted", { count, total: KIT_WORDS })}</p>
      </div>
      {words.isIncomplete && (
        <p className={styles.problem} role="alert">
          {t("kit.incomplete", { count, total: KIT_WORDS })}
        </p>
      )}
    </>
  );
}
