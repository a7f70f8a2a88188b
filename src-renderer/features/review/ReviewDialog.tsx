import { Drawer } from "@mantine/core";
import type { KeyboardEvent, ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { RecordId } from "../../domain/ids";
import { rowNames } from "../../i18n/rowNames";
import { useLanguage } from "../../i18n/texts";
import { useRow } from "../../platform/useRows";
import { isComposing } from "../../ui/composing";
import { OneReview } from "./OneReview";
import styles from "./review.module.css";
import { ReviewList } from "./ReviewList";
import { useOwnSteps, type Direction } from "./useOwnSteps";

export interface ReviewDialogProps {
  /** One record; without it all that have double edits. */
  readonly id: RecordId | undefined;
  readonly opened: boolean;
  readonly onClose: () => void;
  /** It is gone from the screen, and the keys belong to what had them before. */
  readonly onClosed: () => void;
  /** All records instead of the one. */
  readonly onAll: () => void;
  /** The notebook's Undo and Redo, which leave the screen as it is. */
  readonly onHistory: (direction: Direction) => void;
  /** What the window's keys would make of this one. */
  readonly directionOf: (event: KeyboardEvent) => Direction | null;
}

/**
 * Values that two computers changed apart: both, who changed them and when, and which is shown. Undo and Redo take back
 * what was decided here and nothing else, since nothing behind the dialog can be seen. Esc closes it.
 */
export function ReviewDialog(props: ReviewDialogProps): ReactNode {
  const { id, opened, onClose, onClosed, onAll, onHistory, directionOf } = props;
  const { t } = useTranslation(["review", "common"]);
  const [language] = useLanguage();
  const row = useRow(id);
  const name = row ? rowNames(row, language).first.trim() : "";
  const steps = useOwnSteps(onHistory);

  function onKeyDown(event: KeyboardEvent): void {
    const direction = isComposing(event) ? null : directionOf(event);
    if (direction === null) return;
    event.preventDefault();
    steps.take(direction);
  }
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      onExitTransitionEnd={onClosed}
      onKeyDown={onKeyDown}
      returnFocus={false}
      position="right"
      size={id === undefined ? "min(70rem, 100%)" : "min(50rem, 100%)"}
      title={
        id === undefined ? t("review:title") : t("review:titleOf", { name: name === "" ? t("common:untitled") : name })
      }
      closeButtonProps={{ "aria-label": t("common:close") }}
      classNames={{ content: styles.content ?? "", body: styles.body ?? "", title: styles.title ?? "" }}
    >
      {id === undefined ? (
        <ReviewList steps={steps} onLeave={onClose} />
      ) : (
        <OneReview key={id} id={id} steps={steps} onLeave={onClose} onAll={onAll} />
      )}
    </Drawer>
  );
}
