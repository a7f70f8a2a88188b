import { Modal } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { isMac, keyLabel } from "../ui/keyLabel";
import styles from "./ShortcutSheet.module.css";
import { useSheetGroups } from "./useSheetGroups";

/** All keys, in groups; one dialog that Esc closes. */
export function ShortcutSheet(props: { readonly opened: boolean; readonly onClose: () => void }): ReactNode {
  const { t } = useTranslation(["app", "common"]);
  const groups = useSheetGroups();
  const mac = isMac();
  return (
    <Modal
      opened={props.opened}
      onClose={props.onClose}
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
