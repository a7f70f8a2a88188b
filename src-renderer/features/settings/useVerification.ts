import { useEffect, useRef, useState } from "react";
import type { Verification, VerifyFailure } from "../../domain/verification";
import { useNotebook } from "../../platform/notebook";

type Work = "verify" | "putRight";

export type VerificationState =
  | { readonly kind: "idle" }
  /** `total` 0 as long as nobody has said how many there are. */
  | { readonly kind: "working"; readonly work: Work; readonly done: number; readonly total: number }
  | { readonly kind: "done"; readonly work: Work; readonly verification: Verification }
  | { readonly kind: "failed"; readonly failure: VerifyFailure | { readonly kind: "worker-gone" } };

const idle: VerificationState = { kind: "idle" };

export interface UseVerification {
  readonly state: VerificationState;
  readonly verify: () => void;
  readonly putRight: () => void;
  readonly cancel: () => void;
}

/** Comparing both stores as a person asks for it; given up when the page is left. */
export function useVerification(): UseVerification {
  const notebook = useNotebook();
  const [state, setState] = useState<VerificationState>(idle);
  const running = useRef<AbortController | null>(null);
  useEffect(() => {
    const stop = notebook.on("verifyProgress", ({ done, total }) => {
      setState((now) => (now.kind === "working" ? { ...now, done, total } : now));
    });
    return () => {
      stop();
      running.current?.abort();
    };
  }, [notebook]);

  async function run(work: Work): Promise<void> {
    running.current?.abort();
    const controller = new AbortController();
    const { signal } = controller;
    running.current = controller;
    setState({ kind: "working", work, done: 0, total: 0 });
    try {
      const answer = await notebook.request(work, {}, { signal });
      if (signal.aborted) return;
      setState(
        answer.ok ? { kind: "done", work, verification: answer.value } : { kind: "failed", failure: answer.failure },
      );
    } catch {
      if (!signal.aborted) setState({ kind: "failed", failure: { kind: "worker-gone" } });
    }
  }

  return {
    state,
    verify: () => void run("verify"),
    putRight: () => void run("putRight"),
    cancel: () => {
      running.current?.abort();
      setState(idle);
    },
  };
}
