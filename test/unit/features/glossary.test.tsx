// @vitest-environment happy-dom
import { act, cleanup, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { afterEach, describe, expect, test } from "vitest";
import type { Term } from "../../../src-renderer/domain/records/term";
import { GlossarySection } from "../../../src-renderer/features/glossary/GlossarySection";
import { createFakeNotebook, type FakeNotebook } from "../../support/fakeNotebook";
import { renderScreen, type Screen } from "../../support/renderScreen";

afterEach(cleanup);

const open = (notebook: FakeNotebook, language: "en" | "zh-CN" = "en"): Screen =>
  renderScreen(<GlossarySection />, { section: "glossary", notebook, language });
const field = (name: string): HTMLInputElement => screen.getByRole("textbox", { name });
const rows = (): string[] =>
  within(screen.getByRole("listbox", { name: "Glossary" }))
    .getAllByRole("option")
    .map((row) => row.textContent);
const reading = (): HTMLElement => screen.getByRole("region", { name: "The words" });

async function choose(on: Screen, name: string): Promise<void> {
  await on.user.click(await screen.findByRole("option", { name: new RegExp(name) }));
  await screen.findByRole("textbox", { name: "English" });
}

const recommended: Partial<Term> = {
  forms: [
    { id: "en", language: "en", text: "recommended standard", status: "preferred" },
    { id: "v", language: "en", text: "voluntary standard", status: "caution", prefer: "recommended standard" },
    {
      id: "c",
      language: "en",
      text: "Chinese voluntary standard",
      status: "forbidden",
      prefer: "recommended standard",
      reason: "It can become binding by reference.",
    },
    {
      id: "zh",
      language: "zh",
      text: "推荐性标准",
      status: "preferred",
      pinyin: "tuī jiàn xìng biāo zhǔn",
      traditional: "推薦性標準",
    },
  ],
  areaIds: ["area:standardization"],
  definitionEn: "A standard that users are encouraged to follow.",
  note: "Not the European notion.",
};

function withReadings(): FakeNotebook {
  const notebook = createFakeNotebook();
  notebook.setReadings("标", ["biāo"]);
  notebook.setReadings("标准", ["biāo zhǔn"]);
  notebook.setReadings("标准化", ["biāo zhǔn huà"]);
  notebook.setReadings("重", ["zhòng", "chóng"]);
  return notebook;
}
const chineseOf = (notebook: FakeNotebook, id: `term:${string}`) =>
  notebook.stored(id)?.data.forms.find((form) => form.language === "zh");
function onlyTerm(notebook: FakeNotebook) {
  const terms = notebook.all("term");
  expect(terms).toHaveLength(1);
  return terms[0];
}

describe("looking a term up", () => {
  test("the words, the reading and the warnings come before any field", async () => {
    const notebook = createFakeNotebook();
    notebook.ship("area", "standardization", { nameEn: "Standardization", nameZh: "标准化", kind: "subject" });
    notebook.ship("term", "recommended-standard", recommended);
    const on = open(notebook);
    await choose(on, "推荐性标准");
    const shown = reading().textContent;
    const order = [
      "recommended standard",
      "推荐性标准",
      "tuī jiàn xìng biāo zhǔn",
      "推薦性標準",
      "Not the European notion.",
      "Chinese voluntary standard",
      "It can become binding by reference.",
      "voluntary standard",
    ].map((text, index, all) => shown.indexOf(text, index === all.length - 1 ? shown.indexOf("binding") : 0));
    expect(order).toEqual([...order].sort((one, other) => one - other));
    expect(order).not.toContain(-1);
    expect(reading().compareDocumentPosition(field("English"))).toBe(Node.DOCUMENT_POSITION_FOLLOWING);
    await waitFor(() => expect(screen.getAllByText("Standardization").length).toBeGreaterThan(0));
  });

  test("the row says both words, the pinyin and that there is a warning", async () => {
    const notebook = createFakeNotebook();
    notebook.ship("term", "recommended-standard", recommended);
    notebook.ship("term", "standard", {
      forms: [
        { id: "en", language: "en", text: "standard", status: "preferred" },
        { id: "zh", language: "zh", text: "标准", status: "preferred", pinyin: "biāo zhǔn" },
      ],
    });
    open(notebook);
    const warned = await screen.findByRole("option", { name: /recommended standard/ });
    expect(within(warned).getByRole("img", { name: "Read the warning before use" })).toBeDefined();
    expect(warned.textContent).toContain("推荐性标准tuī jiàn xìng biāo zhǔn");
    const plain = screen.getByRole("option", { name: /^standard/ });
    expect(within(plain).queryByRole("img", { name: "Read the warning before use" })).toBeNull();
  });

  test("each form is copied by a button of its own", async () => {
    const notebook = createFakeNotebook();
    notebook.ship("term", "recommended-standard", recommended);
    const on = open(notebook);
    await choose(on, "推荐性标准");
    const copies = within(reading()).getAllByRole("button", { name: "Copy" });
    for (const copy of copies) await on.user.click(copy);
    expect(on.asked("clipboard:write").map(({ text }) => text)).toEqual([
      "recommended standard",
      "推荐性标准",
      "tuī jiàn xìng biāo zhǔn",
      "推薦性標準",
    ]);
    expect(await within(reading()).findAllByRole("button", { name: "Copied" })).toHaveLength(4);
  });

  test("in Chinese the Chinese word leads", async () => {
    const notebook = createFakeNotebook();
    notebook.ship("term", "recommended-standard", recommended);
    const on = open(notebook, "zh-CN");
    await on.user.click(await screen.findByRole("option", { name: /推荐性标准/ }));
    expect((await screen.findByRole("heading", { level: 2 })).textContent).toBe("推荐性标准");
  });

  test("one area can be chosen beside the filter, and a term begun then belongs to it", async () => {
    const notebook = createFakeNotebook();
    notebook.ship("area", "toys", { nameEn: "Toys", nameZh: "玩具" });
    notebook.put("term", "a", {
      forms: [{ id: "en", language: "en", text: "rattle", status: "preferred" }],
      areaIds: ["area:toys"],
    });
    notebook.put("term", "b", { forms: [{ id: "en", language: "en", text: "gateway", status: "preferred" }] });
    const on = open(notebook);
    await waitFor(() => expect(rows()).toHaveLength(2));
    await on.user.click(field("In the area"));
    await on.user.click(await screen.findByRole("option", { name: /Toys/ }));
    await waitFor(() => expect(rows()).toEqual([expect.stringContaining("rattle")]));
    await on.user.click(screen.getByRole("button", { name: "New term" }));
    // Beside the filter and, before anything is typed, in the form.
    await waitFor(() => expect(screen.getAllByRole("button", { name: "Remove Toys" })).toHaveLength(2));
    expect(notebook.all("term")).toHaveLength(2);
    await on.user.type(field("English"), "doll");
    await waitFor(() => expect(notebook.all("term")).toHaveLength(3));
    expect(notebook.all("term").at(-1)?.data.areaIds).toEqual(["area:toys"]);
  });
});

describe("a new term", () => {
  test("in one language alone is kept, listed, and says calmly what is missing", async () => {
    const notebook = createFakeNotebook();
    const on = open(notebook);
    await on.user.click(await screen.findByRole("button", { name: "New term" }));
    expect(document.activeElement).toBe(field("English"));
    await on.user.type(field("English"), "type approval");
    await waitFor(() =>
      expect(onlyTerm(notebook)?.data.forms).toEqual([
        { id: "en", language: "en", status: "preferred", text: "type approval" },
      ]),
    );
    expect(await screen.findByText(/The Chinese is still to be found/)).toBeDefined();
    expect(rows()[0]).toContain("No Chinese yet");
    expect(screen.queryByRole("alert")).toBeNull();
  });

  test("with the Chinese alone has its pinyin proposed", async () => {
    const notebook = withReadings();
    const on = open(notebook);
    await on.user.click(await screen.findByRole("button", { name: "New term" }));
    await on.user.type(field("Chinese"), "标");
    await waitFor(() => expect(onlyTerm(notebook)?.data.forms[0]?.pinyin).toBe("biāo"));
    await on.user.type(field("Chinese"), "准");
    await waitFor(() =>
      expect(onlyTerm(notebook)?.data.forms).toEqual([
        { id: "zh", language: "zh", status: "preferred", text: "标准", pinyin: "biāo zhǔn" },
      ]),
    );
    await waitFor(() => expect(field("Pinyin").value).toBe("biāo zhǔn"));
    expect(await screen.findByText(/The English is still to be found/)).toBeDefined();
  });

  test("holds the pinyin and the traditional form typed before the Chinese itself", async () => {
    const notebook = withReadings();
    const on = open(notebook);
    await on.user.click(await screen.findByRole("button", { name: "New term" }));
    await on.user.type(field("Pinyin"), "biao zhun");
    await on.user.type(field("Traditional form"), "標準");
    await on.user.type(field("Chinese"), "标准");
    await waitFor(() =>
      expect(onlyTerm(notebook)?.data.forms).toEqual([
        { id: "zh", language: "zh", status: "preferred", text: "标准", pinyin: "biao zhun", traditional: "標準" },
      ]),
    );
  });
});

describe("the pinyin", () => {
  test("once corrected is never overwritten, and emptied it is proposed again", async () => {
    const notebook = withReadings();
    notebook.put("term", "a", {
      forms: [{ id: "zh", language: "zh", text: "标准", status: "preferred", pinyin: "biāo zhǔn" }],
    });
    const on = open(notebook);
    await choose(on, "标准");
    await on.user.clear(field("Pinyin"));
    await on.user.type(field("Pinyin"), "biāozhǔn");
    await on.user.tab();
    await waitFor(() => expect(chineseOf(notebook, "term:a")?.pinyin).toBe("biāozhǔn"));
    expect(screen.getByText("Corrected; it stays when the characters change")).toBeDefined();
    await on.user.type(field("Chinese"), "化");
    await waitFor(() => expect(chineseOf(notebook, "term:a")?.text).toBe("标准化"));
    expect(chineseOf(notebook, "term:a")?.pinyin).toBe("biāozhǔn");

    await on.user.clear(field("Pinyin"));
    await on.user.tab();
    await waitFor(() => expect(chineseOf(notebook, "term:a")?.pinyin).toBe("biāo zhǔn huà"));
  });

  test("corrected before, on whatever computer, stays when the Chinese changes", async () => {
    const notebook = withReadings();
    notebook.put("term", "a", {
      forms: [{ id: "zh", language: "zh", text: "标准", status: "preferred", pinyin: "corrected" }],
    });
    const on = open(notebook);
    await choose(on, "标准");
    await on.user.type(field("Chinese"), "化");
    await waitFor(() => expect(chineseOf(notebook, "term:a")?.text).toBe("标准化"));
    expect(chineseOf(notebook, "term:a")?.pinyin).toBe("corrected");
  });

  test("offers the other readings", async () => {
    const notebook = withReadings();
    notebook.put("term", "a", {
      forms: [{ id: "zh", language: "zh", text: "重", status: "preferred", pinyin: "zhòng" }],
    });
    const on = open(notebook);
    await choose(on, "重");
    await on.user.click(await screen.findByRole("button", { name: "Other readings" }));
    await on.user.click(await screen.findByRole("menuitem", { name: "chóng" }));
    await waitFor(() => expect(chineseOf(notebook, "term:a")?.pinyin).toBe("chóng"));
  });
});

describe("other forms", () => {
  test("are added, given a status with what to write instead and why, and removed", async () => {
    const notebook = createFakeNotebook();
    notebook.put("term", "a", { forms: [{ id: "en", language: "en", text: "standard", status: "preferred" }] });
    const on = open(notebook);
    await choose(on, "standard");
    await on.user.click(screen.getByRole("button", { name: "Another form in English" }));
    expect(document.activeElement).toBe(field("Other form (EN)"));
    await on.user.type(field("Other form (EN)"), "norm");
    await on.user.click(screen.getByRole("combobox", { name: "Status" }));
    await on.user.click(await screen.findByRole("option", { name: "Deprecated" }));
    await on.user.type(await screen.findByRole("textbox", { name: "Write instead" }), "standard");
    await on.user.type(field("Why"), "A gallicism.");
    await waitFor(() =>
      expect(notebook.stored("term:a")?.data.forms[1]).toMatchObject({
        language: "en",
        text: "norm",
        status: "deprecated",
        prefer: "standard",
        reason: "A gallicism.",
      }),
    );
    await waitFor(() => expect(reading().textContent).toContain("DeprecatednormWrite instead: standardA gallicism."));
    await on.user.click(screen.getByRole("button", { name: "Remove this form" }));
    await waitFor(() => expect(notebook.stored("term:a")?.data.forms).toHaveLength(1));
  });

  test("an admitted form is never taken for the preferred one", async () => {
    const notebook = createFakeNotebook();
    notebook.put("term", "a", { forms: [{ id: "x", language: "en", text: "norm", status: "admitted" }] });
    const on = open(notebook);
    await choose(on, "norm");
    expect(field("English").value).toBe("");
    await on.user.type(field("English"), "standard");
    await waitFor(() =>
      expect(notebook.stored("term:a")?.data.forms).toEqual([
        { id: "x", language: "en", text: "norm", status: "admitted" },
        { id: "en", language: "en", text: "standard", status: "preferred" },
      ]),
    );
  });
});

describe("a shipped term", () => {
  test("shows what was changed, and returns field by field or as a whole", async () => {
    const notebook = createFakeNotebook();
    notebook.ship("term", "recommended-standard", recommended);
    const on = open(notebook);
    await choose(on, "推荐性标准");
    fireEvent.change(field("Usage warning"), { target: { value: "Mine." } });
    fireEvent.change(field("English"), { target: { value: "non-mandatory standard" } });
    await waitFor(() => expect(rows()[0]).toContain("non-mandatory standard"));
    const changes = await screen.findByRole("region", { name: "Changed here" });
    expect(within(changes).getByText("Not the European notion.")).toBeDefined();
    expect(within(changes).getByText("recommended standard")).toBeDefined();
    await on.user.click(screen.getByRole("button", { name: "Changed here" }));
    expect(document.activeElement, "the head leads to the list").toBe(changes);

    const [first] = within(changes).getAllByRole("button", { description: /Usage warning/ });
    await on.user.click(first ?? document.body);
    await waitFor(() => expect(notebook.stored("term:recommended-standard")?.data.note).toBe(recommended.note));
    await waitFor(() => expect(field("Usage warning").value).toBe(recommended.note));
    expect(field("English").value).toBe("non-mandatory standard");

    await on.user.click(within(changes).getByRole("button"));
    await waitFor(() => expect(field("English").value).toBe("recommended standard"));
    expect(screen.queryByRole("region", { name: "Changed here" })).toBeNull();
  });

  test("is hidden by Delete, and comes back with Restore", async () => {
    const notebook = createFakeNotebook();
    notebook.ship("term", "recommended-standard", recommended);
    const on = open(notebook);
    await choose(on, "推荐性标准");
    await on.user.click(screen.getByRole("button", { name: "Delete" }));
    await waitFor(() => expect(notebook.stored("term:recommended-standard")?.deletedAt).toBeDefined());
    await screen.findByText("No terms yet");
    act(() => {
      on.select("term", "term:recommended-standard");
    });
    await on.user.click(await screen.findByRole("button", { name: "Restore" }));
    await waitFor(() => expect(notebook.stored("term:recommended-standard")?.deletedAt).toBeUndefined());
  });
});

describe("an input method", () => {
  test("saves nothing half-composed in the words", async () => {
    const notebook = withReadings();
    notebook.put("term", "a", { forms: [{ id: "en", language: "en", text: "standard", status: "preferred" }] });
    const on = open(notebook);
    await choose(on, "standard");
    act(() => {
      field("Chinese").focus();
    });
    fireEvent.compositionStart(field("Chinese"));
    fireEvent.change(field("Chinese"), { target: { value: "biao'zhun" } });
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(notebook.edits).toEqual([]);
    fireEvent.change(field("Chinese"), { target: { value: "标准" } });
    fireEvent.compositionEnd(field("Chinese"));
    await waitFor(() => expect(chineseOf(notebook, "term:a")?.text).toBe("标准"));
  });
});
