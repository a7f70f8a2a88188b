import { createContext, use, useSyncExternalStore } from "react";
import type { SettingsNotSaved } from "../../src-main/shared/ipc";
import type { Result } from "../../src-main/shared/result";
import type { Settings } from "../../src-main/shared/settings";
import type { MainClient } from "./bridge";
import { Listeners } from "./listeners";

export const themes = ["system", "light", "dark"] as const;
export type Theme = (typeof themes)[number];
export const densities = ["comfortable", "compact"] as const;
export type Density = (typeof densities)[number];
/** Sizes of all text and controls, 1 = 100 %. */
export const textZooms = [0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2] as const;

export interface LooksState {
  readonly theme: Theme;
  readonly density: Density;
  readonly textZoom: number;
}

/**
 * How the window looks, remembered in this computer's settings. Main does theme and zoom (the page then sees them as the
 * system's), so that they are right before the page has run; the page does the density.
 */
export class Looks {
  readonly #main: MainClient;
  readonly #listeners = new Listeners();
  readonly subscribe = this.#listeners.add;
  #state: LooksState;

  constructor(main: MainClient, settings: Settings) {
    this.#main = main;
    this.#state = {
      theme: settings.theme ?? "system",
      density: settings.density ?? "comfortable",
      textZoom: settings.textZoom ?? 1,
    };
    this.#show();
  }

  readonly snapshot = (): LooksState => this.#state;

  /** Shows it at once; the answer says whether it will be remembered. */
  change(changes: Partial<LooksState>): Promise<Result<Settings, SettingsNotSaved>> {
    this.#state = { ...this.#state, ...changes };
    this.#show();
    this.#listeners.notify();
    const { theme, ...others } = changes;
    return this.#main.invoke("settings:change", {
      ...others,
      ...(theme === undefined ? {} : { theme: theme === "system" ? null : theme }),
    });
  }

  /** The next larger (`1`) or smaller (`-1`) text, or the usual one (`0`). */
  zoom(direction: 1 | 0 | -1): void {
    void this.change({ textZoom: nextZoom(this.#state.textZoom, direction) });
  }

  #show(): void {
    document.documentElement.dataset["density"] = this.#state.density;
  }
}

/** A zoom between two steps goes to the nearest one in the direction asked for; at the ends it stays. */
export function nextZoom(now: number, direction: 1 | 0 | -1): number {
  if (direction === 0) return 1;
  const found =
    direction > 0 ? textZooms.find((step) => step > now + 0.001) : textZooms.findLast((step) => step < now - 0.001);
  return found ?? now;
}

export const LooksContext = createContext<Looks | null>(null);

/** How the window looks now, and the way to change it. */
export function useLooks(): readonly [LooksState, Looks] {
  const looks = use(LooksContext);
  if (!looks) throw new Error("useLooks outside of LooksContext");
  return [useSyncExternalStore(looks.subscribe, looks.snapshot), looks];
}
