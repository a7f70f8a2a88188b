import { useTranslation } from "react-i18next";
import type { Difference } from "../../domain/differences";
import { isShippedId, type RecordId } from "../../domain/ids";
import { useFormats } from "../../i18n/formats";
import type { ShownType } from "../../platform/navigation";
import type { VersionRow } from "../../ports/versions";
import { useValueText } from "../../ui/useValueText";
import { onlyPartOf, useDifferenceLabel } from "./useDifferenceLabel";

/** Longest value told in a line of the list, in characters; the others are named only. */
const SHORT = 28;
/** Fields named in a line. */
const NAMED = 3;

export interface VersionTexts {
  /** What happened, without what it was about: `Changed`, `Note`. */
  readonly what: (version: VersionRow) => string;
  /** The same with what it was about: `Job title: 处长 → 司长`. */
  readonly summary: (version: VersionRow) => string;
}

/** Versions in words. */
export function useVersionTexts(id: RecordId, type: ShownType): VersionTexts {
  const { t } = useTranslation("history");
  const formats = useFormats();
  const label = useDifferenceLabel(type);
  const valueText = useValueText();

  function what({ of, kind }: VersionRow): string {
    if (of === "note") {
      switch (kind) {
        case "start":
        case "arrived":
        case "merged":
        case "newer":
          return t(`noteWhat.${kind}`);
        default:
          return t("noteWhat.written");
      }
    }
    if (kind === "deleted" && isShippedId(id)) return t("what.hidden");
    return kind === "written" ? t("what.changed") : t(`what.${kind}`);
  }

  function summary(version: VersionRow): string {
    if (version.of === "note") return noteSummary(version);
    const { kind, fields, differences } = version;
    const [only] = differences;
    const change = kind === "changed" && fields.length === 1 && only ? shortChange(only) : undefined;
    if (change !== undefined && only) return t("valueChange", { field: label(only), change });
    if (fields.length === 0 || kind === "created" || kind === "arrived") return what(version);
    const named = differences.slice(0, NAMED).map(label);
    const more = fields.length > named.length ? "…" : "";
    return t("fieldsChanged", { what: what(version), fields: formats.list([...new Set(named)]) + more });
  }

  function noteSummary(version: VersionRow): string {
    const { change } = version;
    if (!change) return what(version);
    const amounts = [
      change.added > 0 ? t("added", { count: change.added }) : "",
      change.removed > 0 ? t("removed", { count: change.removed }) : "",
    ].filter((amount) => amount !== "");
    return t("noteChange", { what: what(version), amount: formats.list(amounts) });
  }

  /** Both values where they fit into a line. */
  function shortChange(difference: Difference): string | undefined {
    const part = onlyPartOf(difference);
    if (difference.kind === "value") return fromTo(difference.field, difference.before, difference.after);
    if (difference.kind !== "list" || part === undefined || difference.items.length !== 1) return undefined;
    const [item] = difference.items;
    return fromTo(part, item?.before?.[part], item?.after?.[part]);
  }

  function fromTo(field: string, before: unknown, after: unknown): string | undefined {
    const [from, to] = [valueText(field, before), valueText(field, after)];
    if (from.kind === "record" || to.kind === "record") return undefined;
    if (from.text.length > SHORT || to.text.length > SHORT) return undefined;
    if (from.text === "") return to.text;
    return t("fromTo", { from: from.text, to: to.text === "" ? t("nothing") : to.text });
  }

  return { what, summary };
}
