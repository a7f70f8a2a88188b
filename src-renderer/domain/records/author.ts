import { z } from "zod";
import { MAX_ORDER, type RecordKind } from "../recordKind";

/**
 * A computer on which the author writes; `id` is the device of stamps. Until a person names it, it goes by its number,
 * said in the reader's language: nothing of the system (its name, its user) is told to the team unasked.
 */
export const device = z.looseObject({
  id: z.string().min(1),
  number: z.number().int().positive(),
  name: z.string().optional(),
});
export type Device = z.infer<typeof device>;

/** A member of the team who writes records, and on which computers. */
export const author = z.looseObject({ name: z.string(), devices: z.array(device).default([]) });

export const authorKind = {
  v: 1,
  schema: author,
  upgrades: [],
  fields: { name: "scalar", devices: "list" },
  merge: "fields",
  empty: { name: "" },
  deletable: false,
  order: () => MAX_ORDER,
  links: () => [],
  searchTexts: (data) => [{ text: data.name, kind: "latin" }],
} as const satisfies RecordKind<typeof author>;
