import { notifications } from "@mantine/notifications";
import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import type { RecordId } from "../domain/ids";
import { useSaveFailureText } from "../i18n/failureTexts";
import { useLanguage } from "../i18n/texts";
import { isShownType, sectionOf, type Navigation } from "../platform/navigation";
import { useNotebookSession } from "../platform/notebook";
import { focusedHistory, type OwnHistory } from "../platform/ownHistory";
import { useRows } from "../platform/useRows";
import type { HistoryOutcome, HistoryState } from "../ports/notebook";
import type { Direction } from "./fieldHistory";
import { withdrawPutBack } from "../ui/useDeleteWithPutBack";
import { describeOutcome, describeStep } from "./historyTexts";

/** How long the message about a step stays, in ms. */
const SHOWN_FOR = 6_000;

/** What Undo or Redo would do now; `step` says it in words where it is known. */
export type HistoryOffer = { readonly can: false } | { readonly can: true; readonly step: string | null };

const nothing: HistoryState = { undo: null, redo: null };

/** What the window's Undo and Redo would do now, followed as it changes. */
export function useHistoryOffers(): Readonly<Record<Direction, HistoryOffer>> {
  const { t } = useTranslation("app");
  const [language] = useLanguage();
  const own = useSyncExternalStore(focusedHistory.subscribe, focusedHistory.snapshot);
  const state = useHistoryState();
  const rows = useRows([...(state.undo?.ids.slice(0, 1) ?? []), ...(state.redo?.ids.slice(0, 1) ?? [])]);
  return useMemo(() => {
    const offer = (direction: Direction): HistoryOffer => {
      if (isInUse(own))
        return (direction === "undo" ? own.canUndo : own.canRedo) ? { can: true, step: null } : { can: false };
      const next = state[direction];
      return next ? { can: true, step: describeStep(next, rows, t, language) } : { can: false };
    };
    return { undo: offer("undo"), redo: offer("redo") };
  }, [own, state, rows, t, language]);
}

/**
 * Undo and redo of the whole window: in a note its own history, everywhere else the notebook's. What is typed is saved
 * first, so that it is what gets undone; the record concerned is then shown. Several in a row are done one by one.
 */
export function useHistoryCommand(navigation: Navigation): (direction: Direction) => void {
  const step = useNotebookStep(navigation);
  return useCallback(
    (direction) => {
      const own = focusedHistory.snapshot();
      if (isInUse(own)) own[direction]();
      else step(direction);
    },
    [step],
  );
}

/** A note in which nothing was done yet leaves Undo to the notebook. */
function isInUse(own: OwnHistory | null): own is OwnHistory {
  return own !== null && (own.canUndo || own.canRedo);
}

function useHistoryState(): HistoryState {
  const { client } = useNotebookSession();
  const [state, setState] = useState(nothing);
  useEffect(() => {
    let told = false;
    const stop = client.on("history", (event) => {
      told = true;
      setState(event.state);
    });
    void client.request("history", {}).then(
      (answer) => {
        // An event is newer than the answer that was on its way.
        if (!told) setState(answer);
      },
      () => undefined,
    );
    return stop;
  }, [client]);
  return state;
}

/** Undo and redo of the notebook over a screen that stays as it is. */
export function useHistoryInPlace(): (direction: Direction) => void {
  return useNotebookStep(null);
}

/** Without a `navigation` the record concerned is not gone to. */
function useNotebookStep(navigation: Navigation | null): (direction: Direction) => void {
  const { t } = useTranslation("app");
  const [language] = useLanguage();
  const failureText = useSaveFailureText();
  const { client, drafts, edits } = useNotebookSession();
  const last = useRef(Promise.resolve());
  const shown = useRef(navigation);
  useEffect(() => {
    shown.current = navigation;
  });

  return useCallback(
    (direction) => {
      const say = (message: string, failed = false): void => {
        notifications.hide("history");
        notifications.show({
          id: "history",
          role: failed ? "alert" : "status",
          ...(failed && { color: "red" }),
          autoClose: SHOWN_FOR,
          closeButtonProps: { "aria-label": t("dismiss") },
          message,
        });
      };
      async function take(): Promise<void> {
        await drafts.flushDrafts();
        await edits.flush();
        const done = await client.request(direction, {});
        if (!done.ok) {
          const reason = failureText(done.failure);
          say(direction === "undo" ? t("history.notUndone", { reason }) : t("history.notRedone", { reason }), true);
          return;
        }
        if (!done.value) return;
        drafts.settle();
        const { ids } = done.value.step;
        withdrawPutBack(ids);
        const found = await client.request("rows", { ids: ids.slice(0, 1) });
        const rows = new Map(ids.slice(0, 1).map((id, index) => [id, found[index] ?? null] as const));
        if (shown.current) show(done.value, direction, shown.current);
        say(describeOutcome(done.value, direction, rows, t, language));
      }
      // Without the worker there is nothing to undo; the window says elsewhere that it is gone.
      last.current = last.current.then(take).catch(() => undefined);
    },
    [client, drafts, edits, failureText, language, t],
  );
}

/** Goes to where the step is seen: the record if there is one now, its list if it is gone. */
function show({ step }: HistoryOutcome, direction: Direction, { selected, select, go }: Navigation): void {
  const { type, ids, count, kind } = step;
  // Records of many types are seen nowhere together.
  if (!isShownType(type) || (kind === "join" && count > 1)) return;
  const chosen = selected[type];
  const isGone = direction === "undo" ? kind === "create" || kind === "restore" : kind === "delete";
  if (isGone) {
    if (chosen !== undefined && ids.includes(chosen)) select(type, undefined);
  } else if (count === 1 && ids[0] !== undefined) select(type, ids[0] satisfies RecordId);
  go(sectionOf[type]);
}
