import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { deviceName } from "../domain/devices";
import type { Device } from "../domain/records/author";

/** A computer's name in words: as a person named it, or by its number; undefined where its author's record has none. */
export function useDeviceNameText(): (devices: readonly Device[], id: string) => string | undefined {
  const { t } = useTranslation("common");
  return useCallback(
    (devices, id) => {
      const name = deviceName(devices, id);
      if (!name) return undefined;
      return name.kind === "named" ? name.name : t("computer", { number: name.number });
    },
    [t],
  );
}
