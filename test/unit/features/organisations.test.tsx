// @vitest-environment happy-dom
import { act, cleanup, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { afterEach, describe, expect, test } from "vitest";
import { OrganisationsSection } from "../../../src-renderer/features/organisations/OrganisationsSection";
import type { OrganisationId } from "../../../src-renderer/domain/ids";
import type { DataOf } from "../../../src-renderer/domain/record";
import { createFakeNotebook, type FakeNotebook } from "../../support/fakeNotebook";
import { renderScreen, type Screen } from "../../support/renderScreen";

afterEach(cleanup);

const field = (name: string): HTMLInputElement =>
  screen.queryByRole("textbox", { name }) ?? screen.getByRole("combobox", { name });

const ministry = {
  nameEn: "Ministry of Housing",
  nameZh: "住房部",
  pinyin: "zhù fáng bù",
  abbreviation: "MOH",
  shortZh: ["住建部"],
  level: "ministerial",
  website: "https://www.mohurd.gov.cn",
  formerNames: [{ id: "f", text: "Ministry of Construction" }],
} as const satisfies Partial<DataOf<"organisation">>;

function shipMinistry(notebook: FakeNotebook): void {
  notebook.ship("organisation", "moh", {
    ...ministry,
    shortZh: [...ministry.shortZh],
    formerNames: [...ministry.formerNames],
  });
}

/** The section with the ministry, which ships, shown. */
async function openMinistry(prepare?: (notebook: FakeNotebook) => void, id: OrganisationId = "organisation:moh") {
  const notebook = createFakeNotebook();
  shipMinistry(notebook);
  prepare?.(notebook);
  const on = renderScreen(<OrganisationsSection />, { section: "organisations", notebook });
  await show(on, id);
  return { on, notebook, stored: () => notebook.stored("organisation:moh")?.data };
}

/** A choice offered by a field; the list beside has options of the same names. */
async function choice(of: string, name: string): Promise<HTMLElement> {
  return within(await screen.findByRole("listbox", { name: of })).findByRole("option", { name });
}

async function show(on: Screen, id: OrganisationId): Promise<void> {
  act(() => {
    on.select("organisation", id);
  });
  await screen.findByRole("textbox", { name: "English name" });
}

describe("an organisation on its page", () => {
  test("is led by its name in the reader's language, and shows all that is known", async () => {
    const notebook = createFakeNotebook();
    shipMinistry(notebook);
    const on = renderScreen(<OrganisationsSection />, { section: "organisations", notebook, language: "zh-CN" });
    act(() => {
      on.select("organisation", "organisation:moh");
    });
    expect((await screen.findByRole("heading", { level: 2 })).textContent).toBe("住房部");
    const fields = screen.getAllByRole<HTMLInputElement>("textbox").map(({ value }) => value);
    for (const known of ["Ministry of Housing", "住房部", "zhù fáng bù", "MOH", "住建部", "Ministry of Construction"]) {
      expect(fields).toContain(known);
    }
  });

  test("saves every field as it is typed", async () => {
    const { on, stored } = await openMinistry();
    const typed = {
      "English name": ["nameEn", "Ministry of Housing and Roads"],
      Abbreviation: ["abbreviation", "MOHR"],
      Website: ["website", "www.moh.cn"],
      Note: ["note", "Moved in May"],
    } as const;
    for (const [name, [key, value]] of Object.entries(typed)) {
      fireEvent.change(field(name), { target: { value } });
      await waitFor(() => expect(stored()?.[key]).toBe(value));
    }
    await on.user.clear(field("Abbreviation"));
    await waitFor(() => expect(stored()).not.toHaveProperty("abbreviation"));
  });

  test("short forms are one line of text, and what was half typed does not stay among them", async () => {
    const { on, stored } = await openMinistry();
    const line = field("Short forms");
    expect(line.value).toBe("住建部");
    await on.user.type(line, "、建设");
    await waitFor(() => expect(stored()?.shortZh).toEqual(["住建部", "建设"]));
    await on.user.type(line, "部");
    await waitFor(() => expect(stored()?.shortZh).toEqual(["住建部", "建设部"]));
    fireEvent.change(line, { target: { value: "建设部" } });
    await waitFor(() => expect(stored()?.shortZh).toEqual(["建设部"]));
  });

  test("a short form that another computer adds meanwhile stays", async () => {
    const { on, notebook, stored } = await openMinistry();
    await on.user.type(field("Short forms"), "、建设部");
    notebook.fromElsewhere({
      kind: "change",
      id: "organisation:moh",
      changes: [{ op: "addMember", field: "shortZh", value: "房部" }],
    });
    await waitFor(() => expect([...(stored()?.shortZh ?? [])].sort()).toEqual(["住建部", "建设部", "房部"].sort()));
  });

  test("former names are lines of a list", async () => {
    const { on, stored } = await openMinistry();
    await on.user.click(screen.getByRole("button", { name: "Another former name" }));
    await on.user.type(field("Former name 2"), "Office of Works{Enter}");
    await waitFor(() =>
      expect(stored()?.formerNames.map(({ text }) => text)).toEqual(["Ministry of Construction", "Office of Works"]),
    );
    fireEvent.change(field("Former name 2"), { target: { value: "" } });
    await waitFor(() => expect(stored()?.formerNames).toHaveLength(1));
  });

  test("its website is opened only where it is an address of the web", async () => {
    await openMinistry();
    expect(screen.getByRole("button", { name: "Open in the browser" })).toBeTruthy();
    fireEvent.change(field("Website"), { target: { value: "www.mohurd.gov.cn" } });
    expect(screen.queryByRole("button", { name: "Open in the browser" })).toBeNull();
  });
});

describe("the pinyin", () => {
  test("of a new name is proposed, and follows the name while nobody corrects it", async () => {
    const { on, notebook, stored } = await openMinistry((prepared) => {
      prepared.setReadings("住房部", ["zhù fáng bù"]);
      prepared.setReadings("单县局", ["shàn xiàn jú", "dān xiàn jú"]);
      prepared.setReadings("单县", ["shàn xiàn"]);
    });
    fireEvent.change(field("Chinese name"), { target: { value: "单县局" } });
    await waitFor(() => expect(stored()?.pinyin).toBe("shàn xiàn jú"));
    fireEvent.change(field("Pinyin"), { target: { value: "dān xiàn jú" } });
    await waitFor(() => expect(stored()?.pinyin).toBe("dān xiàn jú"));
    fireEvent.change(field("Chinese name"), { target: { value: "单县" } });
    await waitFor(() => expect(stored()?.nameZh).toBe("单县"));
    expect(stored()?.pinyin).toBe("dān xiàn jú");
    await on.user.clear(field("Pinyin"));
    await on.user.tab();
    await waitFor(() => expect(stored()?.pinyin).toBe("shàn xiàn"));
    expect(notebook.edits.every((edit) => edit.id === "organisation:moh")).toBe(true);
  });

  test("that does not follow from the name was corrected, and stays when the name changes", async () => {
    const { stored } = await openMinistry((prepared) => {
      prepared.setReadings("住房部", ["zhù fáng pù"]);
      prepared.setReadings("住房", ["zhù fáng"]);
    });
    fireEvent.change(field("Chinese name"), { target: { value: "住房" } });
    await waitFor(() => expect(stored()?.nameZh).toBe("住房"));
    expect(stored()?.pinyin).toBe("zhù fáng bù");
  });
});

describe("relations", () => {
  test("a superior below itself is refused in words, the choice goes back and nothing is left unsaved", async () => {
    const { on, notebook, stored } = await openMinistry((prepared) => {
      prepared.put("organisation", "dep", {
        nameEn: "Department",
        level: "ministerial-agency",
        parentId: "organisation:moh",
      });
    });
    await on.user.type(field("Superior body"), "depart");
    await on.user.click(await choice("Superior body", "Department"));
    expect(await screen.findByText(/it would then stand below itself/)).toBeTruthy();
    expect(field("Superior body").value).toBe("");
    expect(stored()?.parentId).toBeUndefined();
    expect(screen.queryByText(/Not saved/)).toBeNull();

    notebook.put("organisation", "sc", { nameEn: "State Council", level: "ministerial" });
    await on.user.type(field("Superior body"), "council");
    await on.user.click(await choice("Superior body", "State Council"));
    await waitFor(() => expect(stored()?.parentId).toBe("organisation:sc"));
    expect(screen.queryByText(/it would then stand below itself/)).toBeNull();
  });

  test("a hidden superior is named as hidden, and can be shown again from here", async () => {
    const { on, notebook } = await openMinistry((prepared) => {
      prepared.put("organisation", "dep", {
        nameEn: "Department",
        level: "ministerial-agency",
        parentId: "organisation:moh",
      });
      prepared.fromElsewhere({ kind: "delete", id: "organisation:moh" });
    }, "organisation:dep");
    await waitFor(() => expect(field("Superior body").value).toBe("Ministry of Housing"));
    expect(screen.getByText(/Ministry of Housing is hidden/)).toBeTruthy();
    expect(screen.queryByRole("button", { name: "Open Ministry of Housing" })).toBeNull();
    await on.user.click(screen.getByRole("button", { name: "Show it again" }));
    await waitFor(() => expect(notebook.stored("organisation:moh")?.deletedAt).toBeUndefined());
    await waitFor(() => expect(screen.queryByText(/is hidden/)).toBeNull());
  });

  test("bodies below are listed and lead to their page; a new one is begun below", async () => {
    const { on, notebook } = await openMinistry((prepared) => {
      prepared.put("organisation", "dep", {
        nameEn: "Department",
        level: "ministerial-agency",
        parentId: "organisation:moh",
      });
      prepared.put("organisation", "tc", { nameEn: "Committee 1", level: "chinese-sdo", hostId: "organisation:moh" });
    });
    const section = (title: string): HTMLElement | null =>
      screen.getByRole("heading", { name: title }).closest("section");
    await waitFor(() => expect(section("Subordinate bodies")?.textContent).toContain("Department"));
    expect(section("Subordinate bodies")?.textContent).not.toContain("Committee 1");
    expect(section("Hosts the secretariat of")?.textContent).toContain("Committee 1");

    await on.user.click(screen.getByRole("button", { name: "New body below" }));
    await waitFor(() => expect(field("Superior body").value).toBe("Ministry of Housing"));
    expect(field("Level").value).toBe("Agency under a ministry");
    expect(notebook.edits).toEqual([]);
    await on.user.type(field("English name"), "Bureau");
    await waitFor(() =>
      expect(notebook.all("organisation").find(({ data }) => data.nameEn === "Bureau")?.data).toMatchObject({
        level: "ministerial-agency",
        parentId: "organisation:moh",
      }),
    );
  });
});

describe("a shipped organisation", () => {
  test("says what was changed here and goes back field by field or as a whole", async () => {
    const { on, stored } = await openMinistry();
    expect(screen.queryByRole("region", { name: "Changed here" })).toBeNull();
    fireEvent.change(field("Website"), { target: { value: "https://new.example" } });
    fireEvent.change(field("Abbreviation"), { target: { value: "NEW" } });
    const changes = await screen.findByRole("region", { name: "Changed here" });
    await waitFor(() => expect(changes.textContent).toContain("https://www.mohurd.gov.cn"));
    await waitFor(() => expect(within(changes).getAllByRole("button", { name: "Use shipped value" })).toHaveLength(2));
    const [first] = within(changes).getAllByRole("button", { name: "Use shipped value" });
    if (first) await on.user.click(first);
    await waitFor(() =>
      expect(
        [stored()?.website, stored()?.abbreviation].filter((each) => each === "NEW" || each === "https://new.example"),
      ).toHaveLength(1),
    );
    await on.user.click(within(changes).getByRole("button", { name: "Return to shipped form" }));
    await waitFor(() => expect(stored()).toMatchObject({ website: ministry.website, abbreviation: "MOH" }));
    await waitFor(() => expect(field("Abbreviation").value).toBe("MOH"));
    expect(screen.queryByRole("region", { name: "Changed here" })).toBeNull();
  });

  test("is hidden without a question, and put back", async () => {
    const { on, notebook } = await openMinistry();
    await on.user.click(screen.getByRole("button", { name: "Delete" }));
    await screen.findByText(/Ministry of Housing was hidden/);
    expect(notebook.stored("organisation:moh")?.deletedAt).toBeDefined();
    await on.user.click(screen.getByRole("button", { name: "Put back" }));
    await waitFor(() => expect(notebook.stored("organisation:moh")?.deletedAt).toBeUndefined());
  });

  test("that still has to be confirmed is so with a click", async () => {
    const { on, notebook } = await openMinistry((prepared) => {
      prepared.ship("organisation", "tc", { nameEn: "Committee 1", level: "chinese-sdo", confidence: "medium" });
    }, "organisation:tc");
    await on.user.click(screen.getByRole("button", { name: "It is confirmed" }));
    await waitFor(() => expect(notebook.stored("organisation:tc")?.data.confidence).toBe("high"));
    expect(screen.queryByText(/Confirm the name/)).toBeNull();
  });

  test("that no longer ships stays with what is known and says so", async () => {
    await openMinistry((prepared) => {
      prepared.put("organisation", "old-bureau", { website: "https://old.example", level: "provincial" });
    }, "organisation:old-bureau");
    expect(await screen.findByText(/no longer in the list that comes with Qiao/)).toBeTruthy();
    expect(field("Website").value).toBe("https://old.example");
  });
});

describe("a new organisation", () => {
  test("has the level of the one chosen before, and is stored with the first thing entered", async () => {
    const { on, notebook } = await openMinistry();
    await on.user.click(screen.getByRole("button", { name: "New organisation" }));
    await waitFor(() => expect(field("English name").value).toBe(""));
    expect(document.activeElement).toBe(field("English name"));
    expect(field("Level").value).toBe("Ministerial body");
    expect(screen.getByText(/at least one of the two names/)).toBeTruthy();
    expect(notebook.edits).toEqual([]);
    await on.user.type(field("English name"), "Ministry of Roads");
    await waitFor(() =>
      expect(notebook.all("organisation").map(({ data }) => [data.nameEn, data.level])).toContainEqual([
        "Ministry of Roads",
        "ministerial",
      ]),
    );
    expect(notebook.all("organisation")).toHaveLength(2);
    await on.user.click(field("Level"));
    await on.user.click(await screen.findByRole("option", { name: "Enterprise" }));
    await waitFor(() =>
      expect(notebook.all("organisation").find(({ data }) => data.nameEn === "Ministry of Roads")?.data.level).toBe(
        "enterprise",
      ),
    );
    expect(screen.queryByText(/no longer in the list/)).toBeNull();
  });
});
