import { Button } from "@mantine/core";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Place, PlaceNotOpened } from "../../../src-main/shared/ipc";
import { useMain } from "../../platform/bridge";
import styles from "./settings.module.css";

/** Opens a folder or file of the app in the system's own program, or says where it is when the system cannot. */
export function OpenPlace(props: { readonly place: Place; readonly label: string }): ReactNode {
  const { t } = useTranslation("about");
  const main = useMain();
  const [failure, setFailure] = useState<PlaceNotOpened | null>(null);

  async function open(): Promise<void> {
    const opened = await main.invoke("place:open", { place: props.place });
    setFailure(opened.ok ? null : opened.failure);
  }

  return (
    <>
      <Button size="compact-sm" variant="default" onClick={() => void open()}>
        {props.label}
      </Button>
      {failure && (
        <p className={styles.problem} role="alert">
          {t("notOpened", { path: failure.path, detail: failure.detail })}
        </p>
      )}
    </>
  );
}
