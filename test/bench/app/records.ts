import { uint8ArrayToBase64 } from "uint8array-extras";
import * as Y from "yjs";
import type { RecordType } from "../../../src-renderer/domain/ids";
import { NOTE_TEXT } from "../../../src-renderer/domain/noteText";
import { parseContent } from "../../../src-renderer/domain/parseRecord";
import type { Content } from "../../../src-renderer/domain/record";
import { seededRandom } from "../../support/seededRandom";

/** Records as a team's notebook has them after some years, the same ones every time. */

export const SEED = 20_261_122;

const surnames = Array.from("王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕单解仇");
const given = Array.from("伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂文辉玲华重行和中乐小");
const firstNames = "Anna Bernd Chiara Dagmar Émile François Gabi Henrik Ingrid Jürgen Katarzyna Luís Marta Noé".split(
  " ",
);
const lastNames =
  "Weber Müller Rossi Dubois García Novák Kowalski Jensen Schäfer Öberg Papadopoulos Silva Ó'Brien".split(" ");
const titles = ["处长", "副司长", "高级工程师", "Director", "标准化专家", "Head of Unit", "主任", "秘书长"];
const departments = ["标准技术管理司", "国际合作司", "科技与标准司", "Department for Standards Innovation", "办公室"];
const domains = ["samr.gov.cn", "miit.gov.cn", "sac.gov.cn", "cen.eu", "cenelec.eu", "example.cn"];
const networks = "130 131 133 135 136 137 138 139 150 151 152 158 159 170 173 176 177 180 185 186 188 189 198".split(
  " ",
);
const fields = ["机械", "电子", "建筑", "汽车", "医疗器械", "化工", "能源", "纺织", "食品", "信息技术", "环境", "铁路"];
const bodies = ["标准化研究院", "质量监督检验中心", "行业协会", "标准化技术委员会", "认证中心"];
const phrases = [
  "推荐性标准 and the matching EN standard were compared. ",
  "The next exchange is planned for March; 请各方提供书面意见。",
  "GB/T 19001-2016 采用 ISO 9001:2015，修改采用的部分需要说明。",
  "Both sides agreed to share the list of mandatory standards. ",
  "会议讨论了绿色建筑与碳足迹核算方法的差异。",
];

/** A record made in the app has a UUID; an organisation with another id would be taken for a change to a shipped one. */
function benchUuid(index: number): string {
  return `019a0000-0000-7000-8000-${index.toString(16).padStart(12, "0")}`;
}

type Random = () => number;

function pick<Value>(random: Random, values: readonly Value[]): Value {
  const value = values[Math.floor(random() * values.length)];
  if (value === undefined) throw new Error("nothing to pick from");
  return value;
}

function record(type: RecordType, id: string, data: object): Content {
  const at = "2026-03-02T01:00:00.000Z";
  const by = { author: "author:bench", device: "bench" };
  const parsed = parseContent({
    id: `${type}:${id}`,
    type,
    v: 1,
    createdAt: at,
    createdBy: by,
    updatedAt: at,
    updatedBy: by,
    visibility: "project",
    data,
  });
  if (!parsed.ok) throw new Error(parsed.failure.detail);
  return parsed.value;
}

function contact(random: Random, index: number, text: string): Content {
  const chinese = random() < 0.7;
  const name = chinese
    ? { nameZh: pick(random, surnames) + pick(random, given) + (random() < 0.6 ? pick(random, given) : "") }
    : { nameLatin: `${pick(random, firstNames)} ${pick(random, lastNames)}` };
  return record("contact", `bench-${index}`, {
    ...name,
    posts: [
      {
        id: "p1",
        organisationId: `organisation:${benchUuid(Math.floor(random() * 1000))}`,
        department: pick(random, departments),
        title: pick(random, titles),
        from: "2019-04-01",
      },
    ],
    emails: [{ id: "e1", value: `p${index}@${pick(random, domains)}` }],
    phones: [
      {
        id: "t1",
        value: `+86 ${pick(random, networks)} ${Math.floor(random() * 9000) + 1000} ${Math.floor(random() * 9000) + 1000}`,
      },
    ],
    ...(text === "" ? {} : { remark: text }),
  });
}

function organisation(random: Random, index: number): Content {
  const field = pick(random, fields);
  return record("organisation", benchUuid(index), {
    nameZh: `${pick(random, surnames)}${pick(random, given)}${field}${pick(random, bodies)}`,
    nameEn: `${pick(random, lastNames)} Institute of ${pick(random, ["Machinery", "Textiles", "Energy", "Rail"])} ${index}`,
    abbreviation: `B${index}`,
    level: pick(random, ["provincial", "enterprise", "chinese-sdo", "societal"]),
  });
}

function meeting(random: Random, index: number, text: string): Content {
  return record("meeting", `bench-${index}`, {
    title: `${pick(random, fields)} bilateral ${index}`,
    startsAt: new Date(Date.UTC(2021, 0, 1) + Math.floor(random() * 2000) * 86_400_000).toISOString(),
    place: "北京三里河路9号",
    organisationIds: [`organisation:${benchUuid(Math.floor(random() * 1000))}`],
    attendees: Array.from({ length: 6 }, (_, place) => ({
      id: `a${place}`,
      contactId: `contact:bench-${Math.floor(random() * 6000)}`,
    })),
    remark: text,
  });
}

function note(index: number, text: string): Content {
  const doc = new Y.Doc();
  doc.clientID = index + 1;
  doc.getText(NOTE_TEXT).insert(0, text);
  const state = uint8ArrayToBase64(Y.encodeStateAsUpdate(doc));
  doc.destroy();
  return record("note", `meeting:bench-${index}`, { markdown: text, state });
}

function text(random: Random, length: number): string {
  let made = "";
  while (made.length < length) made += pick(random, phrases);
  return made;
}

/** Six contacts to two meetings to two notes, of about 1.4 KB each as JSON. */
export function mixedRecords(count: number): readonly Content[] {
  const random = seededRandom(SEED);
  return Array.from({ length: count }, (_, index) => {
    const place = index % 10;
    if (place < 6) return contact(random, index, text(random, 600));
    if (place < 8) return meeting(random, index, text(random, 450));
    return note(index, text(random, 350));
  });
}

export function peopleAndPlaces(contacts: number, organisations: number): readonly Content[] {
  const random = seededRandom(SEED);
  return [
    ...Array.from({ length: contacts }, (_, index) => contact(random, index, "")),
    ...Array.from({ length: organisations }, (_, index) => organisation(random, index)),
  ];
}

/** Meetings, each with its note, and terms of three forms. */
export function meetingsAndTerms(meetings: number, terms: number): readonly Content[] {
  const random = seededRandom(SEED);
  return [
    ...Array.from({ length: meetings }, (_, index) => meeting(random, index, "")),
    ...Array.from({ length: meetings }, (_, index) => note(index, text(random, 1_200))),
    ...Array.from({ length: terms }, (_, index) => term(random, index)),
  ];
}

/** One note to two terms, mixed as they come about. */
export function notesAndTerms(notes: number): readonly Content[] {
  const random = seededRandom(SEED);
  return Array.from({ length: notes }, (_, index) => [
    note(index, text(random, 1_200)),
    term(random, 2 * index),
    term(random, 2 * index + 1),
  ]).flat();
}

function term(random: Random, index: number): Content {
  const field = pick(random, fields);
  const thing = pick(random, ["标准", "检验", "认证", "规范", "试验方法", "合格评定"]);
  const english = `${pick(random, ["rated", "nominal", "type", "conformity", "safety"])} ${pick(random, ["test", "load", "mark", "value", "clause"])}`;
  return record("term", benchUuid(index), {
    forms: [
      { id: "en", language: "en", text: `${english} ${index}`, status: "preferred" },
      { id: "zh", language: "zh", text: `${field}${pick(random, given)}${thing}`, status: "preferred" },
      { id: "a", language: "en", text: `${english} of class ${index % 40}`, status: "admitted" },
    ],
    definitionEn: pick(random, phrases),
    definitionZh: pick(random, phrases),
    areaIds: ["area:toys"],
  });
}
