import {
  IconBuildingCommunity,
  IconCalendarEvent,
  IconCategory,
  IconUser,
  IconUserEdit,
  IconVocabulary,
} from "@tabler/icons-react";
import type { ReactNode } from "react";
import type { RosterRow } from "../domain/rosterRow";

const icons = {
  organisation: IconBuildingCommunity,
  contact: IconUser,
  meeting: IconCalendarEvent,
  term: IconVocabulary,
  area: IconCategory,
  author: IconUserEdit,
} as const satisfies Record<RosterRow["type"], unknown>;

/** What kind of record a row is, where rows of all kinds stand together; the words beside it say it too. */
export function KindIcon({ type, size = 16 }: { readonly type: RosterRow["type"]; readonly size?: number }): ReactNode {
  const Icon = icons[type];
  return <Icon size={size} stroke={1.6} aria-hidden />;
}
