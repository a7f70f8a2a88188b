import { Modal } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { isMac, keyLabel } from "../ui/keyLabel";
import styles from "./ShortcutSheet.module.css";
import { useSheetGroups } from "./useSheetGroups";

export interface ShortcutSheetProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  /** It is gone from the screen, and the keys belong to what had them before. */
  readonly onClosed: () => void;
}

/**
 * All keys, in groups; one dialog that Esc closes. The caller gives the focus back: loaded on demand, the sheet is too
 * late the first time to know who had it.
 */
export function ShortcutSheet(props: ShortcutSheetProps): ReactNode {
  const { t } = useTranslation(["app", "common"]);
  const groups = useSheetGroups();
  const mac = isMac();
  return (
    <Modal
      opened={props.opened}
      onClose={props.onClose}
      onExitTransitionEnd={props.onClosed}
      returnFocus={false}
      title={t("app:shortcuts.title")}
      closeButtonProps={{ "aria-label": t("common:close") }}
      size="46rem"
      centered
    >
      <div className={styles.sheet}>
        {groups.map(({ title, rows }) => (
          <section key={title} className={styles.group}>
            <h3 className={styles.title}>{title}</h3>
            <dl className={styles.rows}>
              {rows.map(({ name, keys }) => (
                <div key={name} className={styles.row}>
                  <dt>{name}</dt>
                  <dd>
                    {keys.map((key) => (
                      <kbd key={key} className={styles.key}>
                        {keyLabel(key, mac)}
                      </kbd>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  );
}
