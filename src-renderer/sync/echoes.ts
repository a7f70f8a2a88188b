const KEPT = 5_000;

/**
 * Remembers what this computer pushed a moment ago. The feed brings it back, sometimes late: a page that was under way
 * may still show the revision before. Neither is news, and taking the older one would make the screen jump back.
 * Only our own revisions and their parents are remembered: a parent is no leaf, so the server can never mean it.
 */
export class Echoes {
  private readonly known = new Map<string, Set<string>>();

  pushed(id: string, parent: string | undefined, rev: string): void {
    const revs = this.known.get(id) ?? new Set<string>();
    if (parent !== undefined) revs.add(parent);
    revs.add(rev);
    this.known.delete(id);
    this.known.set(id, revs);
    const oldest = this.known.keys().next();
    if (this.known.size > KEPT && !oldest.done) this.known.delete(oldest.value);
  }

  isEcho(id: string, rev: string): boolean {
    return this.known.get(id)?.has(rev) ?? false;
  }

  /** Someone else wrote: from now on every revision is looked at again. */
  forget(id: string): void {
    this.known.delete(id);
  }

  clear(): void {
    this.known.clear();
  }
}
