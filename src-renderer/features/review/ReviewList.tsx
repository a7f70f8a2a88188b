import { IconArrowsSplit2 } from "@tabler/icons-react";
import { useRef, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { RecordId } from "../../domain/ids";
import { MOST_REVIEWED, useReview } from "../../platform/recordReview";
import { EmptyState } from "../../ui/EmptyState";
import { VirtualList } from "../../ui/VirtualList";
import { ReviewBar } from "./ReviewBar";
import { RecordReview } from "./RecordReview";
import styles from "./review.module.css";
import { ReviewRowText } from "./ReviewRowText";
import { useKeptFocus } from "./useKeptFocus";
import type { OwnSteps } from "./useOwnSteps";

interface Chosen {
  readonly id: RecordId | undefined;
  readonly place: number;
}

/** All records with double edits, last changed first, and the chosen one beside them. */
export function ReviewList(props: { readonly steps: OwnSteps; readonly onLeave: () => void }): ReactNode {
  const { steps, onLeave } = props;
  const { t } = useTranslation("review");
  const page = useReview(undefined, MOST_REVIEWED);
  const [chosen, choose] = useState<Chosen>({ id: undefined, place: 0 });
  const root = useRef<HTMLDivElement>(null);
  const detail = useRef<HTMLDivElement>(null);
  const { focusNext } = useKeptFocus(root, detail, page);
  if (page === null) return <div className={styles.loading} data-autofocus />;

  const { records, total } = page;
  // Once all of one is decided, the next one stands in its place.
  const known = records.findIndex(({ row }) => row.id === chosen.id);
  const place = known >= 0 ? known : Math.min(chosen.place, records.length - 1);
  const shown = records[place];
  const chooseAt = (index: number): void => {
    const row = records[index]?.row;
    if (row) choose({ id: row.id, place: index });
  };
  return (
    <div ref={root} className={styles.whole}>
      <ReviewBar steps={steps} hasKeys={shown !== undefined} />
      {shown === undefined ? (
        <div className={styles.empty} data-rest tabIndex={-1}>
          <EmptyState icon={IconArrowsSplit2} title={t("empty.title")}>
            {t("empty.text")}
          </EmptyState>
        </div>
      ) : (
        <div className={styles.columns}>
          <div className={styles.list}>
            <VirtualList
              label={t("records")}
              count={records.length}
              renderRow={(index) => {
                const found = records[index];
                return found && <ReviewRowText of={found} />;
              }}
              isSelected={(index) => index === place}
              onSelect={chooseAt}
              onOpen={focusNext}
            />
            {total > records.length && (
              <p className={styles.beyond}>{t("beyond", { count: total - records.length })}</p>
            )}
          </div>
          <div className={styles.beside} ref={detail}>
            <RecordReview
              key={shown.row.id}
              of={shown}
              titled
              onStep={() => {
                choose({ id: shown.row.id, place });
                steps.made();
              }}
              onLeave={onLeave}
            />
          </div>
        </div>
      )}
    </div>
  );
}
