import type { ComponentType, ReactNode } from "react";
import styles from "./ui.module.css";

export interface EmptyStateProps {
  /** A Tabler icon. */
  readonly icon: ComponentType<{ size?: number; stroke?: number; "aria-hidden"?: boolean }>;
  readonly title?: string;
  /** A sentence that teaches what belongs here and how it gets here. */
  readonly children: ReactNode;
  readonly action?: ReactNode;
}

export function EmptyState({ icon: Icon, title, children, action }: EmptyStateProps): ReactNode {
  return (
    <div className={styles.empty}>
      <Icon size={32} stroke={1.3} aria-hidden />
      {title !== undefined && <h2 className={styles.emptyTitle}>{title}</h2>}
      <p className={styles.emptyText}>{children}</p>
      {action}
    </div>
  );
}
