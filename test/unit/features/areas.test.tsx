// @vitest-environment happy-dom
import { cleanup, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { afterEach, describe, expect, test } from "vitest";
import { AreasSection } from "../../../src-renderer/features/areas/AreasSection";
import { createFakeNotebook, type FakeNotebook } from "../../support/fakeNotebook";
import { renderScreen, type Screen } from "../../support/renderScreen";

afterEach(cleanup);

const open = (notebook: FakeNotebook): Screen => renderScreen(<AreasSection />, { section: "areas", notebook });
const field = (name: string): HTMLInputElement => screen.getByRole("textbox", { name });
const rows = (): string[] =>
  within(screen.getByRole("tree", { name: "Areas" }))
    .getAllByRole("treeitem")
    .map((row) => row.textContent);

function withAreas(): FakeNotebook {
  const notebook = createFakeNotebook();
  notebook.ship("area", "consumers", { nameEn: "Consumer protection", nameZh: "消费者保护" });
  notebook.ship("area", "toys", { nameEn: "Toys", nameZh: "玩具", parentId: "area:consumers" });
  notebook.ship("area", "zinc", { nameEn: "Zinc roofs", nameZh: "锌屋面", validTo: "2020-12-31" });
  notebook.ship("area", "trade", { nameEn: "Agreements", nameZh: "协定", kind: "subject" });
  return notebook;
}

async function choose(on: Screen, name: string): Promise<void> {
  await on.user.click(await screen.findByRole("treeitem", { name: new RegExp(name) }));
  await screen.findByRole("textbox", { name: "English name" });
}

describe("the areas", () => {
  test("stand as a tree, the subjects of the glossary and the retired ones apart and last", async () => {
    open(withAreas());
    await waitFor(() => expect(rows()).toHaveLength(4));
    expect(rows()).toEqual([
      expect.stringContaining("Consumer protection"),
      expect.stringContaining("Toys"),
      expect.stringContaining("Agreements"),
      expect.stringContaining("until 31 Dec 2020"),
    ]);
    expect(screen.getByRole("treeitem", { name: /Toys/ }).getAttribute("aria-level")).toBe("2");
    for (const heading of ["Technical areas", "Subjects of the glossary", "Retired"]) {
      expect(screen.getByText(heading)).toBeDefined();
    }
  });

  test("filtered say what they stand below", async () => {
    const on = open(withAreas());
    await on.user.type(field("Filter"), "玩具");
    const found = await screen.findByRole("option", { name: /Toys/ });
    await waitFor(() => expect(found.textContent).toContain("below Consumer protection"));
    await on.user.clear(field("Filter"));
    await on.user.type(field("Filter"), "nowhere");
    expect(await screen.findByText(/former names, pinyin and initials/)).toBeDefined();
  });

  test("cannot be deleted, which is said", async () => {
    const on = open(withAreas());
    await choose(on, "Toys");
    expect(screen.queryByRole("button", { name: /Delete/ })).toBeNull();
    expect(screen.getByText(/never deleted/)).toBeDefined();
  });

  test("are counted by what names them, and lead there", async () => {
    const notebook = withAreas();
    notebook.put("meeting", "m", { title: "Toy safety", areaIds: ["area:toys"] });
    notebook.put("term", "t", {
      forms: [{ id: "en", language: "en", text: "rattle", status: "preferred" }],
      areaIds: ["area:toys"],
    });
    const on = open(notebook);
    await choose(on, "Toys");
    await screen.findByRole("heading", { name: "Terms 1" });
    expect(screen.getByRole("heading", { name: "Organisations 0" })).toBeDefined();
    await on.user.click(await screen.findByRole("button", { name: "Toy safety" }));
    expect(on.section()).toBe("meetings");
    expect(on.selected("meeting")).toBe("meeting:m");
  });
});

describe("an area", () => {
  test("begun is stored with the first character of a name", async () => {
    const notebook = createFakeNotebook();
    const on = open(notebook);
    await on.user.click(screen.getByRole("button", { name: "New area" }));
    expect(notebook.edits).toEqual([]);
    await on.user.type(field("Chinese name"), "氢能");
    await waitFor(() => expect(notebook.all("area")[0]?.data.nameZh).toBe("氢能"));
    expect(notebook.all("area")[0]?.data.kind).toBe("technical");
  });

  test("is renamed from a date in one edit that keeps the old name with its last day", async () => {
    const notebook = withAreas();
    const on = open(notebook);
    await choose(on, "Toys");
    await on.user.click(screen.getByRole("button", { name: "Rename from a date" }));
    expect(screen.getByRole("button", { name: "Rename" }).hasAttribute("disabled")).toBe(true);
    fireEvent.change(field("New name (EN)"), { target: { value: "Toys and games" } });
    await on.user.clear(field("First day of it"));
    await on.user.type(field("First day of it"), "2027-01-01");
    await on.user.click(screen.getByRole("button", { name: "Rename" }));
    await waitFor(() => expect(notebook.stored("area:toys")?.data.nameEn).toBe("Toys and games"));
    expect(notebook.edits).toHaveLength(1);
    expect(notebook.stored("area:toys")?.data).toMatchObject({
      nameZh: "玩具",
      formerNames: [{ nameEn: "Toys", nameZh: "玩具", until: "2026-12-31" }],
    });
    expect(await screen.findByText("until 31 Dec 2026")).toBeDefined();
  });

  test("is retired with a last day, moves to the end, and is brought back", async () => {
    const notebook = withAreas();
    const on = open(notebook);
    await choose(on, "Consumer protection");
    await on.user.click(screen.getByRole("button", { name: "Retire" }));
    await on.user.clear(field("Last day"));
    await on.user.type(field("Last day"), "2021-06-30");
    await on.user.click(screen.getByRole("button", { name: "Retire" }));
    await waitFor(() => expect(notebook.stored("area:consumers")?.data.validTo).toBe("2021-06-30"));
    await screen.findByText(/30 Jun 2021 was its last day/);
    await waitFor(() => expect(rows().at(-2)).toContain("Consumer protection"));
    expect(rows()[0]).toContain("Toys");
    expect(screen.getByRole("treeitem", { name: /Toys/ }).getAttribute("aria-level")).toBe("1");
    await on.user.click(screen.getByRole("button", { name: "Bring back" }));
    await waitFor(() => expect(notebook.stored("area:consumers")?.data.validTo).toBeUndefined());
    await waitFor(() => expect(rows()[0]).toContain("Consumer protection"));
  });

  test("is not put below itself: the reason is said and the superior before stands again", async () => {
    const notebook = withAreas();
    const on = open(notebook);
    await choose(on, "Toys");
    await waitFor(() => expect(field("Superior area").value).toBe("Consumer protection"));
    notebook.failWith({ kind: "circle", field: "parentId" });
    await on.user.clear(field("Superior area"));
    await on.user.type(field("Superior area"), "Zinc");
    await on.user.click(await screen.findByRole("option", { name: /Zinc roofs/ }));
    expect(await screen.findByText(/it would then stand below itself/)).toBeDefined();
    expect(field("Superior area").value).toBe("Consumer protection");
    expect(notebook.stored("area:toys")?.data.parentId).toBe("area:consumers");
    expect(screen.queryByText(/Not saved/)).toBeNull();
  });

  test("keeps a day that cannot be read in the field, and takes it once it can", async () => {
    const notebook = withAreas();
    const on = open(notebook);
    await choose(on, "Toys");
    await on.user.type(field("Valid from"), "next spring");
    await on.user.tab();
    expect(await screen.findByText(/not a date yet/)).toBeDefined();
    expect(field("Valid from").value).toBe("next spring");
    expect(notebook.edits).toEqual([]);
    await on.user.clear(field("Valid from"));
    await on.user.type(field("Valid from"), "1900年1月1日");
    await on.user.tab();
    await waitFor(() => expect(notebook.stored("area:toys")?.data.validFrom).toBe("1900-01-01"));
    await waitFor(() => expect(field("Valid from").value).toBe("1900-01-01"));
  });

  test("shipped shows what was changed and returns to it", async () => {
    const notebook = withAreas();
    const on = open(notebook);
    await choose(on, "Toys");
    fireEvent.change(field("English name"), { target: { value: "Playthings" } });
    const changes = await screen.findByRole("region", { name: "Changed here" });
    expect(within(changes).getByText("Toys")).toBeDefined();
    await on.user.click(within(changes).getByRole("button", { name: "Return to shipped form" }));
    await waitFor(() => expect(field("English name").value).toBe("Toys"));
  });
});
