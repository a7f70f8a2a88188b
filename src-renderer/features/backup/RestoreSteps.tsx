import { Button } from "@mantine/core";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { BackupState } from "../../../src-main/shared/backup";
import { assertNever } from "../../../src-main/shared/result";
import type { BackupJoined } from "../../ports/backup";
import styles from "./backup.module.css";
import { Facts } from "./Facts";
import { describeJoinFailure, useBackupFailureText } from "./failureTexts";
import { Good } from "./Good";
import { JoinPreview } from "./JoinPreview";
import { SecretQuestion } from "./SecretQuestion";
import type { RestoringControl } from "./useRestoring";
import { partDone, WorkProgress } from "./WorkProgress";

/** What the dialog shows at each step. */
export function RestoreSteps(props: {
  readonly restoring: RestoringControl;
  readonly progress: BackupState["progress"];
}): ReactNode {
  const { restoring, progress } = props;
  const { state, begin, join, use, trySecret, leave } = restoring;
  const { t } = useTranslation(["backup", "common"]);
  const failureText = useBackupFailureText();
  // Twelve words are not to be typed twice for one that was misspelt.
  const [secret, setSecret] = useState("");
  const part = partDone(progress);
  const close = (
    <Button variant="default" autoFocus onClick={leave}>
      {t("common:close")}
    </Button>
  );
  switch (state.kind) {
    case "closed":
    case "opening":
      return <WorkProgress label={t("backup:progress.checking")} done={part} onCancel={leave} />;
    case "secret":
      return (
        <SecretQuestion
          secret={secret}
          onChange={setSecret}
          wrong={state.wrong}
          until={state.until}
          onTry={trySecret}
          onCancel={leave}
        />
      );
    case "refused":
      return (
        <div className={styles.dialog}>
          <p className={styles.problem} role="alert">
            {failureText(state.failure)}
          </p>
          <p className={styles.text}>{t("backup:restore.nothingChanged")}</p>
          <div className={styles.actions}>
            <Button variant="default" onClick={leave}>
              {t("common:close")}
            </Button>
            <Button autoFocus data-autofocus onClick={begin}>
              {t("backup:restore.another")}
            </Button>
          </div>
        </div>
      );
    case "comparing":
      return (
        <div className={styles.dialog}>
          <Facts facts={state.facts} />
          <WorkProgress label={t("backup:progress.comparing")} done={state.done} onCancel={leave} />
        </div>
      );
    case "not-joined":
      return (
        <div className={styles.dialog}>
          <Facts facts={state.facts} />
          <p className={styles.problem} role="alert">
            {describeJoinFailure(t, state.failure)}
          </p>
          <div className={styles.actions}>{close}</div>
        </div>
      );
    case "preview":
    case "joining":
      return (
        <JoinPreview
          facts={state.facts}
          preview={state.preview}
          isJoining={state.kind === "joining"}
          onJoin={join}
          onCancel={leave}
        />
      );
    case "joined":
      return (
        <div className={styles.dialog}>
          <Done joined={state.joined} />
          <div className={styles.actions}>{close}</div>
        </div>
      );
    case "facts":
      return (
        <div className={styles.dialog}>
          <p className={styles.text}>{t("backup:restore.ready")}</p>
          <Facts facts={state.facts} />
          <p className={styles.quiet}>{t("backup:restore.readyNote")}</p>
          <div className={styles.actions}>
            <Button variant="default" onClick={leave}>
              {t("common:cancel")}
            </Button>
            <Button autoFocus data-autofocus onClick={use}>
              {t("backup:restore.use")}
            </Button>
          </div>
        </div>
      );
    case "restoring":
      return (
        <div className={styles.dialog}>
          <Facts facts={state.facts} />
          <WorkProgress label={t("backup:progress.restoring")} done={part} onCancel={leave} />
        </div>
      );
    default:
      return assertNever(state);
  }
}

function Done({ joined }: { readonly joined: BackupJoined }): ReactNode {
  const { t } = useTranslation("backup");
  const { added, joined: merged, broughtBack } = joined;
  const parts = [
    ...(added > 0 ? [t("joined.added", { count: added })] : []),
    ...(merged > 0 ? [t("joined.merged", { count: merged })] : []),
    ...(broughtBack > 0 ? [t("joined.broughtBack", { count: broughtBack })] : []),
  ];
  return (
    <div className={styles.outcome} role="status">
      <Good>{t("joined.done")}</Good>
      {parts.length === 0 ? (
        <p className={styles.text}>{t("joined.nothing")}</p>
      ) : (
        <>
          <p className={styles.sentences}>
            {parts.map((part) => (
              <span key={part}>{part}</span>
            ))}
          </p>
          <p className={styles.quiet}>{t("joined.back")}</p>
        </>
      )}
    </div>
  );
}
