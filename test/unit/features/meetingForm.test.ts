import { describe, expect, test } from "vitest";
import { namesByScript, namesIn } from "../../../src-renderer/features/meetings/attendeeName";
import {
  changesForContact,
  changesForMeetingText,
  changesForNames,
  changesForOrganisations,
  contactIdFor,
  endsBeforeStart,
} from "../../../src-renderer/features/meetings/meetingForm";

const newId = (): string => "new";

describe("meeting form", () => {
  test("a blank title is an absent value", () => {
    expect(changesForMeetingText("title", " ")).toEqual([{ op: "set", field: "title", value: undefined }]);
  });

  test("organisations change as members of a set", () => {
    expect(changesForOrganisations(["organisation:a", "organisation:b"], ["organisation:b", "organisation:c"])).toEqual(
      [
        { op: "removeMember", field: "organisationIds", value: "organisation:a" },
        { op: "addMember", field: "organisationIds", value: "organisation:c" },
      ],
    );
  });

  test("a contact attends once", () => {
    expect(changesForContact([], "contact:a", newId)).toEqual([
      { op: "putItem", field: "attendees", item: { id: "new", contactId: "contact:a" } },
    ]);
    expect(changesForContact([{ id: "1", contactId: "contact:a" }], "contact:a", newId)).toEqual([]);
  });

  test("typed names stay names, and each is there once", () => {
    expect(changesForNames([{ id: "1", name: "Li" }], ["Li", "Ma", "Ma"], newId)).toEqual([
      { op: "putItem", field: "attendees", item: { id: "new", name: "Ma" } },
    ]);
  });

  test("one attendee makes one contact, however often it is asked", () => {
    expect(contactIdFor({ id: "0192", name: "Li" })).toBe("contact:0192");
  });

  test("an end before the start is noticed; an unknown one is not", () => {
    expect(endsBeforeStart({ startsAt: "2026-11-22T01:00:00.000Z", endsAt: "2026-11-22T00:59:00.000Z" })).toBe(true);
    expect(endsBeforeStart({ startsAt: "2026-11-22T01:00:00.000Z", endsAt: "2026-11-22T01:00:00.000Z" })).toBe(false);
    expect(endsBeforeStart({ startsAt: "2026-11-22T01:00:00.000Z" })).toBe(false);
  });
});

describe("attendee name", () => {
  test("a pasted list is parted at Chinese and Western list marks, never at a comma", () => {
    expect(namesIn("张三、李四；Müller, Hans\n 王五 ")).toEqual(["张三", "李四", "Müller, Hans", "王五"]);
    expect(namesIn(" \n")).toEqual([]);
  });

  test("a name in both scripts is parted into them", () => {
    expect(namesByScript("张伟 (Zhang Wei)")).toEqual({ nameZh: "张伟", nameLatin: "Zhang Wei" });
    expect(namesByScript("Dr Zhang Wei 张伟")).toEqual({ nameZh: "张伟", nameLatin: "Dr Zhang Wei" });
    expect(namesByScript("𠮷田")).toEqual({ nameZh: "𠮷田" });
    expect(namesByScript("阿卜杜拉·买买提")).toEqual({ nameZh: "阿卜杜拉·买买提" });
    expect(namesByScript("محمد")).toEqual({ nameLatin: "محمد" });
    expect(namesByScript("  ")).toEqual({});
  });
});
