import { useRef, useState } from "react";
import type { BackupFailure } from "../../../src-main/shared/backup";
import { failure, type Result } from "../../../src-main/shared/result";
import type { Unexpected } from "./failureTexts";

export type Outcome<Value> = Result<Value, BackupFailure | Unexpected>;

export interface BackupWork<Value> {
  readonly isBusy: boolean;
  /** What came of the last one; null while none has ended, or the person thought better of it. */
  readonly outcome: Outcome<Value> | null;
  /** One at a time. */
  readonly run: (ask: () => Promise<Result<Value | null, BackupFailure>>) => Promise<void>;
}

/** Something main is asked to do with a backup, and what came of it. */
export function useBackupWork<Value>(): BackupWork<Value> {
  const [isBusy, setIsBusy] = useState(false);
  const [outcome, setOutcome] = useState<Outcome<Value> | null>(null);
  const busy = useRef(false);

  async function run(ask: () => Promise<Result<Value | null, BackupFailure>>): Promise<void> {
    if (busy.current) return;
    busy.current = true;
    setIsBusy(true);
    setOutcome(null);
    const result = await ask().catch(() => failure<Unexpected>({ kind: "unexpected" }));
    busy.current = false;
    setIsBusy(false);
    setOutcome(result.ok ? (result.value === null ? null : { ok: true, value: result.value }) : result);
  }

  return { isBusy, outcome, run };
}
