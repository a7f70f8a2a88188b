import type { Language } from "../../src-main/shared/settings";
import type { OrganisationRow } from "../domain/rosterRow";

/** The shortest name people use for an organisation, for a line where the full one has no room: 住建部, MOHURD. */
export function shortOrganisationName(row: OrganisationRow, language: Language): string {
  const chinese = row.shortZh ?? row.nameZh;
  const latin = row.abbreviation ?? row.nameEn;
  return (language === "zh-CN" ? (chinese ?? latin) : (latin ?? chinese)) ?? "";
}
