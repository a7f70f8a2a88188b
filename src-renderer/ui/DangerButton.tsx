import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import styles from "./ui.module.css";

/** The last step of something that cannot be taken back. */
export function DangerButton(props: {
  readonly disabled?: boolean;
  readonly loading?: boolean;
  readonly onClick: () => void;
  readonly children: ReactNode;
}): ReactNode {
  const { disabled = false, loading = false, onClick, children } = props;
  return (
    <Button className={styles.dangerButton} disabled={disabled} loading={loading} onClick={onClick}>
      {children}
    </Button>
  );
}
