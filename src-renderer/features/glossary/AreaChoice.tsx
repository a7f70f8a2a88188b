import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { AreaId } from "../../domain/ids";
import { PickOne } from "../../ui/PickOne";

/** Narrows the list to the terms of one area; typing part of its name finds it. */
export function AreaChoice(props: {
  readonly area: AreaId | undefined;
  readonly onChange: (area: AreaId | undefined) => void;
}): ReactNode {
  const { t } = useTranslation("glossary");
  return (
    <PickOne
      label={t("areaChoice")}
      hidesLabel
      type="area"
      value={props.area}
      placeholder={t("allAreas")}
      onChange={props.onChange}
    />
  );
}
