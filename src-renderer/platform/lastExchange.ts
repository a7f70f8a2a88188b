import type { Client } from "../../src-main/shared/rpc";
import type { NotebookContract } from "../ports/notebook";
import { Listeners } from "./listeners";

/** When the last whole exchange with the server ended, as far as this run of the window knows. */
export class LastExchange {
  readonly #listeners = new Listeners();
  readonly subscribe = this.#listeners.add;
  #at: number | null = null;

  constructor(client: Client<NotebookContract>) {
    client.on("syncStatus", ({ status }) => {
      if (status.kind !== "synced" || status.at === this.#at) return;
      this.#at = status.at;
      this.#listeners.notify();
    });
  }

  /** Milliseconds since the epoch by this computer's clock; null before the first one. */
  readonly at = (): number | null => this.#at;
}
