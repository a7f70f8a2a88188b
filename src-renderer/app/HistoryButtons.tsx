import { ActionIcon, Tooltip } from "@mantine/core";
import { IconArrowBackUp, IconArrowForwardUp, type Icon } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { ariaKey, isMac, keyLabel } from "../ui/keyLabel";
import styles from "./app.module.css";
import type { Direction } from "./fieldHistory";
import { shortcuts } from "./shortcuts";
import { useHistoryOffers, type HistoryOffer } from "./useHistory";

/** Undo and Redo, always there; the tooltip says what they would do. */
export function HistoryButtons({ onPress }: { readonly onPress: (direction: Direction) => void }): ReactNode {
  const { t } = useTranslation("app");
  const offers = useHistoryOffers();
  return (
    <div className={styles.history}>
      <HistoryButton
        direction="undo"
        name={t("shortcuts.undo")}
        icon={IconArrowBackUp}
        offer={offers.undo}
        onPress={onPress}
      />
      <HistoryButton
        direction="redo"
        name={t("shortcuts.redo")}
        icon={IconArrowForwardUp}
        offer={offers.redo}
        onPress={onPress}
      />
    </div>
  );
}

function HistoryButton(props: {
  readonly direction: Direction;
  readonly name: string;
  readonly icon: Icon;
  readonly offer: HistoryOffer;
  readonly onPress: (direction: Direction) => void;
}): ReactNode {
  const { t } = useTranslation("app");
  const { direction, name, icon: Drawing, offer, onPress } = props;
  const key = shortcuts.find(({ command }) => command === direction)?.keys[0] ?? "";
  const keyShown = keyLabel(key, isMac());
  const what = offer.can && offer.step !== null ? t("history.offer", { name, what: offer.step }) : name;
  return (
    <Tooltip
      label={t("history.withKey", { what, key: keyShown })}
      openDelay={400}
      closeDelay={0}
      multiline
      maw="20rem"
      position="bottom-start"
    >
      <ActionIcon
        variant="subtle"
        color="gray"
        size={32}
        aria-label={name}
        aria-keyshortcuts={ariaKey(key, isMac())}
        // Stays reachable by Tab, so that undoing the last step does not throw the focus away.
        aria-disabled={!offer.can}
        {...(!offer.can && { "data-disabled": true })}
        // A press with the pointer leaves the caret where it is: in a note, Undo is the note's.
        onMouseDown={(event) => {
          event.preventDefault();
        }}
        onClick={() => {
          if (offer.can) onPress(direction);
        }}
      >
        <Drawing size={19} stroke={1.7} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}
