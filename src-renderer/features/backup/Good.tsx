import { IconCircleCheck } from "@tabler/icons-react";
import type { ReactNode } from "react";
import styles from "./backup.module.css";

/** Says that something went well. */
export function Good({ children }: { readonly children: string }): ReactNode {
  return (
    <p className={styles.good}>
      <IconCircleCheck size={18} stroke={1.7} aria-hidden />
      {children}
    </p>
  );
}
