import { z } from "zod";
import { visibility } from "./envelope";
import { recordTypes } from "./ids";

/**
 * What a person did to a record, small enough to be applied to whatever the record is by then: a change that arrived
 * from another computer a moment ago is never overwritten by an old form.
 */
const item = z.looseObject({ id: z.string().min(1) });
export const change = z.discriminatedUnion("op", [
  /** Sets a field; an undefined value removes it. */
  z.object({ op: z.literal("set"), field: z.string(), value: z.unknown() }),
  /** Adds an item to a list, or changes the given fields of the item with that id (undefined removes one). */
  z.object({ op: z.literal("putItem"), field: z.string(), item }),
  z.object({ op: z.literal("removeItem"), field: z.string(), itemId: z.string() }),
  z.object({ op: z.literal("addMember"), field: z.string(), value: z.string() }),
  z.object({ op: z.literal("removeMember"), field: z.string(), value: z.string() }),
]);
export type Change = z.infer<typeof change>;

const id = z.string().regex(/^[a-z-]+:.+$/);
export const edit = z.discriminatedUnion("kind", [
  /** Creates the record, or changes it if it is there already (a repeated request does no harm). */
  z.object({
    kind: z.literal("create"),
    id,
    type: z.enum(recordTypes),
    visibility: visibility.default("project"),
    changes: z.array(change),
  }),
  z.object({ kind: z.literal("change"), id, changes: z.array(change).min(1) }),
  z.object({ kind: z.literal("delete"), id }),
  z.object({ kind: z.literal("restore"), id }),
  /** Says who may have it; `private` never leaves this computer. */
  z.object({ kind: z.literal("share"), id, visibility }),
  /** Shows a value that a merge set aside, and keeps the one that was shown. `key`: of the kept value. */
  z.object({ kind: z.literal("switch"), id, key: z.string() }),
  /** A person has decided on values that merges set aside: what is shown stays. `settled: false`: not yet, after all. */
  z.object({ kind: z.literal("settle"), id, keys: z.array(z.string()).min(1), settled: z.boolean() }),
  /** Gives up changes to a shipped record: all of them (also its being hidden), or those of the given fields. */
  z.object({ kind: z.literal("return"), id, fields: z.array(z.string()).optional() }),
]);
export type Edit = z.infer<typeof edit>;

export type EditFailure =
  | { readonly kind: "not-found"; readonly id: string }
  /** The record is read-only here: shipped, or written by a newer version. */
  | { readonly kind: "read-only"; readonly id: string }
  | { readonly kind: "invalid"; readonly field: string; readonly detail: string }
  | { readonly kind: "too-large"; readonly field: string; readonly limit: number }
  /** The record would stand below itself. */
  | { readonly kind: "circle"; readonly field: string }
  /** Records of this type are never deleted. */
  | { readonly kind: "not-deletable"; readonly id: string };
