import { z } from "zod";
import type { SearchText } from "../../language/filter";
import { instant } from "../envelope";
import { newestFirst, type RecordKind } from "../recordKind";
import { areaId } from "./area";

/** Someone at a meeting: a contact, or a name as typed, which is not a contact until asked. */
export const attendee = z.looseObject({
  id: z.string(),
  contactId: z.templateLiteral(["contact:", z.string().min(1)]).optional(),
  name: z.string().optional(),
});
export type Attendee = z.infer<typeof attendee>;

export const meeting = z.looseObject({
  title: z.string().default(""),
  startsAt: instant.optional(),
  endsAt: instant.optional(),
  /** What was typed as a start or end and could not be read as a time; kept until it can. */
  startsAsTyped: z.string().optional(),
  endsAsTyped: z.string().optional(),
  place: z.string().optional(),
  /** A set. */
  organisationIds: z.array(z.templateLiteral(["organisation:", z.string().min(1)])).default([]),
  attendees: z.array(attendee).default([]),
  /** A set. */
  areaIds: z.array(areaId).default([]),
});
export type Meeting = z.infer<typeof meeting>;

export const meetingKind = {
  v: 1,
  schema: meeting,
  upgrades: [],
  fields: {
    title: "scalar",
    startsAt: "scalar",
    endsAt: "scalar",
    startsAsTyped: "scalar",
    endsAsTyped: "scalar",
    place: "scalar",
    organisationIds: "set",
    attendees: "list",
    areaIds: "set",
  },
  merge: "fields",
  empty: {},
  deletable: true,
  order: (data) => newestFirst(data.startsAt),
  links: (data) => [
    ...data.organisationIds,
    ...data.attendees.flatMap((someone) => someone.contactId ?? []),
    ...data.areaIds,
  ],
  searchTexts: meetingTexts,
} as const satisfies RecordKind<typeof meeting>;

function meetingTexts(data: Meeting): readonly SearchText[] {
  const texts: SearchText[] = [{ text: data.title, kind: "plain" }];
  if (data.place !== undefined) texts.push({ text: data.place, kind: "plain" });
  for (const { name } of data.attendees) if (name !== undefined) texts.push({ text: name, kind: "latin" });
  return texts;
}
