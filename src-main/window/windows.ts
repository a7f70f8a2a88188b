import { session as sessions, type Session } from "electron";
import { handleAppScheme } from "../protocol/appScheme";
import type { AssetFolders } from "../protocol/assetPath";
import { confineSession } from "../security/denyByDefault";
import { MainWindow, type MainWindowOptions } from "./mainWindow";

export interface WindowsOptions extends Omit<MainWindowOptions, "session"> {
  readonly assets: AssetFolders;
  /** Where the store of the notebook lies by now: the name of a partition. */
  readonly partition: () => string;
}

/** The one window, and its successor when the notebook locks or its store moves to another place. */
export class Windows {
  #current: { readonly window: MainWindow; readonly partition: string };
  readonly #prepared = new Map<string, Session>();

  constructor(private readonly options: WindowsOptions) {
    this.#current = this.#open();
  }

  get main(): MainWindow {
    return this.#current.window;
  }

  /** Whether the window's store is still the notebook's. */
  get isInPlace(): boolean {
    return this.#current.partition === this.options.partition();
  }

  /** Opens a new window, whose process has seen nothing, and takes the old one away without asking its page. */
  replace(): void {
    const { window } = this.#current;
    this.#current = this.#open();
    window.destroy();
  }

  #open(): { readonly window: MainWindow; readonly partition: string } {
    const partition = this.options.partition();
    return { window: new MainWindow({ ...this.options, session: this.#sessionOf(partition) }), partition };
  }

  #sessionOf(partition: string): Session {
    const known = this.#prepared.get(partition);
    if (known) return known;
    const session = sessions.fromPartition(partition);
    confineSession(session, { devTools: this.options.devTools });
    handleAppScheme(session, this.options.assets);
    this.#prepared.set(partition, session);
    return session;
  }
}
