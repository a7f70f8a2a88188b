/** The part of PouchDB that is measured; the package comes without types. */
declare module "pouchdb/dist/pouchdb.js" {
  interface ReplicationState {
    on(event: "change", listener: (info: { readonly docs_written: number }) => void): ReplicationState;
    on(event: "error", listener: (error: unknown) => void): ReplicationState;
    then(done: (value: unknown) => void, failed: (error: unknown) => void): unknown;
    cancel(): void;
  }
  interface ReplicateOptions {
    readonly batch_size?: number;
    readonly live?: boolean;
    readonly retry?: boolean;
  }
  class PouchDB {
    constructor(name: string, options?: { readonly adapter?: string; readonly skip_setup?: boolean });
    bulkDocs(docs: readonly object[]): Promise<readonly { readonly ok?: boolean }[]>;
    allDocs(options: { readonly include_docs: boolean; readonly limit: number }): Promise<unknown>;
    info(): Promise<{ readonly doc_count: number }>;
    get(id: string): Promise<Record<string, unknown>>;
    put(doc: object): Promise<unknown>;
    changes(options: { readonly since: "now"; readonly live: true; readonly include_docs: true }): {
      on(event: "change", listener: (change: { readonly id: string; readonly doc: unknown }) => void): unknown;
    };
    replicate: {
      from(remote: PouchDB, options: ReplicateOptions): ReplicationState;
      to(remote: PouchDB, options: ReplicateOptions): ReplicationState;
    };
    sync(remote: PouchDB, options: ReplicateOptions): ReplicationState;
  }
  export = PouchDB;
}

/** Gives the global `PouchDB` its other browser adapter. */
declare module "pouchdb/dist/pouchdb.indexeddb.js";
