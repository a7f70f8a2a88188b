import { errorCode } from "../files/errorCode";
import type { SealedFile } from "../ledger/format/sealedFile";
import { defaultPageBytes, type LedgerState, type ReadableLedger } from "../ledger/ledger";
import type { BackupFacts } from "../shared/backup";
import type { LedgerPage, SnapshotPage } from "../shared/ledger";
import type { LedgerFailure } from "../shared/ledgerFailure";
import { failure, success, type Result } from "../shared/result";
import type { BackupFile } from "./backupFile";
import type { Extent } from "./copyLedger";
import { textsOf, type Placed } from "./frames";
import type { IndexPoint, Verified } from "./verifyBackup";

interface Part {
  readonly kind: "entries" | "snapshot";
  readonly at: number;
  readonly next: number;
  readonly texts: readonly Placed[];
}

interface Page {
  readonly texts: readonly Placed[];
  readonly next: number | null;
}

/**
 * A backup that was verified, read like a ledger. What is read is checked once more, since the file may have been
 * exchanged on its stick meanwhile; then reading answers `ledger-damaged`.
 */
export class OpenBackup implements ReadableLedger {
  #last: Part | null = null;

  constructor(
    private readonly file: BackupFile,
    private readonly sealed: SealedFile,
    private readonly verified: Verified,
  ) {}

  get path(): string {
    return this.file.path;
  }

  /** What a ledger made of it must hold. */
  get extent(): Extent & Pick<Verified, "entries" | "snapshotEntries"> {
    const { begin, entries, snapshotEntries, facts } = this.verified;
    return { begin, end: facts.end, snapshot: facts.snapshot, entries, snapshotEntries };
  }

  facts(ours: boolean): BackupFacts {
    const { facts, entries, snapshotEntries } = this.verified;
    return {
      path: this.file.path,
      bytes: this.sealed.size,
      madeAt: facts.madeAt,
      appVersion: facts.app,
      snapshotEntries,
      entries,
      ours,
    };
  }

  start(): Promise<Result<LedgerState, LedgerFailure>> {
    const { begin, facts } = this.verified;
    const snapshots = facts.snapshot === null ? [] : [facts.snapshot];
    const { ledger } = this.file.header;
    return Promise.resolve(success({ ledger, begin, end: facts.end, snapshots, gaps: [] }));
  }

  async read(
    from: number,
    bytes = defaultPageBytes,
    containing?: readonly string[],
  ): Promise<Result<LedgerPage, LedgerFailure>> {
    const { end } = this.verified.facts;
    if (from > end) return failure({ kind: "ledger-damaged", at: end, resume: end });
    const page = await this.#page("entries", this.verified.history, from, bytes);
    if (!page.ok) return page;
    const entries = page.value.texts
      .filter(({ text }) => occurs(containing, text))
      .map(({ text, position }) => ({ entry: text, position }));
    return success({ entries, next: page.value.next });
  }

  async readSnapshot(
    position: number,
    from: number,
    containing?: readonly string[],
  ): Promise<Result<SnapshotPage, LedgerFailure>> {
    if (position !== this.verified.facts.snapshot) return failure({ kind: "ledger-damaged", at: position });
    const page = await this.#page("snapshot", this.verified.snapshot, from, defaultPageBytes);
    if (!page.ok) return page;
    const texts = page.value.texts.map(({ text }) => text).filter((text) => occurs(containing, text));
    return success({ entries: texts, next: page.value.next });
  }

  async close(): Promise<void> {
    this.#last = null;
    await this.file.close();
  }

  /** Texts behind `from`, at least one where there is one, until they hold about `bytes`. */
  async #page(
    kind: Part["kind"],
    index: readonly IndexPoint[],
    from: number,
    bytes: number,
  ): Promise<Result<Page, LedgerFailure>> {
    try {
      const texts: Placed[] = [];
      let at = this.#whereToStart(kind, index, from);
      while (at !== null) {
        const part = await this.#partAt(at);
        if (!part) return failure({ kind: "ledger-damaged", at: texts.at(-1)?.position ?? from });
        if (part.kind !== kind) break;
        for (const placed of part.texts) {
          if (placed.position <= from) continue;
          if (texts.length > 0 && placed.position - from > bytes) {
            return success({ texts, next: texts.at(-1)?.position ?? null });
          }
          texts.push(placed);
        }
        at = part.next;
      }
      return success({ texts, next: null });
    } catch (error) {
      return failure({ kind: "ledger-unavailable", detail: errorCode(error) });
    }
  }

  /** The frame read last, where reading goes on, or else the nearest before it that the index knows. */
  #whereToStart(kind: Part["kind"], index: readonly IndexPoint[], from: number): number | null {
    const point = index.findLast(({ position }) => position <= from) ?? index[0];
    const last = this.#last;
    const goesOn = last?.kind === kind && last.texts.some(({ position }) => position <= from);
    return goesOn && last.at > (point?.at ?? 0) ? last.at : (point?.at ?? null);
  }

  /** What stands at a place of the file; what is neither history nor snapshot ends both. */
  async #partAt(at: number): Promise<Part | { readonly kind: "other" } | null> {
    if (this.#last?.at === at) return this.#last;
    const frame = await this.sealed.frameAt(at);
    if (!frame) return null;
    if (frame.kind !== "entries" && frame.kind !== "snapshot") return { kind: "other" };
    const texts = textsOf(frame);
    this.#last = texts && { kind: frame.kind, at, next: frame.next, texts };
    return this.#last;
  }
}

function occurs(containing: readonly string[] | undefined, text: string): boolean {
  return containing?.some((part) => text.includes(part)) ?? true;
}
