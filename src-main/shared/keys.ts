import { z } from "zod";
import type { SettingsNotSaved } from "./settings";

/** What opens the notebook besides a recovery kit. `none`: the person was told and wants it so. */
export type Protection = "keychain" | "passphrase" | "none";

/** A recovery kit that was made. Instants are ISO 8601. */
export interface KitState {
  readonly madeAt: string;
  /** When its words were last typed as a rehearsal; null: never. */
  readonly rehearsedAt: string | null;
}

/** A recovery kit just made: its words with one space between, and the uuid of the notebook that they open. */
export interface KitMade {
  readonly words: string;
  readonly notebook: string;
}

export type KeysState =
  /** A new notebook where the system has no keychain: a person must choose a passphrase, or none. */
  | { readonly kind: "undecided" }
  /** Waits for the passphrase. `kit`: the words of a recovery kit open it too. */
  | { readonly kind: "locked"; readonly kit: boolean }
  /**
   * Sealed by a keychain that does not open it (gone, reset, another computer or user). Nothing is lost or removed; the
   * keychain may be tried again, the words of a kit open it, or a new notebook begins beside.
   */
  | { readonly kind: "sealed"; readonly kit: boolean }
  /** A file of keys that cannot be read; it is left as it is. `detail` is for a person who helps. */
  | { readonly kind: "damaged"; readonly detail: string }
  | {
      readonly kind: "open";
      readonly protection: Protection;
      readonly kit: KitState | null;
      /** Whether this system has a keychain that could hold the key. */
      readonly keychain: boolean;
      /** Entries sealed anew, while the root key is being changed. */
      readonly rotation: { readonly done: number; readonly total: number } | null;
    };

export type KeysFailure =
  /** `waitMs`: how long until the next attempt is looked at. */
  | { readonly kind: "wrong-passphrase"; readonly waitMs: number }
  /** Not looked at: too soon after wrong ones. */
  | { readonly kind: "too-soon"; readonly waitMs: number }
  /** The words are no recovery key (misspelt, missing, swapped). `word`: the first that is in no list, from 1. */
  | { readonly kind: "bad-words"; readonly word?: number | undefined }
  /** A recovery key, but of another notebook or an earlier kit. */
  | { readonly kind: "wrong-words"; readonly waitMs: number }
  | { readonly kind: "too-short"; readonly limit: number }
  | { readonly kind: "no-keychain" }
  /** Not possible in the present state, e.g. no such kit; the screen is older than the state. */
  | { readonly kind: "not-now" }
  /** Something typed cannot be saved, so the notebook stays open. */
  | { readonly kind: "not-saved" }
  | SettingsNotSaved;

/** As typed; what is absurd is refused in words. */
export const secret = z.string().max(2_000);

/** Shortest passphrase, in characters. */
export const SHORTEST_PASSPHRASE = 8;
