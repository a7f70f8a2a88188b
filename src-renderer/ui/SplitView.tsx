import type { ReactNode } from "react";
import styles from "./ui.module.css";

export interface SplitViewProps {
  /** Header, filter and list, one below the other. */
  readonly list: ReactNode;
  readonly detail: ReactNode;
  /** Accessible name of the detail's region. */
  readonly detailLabel: string;
}

/** List beside detail, each with its own scrolling. */
export function SplitView({ list, detail, detailLabel }: SplitViewProps): ReactNode {
  return (
    <div className={styles.split}>
      <div className={styles.splitList}>{list}</div>
      <section className={styles.splitDetail} aria-label={detailLabel} tabIndex={-1}>
        {detail}
      </section>
    </div>
  );
}
