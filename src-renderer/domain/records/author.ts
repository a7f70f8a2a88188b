import { z } from "zod";

/** A member of the team who writes records. */
export const author = z.looseObject({ name: z.string() });
export type Author = z.infer<typeof author>;
