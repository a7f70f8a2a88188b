import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { MAX_DEVICE_NAME, nextDeviceNumber, numbersOf } from "../../domain/devices";
import type { Change } from "../../domain/edit";
import type { Device } from "../../domain/records/author";
import { useDeviceNameText } from "../../i18n/deviceNames";
import { useSaveState } from "../../platform/useEdit";
import { useFormField } from "../../platform/useFormField";
import { useIdentity } from "../../platform/useIdentity";
import { useRecordForm, type RecordForm } from "../../platform/useRecordForm";
import type { Identity } from "../../ports/notebook";
import { ReadOnlyContext } from "../../ui/readOnly";
import { SaveStatus } from "../../ui/SaveStatus";
import { TextField } from "../../ui/TextField";
import styles from "./settings.module.css";

/** Longest name that the first start takes as well (ports/notebook.ts). */
const LONGEST_NAME = 200;

/** Who writes here, and on which computers: what colleagues see beside every change. Saved as it is typed. */
export function IdentitySettings(): ReactNode {
  const identity = useIdentity();
  return identity && <Fields key={identity.author} identity={identity} />;
}

function Fields({ identity }: { readonly identity: Identity }): ReactNode {
  const { t } = useTranslation("settings");
  const form = useRecordForm<"author">(identity.author);
  const { state, retry } = useSaveState(identity.author);
  const { record } = form;
  if (!record) return null;
  const devices = withThis(record.data.devices, identity.device);
  const others = devices.filter(({ id }) => id !== identity.device);
  return (
    <ReadOnlyContext value={form.state.kind === "here" && form.state.row.newer === true}>
      <AuthorNameField form={form} value={record.data.name} />
      <DeviceNameField
        form={form}
        devices={devices}
        id={identity.device}
        label={t("identity.thisComputer")}
        description={t("identity.thisComputerText")}
      />
      {others.length > 0 && (
        <div role="group" aria-labelledby="settings-other-computers" className={styles.subgroup}>
          <h3 id="settings-other-computers" className={styles.subtitle}>
            {t("identity.otherComputers")}
          </h3>
          <div className={styles.fields}>
            {others.map(({ id }) => (
              <DeviceNameField key={id} form={form} devices={devices} id={id} />
            ))}
          </div>
        </div>
      )}
      <SaveStatus state={state} onRetry={retry} />
    </ReadOnlyContext>
  );
}

/** Without a name nobody could tell who wrote: an empty field changes nothing and shows the name again when left. */
function AuthorNameField(props: { readonly form: RecordForm<"author">; readonly value: string }): ReactNode {
  const { t } = useTranslation("settings");
  const { form, value } = props;
  const [isBlank, setBlank] = useState(false);
  const draft = useFormField(form, {
    field: "name",
    value,
    changes: (text): Change[] => [{ op: "set", field: "name", value: text.trim() }],
  });
  return (
    <TextField
      {...draft}
      label={t("identity.yourName")}
      description={t("identity.yourNameText")}
      autoComplete="name"
      maxLength={LONGEST_NAME}
      value={isBlank ? "" : draft.value}
      error={isBlank ? t("identity.nameMissing") : undefined}
      onChange={(text) => {
        const blank = text.trim() === "";
        setBlank(blank);
        if (!blank) draft.onChange(text);
      }}
      onBlur={() => {
        setBlank(false);
        draft.onBlur();
      }}
    />
  );
}

/** A computer's name; an emptied field goes back to the number, which it shows meanwhile. */
function DeviceNameField(props: {
  readonly form: RecordForm<"author">;
  readonly devices: readonly Device[];
  readonly id: string;
  /** The computer's number unless told. */
  readonly label?: string;
  readonly description?: string;
}): ReactNode {
  const { t } = useTranslation(["settings", "common"]);
  const nameText = useDeviceNameText();
  const { form, devices, id, description } = props;
  const numbered = t("common:computer", { number: numbersOf(devices).get(id) ?? 1 });
  const draft = useFormField(form, {
    field: `devices/${id}`,
    value: devices.find((device) => device.id === id)?.name ?? "",
    changes: (text): Change[] => {
      const isListed = form.record?.data.devices.some((device) => device.id === id) ?? false;
      const number = isListed ? {} : { number: nextDeviceNumber(form.record?.data.devices ?? []) };
      const name = text.trim() === "" ? undefined : text.trim();
      return [{ op: "putItem", field: "devices", item: { id, ...number, name } }];
    },
  });
  const shown = draft.value.trim() === "" ? numbered : draft.value.trim();
  const isTaken = devices.some((device) => device.id !== id && nameText(devices, device.id) === shown);
  return (
    <TextField
      {...draft}
      label={props.label ?? numbered}
      description={description}
      placeholder={numbered}
      maxLength={MAX_DEVICE_NAME}
      autoComplete="off"
      error={isTaken ? t("settings:identity.nameTaken") : undefined}
    />
  );
}

/** Until this computer has its place in the record, it can already be named. */
function withThis(devices: readonly Device[], id: string): readonly Device[] {
  const isListed = devices.some((device) => device.id === id);
  return isListed ? devices : [...devices, { id, number: nextDeviceNumber(devices) }];
}
