import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { partsOf, type Difference, type ItemDifference } from "../../domain/differences";
import type { RecordId } from "../../domain/ids";
import { RecordName } from "../../ui/RecordName";
import { usePartLabel } from "../../ui/usePartLabel";
import { useValueText } from "../../ui/useValueText";
import { ChangedText } from "./ChangedText";
import styles from "./history.module.css";
import { onlyPartOf } from "./useDifferenceLabel";

type Side = "before" | "after";

/** One side of a difference: a value, the items or members that only this side has, or how an item is on this side. */
export function FieldDifference({ of, side }: { readonly of: Difference; readonly side: Side }): ReactNode {
  const { t } = useTranslation("history");
  switch (of.kind) {
    case "value":
      return <Value field={of.field} before={of.before} after={of.after} side={side} />;
    case "set": {
      const members = side === "before" ? of.removed : of.added;
      if (members.length === 0) return null;
      return (
        <ul className={styles.items}>
          {members.map((member) => (
            <li key={member}>
              <Value
                field={of.field}
                {...(side === "before" ? { before: member, after: undefined } : { before: undefined, after: member })}
                side={side}
              />
            </li>
          ))}
        </ul>
      );
    }
    case "list": {
      if (of.items.length === 0) return side === "after" && t("orderChanged");
      const items = of.items.filter((item) => item[side] !== null);
      if (items.length === 0) return null;
      return (
        <ul className={styles.items}>
          {items.map((item) => (
            <li key={item.id}>
              <Item of={item} side={side} only={onlyPartOf(of)} />
            </li>
          ))}
        </ul>
      );
    }
  }
}

/** The parts of an item that differ, each with its name unless the field is named by it. */
function Item(props: {
  readonly of: ItemDifference;
  readonly side: Side;
  readonly only: string | undefined;
}): ReactNode {
  const { of, side, only } = props;
  const partLabel = usePartLabel();
  return partsOf(of.before, of.after)
    .filter((part) => !isQuiet(part))
    .map((part) => {
      const label = part === only ? "" : partLabel(part);
      return (
        <span key={part} className={styles.part}>
          {label !== "" && <span className={styles.partLabel}>{label}</span>}
          <Value field={part} before={of.before?.[part]} after={of.after?.[part]} side={side} />
        </span>
      );
    });
}

/** What a form does not show: it follows from what is shown. */
function isQuiet(part: string): boolean {
  return part === "language";
}

function Value(props: {
  readonly field: string;
  readonly before: unknown;
  readonly after: unknown;
  readonly side: Side;
}): ReactNode {
  const { field, before, after, side } = props;
  const { t } = useTranslation("history");
  const valueText = useValueText();
  const [was, is] = [valueText(field, before), valueText(field, after)];
  const shown = side === "before" ? was : is;
  if (shown.kind === "record") return <MarkedName id={shown.id} side={side} />;
  if (shown.text === "") return <em className={styles.nothing}>{t("nothing")}</em>;
  const textOf = (value: typeof was): string => (value.kind === "text" ? value.text : "");
  return (
    <bdi className={styles.text} dir="auto">
      <ChangedText before={textOf(was)} after={textOf(is)} side={side} />
    </bdi>
  );
}

function MarkedName({ id, side }: { readonly id: RecordId; readonly side: Side }): ReactNode {
  return side === "before" ? (
    <del>
      <RecordName id={id} />
    </del>
  ) : (
    <ins>
      <RecordName id={id} />
    </ins>
  );
}
