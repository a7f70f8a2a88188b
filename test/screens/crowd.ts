import * as Y from "yjs";
import { NOTE_TEXT } from "../../src-renderer/domain/noteText";
import type { SyncServer } from "../support/syncServer";

/** A crowded notebook with long names and titles, put on a server as another client of the team would. */

const surnames = ["欧阳", "单", "张", "王", "李", "司马", "曾", "仇", "陈", "吕"];
const givenNames = ["伟", "晓明", "建国", "思远", "若琳", "娜", "志强", "雨桐", "磊", "慧敏"];
const latinNames = [
  "Hans-Joachim Freiherr von Schwarzenberg-Hohenstein",
  "Anna Weber",
  "María del Carmen Fernández-Villaverde y García",
  "Jörg Müller-Lüdenscheidt",
  "Ursula Oberhauser",
];
const jobTitles = [
  "副司长",
  "处长、全国建筑节能标准化技术委员会副主任委员兼秘书长",
  "Abteilungsleiterin für internationale Normungszusammenarbeit und Konformitätsbewertung",
  "Policy officer",
  "标准定额司 一级调研员",
];
const titles = [
  "JGJ/T 449 bilateral",
  "第十二次中欧标准化工作组会议（绿色建筑与建筑节能专题）暨《民用建筑绿色性能计算标准》修订研讨会",
  "Abstimmungsgespräch zur Donaudampfschifffahrtsgesellschaftskapitänsausbildungsverordnung und verwandten Normungsvorhaben",
  "EN 15978 与 GB/T 51366 对比：碳排放计算边界",
  "Courtesy visit",
  "China-Europe Standards Information Platform: annual review of content, translations, access figures and next steps",
];
const organisations = ["sac-tc426", "dg-grow", "sac-tc286", "mohurd", "dke", "samr", "ceprei", "cen", "cmde", "catarc"];
const places = [
  "北京市海淀区三里河路9号 住房和城乡建设部 主楼 第三会议室",
  "Rue de la Science 23, 1040 Brussels",
  "腾讯会议",
];

const stamp = { author: "author:crowd", device: "elsewhere" };

function envelope(id: string, data: object): Record<string, unknown> {
  const at = "2026-11-20T08:00:00.000Z";
  return {
    _id: id,
    type: id.slice(0, id.indexOf(":")),
    v: 1,
    createdAt: at,
    createdBy: stamp,
    updatedAt: at,
    updatedBy: stamp,
    visibility: "project",
    data,
  };
}

function pick<Value>(values: readonly Value[], index: number): Value {
  return values[index % values.length] as Value;
}

function contact(index: number): Record<string, unknown> {
  const isEuropean = index % 4 === 3;
  const nameZh = `${pick(surnames, index)}${pick(givenNames, Math.floor(index / 3))}`;
  return envelope(`contact:crowd-${String(index)}`, {
    ...(isEuropean ? {} : { nameZh }),
    ...(isEuropean || index % 3 === 0 ? { nameLatin: pick(latinNames, index) } : {}),
    posts: [{ id: "1", organisationId: `organisation:${pick(organisations, index)}`, title: pick(jobTitles, index) }],
    emails: [
      { id: "1", value: `person${String(index)}@standardization-administration.example.cn` },
      { id: "2", value: `privat.${String(index)}@example.eu` },
    ],
    phones: [{ id: "1", value: "+86 10 5893 0000" }],
    wechat: `wx-${String(index)}`,
  });
}

function meeting(index: number): Record<string, unknown> {
  const day = new Date(Date.UTC(2026, 10, 24 - index * 3, 1 + (index % 6)));
  const crowd = index === 0 ? 14 : index % 5;
  return envelope(`meeting:crowd-${String(index)}`, {
    title: pick(titles, index + 1),
    startsAt: day.toISOString(),
    endsAt: new Date(day.getTime() + 90 * 60_000).toISOString(),
    place: pick(places, index),
    organisationIds: Array.from(
      { length: 1 + (index === 0 ? 8 : index % 4) },
      (_, at) => `organisation:${pick(organisations, index + at)}`,
    ),
    attendees: Array.from({ length: crowd }, (_, at) =>
      at % 4 === 3
        ? { id: String(at), name: pick(latinNames, at) }
        : { id: String(at), contactId: `contact:crowd-${String((index + at) % 60)}` },
    ),
  });
}

function note(about: string, text: string): Record<string, unknown> {
  const document = new Y.Doc();
  document.getText(NOTE_TEXT).insert(0, text);
  const state = Buffer.from(Y.encodeStateAsUpdate(document)).toString("base64");
  return envelope(`note:${about}`, { markdown: text, state });
}

const longNote = [
  "# 一、会议背景与双方关切 Background",
  "双方就**《民用建筑绿色性能计算标准》**与 EN 15978 的计算边界交换了意见，一致认为“全生命周期”的界定（含拆除阶段）应当统一；",
  "参见 [SAC 公告](https://www.sac.gov.cn/) 与 EN 15978-1。",
  ...Array.from(
    { length: 12 },
    (_, at) => `- [${at % 3 === 0 ? "x" : " "}] 第 ${String(at + 1)} 项：send EN 15978 to the secretariat`,
  ),
].join("\n");

/** Puts contacts, meetings (60 each, or `count`) and a long note there. */
export async function fillServer(server: SyncServer, count = 60): Promise<void> {
  await put(server, [
    envelope("author:crowd", { name: "Crowd" }),
    ...Array.from({ length: count }, (_, index) => contact(index)),
    ...Array.from({ length: count }, (_, index) => meeting(index)),
    note("meeting:crowd-0", longNote),
  ]);
}

/** Puts documents there that no version of the app can read. */
export async function spoilServer(server: SyncServer): Promise<void> {
  await put(server, [
    { _id: "contact:no-envelope", hello: "world" },
    { ...envelope("contact:posts", {}), data: { posts: "none" } },
    { _id: "not an id of ours", type: "contact" },
  ]);
}

async function put(server: SyncServer, docs: readonly object[]): Promise<void> {
  const answer = await server.admin("POST", `${server.database}/_bulk_docs`, { docs });
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
}
