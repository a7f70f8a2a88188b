import type { Language } from "../../src-main/shared/settings";
import type { RosterRow } from "../domain/rosterRow";

/** A record's name in the reader's language first, with the other language's beside it; both may be missing. */
export interface RowNames {
  readonly first: string;
  readonly second: string;
  /** Language of each, for fonts and screen readers. */
  readonly firstLang: Language;
  readonly secondLang: Language;
}

export function rowNames(row: RosterRow, language: Language): RowNames {
  switch (row.type) {
    case "organisation":
    case "area":
      return inOrder(row.nameEn, row.nameZh, language);
    case "term":
      return inOrder(row.en, row.zh, language);
    case "contact":
      return inOrder(row.nameLatin, row.nameZh, language);
    case "meeting":
      return { first: row.title, second: "", firstLang: language, secondLang: language };
    case "author":
      return { first: row.name, second: "", firstLang: language, secondLang: language };
  }
}

function inOrder(en = "", zh = "", language: Language): RowNames {
  const chineseFirst = (language === "zh-CN" && zh !== "") || en === "";
  return chineseFirst
    ? { first: zh, second: en, firstLang: "zh-CN", secondLang: "en" }
    : { first: en, second: zh, firstLang: "en", secondLang: "zh-CN" };
}
