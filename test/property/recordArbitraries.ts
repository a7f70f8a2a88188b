import fc from "fast-check";
import { applyEdit } from "../../src-renderer/domain/applyEdit";
import type { Change, Edit } from "../../src-renderer/domain/edit";
import type { Stamp } from "../../src-renderer/domain/envelope";
import type { AnyRecord } from "../../src-renderer/domain/record";

/** Random histories of contacts and meetings. Every text typed is unique, so that it can be looked for afterwards. */

export const contactId = "contact:01890000-0000-7000-8000-000000000001";
const meetingId = "meeting:01890000-0000-7000-8000-000000000002";

type Draft = (text: string) => Change;
const itemIds = ["i1", "i2", "i3", "i4"] as const;
const organisations = ["organisation:samr", "organisation:sac", "organisation:miit", "organisation:cen"];

const contactDrafts: fc.Arbitrary<Draft> = fc.oneof(
  fc.constantFrom("nameZh", "nameLatin", "wechat").map((field): Draft => (value) => ({ op: "set", field, value })),
  fc.constantFrom("nameZh", "wechat").map((field): Draft => () => ({ op: "set", field, value: undefined })),
  fc
    .constantFrom("typed", "proposed")
    .map((source): Draft => (value) => ({ op: "set", field: "pinyin", value: { value, source } })),
  fc
    .tuple(fc.constantFrom("emails", "phones"), fc.constantFrom(...itemIds))
    .map(([field, id]): Draft => (value) => ({ op: "putItem", field, item: { id, value } })),
  fc
    .tuple(fc.constantFrom(...itemIds), fc.constantFrom("title", "department"))
    .map(([id, part]): Draft => (value) => ({ op: "putItem", field: "posts", item: { id, [part]: value } })),
  fc
    .tuple(fc.constantFrom("emails", "phones", "posts"), fc.constantFrom(...itemIds))
    .map(([field, itemId]): Draft => () => ({ op: "removeItem", field, itemId })),
);

const meetingDrafts: fc.Arbitrary<Draft> = fc.oneof(
  fc.constantFrom("title", "place").map((field): Draft => (value) => ({ op: "set", field, value })),
  fc.constantFrom(...organisations).map((value): Draft => () => ({ op: "addMember", field: "organisationIds", value })),
  fc
    .constantFrom(...organisations)
    .map((value): Draft => () => ({ op: "removeMember", field: "organisationIds", value })),
  fc.constantFrom(...itemIds).map((id): Draft => (name) => ({ op: "putItem", field: "attendees", item: { id, name } })),
  fc.constantFrom(...itemIds).map((itemId): Draft => () => ({ op: "removeItem", field: "attendees", itemId })),
);

export interface Step {
  readonly kind: "change" | "delete" | "restore";
  readonly draft: Draft;
  /** Minutes by the clock of the device, which may be a day off. */
  readonly minutes: number;
}

function stepsOf(drafts: fc.Arbitrary<Draft>, maxLength: number): fc.Arbitrary<readonly Step[]> {
  const kind = fc.oneof(
    { weight: 12, arbitrary: fc.constant("change" as const) },
    { weight: 1, arbitrary: fc.constantFrom("delete" as const, "restore" as const) },
  );
  return fc.array(fc.record({ kind, draft: drafts, minutes: fc.integer({ min: -1500, max: 1500 }) }), { maxLength });
}

export interface Divergence {
  readonly base: AnyRecord;
  /** The versions of three devices, each descending from `base` alone. */
  readonly versions: readonly [AnyRecord, AnyRecord, AnyRecord];
}

function divergenceOf(id: string, type: "contact" | "meeting", drafts: fc.Arbitrary<Draft>): fc.Arbitrary<Divergence> {
  return fc
    .tuple(stepsOf(drafts, 8), stepsOf(drafts, 6), stepsOf(drafts, 6), stepsOf(drafts, 6))
    .map(([shared, ...apart]) => {
      const created = edited(undefined, { kind: "create", id, type, visibility: "project", changes: [] }, "base", 0);
      const base = play(created, shared, "base");
      const [one, two, three] = apart;
      return { base, versions: [play(base, one, "one"), play(base, two, "two"), play(base, three, "three")] };
    });
}

/** Two people, three computers: the base and what each made of it. */
export const divergence: fc.Arbitrary<Divergence> = fc.oneof(
  divergenceOf(contactId, "contact", contactDrafts),
  divergenceOf(meetingId, "meeting", meetingDrafts),
);

export function play(start: AnyRecord, steps: readonly Step[], device: string): AnyRecord {
  return steps.reduce((record, { kind, draft, minutes }, index) => {
    const edit: Edit =
      kind === "change"
        ? { kind, id: record.id, changes: [draft(`${device}#${String(index)}`)] }
        : { kind, id: record.id };
    return edited(record, edit, device, minutes);
  }, start);
}

export function edited(current: AnyRecord | undefined, edit: Edit, device: string, minutes: number): AnyRecord {
  const now = new Date(Date.UTC(2026, 10, 22) + minutes * 60_000).toISOString();
  const by: Stamp = { author: "author:anna", device };
  const result = applyEdit(current, edit, { now, by });
  if (!result.ok) throw new Error(JSON.stringify(result.failure));
  return result.value;
}

/** Every text inside a value. */
export function textsOf(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsOf) : [];
}

/** Typed texts of a record: of its data, and of values set aside. A proposed reading was not typed. */
export function typedTexts(record: AnyRecord): ReadonlySet<string> {
  const { pinyin, ...data } = record.data as Record<string, unknown> & { pinyin?: { source: string } };
  const readings = pinyin?.source === "typed" ? textsOf(pinyin) : [];
  const aside = textsOf((record.kept ?? []).map((kept) => kept.value));
  return new Set([...textsOf(data), ...readings, ...aside].filter((text) => text !== ""));
}
