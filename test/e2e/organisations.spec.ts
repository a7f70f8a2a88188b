import enBin from "../../locales/en/bin.json" with { type: "json" };
import enOrganisations from "../../locales/en/organisations.json" with { type: "json" };
import { expect, test, type RunningApp } from "../support/app";
import { Expert } from "../support/expert";

/** Organisations in the real app: changes to the shipped list, new ones, the tree, and what is refused. */

const words = enOrganisations;

async function openOrganisation(anna: Expert, filter: string, name: string): Promise<void> {
  await anna.goTo("organisations");
  await anna.filter(filter);
  await anna.entry(name).first().click();
  await expect(anna.page.getByRole("heading", { name, level: 2 })).toBeVisible();
  await anna.filter("");
}

async function begun(running: RunningApp): Promise<Expert> {
  const anna = new Expert(running.page);
  await anna.begin("Anna Weber");
  return anna;
}

const samr = "State Administration for Market Regulation";

test("a change to a shipped organisation outlives a restart, is marked, and can be given up", async ({ launch }) => {
  const running = await launch();
  const anna = await begun(running);
  await openOrganisation(anna, "samr", samr);
  const shipped = await anna.field(words.website).inputValue();
  const shortForms = await anna.field(words.shortForms).inputValue();
  await anna.field(words.website).fill("https://www.samr.example");
  await anna.field(words.shortForms).fill(`${shortForms}、市监局`);
  await anna.isSaved();
  await running.close();

  const again = new Expert((await launch({ userDataDir: running.userDataDir })).page);
  const { common } = again.words;
  await openOrganisation(again, "市监局", samr);
  await expect(again.field(words.website)).toHaveValue("https://www.samr.example");
  await expect(again.field(words.shortForms)).toHaveValue(`${shortForms}、市监局`);
  const changes = again.page.getByRole("region", { name: common.shipped.changed });
  await expect(changes).toContainText(shipped);
  await expect(changes).toContainText(shortForms);

  await changes.getByRole("button", { name: common.shipped.returnOne }).first().click();
  await expect(changes.getByRole("button", { name: common.shipped.returnOne })).toHaveCount(0);
  await changes.getByRole("button", { name: common.shipped.returnAll }).click();
  await expect(changes).toHaveCount(0);
  await expect(again.field(words.website)).toHaveValue(shipped);
  await expect(again.field(words.shortForms)).toHaveValue(shortForms);
});

test("a new organisation stands below its ministry; the ministry hidden, it stays and says so; the bin brings it back", async ({
  launch,
}) => {
  const running = await launch();
  const anna = await begun(running);
  const { page } = anna;
  const { common, app } = anna.words;
  const tree = page.getByRole("tree", { name: words.title });
  const ministry = tree.getByRole("treeitem").filter({ hasText: "MOHURD" });
  const bureau = tree.getByRole("treeitem").filter({ hasText: "Bureau of Bridges" });

  await test.step("it is begun below the ministry and shown there", async () => {
    await openOrganisation(anna, "mohurd", "Ministry of Housing and Urban-Rural Development");
    await anna.button(words.newBelow).click();
    await expect(anna.field(words.superior)).toHaveValue("Ministry of Housing and Urban-Rural Development");
    await anna.field(words.nameEn).fill("Bureau of Bridges");
    await anna.field(words.nameZh).fill("桥梁局");
    await expect(anna.field(words.pinyin)).toHaveValue(/qiáo liáng jú/i);
    await anna.isSaved();
    await expect(bureau).toHaveAttribute("aria-level", "2");
    await expect(ministry).toHaveAttribute("aria-level", "1");
  });

  await test.step("its superior is hidden: it stays, on its own, and names it", async () => {
    await ministry.click();
    await expect(page.getByRole("heading", { name: /Ministry of Housing/, level: 2 })).toBeVisible();
    await anna.button(common.delete).click();
    await expect(ministry).toHaveCount(0);
    await anna.filter("bridges");
    await anna.entry("Bureau of Bridges").click();
    await anna.filter("");
    await expect(bureau).toHaveAttribute("aria-level", "1");
    await expect(anna.field(words.superior)).toHaveValue("Ministry of Housing and Urban-Rural Development");
    await expect(page.getByText(/Ministry of Housing and Urban-Rural Development is hidden/)).toBeVisible();
    await expect(anna.button(words.absent.show)).toBeVisible();
  });

  await test.step("the bin has it, and gives it back with what stands below", async () => {
    await page.getByRole("navigation").getByText(app.sections.bin, { exact: true }).click();
    await page
      .getByRole("listbox", { name: enBin.title })
      .getByRole("option")
      .filter({ hasText: "Ministry of Housing" })
      .click();
    await anna.button(common.restore).first().click();
    await openOrganisation(anna, "mohurd", "Ministry of Housing and Urban-Rural Development");
    await expect(ministry).toHaveAttribute("aria-level", "1");
    await expect(bureau).toHaveAttribute("aria-level", "2");
    await anna.button("Bureau of Bridges").click();
    await expect(anna.field(words.nameZh)).toHaveValue("桥梁局");
    await expect(anna.button(words.absent.show)).toHaveCount(0);
  });
});

test("an organisation is not put below itself: the reason is said and the choice goes back", async ({ launch }) => {
  const anna = await begun(await launch());
  await openOrganisation(anna, "samr", samr);
  await anna.choose(words.superior, "SAC", "Standardization Administration");
  await expect(anna.page.getByText(anna.words.common.saveFailure.circle).first()).toBeVisible();
  await anna.field(words.note).focus();
  await expect(anna.field(words.superior)).toHaveValue("");
  await anna.isSaved();
  await openOrganisation(anna, "mohurd", "Ministry of Housing and Urban-Rural Development");
  await expect(anna.page.getByText(anna.words.common.saveFailure.circle)).toHaveCount(0);
});
