import { z } from "zod";

/** Rich text about one record: Markdown, and the Yjs state it came from (an update, base64), which is what merges. */
export const note = z.looseObject({
  markdown: z.string(),
  state: z.base64(),
});
export type Note = z.infer<typeof note>;
