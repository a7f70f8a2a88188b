import { Button } from "@mantine/core";
import { Suspense, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Language } from "../../../src-main/shared/settings";
import type { SaveFailure } from "../../domain/saveFailure";
import { useSaveFailureText } from "../../i18n/failureTexts";
import { useLanguage } from "../../i18n/texts";
import { useMain } from "../../platform/bridge";
import { useNotebook } from "../../platform/notebook";
import { LanguageChoice } from "../../ui/LanguageChoice";
import { TextField } from "../../ui/TextField";
import styles from "./firstRun.module.css";

/** Longest name the notebook takes (ports/notebook.ts). */
const LONGEST = 200;

/**
 * Asks who writes here and in which language; the notebook begins with the answer and needs no network. `restore`: the
 * other way to begin, with a notebook of before.
 */
export function FirstRun(props: { readonly onBegun: () => void; readonly restore: ReactNode }): ReactNode {
  const { onBegun, restore } = props;
  const { t } = useTranslation("firstRun");
  const main = useMain();
  const notebook = useNotebook();
  const failureText = useSaveFailureText();
  const [language, setLanguage] = useLanguage();
  const [name, setName] = useState("");
  const [problem, setProblem] = useState<"missing" | "tooLong" | null>(null);
  const [starting, setStarting] = useState(false);
  const [failure, setFailure] = useState<SaveFailure | null>(null);

  function chooseLanguage(chosen: Language): void {
    setLanguage(chosen);
    void main.invoke("settings:change", { language: chosen });
  }

  async function begin(): Promise<void> {
    const length = name.trim().length;
    if (length === 0 || length > LONGEST) {
      setProblem(length === 0 ? "missing" : "tooLong");
      return;
    }
    setStarting(true);
    setFailure(null);
    try {
      // The proposed language becomes the chosen one, whether or not it was touched.
      await main.invoke("settings:change", { language });
      const begun = await notebook.request("begin", { name: name.trim() });
      if (begun.ok) onBegun();
      else setFailure(begun.failure);
    } catch (error) {
      setFailure({ kind: "store-failed", detail: error instanceof Error ? error.message : String(error) });
    } finally {
      setStarting(false);
    }
  }

  const error = problem
    ? { missing: t("nameMissing"), tooLong: t("nameTooLong", { count: LONGEST }) }[problem]
    : failure
      ? t("notStarted", { reason: failureText(failure) })
      : undefined;
  return (
    <main className={styles.page}>
      <div className={styles.card}>
        <div className={styles.sign} aria-hidden lang="zh-CN">
          桥
        </div>
        <h1 className={styles.title}>{t("title")}</h1>
        <p className={styles.intro}>{t("intro")}</p>
        <TextField
          label={t("yourName")}
          description={t("yourNameHint")}
          value={name}
          error={error}
          autoFocus
          autoComplete="name"
          onChange={(text) => {
            setName(text);
            setProblem(null);
          }}
          onEnter={() => void begin()}
        />
        <LanguageChoice label={t("language")} value={language} onChange={chooseLanguage} />
        <Button loading={starting} onClick={() => void begin()}>
          {t("start")}
        </Button>
        <div className={styles.other}>
          <Suspense fallback={null}>{restore}</Suspense>
        </div>
      </div>
    </main>
  );
}
