import type { Locator, Page } from "@playwright/test";
import { expect, test } from "../support/app";
import { Expert } from "../support/expert";
import { InputMethod } from "../support/inputMethod";

/** Composed Chinese in every field of every section, found on the screen and not from a list that could be forgotten. */

const chosen = "测试";

/** What takes text. Passwords are left out: no system lets an input method into them. */
const textFields = [
  "input:not([type=radio], [type=checkbox], [type=hidden], [type=password])",
  "textarea",
  ".cm-content",
]
  .map((selector) => `${selector}:not([aria-hidden="true"])`)
  .join(", ");

interface Field {
  readonly name: string;
  readonly kind: "text" | "choice" | "day";
}

async function fieldsOn(page: Page, dayExample: string): Promise<Field[]> {
  const fields = await page.locator(textFields).evaluateAll(
    (elements, example) =>
      elements.flatMap((element) => {
        if (!(element instanceof HTMLElement) || !element.checkVisibility({ visibilityProperty: true })) return [];
        const input = element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement ? element : null;
        if (input?.readOnly || input?.disabled) return [];
        const label = element.getAttribute("aria-label") ?? input?.labels?.[0]?.textContent ?? "";
        const isChoice = element.getAttribute("aria-haspopup") === "listbox";
        const isDay = input?.placeholder === example;
        return [{ name: label, kind: isChoice ? "choice" : isDay ? "day" : "text" } as const];
      }),
    dayExample,
  );
  return fields;
}

/** Everything on screen that a key could change, apart from the field that is composed in. */
function screenWithout(page: Page, field: Locator): Promise<string> {
  return field.evaluate((composedIn, selector) => {
    const others = [...document.querySelectorAll(selector)].filter((element) => element !== composedIn);
    const values = others.map((element) =>
      element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement
        ? element.value
        : element.textContent,
    );
    const count = (found: string): number => document.querySelectorAll(found).length;
    const title = document.querySelector("h1")?.textContent;
    const dialogs = [count('[role="dialog"]'), count('[role="menu"]')];
    return JSON.stringify({ title, rows: count("[data-row]"), dialogs, values });
  }, textFields);
}

/** The screen once nothing moves on it any more. */
async function settled(page: Page, field: Locator): Promise<string> {
  let last = "";
  const isStill = async (): Promise<boolean> => {
    const before = last;
    last = await screenWithout(page, field);
    return last === before;
  };
  await expect.poll(isStill, { intervals: [80] }).toBe(true);
  return last;
}

function valueOf(field: Locator): Promise<string> {
  return field.evaluate((element) =>
    element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement ? element.value : element.textContent,
  );
}

/** Someone who writes in every field of the screen by an input method. */
class Writer {
  constructor(
    private readonly expert: Expert,
    private readonly ime: InputMethod,
  ) {}

  /** All fields on screen, or those not yet `known`; what each one that keeps text holds afterwards. */
  async writeInAll(known: readonly string[] = []): Promise<Map<string, string>> {
    const { page, words } = this.expert;
    const fields = await fieldsOn(page, words.common.day.example);
    const names = fields.map(({ name }) => name);
    expect(new Set(names).size, `names that tell the fields apart: ${names.join(", ")}`).toBe(names.length);
    expect(names).not.toContain("");
    const kept: Field[] = [];
    for (const field of fields.filter(({ name }) => !known.includes(name))) {
      await test.step(field.name, () => this.#write(field));
      if (field.kind === "text") kept.push(field);
    }
    const values = new Map<string, string>();
    for (const { name } of kept) values.set(name, await valueOf(this.expert.field(name)));
    return values;
  }

  async #write({ name, kind }: Field): Promise<void> {
    const { expert, ime } = this;
    const field = expert.field(name);
    await field.focus();
    await field.press("End");
    const before = await settled(expert.page, field);
    await ime.compose("ce");
    await ime.pressAllKeys();
    await expect(field, `the caret stays in ${name}`).toBeFocused();
    expect(await settled(expert.page, field), `letters and keys in ${name} change nothing else`).toBe(before);
    await ime.commit(chosen);
    await expect.poll(() => valueOf(field), { message: name }).toContain(chosen);
    expect(await valueOf(field), `no letters are left in ${name}`).not.toMatch(/ce$/);
    // What looks for records, or takes a day, keeps no words.
    if (kind === "text") return;
    await field.fill("");
    await field.blur();
  }
}

/** Written, seen as saved, and still there after another section was on screen. */
async function isKept(expert: Expert, values: ReadonlyMap<string, string>, section: "contacts" | "bin"): Promise<void> {
  await expert.isSaved();
  const title = await expert.page.getByRole("heading", { level: 1 }).textContent();
  await expert.goTo(section);
  await expert.page
    .getByRole("navigation")
    .getByText(title ?? "", { exact: true })
    .click();
  for (const [name, value] of values) {
    if (name === expert.words.common.filter) continue;
    await expect.poll(() => valueOf(expert.field(name)), { message: name }).toBe(value);
    expect(value, name).toContain(chosen);
  }
}

test("every text field of every section takes composed Chinese and keeps it; no key means anything meanwhile", async ({
  launch,
}) => {
  test.setTimeout(240_000);
  const { page } = await launch();
  const anna = new Expert(page);
  const writer = new Writer(anna, await InputMethod.on(page));
  const { areas, common, contacts, firstRun, glossary, lists, meetings, organisations } = anna.words;
  const listFields = [common.filter, glossary.areaChoice];

  await test.step("first run", async () => {
    await anna.answerFirstQuestions();
    await expect(anna.field(firstRun.yourName)).toBeFocused();
    expect([...(await writer.writeInAll()).keys()]).toEqual([firstRun.yourName]);
    await anna.begin("Anna Weber");
  });

  for (const [section, create, least] of [
    ["contacts", contacts.newContact, 8],
    ["meetings", meetings.newMeeting, 8],
    ["organisations", organisations.newOrganisation, 8],
    ["glossary", glossary.newTerm, 9],
    ["areas", areas.newArea, 4],
  ] as const) {
    await test.step(section, async () => {
      await anna.goTo(section);
      await test.step("what chooses among the list", async () => {
        await expect(anna.field(common.filter)).toBeVisible();
        await writer.writeInAll();
        await anna.filter("");
      });
      await anna.button(create).click();
      if (section === "glossary") await anna.button(glossary.addForm.en).click();
      await expect.poll(async () => (await fieldsOn(page, "")).length).toBeGreaterThan(least);
      await isKept(anna, await writer.writeInAll(listFields), section === "contacts" ? "bin" : "contacts");
    });
  }

  await test.step("a form to avoid, of a term", async () => {
    await anna.goTo("glossary");
    const known = (await fieldsOn(page, "")).map(({ name }) => name);
    await page.getByRole("combobox", { name: glossary.field.status }).click();
    await page.getByRole("option", { name: glossary.status.forbidden }).click();
    await expect(anna.field(glossary.field.prefer)).toBeVisible();
    const written = await writer.writeInAll(known);
    expect([...written.keys()]).toEqual([glossary.field.prefer, glossary.field.reason]);
    await isKept(anna, written, "contacts");
  });

  await test.step("steps of an area", async () => {
    await anna.goTo("areas");
    const known = (await fieldsOn(page, "")).map(({ name }) => name);
    for (const [open, field] of [
      [areas.rename.open, areas.rename.nameEn],
      [areas.retire.open, areas.retire.lastDay],
    ] as const) {
      await anna.button(open).click();
      await expect(anna.field(field)).toBeVisible();
      await writer.writeInAll(known);
      await anna.button(common.cancel).click();
    }
  });

  await test.step("many organisations at once", async () => {
    await anna.goTo("organisations");
    await page.getByRole("tree").focus();
    await page.keyboard.press("Home");
    await page.keyboard.press("Shift+ArrowDown");
    await expect(anna.field(lists.giveArea)).toBeVisible();
    await writer.writeInAll([common.filter]);
    await anna.button(lists.clearSelection).click();
  });

  await test.step("the bin", async () => {
    await anna.goTo("contacts");
    await anna.button(common.delete).click();
    await anna.goTo("bin");
    await expect(anna.entry(chosen)).toHaveCount(1);
    expect([...(await writer.writeInAll()).keys()]).toEqual([common.filter]);
  });

  await test.step("the settings", async () => {
    await anna.goTo("settings");
    await anna.button("Packages and their licences").click();
    await expect(anna.field(common.filter)).toBeVisible();
    expect((await writer.writeInAll()).size).toBe(6);
  });
});
