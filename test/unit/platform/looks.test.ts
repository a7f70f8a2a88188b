// @vitest-environment happy-dom
import { describe, expect, it } from "vitest";
import type { Settings } from "../../../src-main/shared/settings";
import type { MainClient } from "../../../src-renderer/platform/bridge";
import { Looks, nextZoom } from "../../../src-renderer/platform/looks";

function looksOf(settings: Settings): { readonly looks: Looks; readonly remembered: Partial<Settings>[] } {
  const remembered: Partial<Settings>[] = [];
  const main: MainClient = {
    invoke: (name, args) => {
      if (name === "settings:change") remembered.push(args as Partial<Settings>);
      return Promise.resolve({ ok: true, value: {} } as never);
    },
    on: () => () => undefined,
  };
  return { looks: new Looks(main, settings), remembered };
}

const density = (): string | undefined => document.documentElement.dataset["density"];

describe("how the window looks", () => {
  it("is the system's theme, comfortable and of usual size until something is chosen", () => {
    const { looks } = looksOf({});
    expect([looks.snapshot(), density()]).toEqual([
      { theme: "system", density: "comfortable", textZoom: 1 },
      "comfortable",
    ]);
  });

  it("is as remembered from the beginning", () => {
    const { looks } = looksOf({ theme: "dark", density: "compact", textZoom: 1.5 });
    expect([looks.snapshot(), density()]).toEqual([{ theme: "dark", density: "compact", textZoom: 1.5 }, "compact"]);
  });

  it("changes at once, tells those who listen, and is remembered; “as the system” is remembered as no theme", async () => {
    const { looks, remembered } = looksOf({ theme: "light" });
    let told = 0;
    looks.subscribe(() => (told += 1));
    const saved = looks.change({ density: "compact" });
    expect([looks.snapshot().density, density(), told]).toEqual(["compact", "compact", 1]);
    await saved;
    await looks.change({ theme: "system" });
    expect(remembered).toEqual([{ density: "compact" }, { theme: null }]);
  });
});

describe("the size of the text", () => {
  it("goes through its steps and stays at both ends", () => {
    const up: number[] = [0.8];
    for (let step = 0; step < 8; step += 1) up.push(nextZoom(up.at(-1) ?? 1, 1));
    expect(up).toEqual([0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2]);
    expect([nextZoom(0.8, -1), nextZoom(2, -1), nextZoom(1.75, 0)]).toEqual([0.8, 1.75, 1]);
  });

  it("between two steps, as set by hand, goes to the next one", () => {
    expect([nextZoom(1.3, 1), nextZoom(1.3, -1), nextZoom(3, -1), nextZoom(3, 1)]).toEqual([1.5, 1.25, 2, 3]);
  });
});
