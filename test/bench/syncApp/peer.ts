/** A database of another kind that keeps the same records and brings them to and from the same server. */
export interface Peer {
  /** Records made here. */
  stock(documents: readonly object[]): Promise<void>;
  /** One exchange; `onStored` is told how many have arrived and are stored so far. */
  exchange(address: string, direction: "pull" | "push", onStored: (count: number) => void): Promise<void>;
  /** Goes on listening, both ways. */
  listen(address: string): Promise<void>;
  /** Reads that many records, as a list would. */
  read(limit: number): Promise<unknown>;
  count(): Promise<number>;
  edit(id: string, value: string): Promise<void>;
  /** Told of every record that changes, with its name. */
  onChange(listener: (id: string, value: unknown) => void): void;
}

/** As many as our own largest page and batch. */
export const BATCH = 500;
