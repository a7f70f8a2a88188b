import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { AuthorId } from "../domain/ids";
import { useDeviceNameText } from "../i18n/deviceNames";
import { useRow } from "../platform/useRows";

/** Where something was done, and by whom; null where it is not known. */
export interface DoneAt {
  readonly here: boolean;
  readonly device: string | null;
  readonly author: AuthorId | null;
}

/** The computer on which something was done, as its author's record names it; one that is not in there by its id. */
export function ComputerName({ of }: { readonly of: DoneAt }): ReactNode {
  const { here, device, author } = of;
  const { t } = useTranslation("history");
  const nameText = useDeviceNameText();
  const row = useRow(here ? undefined : (author ?? undefined));
  if (here) return t("computer.here");
  if (device === null) return t("computer.unknown");
  if (row === undefined) return null;
  const name = row?.type === "author" ? nameText(row.devices, device) : undefined;
  return name === undefined ? t("computer.other", { short: device.slice(0, 4) }) : <bdi>{name}</bdi>;
}
