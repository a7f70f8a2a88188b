import { cpSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "../support/app";
import { Expert } from "../support/expert";

/** Files that come with the program and are damaged: named, and everything else works and stays. */

const root = resolve(import.meta.dirname, "..", "..");

/** The built app with `resources/` of its own. */
function copyApp(folder: string): string {
  for (const name of ["package.json", "resources"]) cpSync(join(root, name), join(folder, name), { recursive: true });
  symlinkSync(join(root, "out"), join(folder, "out"));
  return folder;
}

test("a damaged glossary and a lost list of organisations are named; changes to them come back with the files", async ({
  launch,
  temporaryFolder,
}) => {
  const appFolder = copyApp(temporaryFolder("app"));
  const resource = (name: string): string => join(appFolder, "resources", name);
  const glossaryFile = readFileSync(resource("glossary.json"), "utf8");
  const first = await launch({ appFolder });
  const { userDataDir } = first;
  const anna = new Expert(first.page);
  const { app, glossary, organisations } = anna.words;

  await test.step("a shipped term and a shipped organisation are changed", async () => {
    await anna.begin("Anna Weber");
    await anna.goTo("glossary");
    await anna.filter("推荐性标准");
    await anna.entry("推荐性标准").first().click();
    await anna.field(glossary.field.note).fill("Say it slowly.");
    await anna.isSaved();
    await anna.goTo("organisations");
    await anna.filter("mohurd");
    await anna.entry("住房和城乡建设部").first().click();
    await anna.field(organisations.website).fill("https://www.mohurd.example");
    await anna.isSaved();
    await first.close();
  });

  await test.step("without the files their names are said; what was changed and what is begun stays", async () => {
    writeFileSync(resource("glossary.json"), glossaryFile.slice(0, glossaryFile.length / 2));
    const organisationsFile = readFileSync(resource("organisations.json"));
    rmSync(resource("organisations.json"));
    const damaged = await launch({ appFolder, userDataDir });
    const { page } = damaged;
    const again = new Expert(page);
    for (const [text, file] of [
      [app.damaged.terms, "glossary.json"],
      [app.damaged.organisations, "organisations.json"],
    ] as const) {
      const banner = page.getByRole("alert").filter({ hasText: text.replace("{{file}}", file) });
      await expect(banner).toContainText(app.damaged.text);
      await banner.getByRole("button", { name: app.dismiss }).click();
      await expect(banner).toHaveCount(0);
    }
    await again.goTo("glossary");
    await again.button(glossary.newTerm).click();
    await again.field(glossary.field.en).fill("spare part");
    await again.isSaved();
    await again.goTo("organisations");
    await again.filter("mohurd");
    await expect(page.getByText(organisations.noMatchTitle, { exact: true })).toBeVisible();
    await damaged.close();
    writeFileSync(resource("glossary.json"), glossaryFile);
    writeFileSync(resource("organisations.json"), organisationsFile);
  });

  await test.step("with whole files everything is there again, with what was changed", async () => {
    const repaired = await launch({ appFolder, userDataDir });
    const whole = new Expert(repaired.page);
    await whole.goTo("glossary");
    await expect(repaired.page.getByRole("alert")).toHaveCount(0);
    await whole.filter("spare part");
    await expect(whole.entry("spare part").first()).toBeVisible();
    await whole.filter("推荐性标准");
    await whole.entry("推荐性标准").first().click();
    await expect(whole.field(glossary.field.note)).toHaveValue("Say it slowly.");
    await whole.goTo("organisations");
    await whole.filter("mohurd");
    await whole.entry("住房和城乡建设部").first().click();
    await expect(whole.field(organisations.website)).toHaveValue("https://www.mohurd.example");
  });
});
