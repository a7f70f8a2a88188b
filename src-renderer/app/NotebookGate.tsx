import { Button } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { lazy, useEffect, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useSaveFailureText } from "../i18n/failureTexts";
import type { OpenState } from "../ports/notebook";
import { EmptyState } from "../ui/EmptyState";
import styles from "./app.module.css";
import { MainWindow } from "./MainWindow";
import type { Started } from "./start";

const FirstRun = lazy(async () => ({ default: (await import("../features/firstRun/FirstRun")).FirstRun }));
const RestoreFirst = lazy(async () => ({ default: (await import("../features/backup/RestoreFirst")).RestoreFirst }));

/**
 * What stands between the start and the window: the notebook must know who writes in it. Where it was used before, the
 * window does not wait until it is open: what is asked or typed meanwhile is answered then.
 */
export function NotebookGate(props: { readonly started: Started; readonly opening: Promise<OpenState> }): ReactNode {
  const { started } = props;
  const open = useOpened(props.opening);
  const [begun, setBegun] = useState(false);
  if (open === null) {
    return started.settings.places === undefined ? <Opening /> : <MainWindow started={started} damagedFiles={none} />;
  }
  if (open.kind === "failed") return <OpenFailed open={open} folder={started.info.dataFolder} />;
  if (open.identity === null && !begun) {
    return (
      <FirstRun
        restore={<RestoreFirst />}
        onBegun={() => {
          setBegun(true);
        }}
      />
    );
  }
  return <MainWindow started={started} damagedFiles={open.damagedFiles} />;
}

const none: readonly string[] = [];

/** Null until the notebook has answered. */
function useOpened(opening: Promise<OpenState>): OpenState | null {
  const [open, setOpen] = useState<OpenState | null>(null);
  useEffect(() => {
    void opening.then(setOpen);
  }, [opening]);
  return open;
}

/** Seen only where opening takes a while: a long tail of the ledger, a slow disk. */
function Opening(): ReactNode {
  const { t } = useTranslation("app");
  return <main className={styles.opening}>{t("opening")}</main>;
}

function OpenFailed(props: {
  readonly open: Extract<OpenState, { kind: "failed" }>;
  readonly folder: string;
}): ReactNode {
  const { t } = useTranslation(["app", "common"]);
  const reason = useSaveFailureText()(props.open.failure);
  return (
    <main className={styles.whole}>
      <EmptyState
        icon={IconAlertTriangle}
        title={t("app:openFailed.title")}
        action={
          <Button
            onClick={() => {
              location.reload();
            }}
          >
            {t("common:tryAgain")}
          </Button>
        }
      >
        {t("app:openFailed.text", { reason })}
        <br />
        {t("app:openFailed.folder", { folder: props.folder })}
      </EmptyState>
    </main>
  );
}
