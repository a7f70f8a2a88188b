import { describe, expect, it } from "vitest";
import { openableUrl } from "../../../src-renderer/editor/links";

describe("An address that may be opened", () => {
  it.each([
    ["https://www.sac.gov.cn/sacen/", "https://www.sac.gov.cn/sacen/"],
    ["<http://cen.eu>", "http://cen.eu/"],
    ["www.etsi.org", "https://www.etsi.org/"],
    ["mailto:zhang@sac.gov.cn", "mailto:zhang@sac.gov.cn"],
    ["zhang@sac.gov.cn", "mailto:zhang@sac.gov.cn"],
    ["https://例子.中国/路径", "https://xn--fsqu00a.xn--fiqs8s/%E8%B7%AF%E5%BE%84"],
  ])("%s", (written, opened) => {
    expect(openableUrl(written)).toBe(opened);
  });

  it.each([
    "javascript:alert(1)",
    "file:///etc/passwd",
    "data:text/html,x",
    "app://qiao/",
    "JGJ/T 449",
    "",
    "//x",
    "vbscript:x",
  ])("is never %j", (written) => {
    expect(openableUrl(written)).toBeNull();
  });
});
