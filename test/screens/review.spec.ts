import enReview from "../../locales/en/review.json" with { type: "json" };
import zhReview from "../../locales/zh-CN/review.json" with { type: "json" };
import { keptId } from "../../src-renderer/domain/kept";
import { expect, test } from "../support/app";
import { Expert } from "../support/expert";
import { startSyncServer, type SyncServer } from "../support/syncServer";
import { takeAll } from "./pictures";
import { languages, people } from "./words";

/** Double edits: a crowd of them, long values, and where they are told of. */

const texts = { en: enReview, "zh-CN": zhReview } as const;
const anna = { author: "author:anna", device: "4d1c0000-aaaa" };
const bing = { author: "author:bing", device: "9e2f0000-bbbb" };
const earlier = { by: anna, at: "2026-11-20T07:30:00.000Z" };
const later = { by: bing, at: "2026-11-20T08:05:00.000Z" };

function kept(path: string, value: unknown): object {
  return { id: keptId(path, value), path, value, ...earlier, shown: later };
}

function document(id: string, data: object, set: readonly object[] = []): object {
  return {
    _id: id,
    type: id.slice(0, id.indexOf(":")),
    v: 1,
    createdAt: earlier.at,
    createdBy: anna,
    updatedAt: later.at,
    updatedBy: bing,
    visibility: "project",
    ...(set.length > 0 && { kept: set }),
    data,
  };
}

const sentence =
  "本标准规定了建筑节能工程施工质量验收的术语、基本规定、检测方法和合格判定，适用于新建、改建和扩建的民用建筑。";
const long = (year: string): string => `${sentence.repeat(18)}自${year}年1月1日起实施。${sentence.repeat(20)}`;

async function fill(server: SyncServer): Promise<void> {
  const contacts = Array.from({ length: 40 }, (_, index) => {
    const post = {
      id: "p",
      organisationId: index % 2 === 0 ? "organisation:mohurd" : "organisation:dg-grow",
      title: index % 2 === 0 ? "处长、全国建筑节能标准化技术委员会副主任委员兼秘书长" : "Policy officer",
    };
    return document(
      `contact:double-${String(index)}`,
      {
        nameZh: `欧阳思远${String(index)}`,
        nameLatin: "Hans-Joachim Freiherr von Schwarzenberg-Hohenstein",
        wechat: `wx-${String(index)}`,
        posts: [post],
      },
      [
        kept("wechat", `weixin-${String(index)}-brussels`),
        kept("nameLatin", "Joachim von Schwarzenberg"),
        kept("posts.p.title", "Abteilungsleiterin für internationale Normungszusammenarbeit und Konformitätsbewertung"),
      ],
    );
  });
  const organisation = document(
    "organisation:0f4b8c4e-0000-4000-8000-000000000001",
    {
      nameEn: "Institute of Building Standards",
      nameZh: "建筑标准研究所",
      level: "societal",
      parentId: "organisation:mohurd",
      note: long("2027"),
    },
    [kept("note", long("2026")), kept("parentId", "organisation:samr"), kept("website", null)],
  );
  const meeting = document(
    "meeting:0f4b8c4e-0000-4000-8000-000000000002",
    { title: "JGJ/T 449 bilateral", startsAt: "2026-11-24T01:00:00.000Z", place: "" },
    [kept("startsAt", "2026-11-25T06:30:00.000Z"), kept("place", "腾讯会议"), kept("/visibility", "public")],
  );
  const authors = [
    document("author:anna", {
      name: "Anna Weber",
      devices: [{ id: anna.device, number: 1, name: "Laptop, Brussels" }],
    }),
    document("author:bing", { name: "李冰", devices: [{ id: bing.device, number: 2 }] }),
  ];
  const docs = [...authors, ...contacts, organisation, meeting];
  const { status } = await server.admin("POST", `${server.database}/_bulk_docs`, { docs });
  expect(status).toBe(201);
}

for (const language of languages) {
  test(`double edits in ${language}`, async ({ launch }) => {
    test.setTimeout(240_000);
    const server = await startSyncServer({ memory: true });
    try {
      await fill(server);
      const running = await launch({ language });
      const expert = new Expert(running.page, language);
      const take = (name: string): Promise<void> => takeAll(running, `${language}-${name}`);
      const dialog = running.page.getByRole("dialog");
      await expert.begin(people[language]);
      await running.page.keyboard.press("Control+Shift+D");
      await expect(dialog.getByText(texts[language].empty.title)).toBeVisible();
      await take("e0-review-empty");
      await running.page.keyboard.press("Escape");
      await expert.connect(server);
      await expert.keepPasswordUntilClose();
      await expert.isSynced();
      await expert.goTo("today");
      await take("e1-review-today");
      await running.page.keyboard.press("Control+Shift+D");
      await expect(dialog.getByRole("option")).not.toHaveCount(0);
      for (const [name, of] of [
        ["e2-review-contact", /欧阳|Hans/],
        ["e3-review-long", /Institute|研究所/],
        ["e4-review-meeting", /JGJ/],
      ] as const) {
        await dialog.getByRole("listbox").press("Home");
        await dialog.getByRole("option").filter({ hasText: of }).first().click();
        await take(name);
      }
      await running.page.keyboard.press("Escape");
      await expert.goTo("contacts");
      await expert
        .entry(/欧阳思远/)
        .first()
        .click();
      await take("e5-review-notice");
      await running.page.getByRole("button", { name: texts[language].open, exact: true }).click();
      await expect(dialog.getByRole("radiogroup")).toHaveCount(3);
      await take("e6-review-one");
    } finally {
      await server.dispose();
    }
  });
}
