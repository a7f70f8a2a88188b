import { z } from "zod";
import { failure, success, type Result } from "../../src-main/shared/result";
import type { RecordOf } from "../domain/record";
import { recordKinds } from "../domain/recordKinds";
import { level, organisation } from "../domain/records/organisation";

/** Organisations as they ship with the app. Parsed here, at the one door; never written to the store. */

const shippedOrganisation = z.object({
  id: z.string().min(1),
  nameEn: z.string().optional(),
  nameZh: z.string().optional(),
  abbreviation: z.string().optional(),
  shortZh: z.array(z.string()).optional(),
  pinyin: z.string().optional(),
  level,
  parentId: z.string().min(1).optional(),
  hostId: z.string().min(1).optional(),
  website: z.string().optional(),
  formerNames: z.array(z.string()).optional(),
  note: z.string().optional(),
  confidence: z.enum(["high", "medium"]).optional(),
});

/** Shipped records have no author; this one stands for the app, at the time the first list was made. */
const AT = "2026-11-01T00:00:00.000Z";
const BY = { author: "author:qiao", device: "shipped" } as const;

export type ShippedOrganisations = ReadonlyMap<string, RecordOf<"organisation">>;

export interface ShippedDamaged {
  readonly kind: "shipped-damaged";
  readonly detail: string;
}

/** Reads the shipped list. One entry that cannot be read is left out; a file that is no list is a failure. */
export function readShippedOrganisations(text: string): Result<ShippedOrganisations, ShippedDamaged> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return failure({ kind: "shipped-damaged", detail: String(error) });
  }
  if (!Array.isArray(json)) return failure({ kind: "shipped-damaged", detail: "no list" });
  const records = new Map<string, RecordOf<"organisation">>();
  for (const item of json) {
    const record = recordOf(item);
    if (record) records.set(record.id, record);
  }
  if (records.size === 0 && json.length > 0) return failure({ kind: "shipped-damaged", detail: "no organisation" });
  return success(records);
}

function recordOf(item: unknown): RecordOf<"organisation"> | undefined {
  const parsed = shippedOrganisation.safeParse(item);
  if (!parsed.success) return undefined;
  const { id: slug, parentId, hostId, formerNames = [], ...fields } = parsed.data;
  const data = organisation.safeParse({
    ...fields,
    ...(parentId === undefined ? {} : { parentId: `organisation:${parentId}` }),
    ...(hostId === undefined ? {} : { hostId: `organisation:${hostId}` }),
    // The place in the list would change with the next list; the name itself is what stays.
    formerNames: formerNames.map((text) => ({ id: `former:${text}`, text })),
  });
  if (!data.success) return undefined;
  return {
    id: `organisation:${slug}`,
    type: "organisation",
    v: recordKinds.organisation.v,
    createdAt: AT,
    createdBy: BY,
    updatedAt: AT,
    updatedBy: BY,
    visibility: "public",
    data: data.data,
  };
}
