import { z } from "zod";
import { wraps } from "./sealing";

const folderName = z.string().regex(/^ledger-[1-9]\d{0,8}$/);
const partitionName = z.string().regex(/^persist:store-[1-9]\d{0,8}$/);
const instant = z.iso.datetime();

/** Where things lie, and the root key in every way that opens it; see README.md. */
export const keyring = z
  // Fields of a newer version that still writes this format stay.
  .looseObject({
    format: z.literal(1),
    notebook: z.uuid(),
    /** Folder beside the keyring. */
    ledger: folderName,
    /** Of Electron's session that holds the store. */
    partition: partitionName,
    wraps,
    /** Of the wrap by recovery key. */
    kit: z.object({ madeAt: instant, rehearsedAt: instant.nullable() }).optional(),
    /** Where this notebook was at home when it last took a device id; see place.ts. */
    place: z.string().nullable(),
    /** Wrong secrets since the last right one, and when the last was. */
    attempts: z.object({ count: z.number().int().min(1), at: instant }).optional(),
    /** The root key that is to take the place of the present one, while everything is sealed anew. */
    rotation: z.object({ ledger: folderName, partition: partitionName, wraps }).optional(),
    /** Ledgers that nothing needs any more; the only ones that are ever removed. */
    leftover: z.array(folderName).optional(),
  })
  .refine(({ wraps }) => Object.values(wraps).some(Boolean), "nothing opens it");
export type Keyring = z.infer<typeof keyring>;

/** `detail` is for a person who helps: a system's code, or a word of ours. */
export type ParsedKeyring =
  { readonly kind: "keyring"; readonly keyring: Keyring } | { readonly kind: "damaged"; readonly detail: string };

export function parseKeyring(text: string): ParsedKeyring {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    return { kind: "damaged", detail: text.trim() === "" ? "empty" : "not JSON" };
  }
  const parsed = keyring.safeParse(content);
  if (parsed.success) return { kind: "keyring", keyring: parsed.data };
  const { success: isNewer } = z.object({ format: z.number().min(2) }).safeParse(content);
  if (isNewer) return { kind: "damaged", detail: "newer format" };
  // Paths of fields only: values of a keyring are nobody's business.
  const fields = parsed.error.issues.map(({ path }) => path.join("."));
  return { kind: "damaged", detail: `fields: ${[...new Set(fields)].join(", ")}` };
}

/** Every ledger that the keyring speaks of. */
export function ledgersOf(keyring: Keyring): readonly string[] {
  return [keyring.ledger, ...(keyring.rotation ? [keyring.rotation.ledger] : []), ...(keyring.leftover ?? [])];
}

/** Every partition that the keyring speaks of; any other one is left over and of no use. */
export function partitionsOf(keyring: Keyring): readonly string[] {
  return [keyring.partition, ...(keyring.rotation ? [keyring.rotation.partition] : [])];
}

/** A name that none of the given ones has: `<prefix><n>` with the next higher number. */
export function nextName(prefix: string, taken: readonly string[]): string {
  const numbers = taken.filter((name) => name.startsWith(prefix)).map((name) => Number(name.slice(prefix.length)));
  return `${prefix}${Math.max(0, ...numbers.filter(Number.isSafeInteger)) + 1}`;
}
