import { failure, success, type Result } from "../../../src-main/shared/result";
import type { EditContext } from "../../domain/applyEdit";
import type { Content } from "../../domain/record";
import type { SaveFailure } from "../../domain/saveFailure";
import type { BackupFate, BackupJoined, BackupPreview, BackupUnreadable } from "../../ports/backup";
import type { Clock } from "../clock";
import type { Edited } from "../editHistory";
import type { Editing } from "../editing";
import { keptText } from "../keptContent";
import type { LedgerEntry, PutRecord } from "../ledgerEntries";
import type { NotebookState } from "../notebookState";
import { createPace } from "../pace";
import { shownRecord } from "../prepareEdit";
import type { RecordStore } from "../recordStore";
import type { Roster } from "../roster";
import { isInBin, type StoredRecord } from "../storedRecord";
import type { Turn, WriteDoor } from "../writeDoor";
import type { Planned } from "./backupPlan";
import { alive, joinContents, likePresent } from "./compareRecord";
import type { LedgerClient } from "./entriesOf";
import { planJoining } from "./planJoining";

export interface JoiningParts {
  readonly ledger: LedgerClient;
  readonly door: WriteDoor;
  readonly store: RecordStore;
  readonly roster: Roster;
  readonly state: NotebookState;
  readonly editing: Editing;
  readonly clock: Clock;
}

/** Records of one ledger entry. */
const RECORDS_PER_ENTRY = 500;
/** Characters that are appended together, all or none; most backups bring less than this. */
const LARGEST_APPEND = 32_000_000;

type JoinFailure = SaveFailure | { readonly kind: "no-preview" };

/**
 * Joins the backup that main has opened with the notebook. First the preview, which writes nothing; then what it said,
 * worked out once more against what the notebook has come to meanwhile. Joining twice is the same as joining once, so a
 * joining that was interrupted is simply done again.
 */
export class BackupJoining {
  private plan: readonly Planned[] | undefined;
  private readonly parts: JoiningParts;

  constructor(parts: JoiningParts) {
    this.parts = parts;
  }

  /** Rejects when aborted. */
  async preview(
    onProgress: (done: number) => void,
    signal: AbortSignal,
  ): Promise<Result<BackupPreview, BackupUnreadable | SaveFailure>> {
    this.plan = undefined;
    const planned = await planJoining({ ...this.parts, onProgress, signal });
    if (!planned.ok) return planned;
    const { records, preview } = planned.value;
    this.plan = [...records.values()].filter(({ fate }) => fate !== "stays");
    return success(preview);
  }

  /** Forgets the preview, which holds a good part of the backup. */
  leave(): void {
    this.plan = undefined;
  }

  /** Aborted before the first record is written it changes nothing, and rejects; later it goes on to the end. */
  async join(bringBack: boolean, signal: AbortSignal): Promise<Result<BackupJoined, JoinFailure>> {
    const { plan } = this;
    if (!plan) return failure({ kind: "no-preview" });
    const wanted = plan.filter(({ fate }) => bringBack || fate !== "away");
    const groups = groupsOf(wanted);
    const joined = { back: 0, joined: 0, away: 0, stays: 0 };
    const edited: Edited[] = [];
    const { door, store, editing } = this.parts;
    signal.throwIfAborted();
    try {
      for (const group of groups) {
        await store.room();
        const work = new Map<BackupFate, number>();
        const done: Edited[] = [];
        const saved = await door.save((turn) => this.write(group, turn, work, done));
        if (!saved.ok) return saved;
        for (const [fate, count] of work) joined[fate] += count;
        edited.push(...done);
      }
    } finally {
      // Also what was joined before a later part could not be written can be taken back.
      editing.joined(edited);
    }
    this.plan = undefined;
    return success({ added: joined.back, joined: joined.joined, broughtBack: joined.away });
  }

  private async write(
    group: readonly Planned[],
    turn: Turn,
    work: Map<BackupFate, number>,
    edited: Edited[],
  ): Promise<Result<null, SaveFailure>> {
    const { roster, clock, state } = this.parts;
    const { identity } = state;
    if (!identity) return failure({ kind: "read-only", id: group[0]?.backup.id ?? "" });
    const context = {
      now: new Date(clock.now()).toISOString(),
      by: { author: identity.author, device: identity.device },
    };
    const found = await turn.load(group.map(({ backup }) => backup.id));
    const puts: PutRecord[] = [];
    const pace = createPace();
    for (const planned of group) {
      const { id } = planned.backup;
      const present = found.get(id);
      const put = putOf(planned, present, context);
      if (put) {
        puts.push(put);
        work.set(planned.fate, (work.get(planned.fate) ?? 0) + 1);
        const base = roster.baseOf(id);
        const [before, after] = [present ? shownRecord(present, base) : base, shownRecord(put, base)];
        if (after && after.type !== "note") edited.push({ edit: { kind: "restore", id }, before, after });
      }
      await pace();
    }
    return puts.length === 0 ? success(null) : turn.commit(entriesOf(puts), found);
  }
}

/** What is to be stored; undefined if the notebook has come to it, or to something newer, since the preview. */
function putOf(
  { backup, fate, base, isOlder }: Planned,
  present: StoredRecord | undefined,
  context: EditContext,
): PutRecord | undefined {
  switch (fate) {
    case "back":
      return present ? undefined : { content: backup.content, gone: backup.gone };
    case "joined": {
      if (!present || (isInBin(present) && !isInBin(backup))) return undefined;
      const content = joinContents(base, present.content, likePresent(present, backup));
      return content === present.content ? undefined : { content, gone: present.gone };
    }
    case "away": {
      if (!present) return { content: backup.content, gone: false };
      if (!isInBin(present)) return undefined;
      const revived = revive(present.content, context);
      return { content: isOlder ? revived : joinContents(base, revived, backup.content), gone: false };
    }
    case "stays":
      return undefined;
  }
}

/** Out of the bin, as an edit of now. */
function revive(content: Content, { now, by }: EditContext): Content {
  const stamps = { updatedAt: now, updatedBy: by };
  const living = alive(content);
  if (living.kind === "opaque") return living;
  return living.kind === "overlay"
    ? { kind: "overlay", record: { ...living.record, ...stamps } }
    : { kind: "known", record: { ...living.record, ...stamps } };
}

function entriesOf(puts: readonly PutRecord[]): readonly LedgerEntry[] {
  const entries: LedgerEntry[] = [];
  for (let from = 0; from < puts.length; from += RECORDS_PER_ENTRY) {
    entries.push({ kind: "puts", records: puts.slice(from, from + RECORDS_PER_ENTRY) });
  }
  return entries;
}

/** What is written together. */
function groupsOf(plan: readonly Planned[]): readonly (readonly Planned[])[] {
  const groups: Planned[][] = [];
  let size = Number.POSITIVE_INFINITY;
  for (const planned of plan) {
    const length = keptText(planned.backup.content).length;
    if (size + length > LARGEST_APPEND) {
      groups.push([]);
      size = 0;
    }
    groups.at(-1)?.push(planned);
    size += length;
  }
  return groups;
}
