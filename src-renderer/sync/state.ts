import type { SyncStatus } from "../domain/syncStatus";
import type { Trouble } from "./trouble";

/** The engine as a state machine: what it does now, told by events, and what a person should see of it. Pure. */

/** Troubles that end an attempt and are worth another one. */
type Setback = Exclude<Trouble, { kind: "stopped" | "not-connected" }>;

export type Feed =
  | { readonly kind: "off" }
  /** Asking who the server is. `after`: what ended the attempt before this one. */
  | { readonly kind: "identifying"; readonly after: Setback | null }
  | { readonly kind: "pulling"; readonly done: number; readonly total: number }
  /** Up to date; one long-poll is open. */
  | { readonly kind: "listening" }
  /** `retryAt` is null where only a person can help. */
  | { readonly kind: "resting"; readonly setback: Setback; readonly retryAt: number | null };

export type OutboxActivity =
  | { readonly kind: "idle" }
  | { readonly kind: "pushing"; readonly done: number; readonly total: number }
  /** The server reads but does not write at the moment; pulling goes on. */
  | { readonly kind: "resting"; readonly setback: Setback; readonly retryAt: number };

export interface SyncState {
  readonly feed: Feed;
  readonly outbox: OutboxActivity;
  /** Failures in a row. */
  readonly attempt: number;
  /** When both sides last had the same, milliseconds since the epoch. */
  readonly exchangedAt: number | null;
}

export type SyncEvent =
  | { readonly kind: "started" }
  | { readonly kind: "stopped" }
  | { readonly kind: "connecting" }
  /** Nothing is wrong; who the server is, is asked again. */
  | { readonly kind: "renewed" }
  /** Something got through: the next failure is the first again. */
  | { readonly kind: "progressed" }
  | { readonly kind: "pulled"; readonly done: number; readonly total: number }
  | { readonly kind: "caught-up"; readonly at: number }
  | { readonly kind: "pushing"; readonly done: number; readonly total: number }
  | { readonly kind: "push-done"; readonly at: number }
  | { readonly kind: "push-failed"; readonly setback: Setback; readonly retryAt: number }
  | { readonly kind: "failed"; readonly setback: Setback; readonly retryAt: number | null };

export const initialState: SyncState = {
  feed: { kind: "off" },
  outbox: { kind: "idle" },
  attempt: 0,
  exchangedAt: null,
};

export function step(state: SyncState, event: SyncEvent): SyncState {
  if (event.kind === "started") return { ...initialState, feed: { kind: "identifying", after: null } };
  if (event.kind === "stopped") return initialState;
  if (state.feed.kind === "off") return state;
  switch (event.kind) {
    case "connecting":
      return {
        ...state,
        feed: { kind: "identifying", after: state.feed.kind === "resting" ? state.feed.setback : null },
        outbox: { kind: "idle" },
      };
    case "renewed":
      return { ...state, attempt: state.attempt + 1 };
    case "progressed":
      return state.attempt === 0 ? state : { ...state, attempt: 0 };
    case "pulled":
      return { ...state, feed: { kind: "pulling", done: event.done, total: Math.max(event.done, event.total) } };
    case "caught-up":
      return { ...state, feed: { kind: "listening" }, exchangedAt: event.at };
    case "pushing":
      return { ...state, outbox: { kind: "pushing", done: event.done, total: Math.max(event.done, event.total) } };
    case "push-done":
      return state.outbox.kind === "idle" ? state : { ...state, outbox: { kind: "idle" }, exchangedAt: event.at };
    case "push-failed":
      return {
        ...state,
        attempt: state.attempt + 1,
        outbox: { kind: "resting", setback: event.setback, retryAt: event.retryAt },
      };
    case "failed":
      return {
        ...state,
        attempt: state.attempt + 1,
        feed: { kind: "resting", setback: event.setback, retryAt: event.retryAt },
        outbox: { kind: "idle" },
      };
  }
}

/** What to show. `waiting` counts the records that only this computer has. */
export function statusOf(state: SyncState, waiting: number): SyncStatus {
  const { feed, outbox } = state;
  if (feed.kind === "off") return { kind: "not-connected", waiting };
  if (feed.kind === "resting") return statusOfSetback(feed.setback, feed.retryAt, waiting);
  // An attempt after a failure shows as that failure until something comes through, so that the line does not flicker.
  if (feed.kind === "identifying" && feed.after && feed.after.kind !== "server-changed") {
    return statusOfSetback(feed.after, null, waiting);
  }
  if (feed.kind === "identifying" && state.exchangedAt !== null) {
    return { kind: "synced", at: state.exchangedAt, waiting };
  }
  if (outbox.kind === "resting") return statusOfSetback(outbox.setback, outbox.retryAt, waiting);
  if (feed.kind === "listening" && outbox.kind === "idle" && state.exchangedAt !== null) {
    return { kind: "synced", at: state.exchangedAt, waiting };
  }
  const pulled = feed.kind === "pulling" ? feed : { done: 0, total: 0 };
  const pushed = outbox.kind === "pushing" ? outbox : { done: 0, total: 0 };
  return { kind: "syncing", done: pulled.done + pushed.done, total: pulled.total + pushed.total, waiting };
}

function statusOfSetback(setback: Setback, retryAt: number | null, waiting: number): SyncStatus {
  if (setback.kind === "offline" || setback.kind === "server-changed") return { kind: "offline", retryAt, waiting };
  return { kind: "failed", failure: setback, retryAt, waiting };
}

export type { Setback };
