import { violations } from "../support/accessibility";
import { expect, test } from "../support/app";
import { Expert } from "../support/expert";
import { fillNotebook, walkOverlays, walkSections } from "../support/filledNotebook";
import { watchMotion } from "../support/motion";

/** WCAG 2.2 AA, contrast included, as far as a machine can tell, on every screen in both languages and themes. */

for (const language of ["en", "zh-CN"] as const) {
  for (const colorScheme of ["light", "dark"] as const) {
    test(`every screen is accessible in ${language}, ${colorScheme}`, async ({ launch }) => {
      test.setTimeout(180_000);
      const { app, page } = await launch({ language });
      const expert = new Expert(page, language);
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      const look = async (screen: string): Promise<void> => {
        expect.soft(await violations(page), screen).toEqual([]);
      };
      await expect(expert.button(expert.words.protection.first.without)).toBeVisible();
      await look("how to protect");
      await expert.answerFirstQuestions();
      await look("first run");
      await expert.begin("Li Wei 李伟");
      await test.step("empty", async () => {
        for (const section of ["today", "meetings", "bin"] as const) {
          await expert.goTo(section);
          await expect(page.getByRole("heading", { level: 1, name: expert.words.app.sections[section] })).toBeVisible();
          await look(`empty ${section}`);
        }
      });
      await fillNotebook(expert);
      await test.step("with a chosen record", () => walkSections(expert, look));
      await test.step("what lies over it", () => walkOverlays(app, expert, look));
    });
  }
}

test("every section is accessible in compact density with text at 200 %", async ({ launch }) => {
  const { page } = await launch();
  const expert = new Expert(page);
  await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
  await expert.begin("Anna Weber");
  await fillNotebook(expert);
  await expert.goTo("settings");
  await page.getByRole("radio", { name: expert.words.settings.appearance.densities.compact }).check({ force: true });
  await expect(page.locator("html")).toHaveAttribute("data-density", "compact");
  const before = await page.evaluate(() => window.devicePixelRatio);
  await page.evaluate(() => window.qiao?.invoke("settings:change", { textZoom: 2 }));
  await expect.poll(() => page.evaluate(() => window.devicePixelRatio)).toBe(2 * before);
  await walkSections(expert, async (screen) => {
    expect.soft(await violations(page), screen).toEqual([]);
  });
});

test("nothing moves for someone who asked the system for less motion", async ({ launch }) => {
  const { app, page } = await launch();
  const expert = new Expert(page);
  await expert.begin("Anna Weber");
  await fillNotebook(expert);
  const { moved } = await watchMotion(page);

  await page.emulateMedia({ reducedMotion: "reduce" });
  await walkSections(expert, () => Promise.resolve());
  await walkOverlays(app, expert, () => Promise.resolve());
  expect(await moved()).toEqual([]);

  await page.emulateMedia({ reducedMotion: "no-preference" });
  await walkOverlays(app, expert, () => Promise.resolve());
  expect(await moved(), "for others something does, so that it would have been seen").not.toEqual([]);
});
