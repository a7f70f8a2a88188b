import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Textarea } from "@mantine/core";
import { isComposing } from "../../ui/composing";
import styles from "./protection.module.css";
import { KIT_WORDS, readWords } from "./words";

/** The twelve words, typed from the sheet; says how many are there. */
export function KitWordsField(props: {
  readonly value: string;
  readonly onChange: (text: string) => void;
  readonly onEnter: () => void;
  readonly autoFocus?: boolean;
}): ReactNode {
  const { t } = useTranslation("protection");
  const { value, onChange, onEnter, autoFocus = false } = props;
  const count = readWords(value).length;
  return (
    <div>
      <Textarea
        label={t("kit.words")}
        description={t("kit.wordsHint")}
        value={value}
        autosize
        minRows={2}
        lang="en"
        // A password manager has no business with it, and no dictionary on the way may learn it.
        autoComplete="off"
        autoCapitalize="none"
        autoCorrect="off"
        spellCheck={false}
        {...(autoFocus && { autoFocus: true })}
        onChange={(event) => {
          onChange(event.currentTarget.value);
        }}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || isComposing(event)) return;
          event.preventDefault();
          onEnter();
        }}
      />
      <p className={styles.below}>{t("kit.counted", { count, total: KIT_WORDS })}</p>
    </div>
  );
}
