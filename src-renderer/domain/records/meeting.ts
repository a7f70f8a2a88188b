import { z } from "zod";
import { instant } from "../envelope";

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
});
export type Meeting = z.infer<typeof meeting>;
