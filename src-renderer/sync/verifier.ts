import { failure, success, type Result } from "../../src-main/shared/result";
import type { KnownRecords } from "../data/knownRecords";
import type { Clock } from "../data/clock";
import type { SyncStore } from "../data/syncStore";
import {
  differenceKinds,
  NAMED,
  type DifferenceKind,
  type Verification,
  type VerifyFailure,
} from "../domain/verification";
import { createAsk, type SyncGateway } from "./exchange";
import type { Journal } from "./journal";
import { defaultLimits, type Limits } from "./limits";
import { putRight, type PutRightParts } from "./putRight";
import { verify, type Comparison, type Progress, type VerifyTrouble } from "./verify";

export interface VerifierParts {
  readonly store: SyncStore;
  readonly known: KnownRecords;
  readonly gateway: SyncGateway;
  readonly clock: Clock;
  readonly journal: Journal;
  readonly random?: () => number;
  readonly limits?: Partial<Limits>;
  /** Has the exchange read a record anew. */
  readonly fetchAgain: (id: string) => Promise<void>;
}

type Tell = (progress: Progress) => void;
type Verified = Result<Verification, VerifyFailure>;

/** Comparing both stores, one comparison at a time, and putting right what the last one found. */
export class Verifier {
  private isBusy = false;
  private last: { readonly notebook: string; readonly comparison: Comparison } | null = null;

  constructor(private readonly parts: VerifierParts) {}

  /** `notebook`: the one that is connected; null while none is. Rejects when aborted. */
  verify(notebook: string | null, tell: Tell, signal: AbortSignal): Promise<Verified> {
    return this.work(notebook, tell, signal, async (parts) => {
      const compared = await verify(parts, signal);
      if (compared.ok) this.last = { notebook: parts.notebook, comparison: compared.value };
      return compared;
    });
  }

  /** Does what was said of the differences that the last comparison found; answers what they come to afterwards. */
  putRight(notebook: string | null, tell: Tell, signal: AbortSignal): Promise<Verified> {
    return this.work(notebook, tell, signal, async (parts) => {
      const { last } = this;
      if (last?.notebook !== notebook) return failure({ kind: "not-verified" });
      const { equal, private: kept, differences } = last.comparison;
      const left = await putRight(parts, differences, signal);
      if (!left.ok) return left;
      const comparison: Comparison = {
        equal: equal + left.value.equal,
        private: kept + left.value.private,
        differences: left.value.differences,
      };
      this.last = { notebook: parts.notebook, comparison };
      return success(comparison);
    });
  }

  private async work(
    notebook: string | null,
    tell: Tell,
    signal: AbortSignal,
    work: (parts: PutRightParts) => Promise<Result<Comparison, VerifyTrouble | { readonly kind: "not-verified" }>>,
  ): Promise<Verified> {
    if (this.isBusy) return failure({ kind: "busy" });
    if (notebook === null) return failure({ kind: "not-connected" });
    const { store, known, gateway, clock, journal, random = Math.random, fetchAgain } = this.parts;
    const limits = { ...defaultLimits, ...this.parts.limits };
    const ask = createAsk(gateway, limits.answerSilence);
    let progress: Progress = { done: 0, total: 0 };
    const telling = (now: Progress): void => {
      progress = now;
      if (!signal.aborted) tell(now);
    };
    this.isBusy = true;
    try {
      const done = await work({ ask, store, known, clock, limits, random, notebook, tell: telling, fetchAgain });
      signal.throwIfAborted();
      if (!done.ok) {
        journal.note("verify", { is: done.failure.kind });
        return failure(failureOf(done.failure, progress));
      }
      const { equal, differences } = done.value;
      journal.note("verify", { records: equal + differences.size, accepted: equal });
      return success(verificationOf(done.value, clock.now()));
    } finally {
      this.isBusy = false;
    }
  }
}

function verificationOf({ equal, private: kept, differences }: Comparison, at: number): Verification {
  const byKind = new Map<DifferenceKind, string[]>();
  for (const [id, kind] of differences) {
    const ids = byKind.get(kind);
    if (ids) ids.push(id);
    else byKind.set(kind, [id]);
  }
  return {
    at,
    compared: equal + differences.size,
    equal,
    private: kept,
    differences: differenceKinds.flatMap((kind) => {
      const ids = byKind.get(kind);
      return ids ? { kind, total: ids.length, ids: ids.slice(0, NAMED) } : [];
    }),
  };
}

function failureOf(trouble: VerifyTrouble | { readonly kind: "not-verified" }, progress: Progress): VerifyFailure {
  switch (trouble.kind) {
    case "offline":
      return { kind: "offline", ...progress };
    // Told to stop without a person asking for it: the gateway gave the request up.
    case "stopped":
      return { kind: "offline", ...progress };
    case "server-changed":
      return { kind: "exchange-first" };
    default:
      return trouble;
  }
}
