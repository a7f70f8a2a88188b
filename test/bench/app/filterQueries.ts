import type { ListQuery } from "../../../src-renderer/data/roster";

/** What people type into a filter, one example of every kind; `type` is the list that it stands above. */
export const filterQueries: readonly (Pick<ListQuery, "type" | "filter"> & { readonly kind: string })[] = [
  { kind: "nothing typed", type: "contact", filter: "" },
  { kind: "one letter", type: "contact", filter: "w" },
  { kind: "surname in pinyin", type: "contact", filter: "wang" },
  { kind: "name in pinyin", type: "contact", filter: "wangxiaoming" },
  { kind: "pinyin with tones", type: "contact", filter: "Wáng Wěi" },
  { kind: "pinyin with tone numbers", type: "contact", filter: "li3 jun1" },
  { kind: "initials", type: "contact", filter: "wxm" },
  { kind: "surname in characters", type: "contact", filter: "王" },
  { kind: "name in characters", type: "contact", filter: "李军" },
  { kind: "traditional characters", type: "contact", filter: "張偉" },
  { kind: "Latin beginning", type: "contact", filter: "an" },
  { kind: "two Latin words", type: "contact", filter: "weber anna" },
  { kind: "umlaut spelled out", type: "contact", filter: "mueller" },
  { kind: "job title", type: "contact", filter: "处长" },
  { kind: "part of an address", type: "contact", filter: "samr.gov" },
  { kind: "telephone", type: "contact", filter: "138" },
  { kind: "both scripts", type: "contact", filter: "wang 处长" },
  { kind: "nothing like it", type: "contact", filter: "qqqzzz" },
  { kind: "organisation by initials", type: "organisation", filter: "zjb" },
  { kind: "organisation in characters", type: "organisation", filter: "标准" },
  { kind: "organisation in English", type: "organisation", filter: "institute" },
];
