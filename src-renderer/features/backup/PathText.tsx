import { Tooltip } from "@mantine/core";
import type { ReactNode } from "react";
import styles from "./backup.module.css";

/** So much of the end stays: the name of a file as the app gives it, with the folder before it. */
const TAIL = 44;

/**
 * Where a file lies. What is too long for its line loses its middle on screen, never the name at the end; the whole of
 * it is in the tooltip, in the clipboard when copied, and for screen readers.
 */
export function PathText({ path }: { readonly path: string }): ReactNode {
  const head = path.slice(0, Math.max(0, path.length - TAIL));
  return (
    <Tooltip label={path} multiline maw="40rem" openDelay={300} classNames={{ tooltip: styles.pathTooltip }}>
      <code className={styles.path} tabIndex={0}>
        <span className={styles.pathHead}>{head}</span>
        <span className={styles.pathTail}>{path.slice(head.length)}</span>
      </code>
    </Tooltip>
  );
}
