import type { TFunction } from "i18next";
import type { Language } from "../../src-main/shared/settings";
import type { RecordId, RecordType } from "../domain/ids";
import type { RosterRow } from "../domain/rosterRow";
import { rowNames } from "../i18n/rowNames";
import type { HistoryOutcome, HistoryStep } from "../ports/notebook";
import type { Direction } from "./fieldHistory";

/** Longest name in a message, in characters; the record itself shows the whole of it. */
const LONGEST_NAME = 60;

type Rows = ReadonlyMap<RecordId, RosterRow | null>;

/** What a step did, as the second half of "Undo: …": `delete 王伟`, `change 12 contacts`. */
export function describeStep(step: HistoryStep, rows: Rows, t: TFunction<"app">, language: Language): string {
  return t(`history.step.${step.kind}`, { what: subjectOf(step, rows, t, language) });
}

/** What has been undone or redone, and what of it was left as it was. */
export function describeOutcome(
  { step, left }: HistoryOutcome,
  direction: Direction,
  rows: Rows,
  t: TFunction<"app">,
  language: Language,
): string {
  const what = describeStep(step, rows, t, language);
  const done = direction === "undo" ? t("history.undone", { what }) : t("history.redone", { what });
  return left > 0 ? `${done} ${t("history.left", { count: left })}` : done;
}

function subjectOf(step: HistoryStep, rows: Rows, t: TFunction<"app">, language: Language): string {
  const [id] = step.ids;
  // A backup brings records of many types.
  const noun = step.kind === "join" ? "record" : nounOf(step.type);
  if (step.count > 1 || id === undefined) return t(`history.many.${noun}`, { count: step.count });
  const row = rows.get(id);
  const name = row ? rowNames(row, language).first : "";
  return name === "" ? t(`history.unnamed.${nounOf(step.type)}`) : t("history.name", { name: shorten(name) });
}

function nounOf(type: RecordType): "organisation" | "contact" | "meeting" | "term" | "area" | "record" {
  return type === "note" || type === "author" ? "record" : type;
}

function shorten(name: string): string {
  const characters = [...name];
  return characters.length <= LONGEST_NAME ? name : `${characters.slice(0, LONGEST_NAME - 1).join("")}…`;
}
