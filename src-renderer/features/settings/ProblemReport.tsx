import { Button, Group } from "@mantine/core";
import { useEffect, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useMain } from "../../platform/bridge";
import styles from "./about.module.css";
import { Disclosure } from "./Disclosure";
import { useProblemReport } from "./useProblemReport";

/** How to say that something is wrong, and the report that goes with it, to be read before it is sent. */
export function ProblemReport(): ReactNode {
  const { t } = useTranslation("about");
  const main = useMain();
  const makeReport = useProblemReport();
  const [outcome, setOutcome] = useState<"copied" | "not-copied" | null>(null);

  async function copy(): Promise<void> {
    await main.invoke("clipboard:write", { text: await makeReport() });
  }

  return (
    <section className={styles.part} aria-labelledby="about-report">
      <h3 id="about-report" className={styles.partTitle}>
        {t("report.title")}
      </h3>
      <p className={styles.text}>{t("report.text")}</p>
      <ul className={styles.points}>
        <li>{t("report.did")}</li>
        <li>{t("report.saw")}</li>
        <li>{t("report.since")}</li>
        <li>{t("report.attach")}</li>
      </ul>
      <Group gap="xs">
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => {
            copy().then(
              () => {
                setOutcome("copied");
              },
              () => {
                setOutcome("not-copied");
              },
            );
          }}
        >
          {t("report.copy")}
        </Button>
        <span className={styles.quiet} aria-live="polite">
          {outcome && t(outcome === "copied" ? "report.copied" : "report.notCopied")}
        </span>
      </Group>
      <Disclosure title={t("report.show")}>{() => <Report makeReport={makeReport} />}</Disclosure>
    </section>
  );
}

function Report({ makeReport }: { readonly makeReport: () => Promise<string> }): ReactNode {
  const { t } = useTranslation("about");
  const [text, setText] = useState("");
  useEffect(() => {
    let left = false;
    void makeReport().then((report) => {
      if (!left) setText(report);
    });
    return () => {
      left = true;
    };
  }, [makeReport]);
  return (
    <>
      <p className={styles.quiet}>{t("report.safe")}</p>
      <pre className={styles.log} tabIndex={0} aria-label={t("report.show")}>
        {text}
      </pre>
    </>
  );
}
