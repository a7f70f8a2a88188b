import { useEffect, useRef, useState } from "react";
import type { Result } from "../../src-main/shared/result";
import type { SaveFailure } from "../domain/saveFailure";

/** Shorter work needs no word, in ms. */
const WORTH_SAYING = 300;

export type WorkState =
  | { readonly kind: "idle" }
  /** `slow`: it takes long enough to be said. */
  | { readonly kind: "working"; readonly slow: boolean }
  | { readonly kind: "failed"; readonly failure: SaveFailure };

const idle: WorkState = { kind: "idle" };

export interface LongWork {
  readonly state: WorkState;
  /** Answers whether it was done. Nothing is begun while other work is under way. */
  readonly run: (work: () => Promise<Result<unknown, SaveFailure>>) => Promise<boolean>;
}

/** Work that a person has asked for and may have to wait for: one at a time, its failure kept until the next. */
export function useLongWork(): LongWork {
  const [state, setState] = useState<WorkState>(idle);
  const busy = useRef(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(
    () => () => {
      clearTimeout(timer.current);
    },
    [],
  );

  async function run(work: () => Promise<Result<unknown, SaveFailure>>): Promise<boolean> {
    if (busy.current) return false;
    busy.current = true;
    setState({ kind: "working", slow: false });
    timer.current = setTimeout(() => {
      setState((now) => (now.kind === "working" ? { kind: "working", slow: true } : now));
    }, WORTH_SAYING);
    try {
      const result = await work();
      setState(result.ok ? idle : { kind: "failed", failure: result.failure });
      return result.ok;
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error);
      setState({ kind: "failed", failure: { kind: "store-failed", detail } });
      return false;
    } finally {
      clearTimeout(timer.current);
      busy.current = false;
    }
  }
  return { state, run };
}
