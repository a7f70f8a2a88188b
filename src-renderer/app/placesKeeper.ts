import type { Settings } from "../../src-main/shared/settings";
import type { MainClient } from "../platform/bridge";
import { rememberedValues, type Remembered, type RememberedValue } from "../platform/remembered";

/** Rest after the last move before it is remembered, in ms. */
const REMEMBER_AFTER = 400;

type Stored = NonNullable<Settings["places"]>;

/** Keeps where the person is and what the screens remember in this computer's settings. */
export class PlacesKeeper {
  readonly remembered: Remembered;
  readonly #main: MainClient;
  readonly #all: () => Readonly<Record<string, RememberedValue>>;
  #places: Stored | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `isPlace` tells section and chosen records, which `keep` names anew, from what the screens remember. */
  constructor(main: MainClient, stored: Stored, isPlace: (name: string) => boolean) {
    this.#main = main;
    const values = Object.fromEntries(Object.entries(stored).filter(([name]) => !isPlace(name)));
    const remembered = rememberedValues(values, () => {
      this.#saveSoon();
    });
    this.remembered = remembered;
    this.#all = remembered.all;
  }

  /** The first call says where the person was when the app was last used, which is stored already. */
  keep(places: Stored): void {
    const isFirst = this.#places === null;
    this.#places = places;
    if (!isFirst) this.#saveSoon();
  }

  /** A window that closes right after a move remembers it too. */
  start(): () => void {
    const stop = this.#main.on("app:flush", () => {
      this.#save();
    });
    return () => {
      stop();
      this.#save();
    };
  }

  #saveSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#save();
    }, REMEMBER_AFTER);
  }

  #save(): void {
    if (this.#timer === undefined) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    void this.#main.invoke("settings:change", { places: { ...this.#all(), ...this.#places } });
  }
}
