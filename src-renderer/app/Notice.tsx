import { Button } from "@mantine/core";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import styles from "./app.module.css";

/** Something to know once: it stays until it is put away. */
export function Notice(props: { readonly kind?: "notice" | "failure"; readonly children: ReactNode }): ReactNode {
  const { t } = useTranslation("app");
  const [isShown, setIsShown] = useState(true);
  if (!isShown) return null;
  return (
    <div className={styles.banner} data-kind={props.kind ?? "notice"} role="alert">
      <span>{props.children}</span>
      <Button
        size="compact-sm"
        variant="default"
        onClick={() => {
          setIsShown(false);
        }}
      >
        {t("dismiss")}
      </Button>
    </div>
  );
}
