import { useRef, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import styles from "./settings.module.css";

/** In this order on the page. */
export const groupNames = [
  "general",
  "identity",
  "appearance",
  "sync",
  "protection",
  "backup",
  "data",
  "about",
] as const;
export type GroupName = (typeof groupNames)[number];

/** How far below the upper edge a group still counts as the one being read, in px. */
const READING_LINE = 96;

/**
 * The groups of the settings one below the other, and where there is room a list of them beside, which marks the group
 * being read and leads to any other.
 */
export function SettingsGroups(props: {
  /** Groups without contents are left out. */
  readonly contents: Readonly<Partial<Record<GroupName, ReactNode>>>;
}): ReactNode {
  const { contents } = props;
  const { t } = useTranslation("settings");
  const shown = groupNames.filter((name) => contents[name] !== undefined);
  const page = useRef<HTMLDivElement>(null);
  const [current, setCurrent] = useState<GroupName>("general");

  function onScroll(): void {
    const scroller = page.current;
    if (!scroller) return;
    const top = scroller.getBoundingClientRect().top + READING_LINE;
    const isAtEnd = scroller.scrollTop + scroller.clientHeight >= scroller.scrollHeight - 1;
    const begun = shown.filter((name) => (groupOf(scroller, name)?.getBoundingClientRect().top ?? Infinity) <= top);
    // The last ones may be too short to ever reach the line.
    setCurrent((isAtEnd ? shown.at(-1) : begun.at(-1)) ?? "general");
  }

  function goTo(name: GroupName): void {
    const group = page.current && groupOf(page.current, name);
    group?.scrollIntoView({ block: "start" });
    group?.querySelector("h2")?.focus({ preventScroll: true });
    setCurrent(name);
  }

  return (
    <div ref={page} className={styles.page} onScroll={onScroll}>
      <div className={styles.layout}>
        <h1 className={styles.title}>{t("title")}</h1>
        <ul className={styles.groupList} aria-label={t("groupList")}>
          {shown.map((name) => (
            <li key={name}>
              <a
                href={`#${idOf(name)}`}
                aria-current={current === name ? "true" : undefined}
                onClick={(event) => {
                  // The address of the page stays as it is.
                  event.preventDefault();
                  goTo(name);
                }}
              >
                {t(`groups.${name}`)}
              </a>
            </li>
          ))}
        </ul>
        <div className={styles.column}>
          {shown.map((name) => (
            <section key={name} id={idOf(name)} className={styles.group} aria-labelledby={`${idOf(name)}-title`}>
              <h2 id={`${idOf(name)}-title`} className={styles.groupTitle} tabIndex={-1}>
                {t(`groups.${name}`)}
              </h2>
              {contents[name]}
            </section>
          ))}
        </div>
      </div>
    </div>
  );
}

function idOf(name: GroupName): string {
  return `settings-${name}`;
}

function groupOf(page: HTMLElement, name: GroupName): HTMLElement | null {
  return page.querySelector<HTMLElement>(`#${idOf(name)}`);
}
