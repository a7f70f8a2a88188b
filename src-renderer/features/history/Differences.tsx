import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Difference } from "../../domain/differences";
import type { ShownType } from "../../platform/navigation";
import { FieldDifference } from "./FieldDifference";
import styles from "./history.module.css";
import { useDifferenceLabel } from "./useDifferenceLabel";
import type { Against } from "./useVersion";

/** The fields in which two versions differ, both values side by side. */
export function Differences(props: {
  readonly type: ShownType;
  readonly differences: readonly Difference[];
  readonly against: Against;
}): ReactNode {
  const { type, differences, against } = props;
  const { t } = useTranslation("history");
  const label = useDifferenceLabel(type);
  const names = against === "before" ? [t("column.before"), t("column.after")] : [t("column.version"), t("column.now")];
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <td />
          {names.map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {differences.map((difference) => (
          <tr key={difference.field}>
            <th scope="row">{label(difference)}</th>
            <td data-name={names[0]}>
              <FieldDifference of={difference} side="before" />
            </td>
            <td data-name={names[1]}>
              <FieldDifference of={difference} side="after" />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
