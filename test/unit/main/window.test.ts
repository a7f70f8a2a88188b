import { describe, expect, it } from "vitest";
import { menuTemplate } from "../../../src-main/menu/menuTemplate";
import { languageOf, menuTexts } from "../../../src-main/menu/menuTexts";
import { isOpenable } from "../../../src-main/security/openableAddress";
import { windowBounds } from "../../../src-main/window/bounds";
import { reloadDelays } from "../../../src-main/window/crashRecovery";

describe("the place of the window", () => {
  const laptop = { x: 0, y: 25, width: 1440, height: 875 };
  const beamer = { x: 1440, y: 0, width: 1920, height: 1080 };
  const place = { x: 1500, y: 100, width: 1000, height: 700 };

  it("is the remembered one while its display is there", () => {
    expect(windowBounds(place, [laptop, beamer])).toEqual(place);
  });
  it("is left to the system when its display is gone, with the remembered size", () => {
    expect(windowBounds(place, [laptop])).toEqual({ width: 1000, height: 700 });
  });
  it("is left to the system when the title bar could not be reached", () => {
    expect(windowBounds({ ...place, y: -300 }, [beamer])).toEqual({ width: 1000, height: 700 });
    expect(windowBounds({ ...place, x: 1440 - 990 }, [beamer])).toEqual({ width: 1000, height: 700 });
  });
  it("is never smaller than the page needs", () => {
    expect(windowBounds({ width: 10, height: 10 }, [laptop])).toEqual({ width: 720, height: 480 });
  });
});

describe("a page that crashes", () => {
  it("comes back at once, then later and later, but within half a minute", () => {
    const delay = reloadDelays();
    expect([0, 10, 20, 30, 40, 50, 60, 70, 80].map(delay)).toEqual([
      0, 1000, 2000, 4000, 8000, 16000, 30000, 30000, 30000,
    ]);
  });
  it("comes back at once again after a calm minute", () => {
    const delay = reloadDelays();
    expect([0, 10, 60_011].map(delay)).toEqual([0, 1000, 0]);
  });
});

describe("a link", () => {
  it.each(["https://example.org/x", "http://example.org", "mailto:wei@example.org"])("to %s may be opened", (url) => {
    expect(isOpenable(url)).toBe(true);
  });
  it.each([
    "file:///etc/passwd",
    "javascript:alert(1)",
    "smb://server/x",
    "ms-settings:",
    "app://qiao/",
    "example.org",
  ])("to %s may not", (url) => {
    expect(isOpenable(url)).toBe(false);
  });
});

describe("the menu", () => {
  const template = (isMac: boolean): string =>
    JSON.stringify(menuTemplate({ texts: menuTexts("zh-CN"), isMac, devTools: false, command: () => undefined }));

  it("speaks the chosen language, or else the system's", () => {
    expect(template(false)).toContain("全选");
    expect([languageOf("en", "zh-CN"), languageOf(undefined, "zh-Hans-CN"), languageOf(undefined, "de")]).toEqual([
      "en",
      "zh-CN",
      "en",
    ]);
  });
  it("uses no key of the usual Chinese input methods", () => {
    const keys = [...`${template(false)}${template(true)}`.matchAll(/"accelerator":"([^"]+)"/g)].map(([, key]) => key);
    expect(keys.length).toBeGreaterThan(4);
    const taken = /^(Control|CommandOrControl|Shift)\+(Space|Shift|\.|;|Shift\+F|Shift\+E|Shift\+K)$/;
    expect(keys.filter((key) => taken.test(key ?? ""))).toEqual([]);
  });
  it("leaves the keys of its commands to the page outside macOS", () => {
    const accelerators = (text: string): number => [...text.matchAll(/"accelerator":/g)].length;
    expect([...template(false).matchAll(/"registerAccelerator":false/g)].length).toBe(accelerators(template(false)));
    expect([...template(true).matchAll(/"registerAccelerator":true/g)].length).toBe(accelerators(template(true)));
  });
});
