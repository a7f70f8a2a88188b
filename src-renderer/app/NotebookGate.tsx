import { Button } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { lazy, use, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useSaveFailureText } from "../i18n/failureTexts";
import type { OpenState } from "../ports/notebook";
import { EmptyState } from "../ui/EmptyState";
import styles from "./app.module.css";
import { MainWindow } from "./MainWindow";
import type { Started } from "./start";

const FirstRun = lazy(async () => ({ default: (await import("../features/firstRun/FirstRun")).FirstRun }));

/** What stands between the start and the window: the notebook must be open, and know who writes in it. */
export function NotebookGate(props: { readonly started: Started; readonly opening: Promise<OpenState> }): ReactNode {
  const { started } = props;
  const open = use(props.opening);
  const [begun, setBegun] = useState(false);
  if (open.kind === "failed") return <OpenFailed open={open} folder={started.info.dataFolder} />;
  if (open.identity === null && !begun) {
    return (
      <FirstRun
        onBegun={() => {
          setBegun(true);
        }}
      />
    );
  }
  return <MainWindow started={started} damagedFiles={open.damagedFiles} />;
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
