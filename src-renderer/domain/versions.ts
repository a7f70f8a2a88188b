import { differencesOf, valuesIn, type Difference } from "./differences";
import type { Stamp } from "./envelope";
import { sameJson } from "./jsonValue";
import type { AnyRecord } from "./record";

/** How a state of a record came to be. */
export type Origin =
  /** As it comes with the app. */
  | "shipped"
  /** As a snapshot has it; what was before is no longer kept. */
  | "kept"
  | "edited"
  | "taken"
  | "merged";

/** A record as one entry of the ledger left it, as a person sees it (changes to a shipped record joined to it). */
export interface RecordStep {
  /** The ledger's position, or a name where there is none; the same at every reading. */
  readonly key: string;
  readonly origin: Origin;
  /** Null for what a newer version wrote and this one cannot show. */
  readonly record: AnyRecord | null;
  /** When it was made, by the clock of who made it; ISO instant. Null where nobody said. */
  readonly at: string | null;
  readonly by: Stamp | null;
  /** When it reached this computer, in ms since the epoch; null for what was made here, or not told. */
  readonly arrivedAt: number | null;
}

export type VersionKind =
  | "shipped"
  /** The oldest state that is still known. */
  | "start"
  | "created"
  | "changed"
  | "deleted"
  | "restored"
  /** Changes of two computers joined. */
  | "merged"
  /** Came from another computer as a whole, for the first time. */
  | "arrived"
  /** Written by a newer version: listed, not compared. */
  | "newer";

export interface RecordVersion extends Omit<RecordStep, "origin"> {
  readonly kind: VersionKind;
  /** The version before it; null for the first, and after one that cannot be shown. */
  readonly before: AnyRecord | null;
  readonly differences: readonly Difference[];
}

/** Edits of the same values by one person on one computer that follow each other within this time are one version, in ms. */
export const ONE_EDIT = 2 * 60_000;

/** The versions that these steps make, oldest first. A step that changed nothing a person sees is none. */
export function versionsOf(steps: readonly RecordStep[]): readonly RecordVersion[] {
  const versions: RecordVersion[] = [];
  for (const step of steps) {
    const before = versions.at(-1)?.record ?? null;
    const version = versionOf(step, before, versions.length === 0);
    if (!version) continue;
    const joined = joinVersions(versions.at(-1), version);
    if (joined && !isReturn(version, versions)) versions[versions.length - 1] = joined;
    else versions.push(version);
  }
  return versions;
}

function versionOf(
  { origin, ...step }: RecordStep,
  before: AnyRecord | null,
  isFirst: boolean,
): RecordVersion | undefined {
  const { record } = step;
  if (record === null) return { ...step, kind: "newer", before, differences: [] };
  const kind = kindOf(origin, record, before, isFirst);
  const isBeginning = isFirst && (kind === "created" || kind === "arrived");
  const differences = isBeginning || before !== null ? differencesOf(before ?? undefined, record) : [];
  const isToldAnyway = kind === "deleted" || kind === "restored" || (kind === "merged" && hasSetAside(before, record));
  const says = isToldAnyway || isFirst || before === null || differences.length > 0;
  return says ? { ...step, kind, before, differences } : undefined;
}

/** A merge that shows all as it was here, and keeps what it was elsewhere. */
function hasSetAside(before: AnyRecord | null, { kept }: AnyRecord): boolean {
  return before !== null && !sameJson(before.kept, kept);
}

function kindOf(origin: Origin, record: AnyRecord, before: AnyRecord | null, isFirst: boolean): VersionKind {
  if (origin === "shipped") return "shipped";
  if (origin === "kept") return "start";
  if (before === null) {
    if (origin !== "edited") return isFirst ? "arrived" : origin === "merged" ? "merged" : "changed";
    return isFirst && record.createdAt === record.updatedAt ? "created" : "changed";
  }
  if ((before.deletedAt === undefined) !== (record.deletedAt === undefined)) {
    return record.deletedAt === undefined ? "restored" : "deleted";
  }
  return origin === "merged" ? "merged" : "changed";
}

/** Undone or restored: the way back to what it was a moment ago must stay. */
function isReturn({ record }: RecordVersion, earlier: readonly RecordVersion[]): boolean {
  return earlier.some((version) => sameJson(version.before?.data, record?.data));
}

/** Both as one; undefined if they are two. */
function joinVersions(first: RecordVersion | undefined, second: RecordVersion): RecordVersion | undefined {
  if (first?.kind !== "changed" && first?.kind !== "created") return undefined;
  if (first.record === null || second.record === null || second.kind !== "changed") return undefined;
  if (first.before === null && first.kind === "changed") return undefined;
  if (first.arrivedAt !== null || second.arrivedAt !== null || !isOneEdit(first, second)) return undefined;
  if (!isWithin(valuesIn(second.differences), valuesIn(first.differences))) return undefined;
  const differences = differencesOf(first.before ?? undefined, second.record);
  return { ...second, kind: first.kind, before: first.before, differences };
}

function isOneEdit(first: RecordVersion, second: RecordVersion): boolean {
  if (!first.by || !second.by || first.at === null || second.at === null) return false;
  if (first.by.author !== second.by.author || first.by.device !== second.by.device) return false;
  const rest = Date.parse(second.at) - Date.parse(first.at);
  return rest >= 0 && rest <= ONE_EDIT;
}

function isWithin(some: ReadonlySet<string>, all: ReadonlySet<string>): boolean {
  return [...some].every((value) => all.has(value));
}
