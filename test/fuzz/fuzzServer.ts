/** A server as a history drives it: the model of CouchDB behind one small port. */
export interface FuzzServer {
  /** Paths are inside the database; a long-poll is answered at once, also with nothing. */
  handle(asked: Asked): Promise<Answered>;
  /** Everything the database holds now, `_local` documents included, for a later `restore`. */
  snapshot(): unknown;
  restore(snapshot: unknown): void;
  /** The database deleted and made again, empty. */
  recreate(): void;
  /** Forgets the contents of revisions that are no leaves. */
  compact(): void;
}

export interface Asked {
  readonly method: "GET" | "POST" | "PUT";
  readonly path: string;
  readonly query: Readonly<Record<string, string | number | boolean>>;
  readonly body: string | undefined;
}

export interface Answered {
  readonly status: number;
  readonly body: string;
}
