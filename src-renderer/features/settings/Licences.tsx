import { useEffect, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { FilterField } from "../../ui/FilterField";
import styles from "./about.module.css";
import { licencesWith, readLicences, type Licensed } from "./licenceList";

type State =
  | { readonly kind: "loading" }
  | { readonly kind: "failed" }
  | { readonly kind: "here"; readonly all: readonly Licensed[] };

/** All that others made and the program holds, to be looked through; each entry opens to its text. */
export function Licences(): ReactNode {
  const { t } = useTranslation("about");
  const [state, setState] = useState<State>({ kind: "loading" });
  const [filter, setFilter] = useState("");
  useEffect(() => {
    const controller = new AbortController();
    void readLicences(controller.signal).then((all) => {
      if (!controller.signal.aborted) setState(all ? { kind: "here", all } : { kind: "failed" });
    });
    return () => {
      controller.abort();
    };
  }, []);

  if (state.kind === "loading") return <p className={styles.quiet}>{t("licences.loading")}</p>;
  if (state.kind === "failed") {
    return (
      <p className={styles.problem} role="alert">
        {t("licences.notLoaded")}
      </p>
    );
  }
  const found = licencesWith(state.all, filter);
  return (
    <>
      <FilterField value={filter} onChange={setFilter} />
      <p className={styles.quiet} aria-live="polite">
        {found.length === 0 ? t("licences.none") : t("licences.count", { count: found.length })}
      </p>
      <ul className={styles.licences} aria-label={t("licences.show")}>
        {found.map((entry) => (
          <li key={`${entry.name} ${entry.version}`}>
            <Entry entry={entry} />
          </li>
        ))}
      </ul>
    </>
  );
}

function Entry({ entry }: { readonly entry: Licensed }): ReactNode {
  const [open, setOpen] = useState(false);
  return (
    <details
      className={styles.licence}
      onToggle={(event) => {
        setOpen(event.currentTarget.open);
      }}
    >
      <summary>
        <span>{entry.name}</span>
        <span className={styles.quiet}>{[entry.version, entry.licence].filter((part) => part !== "").join(" · ")}</span>
      </summary>
      {open && (
        <pre className={styles.log} tabIndex={0} aria-label={entry.name}>
          {entry.text}
        </pre>
      )}
    </details>
  );
}
