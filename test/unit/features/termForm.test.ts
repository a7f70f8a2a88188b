import { describe, expect, test } from "vitest";
import type { TermForm } from "../../../src-renderer/domain/records/term";
import {
  avoidedForms,
  changesForForm,
  changesForTermText,
  isCorrected,
  mainForm,
  missingLanguage,
  newMainForm,
  otherForms,
} from "../../../src-renderer/features/glossary/termForm";

const form = (id: string, language: "en" | "zh", status: TermForm["status"], text = id): TermForm => ({
  id,
  language,
  status,
  text,
});

describe("the forms of a term", () => {
  const forms = [
    form("f", "zh", "forbidden"),
    form("a", "en", "admitted"),
    form("en", "en", "preferred"),
    form("c", "en", "caution"),
    form("d", "en", "deprecated"),
    form("b", "zh", "admitted"),
  ];

  test("the field of a language edits the preferred one, never an admitted one", () => {
    expect(mainForm({ forms }, "en")?.id).toBe("en");
    expect(mainForm({ forms }, "zh")).toBeUndefined();
    expect(mainForm({ forms: [form("zh", "zh", "preferred", "")] }, "zh")?.id).toBe("zh");
  });

  test("the others stand from the best to the worst, and those to avoid the other way round", () => {
    expect(otherForms({ forms }).map(({ id }) => id)).toEqual(["a", "b", "c", "d", "f"]);
    expect(avoidedForms({ forms }).map(({ id }) => id)).toEqual(["f", "d", "c"]);
    expect(avoidedForms({ forms: [form("x", "en", "forbidden", "  ")] })).toEqual([]);
  });

  test("of one that is stored only what is typed is said; one that is not is stored whole", () => {
    const begun = newMainForm("zh");
    expect(changesForForm(undefined, begun, { pinyin: "biāo" })).toEqual([
      { op: "putItem", field: "forms", item: { ...begun, pinyin: "biāo" } },
    ]);
    expect(changesForForm({ ...begun, text: "标" }, begun, { pinyin: " " })).toEqual([
      { op: "putItem", field: "forms", item: { id: "zh", pinyin: undefined } },
    ]);
    expect(changesForForm(begun, begun, { text: "  " })).toEqual([
      { op: "putItem", field: "forms", item: { id: "zh", text: "" } },
    ]);
  });
});

test("a blank text is an absent value", () => {
  expect(changesForTermText("note", " \n ")).toEqual([{ op: "set", field: "note", value: undefined }]);
  expect(changesForTermText("note", " a ")).toEqual([{ op: "set", field: "note", value: " a " }]);
});

test("pinyin is corrected when it is there and is not what is proposed", () => {
  expect(isCorrected(undefined, "biāo")).toBe(false);
  expect(isCorrected({ pinyin: " " }, "biāo")).toBe(false);
  expect(isCorrected({ pinyin: "biāo" }, "biāo")).toBe(false);
  expect(isCorrected({ pinyin: "biao" }, "biāo")).toBe(true);
  expect(isCorrected({ pinyin: "biāo" }, undefined)).toBe(true);
});

test("either language alone is a term", () => {
  expect(missingLanguage({ en: "standard", zh: " " })).toBe("zh");
  expect(missingLanguage({ en: "", zh: "标准" })).toBe("en");
  expect(missingLanguage({ en: "", zh: "" })).toBe("both");
  expect(missingLanguage({ en: "a", zh: "b" })).toBeNull();
});
