/** Facts of a backup file, all read from it and checked. Instants are ISO 8601. */
export interface BackupFacts {
  readonly path: string;
  /** Of the file. */
  readonly bytes: number;
  readonly madeAt: string;
  readonly appVersion: string;
  /** Entries of its snapshot, each of many records, and entries of history. */
  readonly snapshotEntries: number;
  readonly entries: number;
  /** Of the notebook that is open (or, in an empty app, of none yet). */
  readonly ours: boolean;
}

export type BackupFailure =
  /** It can be opened by a passphrase or a recovery kit alone, and there is neither yet. */
  | { readonly kind: "no-way-to-open" }
  | { readonly kind: "disk-full"; readonly path: string }
  | { readonly kind: "not-written"; readonly path: string; readonly detail: string }
  /** The folder for backups is not there: a stick that is not plugged in. */
  | { readonly kind: "folder-missing"; readonly path: string }
  | { readonly kind: "not-readable"; readonly path: string; readonly detail: string }
  /** Not a backup of this app at all. */
  | { readonly kind: "no-backup"; readonly path: string }
  | { readonly kind: "newer-format"; readonly path: string }
  /** Cut short, changed or hostile: nothing of it is used. */
  | { readonly kind: "damaged"; readonly path: string; readonly detail: string }
  | { readonly kind: "other-notebook"; readonly path: string }
  /** Made under other keys: it asks for the passphrase or the words of the kit of that time. */
  | { readonly kind: "needs-secret" }
  | { readonly kind: "wrong-secret"; readonly waitMs: number }
  /** Only into an app in which nothing was begun; otherwise it is joined. */
  | { readonly kind: "not-empty" }
  | { readonly kind: "cancelled" }
  /** The notebook is locked or not open. */
  | { readonly kind: "not-now" };

export type BackupInterval = "day" | "week" | "month";

export interface BackupState {
  /** Where backups go by themselves; null until chosen. */
  readonly folder: string | null;
  readonly every: BackupInterval | null;
  /** The last one made by hand or by itself. */
  readonly last: { readonly at: string; readonly path: string; readonly bytes: number } | null;
  /** Why the last one by itself was not made; null after a good one. */
  readonly failure: BackupFailure | null;
  /** What is under way. `total` 0 while it is not known. */
  readonly progress: {
    readonly work: "making" | "verifying" | "restoring";
    readonly done: number;
    readonly total: number;
  } | null;
}
