import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { markKeys } from "../editor/markKeys";
import { reviewKeys } from "../features/review/reviewKeys";
import { shortcuts } from "./shortcuts";

export interface SheetRow {
  readonly name: string;
  readonly keys: readonly string[];
}
export interface SheetGroup {
  readonly title: string;
  readonly rows: readonly SheetRow[];
}

/** The shortcut sheet: the window's keys and the note's are the tables that their handlers obey. */
export function useSheetGroups(): readonly SheetGroup[] {
  const { t } = useTranslation(["app", "editor"]);
  return useMemo(() => {
    const general: SheetRow[] = [];
    const sections: SheetRow[] = [];
    for (const { command, keys } of shortcuts) {
      if (typeof command === "object") sections.push({ name: t(`app:sections.${command.go}`), keys });
      else general.push({ name: t(`app:shortcuts.${command}`), keys });
    }
    const list: SheetRow[] = [
      { name: t("app:shortcuts.nextRow"), keys: ["ArrowUp", "ArrowDown"] },
      { name: t("app:shortcuts.nextPage"), keys: ["PageUp", "PageDown"] },
      { name: t("app:shortcuts.firstLast"), keys: ["Home", "End"] },
      { name: t("app:shortcuts.selectMore"), keys: ["Shift-ArrowUp", "Shift-ArrowDown"] },
      { name: t("app:shortcuts.selectAll"), keys: ["Mod-a"] },
      { name: t("app:shortcuts.openRow"), keys: ["Enter"] },
      { name: t("app:shortcuts.backToList"), keys: ["Escape"] },
    ];
    const note: SheetRow[] = [
      { name: t("editor:headingLevel", { level: 1 }), keys: [markKeys.heading1] },
      { name: t("editor:headingLevel", { level: 2 }), keys: [markKeys.heading2] },
      { name: t("editor:headingLevel", { level: 3 }), keys: [markKeys.heading3] },
      { name: t("editor:bold"), keys: [markKeys.bold] },
      { name: t("editor:italic"), keys: [markKeys.italic] },
      { name: t("editor:bulletList"), keys: [markKeys.bullet] },
      { name: t("editor:numberedList"), keys: [markKeys.number] },
      { name: t("editor:checkList"), keys: [markKeys.check] },
      { name: t("app:shortcuts.check"), keys: [markKeys.tick] },
      { name: t("editor:link"), keys: [markKeys.link] },
      { name: t("app:shortcuts.openLink"), keys: [markKeys.openLink] },
      { name: t("app:shortcuts.moveLine"), keys: [markKeys.lineUp, markKeys.lineDown] },
    ];
    const review: SheetRow[] = [
      { name: t("app:shortcuts.chooseValue"), keys: reviewKeys.choose },
      { name: t("app:shortcuts.keepValue"), keys: [reviewKeys.keep] },
      { name: t("app:shortcuts.keepAllValues"), keys: [reviewKeys.keepAll] },
    ];
    return [
      { title: t("app:shortcuts.groups.general"), rows: general },
      { title: t("app:shortcuts.groups.sections"), rows: sections },
      { title: t("app:shortcuts.groups.list"), rows: list },
      { title: t("app:shortcuts.groups.note"), rows: note },
      { title: t("app:shortcuts.groups.review"), rows: review },
    ];
  }, [t]);
}
