import { Button } from "@mantine/core";
import { IconArrowsSplit2 } from "@tabler/icons-react";
import { useRef, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { RecordId } from "../../domain/ids";
import { useReview } from "../../platform/recordReview";
import { EmptyState } from "../../ui/EmptyState";
import { RecordReview } from "./RecordReview";
import styles from "./review.module.css";
import { ReviewBar } from "./ReviewBar";
import { useKeptFocus } from "./useKeptFocus";
import type { OwnSteps } from "./useOwnSteps";

/** The double edits of one record, and the way to those of all. */
export function OneReview(props: {
  readonly id: RecordId;
  readonly steps: OwnSteps;
  readonly onLeave: () => void;
  readonly onAll: () => void;
}): ReactNode {
  const { id, steps, onLeave, onAll } = props;
  const { t } = useTranslation("review");
  const page = useReview(id, 1);
  const total = useReview(undefined, 1)?.total ?? 0;
  const root = useRef<HTMLDivElement>(null);
  useKeptFocus(root, root, page);
  if (page === null) return <div className={styles.loading} data-autofocus />;
  const [shown] = page.records;
  const others = total - page.records.length;
  const all = others > 0 && (
    <Button size="compact-sm" variant="default" onClick={onAll}>
      {t("all", { count: total })}
    </Button>
  );
  return (
    <div ref={root} className={styles.whole}>
      <ReviewBar steps={steps} hasKeys={shown !== undefined}>
        {shown !== undefined && all}
      </ReviewBar>
      {shown === undefined ? (
        <div className={styles.empty} data-rest tabIndex={-1}>
          <EmptyState icon={IconArrowsSplit2} title={t("emptyOne.title")} action={all}>
            {t("emptyOne.text")}
          </EmptyState>
        </div>
      ) : (
        <div className={styles.beside}>
          <RecordReview of={shown} titled={false} onStep={steps.made} onLeave={onLeave} />
        </div>
      )}
    </div>
  );
}
