import { z } from "zod";
import type { AuthorId, IdOf } from "./ids";

/** `private` never leaves this computer; the other values are labels. */
export const visibility = z.enum(["private", "project", "steering", "partners", "public"]);
export type Visibility = z.infer<typeof visibility>;

/** An instant in UTC with milliseconds, `2026-11-22T01:00:00.000Z`. */
export const instant = z.iso.datetime({ offset: false });

/** Who changed something, on which computer. */
export const stamp = z.object({
  author: z.templateLiteral(["author:", z.string().min(1)]),
  device: z.string().min(1),
});
export interface Stamp {
  readonly author: AuthorId;
  readonly device: string;
}

/** A value that a merge set aside; listed for review, never dropped. `id` is a hash of path and value. */
export const keptValue = z.object({
  id: z.string(),
  path: z.string(),
  value: z.unknown(),
  by: stamp,
  at: instant,
  /** Who changed what was shown instead, and when. */
  shown: z.object({ by: stamp, at: instant }).optional(),
  /** A person has decided; it stays, so that it cannot come back. */
  resolved: z.boolean().optional(),
});
export type KeptValue = z.infer<typeof keptValue>;

/** The parts that every record has, whatever its type. `data` is parsed by the type's own schema. */
export const envelope = z.object({
  id: z.string().regex(/^[a-z-]+:.+$/),
  type: z.string(),
  v: z.number().int().positive(),
  createdAt: instant,
  createdBy: stamp,
  updatedAt: instant,
  updatedBy: stamp,
  deletedAt: instant.optional(),
  visibility,
  kept: z.array(keptValue).optional(),
});

export interface Envelope<T extends string, Data> {
  readonly id: IdOf<T>;
  readonly type: T;
  readonly v: number;
  readonly createdAt: string;
  readonly createdBy: Stamp;
  readonly updatedAt: string;
  readonly updatedBy: Stamp;
  readonly deletedAt?: string | undefined;
  readonly visibility: Visibility;
  readonly kept?: readonly KeptValue[] | undefined;
  readonly data: Data;
}
