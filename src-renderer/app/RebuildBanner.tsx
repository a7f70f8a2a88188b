import { Progress } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useFormats } from "../i18n/formats";
import { useRebuild } from "../platform/useRebuild";
import type { Rebuilt } from "../ports/notebook";
import styles from "./app.module.css";
import { Notice } from "./Notice";

/** The browser's database is being made anew, or was: how far it is, what came back and, if anything did not, what. */
export function RebuildBanner(): ReactNode {
  const rebuild = useRebuild();
  switch (rebuild?.kind) {
    case "under-way":
      return <UnderWay done={rebuild.done} total={rebuild.total} />;
    case "done":
      return <Done rebuilt={rebuild.rebuilt} />;
    case undefined:
      return null;
  }
}

function UnderWay({ done, total }: { readonly done: number; readonly total: number }): ReactNode {
  const { t } = useTranslation("app");
  return (
    <div className={styles.banner} data-kind="progress">
      <span>{t("rebuild.underWay")}</span>
      <Progress
        className={styles.bannerProgress}
        value={total === 0 ? 0 : Math.min(100, (100 * done) / total)}
        aria-label={t("rebuild.progress")}
        size="sm"
      />
    </div>
  );
}

function Done({ rebuilt }: { readonly rebuilt: Rebuilt }): ReactNode {
  const { t } = useTranslation("app");
  const formats = useFormats();
  const { records, notes, damaged } = rebuilt;
  const lost = damaged.reduce((bytes, { from, to }) => bytes + to - from, 0);
  const isWhole = damaged.length === 0;
  const back = t("rebuild.back", {
    records: t("rebuild.records", { count: records }),
    notes: t("rebuild.notes", { count: notes }),
  });
  return (
    <Notice kind={isWhole ? "notice" : "failure"}>
      {reasonText(rebuilt.reason)} {back}{" "}
      {isWhole
        ? t("rebuild.whole")
        : t("rebuild.lost", { count: damaged.length, size: formats.number(Math.max(1, Math.round(lost / 1024))) })}
    </Notice>
  );

  function reasonText(reason: Rebuilt["reason"]): string {
    switch (reason) {
      case "missing":
        return t("rebuild.missing");
      case "unfinished":
        return t("rebuild.unfinished");
      case "damaged":
        return t("rebuild.damaged");
      case "other-ledger":
      case "behind":
        return t("rebuild.outdated");
      case "upgraded":
        return t("rebuild.upgraded");
    }
  }
}
