import type { Page } from "@playwright/test";

/** Shortest time that a person could see something move in, in ms. */
const noticeable = 20;

/** Notes from now on what the page animates, in whatever way it was asked to; `moved` gives it in words. */
export async function watchMotion(page: Page): Promise<{ readonly moved: () => Promise<readonly string[]> }> {
  await page.evaluate((shortest) => {
    const seen = new Set<string>();
    Reflect.set(globalThis, "qiaoTestMotion", seen);
    const look = (): void => {
      for (const animation of document.getAnimations()) {
        const { effect } = animation;
        if (!(effect instanceof KeyframeEffect)) continue;
        const { duration, delay, iterations } = effect.getComputedTiming();
        if (Number(duration) * Math.min(1, iterations ?? 1) + (delay ?? 0) < shortest) continue;
        const what = effect.getKeyframes().flatMap((frame) => Object.keys(frame));
        const properties = [...new Set(what)].filter(
          (name) => !/^(offset|computedOffset|easing|composite)$/.test(name),
        );
        seen.add(`${effect.target?.className ?? ""}: ${properties.join(", ")}`);
      }
    };
    for (const begin of ["animationstart", "transitionrun"]) document.addEventListener(begin, look, true);
    look();
  }, noticeable);
  return { moved: () => page.evaluate(() => [...(Reflect.get(globalThis, "qiaoTestMotion") as Set<string>)]) };
}
