import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useDeviceNameText } from "../../i18n/deviceNames";
import { useRow } from "../../platform/useRows";
import type { VersionRow } from "../../ports/versions";

/** The computer on which a version was made, as its author's record names it; one that is not in there by its id. */
export function ComputerName({ version }: { readonly version: VersionRow }): ReactNode {
  const { here, device, author } = version;
  const { t } = useTranslation("history");
  const nameText = useDeviceNameText();
  const row = useRow(here ? undefined : (author ?? undefined));
  if (here) return t("computer.here");
  if (device === null) return t("computer.unknown");
  if (row === undefined) return null;
  const name = row?.type === "author" ? nameText(row.devices, device) : undefined;
  return name === undefined ? t("computer.other", { short: device.slice(0, 4) }) : <bdi>{name}</bdi>;
}
