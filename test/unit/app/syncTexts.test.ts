// @vitest-environment happy-dom
import { describe, expect, it } from "vitest";
import type { SyncFailure, SyncStatus } from "../../../src-renderer/domain/syncStatus";
import { createFormats } from "../../../src-renderer/i18n/formats";
import { createTexts } from "../../../src-renderer/i18n/texts";
import { describeSync, type SyncTexts } from "../../../src-renderer/app/syncTexts";

/** 09:05 in China. */
const at = Date.parse("2026-11-22T01:05:00.000Z");

function said(language: "en" | "zh-CN", status: SyncStatus): SyncTexts {
  const texts = createTexts(language);
  return describeSync(status, texts.getFixedT(language, "app"), createFormats(language), ({ kind }) => `<${kind}>`);
}

describe("the status line", () => {
  it.each<[SyncStatus, en: string, zh: string]>([
    [{ kind: "not-connected", waiting: 0 }, "Not connected", "未连接"],
    [{ kind: "not-connected", waiting: 7 }, "Not connected", "未连接"],
    [{ kind: "offline", waiting: 0, retryAt: null }, "Offline", "离线"],
    [{ kind: "syncing", done: 0, total: 0, waiting: 0 }, "Connecting…", "正在连接…"],
    [{ kind: "syncing", done: 0, total: 0, waiting: 3 }, "Syncing 0 of 3", "正在同步：0/3"],
    [{ kind: "syncing", done: 12, total: 148, waiting: 3 }, "Syncing 12 of 148", "正在同步：12/148"],
    [{ kind: "syncing", done: 1200, total: 10_000, waiting: 0 }, "Syncing 1,200 of 10,000", "正在同步：1,200/10,000"],
    [{ kind: "synced", at, waiting: 0 }, "Synced 09:05", "09:05 已同步"],
    [{ kind: "synced", at, waiting: 1 }, "1 waiting", "1 条待同步"],
    [{ kind: "synced", at, waiting: 2 }, "2 waiting", "2 条待同步"],
    [{ kind: "synced", at, waiting: 1234 }, "1,234 waiting", "1,234 条待同步"],
  ])("%j is one fixed form and nothing besides", (status, en, zh) => {
    expect(said("en", status)).toEqual({ status: en, besides: [] });
    expect(said("zh-CN", status)).toEqual({ status: zh, besides: [] });
  });

  it("says offline, and beside it how much waits and when the next attempt is", () => {
    const status: SyncStatus = { kind: "offline", waiting: 3, retryAt: at };
    expect(said("en", status)).toEqual({ status: "Offline", besides: ["3 waiting", "next attempt 09:05"] });
    expect(said("zh-CN", status)).toEqual({ status: "离线", besides: ["3 条待同步", "09:05 再试"] });
  });

  const failures: Record<string, [SyncFailure, en: RegExp, zh: RegExp]> = {
    missing: [{ kind: "credentials-rejected", reason: "missing" }, /needed again.*Settings/, /重新输入密码.*设置/],
    password: [{ kind: "credentials-rejected", reason: "password" }, /does not accept.*Settings/, /不接受.*设置/],
    locked: [{ kind: "credentials-rejected", reason: "locked" }, /locked.*Wait/, /锁定.*几分钟/],
    "no member": [{ kind: "credentials-rejected", reason: "not-a-member" }, /may not use/, /无权使用/],
    "no database": [{ kind: "database-missing" }, /no longer on the server/, /已没有这个数据库/],
    portal: [{ kind: "not-couchdb", status: 302 }, /Something other.*302/, /不是同步服务器.*302/],
    "server error": [{ kind: "server-error", status: 507, reason: "full" }, /507, full/, /507，full/],
    insecure: [{ kind: "insecure-connection", detail: "ERR_CERT_DATE_INVALID" }, /not be safe.*DATE/, /不安全.*DATE/],
    "full disk": [{ kind: "not-saved", failure: { kind: "disk-full" } }, /<disk-full>/, /<disk-full>/],
    bug: [{ kind: "unexpected", detail: "TypeError" }, /TypeError.*kept/, /TypeError.*保留/],
  };
  it.each(Object.entries(failures))("says in words what went wrong: %s", (_, [failure, en, zh]) => {
    const status: SyncStatus = { kind: "failed", failure, waiting: 1, retryAt: null };
    expect(said("en", status)).toEqual({ status: expect.stringMatching(en) as string, besides: ["1 waiting"] });
    expect(said("zh-CN", status)).toEqual({ status: expect.stringMatching(zh) as string, besides: ["1 条待同步"] });
  });
});
