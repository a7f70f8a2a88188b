import { Button } from "@mantine/core";
import { IconFolderCheck } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { GatePage } from "./GatePage";
import styles from "./protection.module.css";

/** Where the notebook that did not open lies now; stays until it has been read. */
export function SetAsideDone(props: { readonly keptAs: string; readonly onGoOn: () => void }): ReactNode {
  const { t } = useTranslation("protection");
  return (
    <GatePage icon={IconFolderCheck} title={t("beside.doneTitle")}>
      <p className={styles.text}>
        {t("beside.done")} <code className={styles.path}>{props.keptAs}</code>
      </p>
      <p className={styles.text}>{t("beside.later")}</p>
      <div>
        <Button autoFocus onClick={props.onGoOn}>
          {t("beside.goOn")}
        </Button>
      </div>
    </GatePage>
  );
}
