/** Adds up for how long work of each kind was under way; work of one kind at the same time counts once. */
export class Stages {
  private readonly open = new Map<string, { count: number; since: number }>();
  private readonly spent = new Map<string, number>();

  reset(): void {
    this.spent.clear();
  }

  async during<Value>(kind: string, work: () => Promise<Value>): Promise<Value> {
    const open = this.open.get(kind) ?? { count: 0, since: 0 };
    this.open.set(kind, open);
    if (open.count === 0) open.since = performance.now();
    open.count += 1;
    try {
      return await work();
    } finally {
      open.count -= 1;
      if (open.count === 0) this.spent.set(kind, (this.spent.get(kind) ?? 0) + performance.now() - open.since);
    }
  }

  isUnderWay(kind: string): boolean {
    return (this.open.get(kind)?.count ?? 0) > 0;
  }

  times(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.spent);
  }
}
