import { Button } from "@mantine/core";
import { IconLock, IconLockOpen2 } from "@tabler/icons-react";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { isShippedId, type RecordId } from "../domain/ids";
import { rowNames } from "../i18n/rowNames";
import { useLanguage } from "../i18n/texts";
import { useEdit } from "../platform/useEdit";
import type { RecordForm } from "../platform/useRecordForm";
import { useRows } from "../platform/useRows";
import { PrivateQuestion, type Sharing } from "./PrivateQuestion";
import { Notice } from "./RecordPane";
import type { EditedType } from "./RecordSection";

interface Privacy {
  readonly isPrivate: boolean;
  /** The server has it; of a private record, that it is still to be deleted there. */
  readonly onServer: boolean;
  readonly names: readonly RecordId[];
}

/** Null for a record that cannot be private: not stored yet, shipped, or not to be changed here. */
function privacyOf<T extends EditedType>({ id, state }: RecordForm<T>): Privacy | null {
  if (state.kind !== "here" || state.row.newer === true || isShippedId(id)) return null;
  return { isPrivate: state.row.private === true, onServer: state.onServer, names: state.names };
}

/**
 * In the head of a record: whether it is private, and the switch. It asks first where others have the record already,
 * and before they get it.
 */
export function PrivateButton<T extends EditedType>({ form }: { readonly form: RecordForm<T> }): ReactNode {
  const { t } = useTranslation("common");
  const edit = useEdit();
  const [asked, setAsked] = useState<Sharing | null>(null);
  const privacy = privacyOf(form);
  if (privacy === null) return null;
  const { isPrivate, onServer } = privacy;

  function share(sharing: Sharing): void {
    setAsked(null);
    void edit({ kind: "share", id: form.id, visibility: sharing === "private" ? "private" : "project" });
  }

  return (
    <>
      <Button
        size="compact-sm"
        variant={isPrivate ? "light" : "subtle"}
        color={isPrivate ? "accent" : "gray"}
        fw={500}
        leftSection={
          isPrivate ? (
            <IconLock size={15} stroke={1.7} aria-hidden />
          ) : (
            <IconLockOpen2 size={15} stroke={1.6} aria-hidden />
          )
        }
        aria-pressed={isPrivate}
        title={t("private.hint")}
        onClick={() => {
          if (isPrivate) setAsked("shared");
          else if (onServer) setAsked("private");
          else share("private");
        }}
      >
        {t("private.name")}
      </Button>
      <PrivateQuestion
        asked={asked}
        count={1}
        onCancel={() => {
          setAsked(null);
        }}
        onConfirm={share}
      />
    </>
  );
}

/** Above the fields: what being private means for this record, or that a shared one names what is private. */
export function PrivateNotice<T extends EditedType>({ form }: { readonly form: RecordForm<T> }): ReactNode {
  const { t } = useTranslation("common");
  const [language] = useLanguage();
  const state = form.state.kind === "here" ? form.state : null;
  const isPrivate = state?.row.private === true;
  const rows = useRows(state === null || isPrivate ? [] : state.names);
  if (state === null) return null;
  if (isPrivate) return <Notice quiet>{state.onServer ? t("private.leaving") : t("private.here")}</Notice>;
  const named = [...rows.values()].filter((row) => row?.private === true);
  if (named.length === 0) return null;
  const names = named.map((row) => (row && rowNames(row, language).first) || t("untitled"));
  return (
    <Notice>{t("private.named", { count: named.length, names: names.join(language === "en" ? ", " : "、") })}</Notice>
  );
}
