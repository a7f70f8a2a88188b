import { useEffect, useRef, useState } from "react";
import type { KeysFailure } from "../../../src-main/shared/keys";
import { failure, type Result } from "../../../src-main/shared/result";
import type { Unexpected } from "./failureTexts";

export type AttemptFailure = KeysFailure | Unexpected;

export interface Attempt {
  readonly isBusy: boolean;
  /** Why the last one came to nothing; a new object for each, so that it is told again. */
  readonly failure: AttemptFailure | null;
  /** Whole seconds until main looks at the next one; 0: now. */
  readonly wait: number;
  /** Asks main for a change of the keys; one at a time, and none before the wait is over (null). */
  readonly run: <Value>(
    ask: () => Promise<Result<Value, KeysFailure>>,
  ) => Promise<Result<Value, AttemptFailure> | null>;
  /** What was said about the last one is out of date. */
  readonly forget: () => void;
}

/** How often the seconds left are counted anew, in ms. */
const TICK = 200;

/** Changes of the keys that a person tries, with what is said about them and how long to wait after wrong ones. */
export function useAttempt(): Attempt {
  const [isBusy, setIsBusy] = useState(false);
  const [failed, setFailed] = useState<AttemptFailure | null>(null);
  const [until, setUntil] = useState<number | null>(null);
  const [wait, setWait] = useState(0);
  const busy = useRef(false);

  useEffect(() => {
    if (until === null) return;
    const timer = setInterval(() => {
      const left = secondsLeft(until);
      setWait(left);
      if (left === 0) clearInterval(timer);
    }, TICK);
    return () => {
      clearInterval(timer);
    };
  }, [until]);

  async function run<Value>(
    ask: () => Promise<Result<Value, KeysFailure>>,
  ): Promise<Result<Value, AttemptFailure> | null> {
    if (busy.current || (until !== null && secondsLeft(until) > 0)) return null;
    busy.current = true;
    setIsBusy(true);
    const result = await ask().catch(() => failure<Unexpected>({ kind: "unexpected" }));
    busy.current = false;
    setIsBusy(false);
    if (result.ok) setFailed(null);
    else {
      setFailed({ ...result.failure });
      const next = "waitMs" in result.failure ? performance.now() + result.failure.waitMs : null;
      setUntil(next);
      setWait(next === null ? 0 : secondsLeft(next));
    }
    return result;
  }

  return {
    isBusy,
    failure: failed,
    wait,
    run,
    forget: () => {
      setFailed(null);
    },
  };
}

/** `until` by the clock of the page, which never jumps, in ms. */
function secondsLeft(until: number): number {
  return Math.max(0, Math.ceil((until - performance.now()) / 1000));
}
