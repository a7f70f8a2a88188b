import { expect, test } from "../support/app";
import { Expert } from "../support/expert";
import { startSyncServer } from "../support/syncServer";

const by = { author: "author:019f0000-0000-7000-8000-000000000001", device: "a colleague's laptop" };
const at = "2026-11-20T01:00:00.000Z";
const envelope = { v: 1, createdAt: at, createdBy: by, updatedAt: at, updatedBy: by, visibility: "project" };

test("Verify says that both stores are equal, and what differs with what will be done; in both languages", async ({
  launch,
}, testInfo) => {
  const server = await startSyncServer({ memory: true });
  try {
    const put = async (document: Record<string, unknown>): Promise<void> => {
      const answer = await server.admin(
        "PUT",
        `${server.database}/${encodeURIComponent(String(document["_id"]))}`,
        document,
      );
      expect(answer.status).toBe(201);
    };
    for (let each = 0; each < 120; each += 1) {
      await put({ ...envelope, _id: `contact:c${each}`, type: "contact", data: { nameLatin: `Contact ${each}` } });
    }
    const running = await launch();
    const anna = new Expert(running.page);
    const { verify, syncDetails } = anna.words;
    const part = running.page.getByRole("region", { name: verify.title });
    await anna.begin("Anna Weber");
    await anna.goTo("settings");

    await test.step("without a server there is nothing to compare with", async () => {
      await part.getByRole("button", { name: verify.start }).click();
      await expect(part.getByRole("alert")).toHaveText(verify.failed.notConnected);
    });
    await anna.connect(server);
    await anna.keepPasswordUntilClose();
    await anna.isSynced();
    await anna.goTo("settings");

    await test.step("equal: 120 contacts and the author of this notebook", async () => {
      await part.getByRole("button", { name: verify.again }).click();
      await expect(part.getByText(/^Both are equal: 121 records compared, /)).toBeVisible();
      await part.screenshot({ path: testInfo.outputPath("equal.png") });
    });
    await test.step("what cannot be read is set aside, differs, and can be left as it is", async () => {
      await put({ ...envelope, _id: "contact:garbage", type: "contact", data: { nameLatin: ["not", "a", "text"] } });
      const aside = running.page.getByRole("region", { name: syncDetails.setAside.title });
      await expect(aside.getByText("contact:garbage")).toBeVisible();
      await part.getByRole("button", { name: verify.again }).click();
      await expect(part.getByText(/^1 of 122 records differs, /)).toBeVisible();
      await expect(part.getByText(verify.do.setAside)).toBeVisible();
      await running.page.screenshot({ path: testInfo.outputPath("differs.png"), fullPage: true });
      await aside.getByRole("button", { name: syncDetails.setAside.leave }).click();
      await expect(aside.getByText(syncDetails.setAside.none)).toBeVisible();
    });
    await test.step("the same in Chinese", async () => {
      await running.page.getByRole("radio", { name: "中文" }).check({ force: true });
      const { verify: texts } = new Expert(running.page, "zh-CN").words;
      const chinese = running.page.getByRole("region", { name: texts.title, exact: true });
      await chinese.getByRole("button", { name: texts.again }).click();
      await expect(chinese.getByText(texts.do.setAside)).toBeVisible();
      await chinese.scrollIntoViewIfNeeded();
      await running.page.screenshot({ path: testInfo.outputPath("chinese.png") });
    });
  } finally {
    await server.dispose();
  }
});
