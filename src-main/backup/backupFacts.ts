import { z } from "zod";
import { portableWraps } from "../keys/portableWrap";

const count = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);

/**
 * What a backup shows without a key: how it is opened, and who made it, so that whoever tidies up knows its own. Proven
 * by the header's MAC once it is opened, and until then as untrusted as any file.
 */
const clearFacts = z.object({
  wraps: portableWraps.min(1),
  /** Of the installation that made it; see `ScheduleFile`. */
  maker: z.uuid(),
  number: count,
  by: z.enum(["itself", "hand"]),
});
export type ClearFacts = z.infer<typeof clearFacts>;

/** What stands sealed in the first frame. */
const sealedFacts = z.object({
  app: z.string().max(100),
  madeAt: z.iso.datetime(),
  /** The position up to which it holds everything. */
  end: count,
  /** That of its snapshot; null: none, and the history begins at 0. */
  snapshot: count.nullable(),
});
export type SealedFacts = z.infer<typeof sealedFacts>;

export function clearBytes(facts: ClearFacts): Buffer {
  return Buffer.from(JSON.stringify(facts), "utf8");
}

export function parseClear(bytes: Buffer): ClearFacts | null {
  return parsed(clearFacts, bytes);
}

export function parseSealed(bytes: Buffer): SealedFacts | null {
  return parsed(sealedFacts, bytes);
}

function parsed<Value>(schema: z.ZodType<Value>, bytes: Buffer): Value | null {
  try {
    return schema.parse(JSON.parse(bytes.toString("utf8")));
  } catch {
    return null;
  }
}
