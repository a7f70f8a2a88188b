import { ActionIcon, Button, Tooltip } from "@mantine/core";
import { IconArrowUpRight } from "@tabler/icons-react";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { SaveFailure } from "../../domain/saveFailure";
import { isShippedId, type OrganisationId } from "../../domain/ids";
import type { RosterRow } from "../../domain/rosterRow";
import { useSaveFailureText } from "../../i18n/failureTexts";
import { rowNames } from "../../i18n/rowNames";
import { useLanguage } from "../../i18n/texts";
import { useOpenRecord } from "../../platform/navigation";
import { useNotebookSession } from "../../platform/notebook";
import { useEdit } from "../../platform/useEdit";
import type { RecordForm } from "../../platform/useRecordForm";
import { useRow } from "../../platform/useRows";
import { PickOne } from "../../ui/PickOne";
import { changesForRelation, presetOf, type RelationName } from "./organisationForm";
import styles from "./organisations.module.css";

/** Another organisation that this one names, with the way to it; one that is hidden or deleted says so. */
export function RelationField(props: {
  readonly form: RecordForm<"organisation">;
  readonly field: RelationName;
  readonly label: string;
}): ReactNode {
  const { form, field, label } = props;
  const { t } = useTranslation("organisations");
  const { edits } = useNotebookSession();
  const edit = useEdit();
  const failureText = useSaveFailureText();
  const [refused, setRefused] = useState<SaveFailure | null>(null);
  const preset = field === "parentId" ? presetOf(form.preset, field) : undefined;
  const id = form.record ? form.record.data[field] : preset;
  const row = useRow(id);

  async function choose(next: OrganisationId | undefined): Promise<void> {
    setRefused(null);
    if (form.record === null && next === undefined) return;
    const changed = await edit(form.editOf(changesForRelation(field, next)));
    if (changed.ok || changed.failure.kind !== "circle") return;
    setRefused(changed.failure);
    // The choice before stands again, so nothing is left unsaved.
    edits.dismiss(form.id);
  }

  return (
    <div className={styles.relation}>
      <div className={styles.withButton}>
        <PickOne
          label={label}
          type="organisation"
          value={id}
          placeholder={t("hint.relation")}
          onChange={(next) => void choose(next)}
          error={refused ? failureText(refused) : undefined}
        />
        {id !== undefined && row && !row.bin && <OpenButton row={row} />}
      </div>
      {row?.bin && <AbsentBody row={row} />}
    </div>
  );
}

function OpenButton({ row }: { readonly row: RosterRow }): ReactNode {
  const { t } = useTranslation("organisations");
  const [language] = useLanguage();
  const open = useOpenRecord();
  const text = t("open", { name: rowNames(row, language).first });
  return (
    <Tooltip label={text} multiline maw={360}>
      <ActionIcon
        variant="subtle"
        color="gray"
        size={34}
        aria-label={text}
        onClick={() => {
          open(row.id);
        }}
      >
        <IconArrowUpRight size={16} stroke={1.6} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}

/** Says that the body named above is hidden or deleted, and brings it back. */
function AbsentBody({ row }: { readonly row: RosterRow }): ReactNode {
  const { t } = useTranslation("organisations");
  const [language] = useLanguage();
  const edit = useEdit();
  const { first: name, firstLang } = rowNames(row, language);
  return (
    <p className={styles.absent} role="note">
      <span lang={firstLang}>{isShippedId(row.id) ? t("absent.hidden", { name }) : t("absent.deleted", { name })}</span>
      <Button size="compact-xs" variant="light" onClick={() => void edit({ kind: "restore", id: row.id })}>
        {t("absent.show")}
      </Button>
    </p>
  );
}
