import { createPace } from "./pace";

/**
 * Begins the work on every item, with pauses, before the first is waited for: the cryptography of many rows then runs
 * beside this thread and beside one another. Answers in the order of the items; rejects when one of them does.
 */
export async function together<Item, Value>(
  items: readonly Item[],
  work: (item: Item) => Promise<Value>,
): Promise<readonly Value[]> {
  const pace = createPace();
  const begun: Promise<Value>[] = [];
  for (const item of items) {
    const one = work(item);
    // Waited for below; until then a failure is nobody's.
    one.catch(() => undefined);
    begun.push(one);
    await pace();
  }
  return Promise.all(begun);
}
