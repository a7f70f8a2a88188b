/** What keys are derived for; the name is part of the derivation and never changes its meaning. */
export type Purpose = "ledger" | "store" | "index" | "backup";

/** One way to open the notebook without this computer's keychain, as it is stored; a backup carries copies. */
export interface PortableWrap {
  readonly kind: "passphrase" | "recovery";
  /** Argon2id (RFC 9106): memory in KiB, passes, lanes; salt and wrapped key as base64. */
  readonly argon2: { readonly memory: number; readonly passes: number; readonly lanes: number; readonly salt: string };
  /** AES-256-GCM: 12 bytes of nonce, the root key, 16 bytes of tag. */
  readonly wrapped: string;
  /** When a recovery kit was made, ISO 8601. */
  readonly madeAt?: string | undefined;
}

/** Keys and places of a notebook that is still being written: a backup that is restored, or all of it sealed anew. */
export type ComingKeys = Pick<NotebookKeys, "notebook" | "ledgerFolder" | "partition" | "derive" | "portable">;

/** The open notebook's keys and places. The root key itself stays with the holder. */
export interface NotebookKeys {
  /** The notebook's own uuid; a restored backup brings its own, so that later backups of it are known again. */
  readonly notebook: string;
  /** Absolute; holds the ledger's files alone. Another one after the root key was changed. */
  readonly ledgerFolder: string;
  /** Of Electron's session that holds the store, e.g. `persist:store-1`. */
  readonly partition: string;
  /** Copied here or restored: see `LedgerStart.copied`. */
  readonly copied: boolean;
  /** HKDF-SHA-256 of the root key, 32 bytes. */
  derive(purpose: Purpose): Buffer;
  /** The ways that a backup can carry; empty where only the keychain opens the notebook. */
  portable(): readonly PortableWrap[];
  placeTaken(): Promise<void>;
  /** Names a new, empty place for the store; the old one is removed once no window uses it. */
  renewStore(): Promise<void>;
}
