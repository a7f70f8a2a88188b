import type { Ledger, ReadableLedger } from "../../src-main/ledger/ledger";

/** Appends what must succeed; the position after it. */
export async function appended(ledger: Pick<Ledger, "append">, entries: readonly string[]): Promise<number> {
  const result = await ledger.append(entries);
  if (!result.ok) throw new Error(`append refused: ${JSON.stringify(result.failure)}`);
  return result.value.position;
}

/** All entries after `from`, page by page. */
export async function readAll(ledger: Pick<Ledger, "read">, from = 0, bytes?: number): Promise<string[]> {
  const entries: string[] = [];
  let position: number | null = from;
  while (position !== null) {
    const page: Awaited<ReturnType<Ledger["read"]>> = await ledger.read(position, bytes);
    if (!page.ok) throw new Error(`read refused: ${JSON.stringify(page.failure)}`);
    entries.push(...page.value.entries.map(({ entry }) => entry));
    position = page.value.next;
  }
  return entries;
}

/** All entries that can still be read, going on behind damage as its answer says. */
export async function readAroundDamage(ledger: Pick<Ledger, "read">, from = 0): Promise<string[]> {
  const entries: string[] = [];
  let position: number | null = from;
  while (position !== null) {
    const page: Awaited<ReturnType<Ledger["read"]>> = await ledger.read(position);
    if (page.ok) {
      entries.push(...page.value.entries.map(({ entry }) => entry));
      position = page.value.next;
    } else {
      if (page.failure.kind !== "ledger-damaged") throw new Error(page.failure.kind);
      const { resume } = page.failure;
      position = resume !== undefined && resume > position ? resume : null;
    }
  }
  return entries;
}

/** All entries of a snapshot, page by page. */
export async function readSnapshot(
  ledger: ReadableLedger,
  position: number,
  containing?: readonly string[],
): Promise<string[]> {
  const entries: string[] = [];
  let from: number | null = 0;
  while (from !== null) {
    const page: Awaited<ReturnType<ReadableLedger["readSnapshot"]>> = await ledger.readSnapshot(
      position,
      from,
      containing,
    );
    if (!page.ok) throw new Error(`snapshot refused: ${JSON.stringify(page.failure)}`);
    entries.push(...page.value.entries);
    from = page.value.next;
  }
  return entries;
}
