import type { Icon } from "@tabler/icons-react";
import type { ReactNode } from "react";
import styles from "./protection.module.css";

/** A screen of its own, before the notebook is open: it shows nothing of what is in it. */
export function GatePage(props: {
  readonly icon: Icon;
  readonly title: string;
  readonly children: ReactNode;
}): ReactNode {
  const { icon: Drawing, title, children } = props;
  return (
    <main className={styles.page}>
      <div className={styles.card}>
        <Drawing className={styles.sign} size={36} stroke={1.4} aria-hidden />
        <h1 className={styles.title}>{title}</h1>
        {children}
      </div>
    </main>
  );
}
