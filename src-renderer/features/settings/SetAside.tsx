import { Button } from "@mantine/core";
import { IconChevronDown, IconChevronRight, IconCircleCheck } from "@tabler/icons-react";
import { useCallback, useId, useMemo, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { isIdOf } from "../../domain/ids";
import type { QuarantineEntry } from "../../domain/syncStatus";
import { useAnswer } from "../../platform/useAnswer";
import { useRows } from "../../platform/useRows";
import type { AsideFacts } from "../../ports/setAside";
import { AsideEntry } from "./AsideEntry";
import { RecordName } from "./RecordName";
import { subjectOf } from "./subjectOf";
import styles from "./syncDetails.module.css";
import { keyOf, useQuarantine, type Quarantine } from "./useQuarantine";

/** Entries named; the rest is counted and tried again with the others. */
const SHOWN = 20;

/** What could not be exchanged and was set aside so that the rest goes on, and what to do about each. */
export function SetAside(): ReactNode {
  const { t } = useTranslation("syncDetails");
  const quarantine = useQuarantine();
  const entries = quarantine.entries.filter(({ kept }) => kept !== true);
  const kept = quarantine.entries.filter((entry) => entry.kept === true);
  const [all, setAll] = useState(false);
  const listed = all ? entries : entries.slice(0, SHOWN);
  return (
    <section className={styles.part} aria-label={t("setAside.title")}>
      <div className={styles.partHeader}>
        <h4 className={styles.partTitle}>{t("setAside.title")}</h4>
        {entries.length > 1 && (
          <Button
            size="compact-sm"
            variant="default"
            disabled={quarantine.busy}
            onClick={() => {
              quarantine.retry(entries);
            }}
          >
            {t("setAside.tryAll")}
          </Button>
        )}
      </div>
      {entries.length === 0 ? (
        <p className={styles.fine}>
          <IconCircleCheck size={16} stroke={1.6} aria-hidden />
          {t("setAside.none")}
        </p>
      ) : (
        <p className={styles.text}>{t("setAside.text", { count: entries.length })}</p>
      )}
      <Entries entries={listed} quarantine={quarantine} />
      {entries.length > listed.length && (
        <Button
          className={styles.more}
          size="compact-sm"
          variant="subtle"
          onClick={() => {
            setAll(true);
          }}
        >
          {t("setAside.more", { count: entries.length - listed.length })}
        </Button>
      )}
      {kept.length > 0 && <Kept entries={kept} quarantine={quarantine} />}
    </section>
  );
}

interface EntriesProps {
  readonly entries: readonly QuarantineEntry[];
  readonly quarantine: Quarantine;
}

function Entries({ entries, quarantine }: EntriesProps): ReactNode {
  const { tried, busy, retry } = quarantine;
  const rows = useRows([...new Set(entries.flatMap(({ id }) => subjectOf(id) ?? []))]);
  const facts = useFacts(entries);
  if (entries.length === 0) return null;
  return (
    <ul className={styles.entries}>
      {entries.map((entry) => {
        const subject = subjectOf(entry.id);
        const row = (subject && rows.get(subject)) ?? null;
        return (
          <AsideEntry
            key={keyOf(entry)}
            entry={entry}
            facts={entry.direction === "push" ? facts.get(entry.id) : undefined}
            triedAt={tried.get(keyOf(entry))}
            name={<RecordName row={row} id={entry.id} note={isIdOf("note", entry.id)} />}
            busy={busy}
            onRetry={() => {
              retry([entry]);
            }}
          />
        );
      })}
    </ul>
  );
}

/** What a person has left as it is: no problem any more, and yet never out of sight. */
function Kept({ entries, quarantine }: EntriesProps): ReactNode {
  const { t } = useTranslation("syncDetails");
  const [open, setOpen] = useState(false);
  const id = useId();
  const Chevron = open ? IconChevronDown : IconChevronRight;
  return (
    <>
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
        {t("setAside.keptTitle", { count: entries.length })}
      </button>
      <div id={id}>{open && <Entries entries={entries} quarantine={quarantine} />}</div>
    </>
  );
}

const events = ["quarantine", "changed"] as const;

function useFacts(entries: readonly QuarantineEntry[]): ReturnType<typeof factsById> {
  const key = entries.flatMap(({ id, direction }) => (direction === "push" ? [id] : [])).join("\n");
  const ask = useCallback<Parameters<typeof useAnswer<readonly AsideFacts[]>>[0]>(
    (notebook, signal) => {
      const ids = key === "" ? [] : key.split("\n").slice(0, 200);
      return ids.length === 0 ? Promise.resolve([]) : notebook.request("asideFacts", { ids }, { signal });
    },
    [key],
  );
  const facts = useAnswer(ask, events);
  return useMemo(() => factsById(facts ?? []), [facts]);
}

function factsById(facts: readonly AsideFacts[]): ReadonlyMap<string, AsideFacts> {
  return new Map(facts.map((each) => [each.id, each]));
}
