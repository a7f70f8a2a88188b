import type { ReactNode } from "react";
import styles from "./ui.module.css";

export interface SectionHeaderProps {
  readonly title: string;
  /** Buttons at the end of the line. */
  readonly children?: ReactNode;
}

export function SectionHeader({ title, children }: SectionHeaderProps): ReactNode {
  return (
    <header className={styles.sectionHeader}>
      <h1 className={styles.sectionTitle}>{title}</h1>
      <div className={styles.sectionActions}>{children}</div>
    </header>
  );
}
