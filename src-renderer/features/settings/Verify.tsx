import { Button, Progress } from "@mantine/core";
import { IconAlertTriangle, IconCircleCheck } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { canBePutRight, type Verification } from "../../domain/verification";
import { useSaveFailureText } from "../../i18n/failureTexts";
import { useFormats } from "../../i18n/formats";
import { describeSyncFailure } from "../../i18n/syncFailureTexts";
import { Difference } from "./Difference";
import styles from "./syncDetails.module.css";
import { useVerification, type VerificationState } from "./useVerification";

/** Comparing this computer with the server record by record, and putting right what differs. */
export function Verify(): ReactNode {
  const { t } = useTranslation("verify");
  const { state, verify, putRight, cancel } = useVerification();
  return (
    <section className={styles.part} aria-label={t("title")}>
      <div className={styles.partHeader}>
        <h4 className={styles.partTitle}>{t("title")}</h4>
        {state.kind !== "working" && (
          <Button size="compact-sm" variant="default" onClick={verify}>
            {state.kind === "idle" ? t("start") : t("again")}
          </Button>
        )}
      </div>
      {state.kind === "idle" && <p className={styles.text}>{t("text")}</p>}
      {state.kind === "working" && <Working {...state} onCancel={cancel} />}
      {state.kind === "done" && (
        <Outcome verification={state.verification} isRight={state.work === "putRight"} onPutRight={putRight} />
      )}
      {state.kind === "failed" && <Failed failure={state.failure} />}
    </section>
  );
}

function Working(
  props: Extract<VerificationState, { kind: "working" }> & { readonly onCancel: () => void },
): ReactNode {
  const { work, done, total, onCancel } = props;
  const { t } = useTranslation(["verify", "common"]);
  const numbers = { done, total };
  const text =
    total === 0
      ? t("verify:asking")
      : work === "verify"
        ? t("verify:comparing", numbers)
        : t("verify:righting", numbers);
  return (
    <>
      <div className={styles.partHeader}>
        <span className={styles.text} role="status">
          {text}
        </span>
        <Button size="compact-sm" variant="default" onClick={onCancel}>
          {t("common:cancel")}
        </Button>
      </div>
      <Progress value={total === 0 ? 0 : (100 * done) / total} aria-label={text} size="sm" />
    </>
  );
}

function Outcome(props: {
  readonly verification: Verification;
  /** What could be put right was. */
  readonly isRight: boolean;
  readonly onPutRight: () => void;
}): ReactNode {
  const { verification, isRight, onPutRight } = props;
  const { t } = useTranslation("verify");
  const formats = useFormats();
  const { compared, differences, private: kept } = verification;
  const at = formats.dateTime(verification.at);
  const count = compared - verification.equal;
  const isFixable = differences.some(({ kind }) => canBePutRight(kind));
  return (
    <>
      <p className={styles.text} role="status">
        {count === 0 ? (
          <span className={styles.good}>
            <IconCircleCheck size={16} stroke={1.6} aria-hidden />
            {t("equal", { count: compared, at })}
          </span>
        ) : (
          `${t("differs", { count, compared, at })} ${isRight && !isFixable ? t("righted") : t("nothingLost")}`
        )}
      </p>
      {differences.length > 0 && (
        <ul className={styles.entries}>
          {differences.map((group) => (
            <Difference key={group.kind} group={group} />
          ))}
        </ul>
      )}
      {kept > 0 && <p className={styles.quiet}>{t("private", { count: kept })}</p>}
      {isFixable && (
        <Button className={styles.more} size="compact-sm" onClick={onPutRight}>
          {t("putRight")}
        </Button>
      )}
    </>
  );
}

function Failed({ failure }: Pick<Extract<VerificationState, { kind: "failed" }>, "failure">): ReactNode {
  const { t } = useTranslation("verify");
  const { t: ofApp } = useTranslation("app");
  const saveFailureText = useSaveFailureText();
  return (
    <p className={styles.problem} role="alert">
      <IconAlertTriangle size={16} stroke={1.6} aria-hidden />
      {text()}
    </p>
  );

  function text(): string {
    switch (failure.kind) {
      case "not-connected":
        return t("failed.notConnected");
      case "offline": {
        const { done, total } = failure;
        return done === 0 ? t("failed.offline") : t("failed.offlineAt", { done, total });
      }
      case "exchange-first":
        return t("failed.exchangeFirst");
      case "busy":
        return t("failed.busy");
      case "not-verified":
        return t("failed.notVerified");
      case "worker-gone":
        return t("failed.unexpected");
      default:
        return describeSyncFailure(failure, ofApp, saveFailureText);
    }
  }
}
