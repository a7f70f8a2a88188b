import { z } from "zod";

/** Settings of this computer (not of the notebook): readable before anything is unlocked, so free of content. */
export const language = z.enum(["en", "zh-CN"]);
export type Language = z.infer<typeof language>;

export const settings = z.object({
  language: language.optional(),
  window: z
    .object({ x: z.number(), y: z.number(), width: z.number(), height: z.number(), maximised: z.boolean() })
    .partial()
    .optional(),
  /** Null or undefined: as the system. */
  theme: z.enum(["light", "dark"]).nullable().optional(),
  density: z.enum(["comfortable", "compact"]).optional(),
  /** Size of all text and controls, 1 = 100 %. */
  textZoom: z.number().min(0.5).max(3).optional(),
  /** Locks after so many minutes without a key or mouse; null: never. Counts only with a passphrase. */
  lockAfterMinutes: z.number().int().min(1).max(480).nullable().optional(),
  /** Remembered places of the page: section, selected record, column widths. Keys are the page's own. */
  places: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
});
export type Settings = z.infer<typeof settings>;

/** What holds where `lockAfterMinutes` was never set. */
export const DEFAULT_LOCK_MINUTES = 10;

/** `detail` is the system's code of the error, e.g. `ENOSPC`. */
export interface SettingsNotSaved {
  readonly kind: "settings-not-saved";
  readonly detail: string;
}
