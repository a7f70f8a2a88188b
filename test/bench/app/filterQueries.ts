import type { DataOf } from "../../../src-renderer/domain/record";

/**
 * What people type into a filter, one example of every kind; `type` is the list that it stands above. `expects`: whether
 * a person would be astonished if the record were missing; written from the data alone, so that it favours nobody.
 */
export type FilterQuery = { readonly kind: string; readonly filter: string } & (
  | { readonly type: "contact"; readonly expects: (data: DataOf<"contact">) => boolean }
  | { readonly type: "organisation"; readonly expects: (data: DataOf<"organisation">) => boolean }
);

type Contact = DataOf<"contact">;
const zh = (beginning: string) => (data: Contact) => data.nameZh?.startsWith(beginning) === true;
const latin = (part: string) => (data: Contact) => data.nameLatin?.includes(part) === true;
const title = (text: string) => (data: Contact) => data.posts.some((post) => post.title === text);

export const filterQueries: readonly FilterQuery[] = [
  { kind: "nothing typed", type: "contact", filter: "", expects: () => true },
  { kind: "one letter", type: "contact", filter: "w", expects: (data) => /^[王吴]/u.test(data.nameZh ?? "") },
  { kind: "surname in pinyin", type: "contact", filter: "wang", expects: zh("王") },
  { kind: "name in pinyin", type: "contact", filter: "wangwei", expects: zh("王伟") },
  { kind: "pinyin with tones", type: "contact", filter: "Wáng Wěi", expects: zh("王伟") },
  { kind: "pinyin with tone numbers", type: "contact", filter: "li3 jun1", expects: zh("李军") },
  { kind: "initials", type: "contact", filter: "wm", expects: (data) => /^[王吴][敏明]/u.test(data.nameZh ?? "") },
  { kind: "surname in characters", type: "contact", filter: "王", expects: zh("王") },
  { kind: "name in characters", type: "contact", filter: "李军", expects: zh("李军") },
  { kind: "traditional characters", type: "contact", filter: "張偉", expects: zh("张伟") },
  { kind: "Latin beginning", type: "contact", filter: "an", expects: latin("Anna") },
  { kind: "two Latin words", type: "contact", filter: "weber anna", expects: latin("Anna Weber") },
  { kind: "umlaut spelled out", type: "contact", filter: "mueller", expects: latin("Müller") },
  { kind: "job title", type: "contact", filter: "处长", expects: title("处长") },
  {
    kind: "part of an address",
    type: "contact",
    filter: "samr.gov",
    expects: (data) => data.emails.some(({ value }) => value.includes("samr.gov")),
  },
  {
    kind: "telephone",
    type: "contact",
    filter: "138",
    expects: (data) => data.phones.some(({ value }) => value.startsWith("+86 138")),
  },
  {
    kind: "both scripts",
    type: "contact",
    filter: "wang 处长",
    expects: (data) => zh("王")(data) && title("处长")(data),
  },
  { kind: "nothing like it", type: "contact", filter: "qqqzzz", expects: () => false },
  {
    kind: "organisation by initials",
    type: "organisation",
    filter: "hgbz",
    expects: (data) => data.nameZh?.includes("化工标准") === true,
  },
  {
    kind: "organisation in characters",
    type: "organisation",
    filter: "标准",
    expects: (data) => data.nameZh?.includes("标准") === true,
  },
  {
    kind: "organisation in English",
    type: "organisation",
    filter: "institute",
    expects: (data) => data.nameEn?.includes("Institute") === true,
  },
];
