import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { AuthorId } from "../domain/ids";
import { useRow } from "../platform/useRows";

/** Who made a version; somebody whose record has not come yet is not known. */
export function AuthorName({ id }: { readonly id: AuthorId | null }): ReactNode {
  const { t } = useTranslation("history");
  const row = useRow(id ?? undefined);
  if (row === undefined) return null;
  return <bdi>{row?.type === "author" && row.name !== "" ? row.name : t("nobody")}</bdi>;
}
