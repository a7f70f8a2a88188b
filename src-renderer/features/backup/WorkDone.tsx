import type { ReactNode } from "react";
import type { BackupFacts, BackupState } from "../../../src-main/shared/backup";
import { useMain } from "../../platform/bridge";
import styles from "./backup.module.css";
import { Facts } from "./Facts";
import { Good } from "./Good";
import { Problem } from "./Problem";
import type { Outcome } from "./useBackupWork";
import { partDone, WorkProgress } from "./WorkProgress";

/** How far something long with a backup is, which can be given up; then what came of it. */
export function WorkDone(props: {
  /** What is under way; null: nothing that this is about. */
  readonly label: string | null;
  readonly progress: BackupState["progress"];
  readonly outcome: Outcome<BackupFacts> | null;
  /** What is said where it went well. */
  readonly good: string;
}): ReactNode {
  const { label, progress, outcome, good } = props;
  const main = useMain();
  return (
    <>
      {label !== null && (
        <WorkProgress label={label} done={partDone(progress)} onCancel={() => void main.invoke("backup:cancel", {})} />
      )}
      {outcome && !outcome.ok && <Problem failure={outcome.failure} />}
      {outcome?.ok && (
        <div className={styles.outcome} role="status">
          <Good>{good}</Good>
          <Facts facts={outcome.value} />
        </div>
      )}
    </>
  );
}
