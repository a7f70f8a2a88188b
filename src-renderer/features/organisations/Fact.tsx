import type { ReactNode } from "react";
import styles from "./organisations.module.css";

/** A label and what it stands for, in a `dl`. */
export function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }): ReactNode {
  return (
    <div className={styles.fact}>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}
