import { z } from "zod";

/** What others made and the program holds; the list is written when the program is built. */
const licensed = z.object({
  kind: z.enum(["package", "data", "runtime"]),
  name: z.string(),
  version: z.string(),
  /** An SPDX expression. */
  licence: z.string(),
  text: z.string(),
});
export type Licensed = z.infer<typeof licensed>;

/** Null when the program's own file cannot be read. */
export async function readLicences(signal: AbortSignal): Promise<readonly Licensed[] | null> {
  try {
    const answer = await fetch("/licences.json", { signal });
    const parsed = z.array(licensed).safeParse(await answer.json());
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/** Those whose name or licence holds every word asked for, in any case. */
export function licencesWith(all: readonly Licensed[], filter: string): readonly Licensed[] {
  const words = filter
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  return all.filter(({ name, licence }) => {
    const text = `${name} ${licence}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
