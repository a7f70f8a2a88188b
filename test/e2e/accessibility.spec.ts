import { violations } from "../support/accessibility";
import { expect, test } from "../support/app";
import { Expert } from "../support/expert";

/** WCAG 2.2 AA, as far as a machine can tell, on every section in both languages and both colour schemes. */

for (const language of ["en", "zh-CN"] as const) {
  for (const colorScheme of ["light", "dark"] as const) {
    test(`every section is accessible in ${language}, ${colorScheme}`, async ({ launch }) => {
      const { page } = await launch({ language });
      const expert = new Expert(page, language);
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await expect(expert.field(expert.words.firstRun.yourName)).toBeVisible();
      expect(await violations(page), "first run").toEqual([]);
      await expert.begin("Li Wei 李伟");
      for (const section of ["meetings", "contacts", "organisations", "settings"] as const) {
        await expert.goTo(section);
        await expect(page.getByRole("heading", { name: expert.words.app.sections[section] }).first()).toBeVisible();
        expect(await violations(page), section).toEqual([]);
      }
    });
  }
}
