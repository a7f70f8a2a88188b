import { useCallback, useEffect, useRef, useState } from "react";
import type { BackupFacts, BackupFailure } from "../../../src-main/shared/backup";
import { failure, type Result } from "../../../src-main/shared/result";
import type { BackupJoined, BackupPreview } from "../../ports/backup";
import { useMain } from "../../platform/bridge";
import { useNotebook } from "../../platform/notebook";
import type { JoinFailure, Unexpected } from "./failureTexts";

/** `present`: joined with the notebook there is. `empty`: taken as the notebook of an app in which nothing was begun. */
export type Into = "present" | "empty";

export type Restoring =
  | { readonly kind: "closed" }
  /** The person chooses the file, then main reads all of it. */
  | { readonly kind: "opening" }
  /** `wrong`: the last one was not the right one; `until`: when the next is looked at, by the page's own clock. */
  | { readonly kind: "secret"; readonly wrong: boolean; readonly until: number }
  | { readonly kind: "refused"; readonly failure: BackupFailure | Unexpected }
  | { readonly kind: "comparing"; readonly facts: BackupFacts; readonly done: number }
  | { readonly kind: "not-joined"; readonly facts: BackupFacts; readonly failure: JoinFailure }
  | { readonly kind: "preview"; readonly facts: BackupFacts; readonly preview: BackupPreview }
  | { readonly kind: "joining"; readonly facts: BackupFacts; readonly preview: BackupPreview }
  | { readonly kind: "joined"; readonly joined: BackupJoined }
  /** Into an empty app: shown before it becomes the notebook. */
  | { readonly kind: "facts"; readonly facts: BackupFacts }
  | { readonly kind: "restoring"; readonly facts: BackupFacts };

export interface RestoringControl {
  readonly state: Restoring;
  /** Asks for the file. */
  readonly begin: () => void;
  readonly trySecret: (secret: string) => void;
  readonly join: (bringBack: boolean) => void;
  /** Makes the backup the notebook of the empty app; the window is replaced. */
  readonly use: () => void;
  /** Gives up what is under way, or closes what is shown. While records are written it does nothing. */
  readonly leave: () => void;
}

const closed: Restoring = { kind: "closed" };

/** The steps from a backup's file to its records in the notebook. */
export function useRestoring(into: Into): RestoringControl {
  const main = useMain();
  const notebook = useNotebook();
  const [state, setState] = useState(closed);
  /** Grows with every step that is begun or given up, so that a late answer changes nothing. */
  const turn = useRef(0);
  const comparing = useRef<AbortController | null>(null);
  const hasOpened = useRef(false);

  useEffect(
    () =>
      notebook.on("backupProgress", ({ done }) => {
        setState((now) => (now.kind === "comparing" ? { ...now, done } : now));
      }),
    [notebook],
  );

  /** Neither main nor the worker need keep what was opened any longer. */
  const letGo = useCallback(async () => {
    if (!hasOpened.current) return;
    hasOpened.current = false;
    await Promise.allSettled([notebook.request("backupLeave", {}), main.invoke("backup:close", {})]);
  }, [main, notebook]);

  useEffect(
    () => () => {
      turn.current += 1;
      comparing.current?.abort();
      void letGo();
    },
    [letGo],
  );

  async function open(secret: string | null): Promise<void> {
    const mine = (turn.current += 1);
    hasOpened.current = true;
    setState({ kind: "opening" });
    const opened = await main
      .invoke("backup:open", { secret })
      .catch((): Result<null, Unexpected> => failure({ kind: "unexpected" }));
    if (turn.current !== mine) return;
    if (!opened.ok) refuse(opened.failure);
    else if (opened.value === null) setState(closed);
    else if (into === "empty") setState({ kind: "facts", facts: opened.value });
    else await compare(opened.value, mine);
  }

  function refuse(reason: BackupFailure | Unexpected): void {
    switch (reason.kind) {
      case "needs-secret":
        setState({ kind: "secret", wrong: false, until: 0 });
        break;
      case "wrong-secret":
        setState({ kind: "secret", wrong: true, until: performance.now() + reason.waitMs });
        break;
      case "cancelled":
        setState(closed);
        break;
      default:
        setState({ kind: "refused", failure: reason });
    }
  }

  async function compare(facts: BackupFacts, mine: number): Promise<void> {
    const controller = new AbortController();
    comparing.current = controller;
    setState({ kind: "comparing", facts, done: 0 });
    const compared = await notebook
      .request("backupPreview", {}, { signal: controller.signal })
      .catch((): Result<BackupPreview, Unexpected> => failure({ kind: "unexpected" }));
    if (turn.current !== mine) return;
    setState(
      compared.ok
        ? { kind: "preview", facts, preview: compared.value }
        : { kind: "not-joined", facts, failure: compared.failure },
    );
  }

  async function join(bringBack: boolean): Promise<void> {
    if (state.kind !== "preview") return;
    const { facts } = state;
    setState({ ...state, kind: "joining" });
    const done = await notebook
      .request("backupJoin", { bringBack })
      .catch((): Result<BackupJoined, Unexpected> => failure({ kind: "unexpected" }));
    setState(done.ok ? { kind: "joined", joined: done.value } : { kind: "not-joined", facts, failure: done.failure });
    await letGo();
  }

  async function use(): Promise<void> {
    if (state.kind !== "facts") return;
    setState({ kind: "restoring", facts: state.facts });
    const restored = await main
      .invoke("backup:restore", {})
      .catch((): Result<null, Unexpected> => failure({ kind: "unexpected" }));
    // After a good one the window is on its way out.
    if (!restored.ok) refuse(restored.failure);
  }

  function leave(): void {
    if (state.kind === "joining") return;
    if (state.kind === "restoring") {
      void main.invoke("backup:cancel", {});
      return;
    }
    turn.current += 1;
    comparing.current?.abort();
    if (state.kind === "opening") void main.invoke("backup:cancel", {});
    setState(closed);
    void letGo();
  }

  return {
    state,
    begin: () => void open(null),
    trySecret: (secret) => void open(secret),
    join: (bringBack) => void join(bringBack),
    use: () => void use(),
    leave,
  };
}
