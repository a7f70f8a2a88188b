import { Button } from "@mantine/core";
import { useEffect, useRef, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { v7 as uuid } from "uuid";
import { chinaDate } from "../../domain/chinaTime";
import type { Change } from "../../domain/edit";
import type { Area } from "../../domain/records/area";
import { useFormats } from "../../i18n/formats";
import { useMinute } from "../../platform/useMinute";
import { useEdit } from "../../platform/useEdit";
import type { RecordForm } from "../../platform/useRecordForm";
import { isComposing } from "../../ui/composing";
import { DayField } from "../../ui/DayField";
import { FieldGroup, Notice, Wide } from "../../ui/RecordPane";
import { isRetired } from "../../ui/offeredAreas";
import { useReadOnly } from "../../ui/readOnly";
import { TextField } from "../../ui/TextField";
import { changesForDay, changesForRenaming } from "./areaForm";
import styles from "./areas.module.css";

interface StepsProps {
  readonly form: RecordForm<"area">;
  readonly area: Area;
}

/** What the Steering Committee does with an area: renames it from a date, or retires it. Nothing deletes one. */
export function AreaSteps({ form, area }: StepsProps): ReactNode {
  const { t } = useTranslation("areas");
  const formats = useFormats();
  const edit = useEdit();
  const readOnly = useReadOnly();
  const now = useMinute();
  const [step, setStep] = useState<"rename" | "retire" | null>(null);
  const stepsElement = useRef<HTMLDivElement>(null);
  const wasInStep = useRef(false);
  // The keys go on where the step was begun, since its fields are gone.
  useEffect(() => {
    if (step === null && wasInStep.current) stepsElement.current?.querySelector("button")?.focus();
    wasInStep.current = step !== null;
  }, [step]);
  const leave = (): void => {
    setStep(null);
  };
  const take = (changes: readonly Change[]): void => {
    void edit(form.editOf(changes));
    leave();
  };

  if (step === "rename") return <Renaming area={area} onTake={take} onLeave={leave} />;
  if (step === "retire") return <Retiring onTake={take} onLeave={leave} />;
  if (readOnly) return null;
  return (
    <div className={styles.steps} ref={stepsElement}>
      {area.validTo !== undefined && (
        <Notice
          action={
            <Button
              size="compact-sm"
              variant="light"
              onClick={() => {
                take(changesForDay("validTo", undefined));
              }}
            >
              {t("bringBack")}
            </Button>
          }
        >
          {t(isRetired(area, chinaDate(now)) ? "retiredSince" : "retiresAfter", {
            day: formats.date(area.validTo),
          })}
        </Notice>
      )}
      <div className={styles.buttons}>
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => {
            setStep("rename");
          }}
        >
          {t("rename.open")}
        </Button>
        {area.validTo === undefined && (
          <Button
            size="compact-sm"
            variant="default"
            onClick={() => {
              setStep("retire");
            }}
          >
            {t("retire.open")}
          </Button>
        )}
        <span className={styles.hint}>{t("hint.neverDeleted")}</span>
      </div>
    </div>
  );
}

interface StepProps {
  readonly onTake: (changes: readonly Change[]) => void;
  readonly onLeave: () => void;
}

function Renaming({ area, onTake, onLeave }: StepProps & { readonly area: Area }): ReactNode {
  const { t } = useTranslation("areas");
  const [nameEn, setNameEn] = useState(area.nameEn ?? "");
  const [nameZh, setNameZh] = useState(area.nameZh ?? "");
  const [from, setFrom] = useState<string | undefined>(() => chinaDate(Date.now()));
  const changes = from === undefined ? null : changesForRenaming(area, { nameEn, nameZh, from }, uuid());
  return (
    <Panel
      label={t("rename.open")}
      hint={t("rename.hint")}
      confirm={t("rename.confirm")}
      onConfirm={
        changes &&
        (() => {
          onTake(changes);
        })
      }
      onLeave={onLeave}
    >
      <TextField
        label={t("rename.nameEn")}
        value={nameEn}
        onChange={setNameEn}
        lang="en"
        autoComplete="off"
        autoFocus
      />
      <TextField label={t("rename.nameZh")} value={nameZh} onChange={setNameZh} lang="zh-CN" autoComplete="off" />
      <DayField label={t("rename.from")} value={from} onChange={setFrom} />
    </Panel>
  );
}

function Retiring({ onTake, onLeave }: StepProps): ReactNode {
  const { t } = useTranslation("areas");
  const [last, setLast] = useState<string | undefined>(() => chinaDate(Date.now()));
  return (
    <Panel
      label={t("retire.open")}
      hint={t("retire.hint")}
      confirm={t("retire.confirm")}
      onConfirm={
        last === undefined
          ? null
          : () => {
              onTake(changesForDay("validTo", last));
            }
      }
      onLeave={onLeave}
    >
      <DayField label={t("retire.lastDay")} value={last} onChange={setLast} autoFocus />
    </Panel>
  );
}

/** A step to confirm, since it changes more than one thing at once. */
function Panel(props: {
  readonly label: string;
  readonly hint: string;
  readonly confirm: string;
  /** Null while what is filled in does not do. */
  readonly onConfirm: (() => void) | null;
  readonly onLeave: () => void;
  readonly children: ReactNode;
}): ReactNode {
  const { label, hint, confirm, onConfirm, onLeave, children } = props;
  const { t } = useTranslation("common");
  return (
    <div
      className={styles.panel}
      role="group"
      aria-label={label}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || isComposing(event) || event.defaultPrevented) return;
        if ((event.target as HTMLElement).closest('[aria-expanded="true"],[role="dialog"]')) return;
        event.stopPropagation();
        onLeave();
      }}
    >
      <FieldGroup title={label}>
        {children}
        <Wide>
          <p className={styles.hint}>{hint}</p>
        </Wide>
      </FieldGroup>
      <div className={styles.buttons}>
        <Button
          size="compact-sm"
          disabled={onConfirm === null}
          onClick={() => {
            onConfirm?.();
          }}
        >
          {confirm}
        </Button>
        <Button size="compact-sm" variant="default" onClick={onLeave}>
          {t("cancel")}
        </Button>
      </div>
    </div>
  );
}
