import { z } from "zod";
import { MAX_ORDER, type RecordKind } from "../recordKind";

/** A member of the team who writes records. */
export const author = z.looseObject({ name: z.string() });

export const authorKind = {
  v: 1,
  schema: author,
  upgrades: [],
  fields: { name: "scalar" },
  merge: "fields",
  empty: { name: "" },
  deletable: false,
  order: () => MAX_ORDER,
  links: () => [],
  searchTexts: (data) => [{ text: data.name, kind: "latin" }],
} as const satisfies RecordKind<typeof author>;
