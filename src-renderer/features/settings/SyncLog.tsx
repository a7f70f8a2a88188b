import { Button, Group } from "@mantine/core";
import { IconChevronDown, IconChevronRight } from "@tabler/icons-react";
import { useCallback, useEffect, useId, useRef, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { TextNotSaved } from "../../../src-main/shared/ipc";
import { useMain } from "../../platform/bridge";
import { useAnswer } from "../../platform/useAnswer";
import styles from "./syncDetails.module.css";

const events = ["syncStatus", "quarantine"] as const;

/** What the sync did, line by line, for a person who helps; opened on demand. */
export function SyncLog(): ReactNode {
  const { t } = useTranslation("syncDetails");
  const [open, setOpen] = useState(false);
  const id = useId();
  const Chevron = open ? IconChevronDown : IconChevronRight;
  return (
    <section className={styles.part} aria-label={t("log.title")}>
      <h4 className={styles.partTitle}>
        <button
          type="button"
          className={styles.disclosure}
          aria-expanded={open}
          aria-controls={id}
          onClick={() => {
            setOpen((now) => !now);
          }}
        >
          <Chevron size={16} stroke={1.8} aria-hidden />
          {t("log.title")}
        </button>
      </h4>
      <div id={id} className={styles.logBox}>
        {open && <OpenLog />}
      </div>
    </section>
  );
}

type Outcome =
  | { readonly kind: "copied" }
  | { readonly kind: "saved"; readonly path: string }
  | TextNotSaved
  /** Main did not answer as promised: a bug. */
  | { readonly kind: "unexpected" };

function OpenLog(): ReactNode {
  const { t } = useTranslation("syncDetails");
  const main = useMain();
  const lines = useAnswer(
    useCallback((notebook, signal) => notebook.request("syncLog", {}, { signal }), []),
    events,
  );
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const box = useRef<HTMLPreElement>(null);
  useEffect(() => {
    // The newest lines are the last ones.
    if (box.current) box.current.scrollTop = box.current.scrollHeight;
  }, [lines]);
  const text = (lines ?? []).join("\n");

  async function copy(): Promise<void> {
    await main.invoke("clipboard:write", { text });
    setOutcome({ kind: "copied" });
  }
  async function save(): Promise<void> {
    const saved = await main.invoke("log:save", { text });
    if (!saved.ok) setOutcome(saved.failure);
    else if (saved.value) setOutcome({ kind: "saved", path: saved.value.path });
    else setOutcome(null);
  }
  function attempt(work: () => Promise<void>): void {
    work().catch(() => {
      setOutcome({ kind: "unexpected" });
    });
  }

  return (
    <>
      <p className={styles.text}>{t("log.text")}</p>
      {lines !== null && lines.length === 0 && <p className={styles.quiet}>{t("log.empty")}</p>}
      {lines !== null && lines.length > 0 && (
        <>
          <pre ref={box} className={styles.log} tabIndex={0} role="log" aria-live="off" aria-label={t("log.title")}>
            {text}
          </pre>
          <Group gap="xs">
            <Button
              size="compact-sm"
              variant="default"
              onClick={() => {
                attempt(copy);
              }}
            >
              {t("log.copy")}
            </Button>
            <Button
              size="compact-sm"
              variant="default"
              onClick={() => {
                attempt(save);
              }}
            >
              {t("log.save")}
            </Button>
            <span className={styles.quiet} aria-live="polite">
              {outcome && outcomeText(outcome)}
            </span>
          </Group>
        </>
      )}
    </>
  );

  function outcomeText(done: Outcome): string {
    switch (done.kind) {
      case "copied":
        return t("log.copied");
      case "saved":
        return t("log.saved", { path: done.path });
      case "not-written":
        return t("log.notSaved", { path: done.path, detail: done.detail });
      case "unexpected":
        return t("log.unexpected");
    }
  }
}
