import { describe, expect, test } from "vitest";
import { contact as contactSchema, type Contact } from "../../../src-renderer/domain/records/contact";
import {
  changesForJobTitle,
  changesForOrganisation,
  changesForPinyin,
  changesForText,
  hasName,
  postIdFor,
  presentPost,
  presetPost,
} from "../../../src-renderer/features/contacts/contactForm";

const contactWith = (data: object): Contact => contactSchema.parse(data);
const newId = (): string => "new";

describe("contact form", () => {
  test("a blank field is an absent value", () => {
    expect(changesForText("nameZh", "  ")).toEqual([{ op: "set", field: "nameZh", value: undefined }]);
    expect(changesForText("nameZh", "𠮷田")).toEqual([{ op: "set", field: "nameZh", value: "𠮷田" }]);
  });

  test("one name in either script is enough", () => {
    expect(hasName(contactWith({ nameZh: "单" }))).toBe(true);
    expect(hasName(contactWith({ nameLatin: "Shan" }))).toBe(true);
    expect(hasName(contactWith({ nameLatin: "  ", wechat: "shan" }))).toBe(false);
  });

  test("organisation and job title filled in on two computers meet in one post", () => {
    const here = postIdFor(null, [], newId);
    const there = postIdFor(contactWith({}), [], newId);
    expect(here).toBe(there);
    expect([...changesForOrganisation(here, "organisation:miit"), ...changesForJobTitle(there, "Director")]).toEqual([
      { op: "putItem", field: "posts", item: { id: here, organisationId: "organisation:miit" } },
      { op: "putItem", field: "posts", item: { id: here, title: "Director" } },
    ]);
  });

  test("the form shows the present post, and a former one is never overwritten", () => {
    const former = { id: "first", organisationId: "organisation:most", to: "2020-01-01" };
    const moved = contactWith({ posts: [former, { id: "b", title: "Director" }] });
    expect(presentPost(moved)?.id).toBe("b");
    expect(postIdFor(moved, [], newId)).toBe("b");
    expect(postIdFor(contactWith({ posts: [former] }), [], newId)).toBe("new");
  });

  test("an emptied present post gives way to another present one", () => {
    const two = contactWith({ posts: [{ id: "first" }, { id: "b", title: "Director" }] });
    expect(presentPost(two)?.id).toBe("b");
  });

  test("a contact begun at an organisation shows it before it is stored, and is filled in there", () => {
    const begun = changesForOrganisation("other", "organisation:miit");
    expect(presetPost(begun)?.organisationId).toBe("organisation:miit");
    expect(postIdFor(null, begun, newId)).toBe("other");
    expect(presetPost(changesForText("nameZh", "李"))).toBeUndefined();
  });

  test("the pinyin says whether it was typed or proposed; a blank one is absent", () => {
    for (const source of ["typed", "proposed"] as const) {
      expect(changesForPinyin("Shàn Lì", source)).toEqual([
        { op: "set", field: "pinyin", value: { value: "Shàn Lì", source } },
      ]);
      expect(changesForPinyin(" ", source)).toEqual([{ op: "set", field: "pinyin", value: undefined }]);
    }
  });
});
