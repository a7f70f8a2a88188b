/** What is left of a record that was erased here until the server knows. */
export interface Erasure {
  readonly id: string;
  /** The server's revision that is to be deleted. */
  readonly rev: string;
  /** Ascending is last erased first. */
  readonly order: number;
}

/** Records erased here of which the server still has something, last erased first. */
export class Erasures {
  private readonly byId = new Map<string, Erasure>();
  private sorted: readonly Erasure[] | undefined;

  /** From the store at start. */
  start(erasures: readonly Erasure[]): void {
    for (const erasure of erasures) this.set(erasure);
  }

  get(id: string): Erasure | undefined {
    return this.byId.get(id);
  }

  set(erasure: Erasure): void {
    this.byId.set(erasure.id, erasure);
    this.sorted = undefined;
  }

  delete(id: string): void {
    if (this.byId.delete(id)) this.sorted = undefined;
  }

  get size(): number {
    return this.byId.size;
  }

  list(): readonly Erasure[] {
    this.sorted ??= [...this.byId.values()].sort((a, b) => a.order - b.order);
    return this.sorted;
  }
}
