import { z } from "zod";
import { isNoteState } from "../noteState";
import { MAX_ORDER, type RecordKind } from "../recordKind";

/** Rich text about one record: Markdown, and the Yjs state it came from (an update, base64), which is what merges. */
export const note = z.looseObject({
  markdown: z.string(),
  state: z.base64().refine(isNoteState, "not a Yjs update"),
});
export type Note = z.infer<typeof note>;

export const noteKind = {
  v: 1,
  schema: note,
  upgrades: [],
  fields: { markdown: "scalar", state: "scalar" },
  merge: "text",
  /** "AAA=" is the Yjs update that holds nothing. */
  empty: { markdown: "", state: "AAA=" },
  deletable: true,
  order: () => MAX_ORDER,
  links: () => [],
  searchTexts: (data) => [{ text: data.markdown, kind: "plain" }],
} as const satisfies RecordKind<typeof note>;
