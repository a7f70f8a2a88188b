import { describe, expect, it } from "vitest";
import { recordTypes } from "../../../src-renderer/domain/ids";
import { MAX_ORDER } from "../../../src-renderer/domain/recordKind";
import { kindOf, recordKinds } from "../../../src-renderer/domain/recordKinds";
import { meeting } from "../../../src-renderer/domain/records/meeting";
import { contact } from "../../../src-renderer/domain/records/contact";
import { organisation } from "../../../src-renderer/domain/records/organisation";

describe("the table of record types", () => {
  it("has a rule for every field of every type, and empty data that its schema reads", () => {
    for (const type of recordTypes) {
      const kind = recordKinds[type];
      expect(Object.keys(kind.fields).sort()).toEqual(Object.keys(kind.schema.shape).sort());
      expect(kind.upgrades).toHaveLength(kind.v - 1);
      if (type !== "organisation") expect(kind.schema.safeParse(kind.empty).success).toBe(true);
    }
  });

  it("knows no type by the name of something every object has", () => {
    for (const name of ["constructor", "__proto__", "dialogue", ""]) expect(kindOf(name)).toBeUndefined();
  });

  it("orders meetings newest first, those without a date last", () => {
    const order = (startsAt?: string): number => recordKinds.meeting.order(meeting.parse({ startsAt }));
    const ascending = [
      order("2999-12-31T15:59:00.000Z"),
      order("2026-11-22T01:00:00.001Z"),
      order("2026-11-22T01:00:00.000Z"),
      order("1970-01-01T00:00:00.001Z"),
      order("1900-01-01T00:00:00.000Z"),
      order(undefined),
    ];
    expect(ascending).toEqual([...ascending].sort((a, b) => a - b));
    expect(ascending[2]).toBe(MAX_ORDER - Date.UTC(2026, 10, 22, 1));
    expect(ascending.at(-1)).toBe(MAX_ORDER);
    for (const value of ascending) expect(Number.isSafeInteger(value) && value >= 0 && value <= MAX_ORDER).toBe(true);
  });

  it("names the records that one refers to", () => {
    const visit = meeting.parse({
      organisationIds: ["organisation:samr"],
      attendees: [
        { id: "1", contactId: "contact:1" },
        { id: "2", name: "Bo" },
      ],
    });
    expect(recordKinds.meeting.links(visit)).toEqual(["organisation:samr", "contact:1"]);
    const person = contact.parse({ posts: [{ id: "1", organisationId: "organisation:sac" }, { id: "2" }] });
    expect(recordKinds.contact.links(person)).toEqual(["organisation:sac"]);
    const committee = organisation.parse({
      level: "chinese-sdo",
      parentId: "organisation:sac",
      hostId: "organisation:x",
    });
    expect(recordKinds.organisation.links(committee)).toEqual(["organisation:sac", "organisation:x"]);
  });
});
