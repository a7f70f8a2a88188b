import type { ReactNode } from "react";
import { areaSubjects } from "../domain/records/area";
import type { AreaRow } from "../domain/rosterRow";
import { AreaChoices } from "./AreaChoices";
import { RecordChoices, type RecordChoicesProps } from "./RecordChoices";

const allKinds: readonly AreaRow["kind"][] = areaSubjects;

/** The open part of a picker: areas as a tree, records of every other type as a list. */
export function PickChoices(
  props: RecordChoicesProps & { readonly kinds?: readonly AreaRow["kind"][] | undefined },
): ReactNode {
  const { kinds = allKinds, typedChoice, ...rest } = props;
  if (rest.type === "area") return <AreaChoices {...rest} kinds={kinds} />;
  return <RecordChoices {...rest} typedChoice={typedChoice} />;
}
