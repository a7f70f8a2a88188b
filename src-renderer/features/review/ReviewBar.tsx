import { Button } from "@mantine/core";
import { IconArrowBackUp, IconArrowForwardUp } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { ariaKey, isMac, keyLabel } from "../../ui/keyLabel";
import styles from "./review.module.css";
import { reviewKeys } from "./reviewKeys";
import type { OwnSteps } from "./useOwnSteps";

const icons = { undo: IconArrowBackUp, redo: IconArrowForwardUp } as const;
const directions = ["undo", "redo"] as const;
const keys = { undo: "Mod-z", redo: "Mod-y" } as const;

/** The way back from what was decided here, and the keys that decide. */
export function ReviewBar(props: {
  readonly steps: OwnSteps;
  /** Off where there is nothing to decide. */
  readonly hasKeys: boolean;
  readonly children?: ReactNode;
}): ReactNode {
  const { steps, hasKeys, children } = props;
  const { t } = useTranslation("review");
  const mac = isMac();
  return (
    <div className={styles.bar}>
      <span className={styles.steps}>
        {directions.map((direction) => {
          const Icon = icons[direction];
          return (
            <Button
              key={direction}
              size="compact-sm"
              variant="subtle"
              color="gray"
              fw={500}
              leftSection={<Icon size={16} stroke={1.7} aria-hidden />}
              aria-keyshortcuts={ariaKey(keys[direction], mac)}
              // Stays reachable, so that taking the last step back does not throw the focus away.
              aria-disabled={!steps.can[direction]}
              {...(!steps.can[direction] && { "data-disabled": true })}
              onClick={() => {
                steps.take(direction);
              }}
            >
              {t(`take.${direction}`)}
            </Button>
          );
        })}
      </span>
      {hasKeys && (
        <span className={styles.keys}>
          {t("keys", {
            choose: reviewKeys.choose.map((key) => keyLabel(key, mac)).join(" "),
            keep: keyLabel(reviewKeys.keep, mac),
            all: keyLabel(reviewKeys.keepAll, mac),
          })}
        </span>
      )}
      {children}
    </div>
  );
}
