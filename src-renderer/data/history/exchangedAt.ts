import type { LedgerContract } from "../../../src-main/shared/ledger";
import type { Client } from "../../../src-main/shared/rpc";
import { isJsonObject } from "../../domain/jsonValue";
import { createPace } from "../pace";
import { ask } from "../replay";

/** Bytes of the ledger that one request looks through. */
const LOOK_THROUGH = 4 * 1024 * 1024;

/**
 * When a record was last exchanged with the server as it is there now: accepted by it, or taken from it. Milliseconds
 * since the epoch; null where the ledger does not say, since older history was dropped or cannot be read.
 */
export async function exchangedAt(
  ledger: Pick<Client<LedgerContract>, "request">,
  id: string,
  signal?: AbortSignal,
): Promise<number | null> {
  const started = await ask(() => ledger.request("start", {}));
  if (!started.ok) return null;
  const { begin, end } = started.value;
  const containing = [`"id":${JSON.stringify(id)}`, `"kind":"forgotten"`];
  const pace = createPace();
  let at: number | null = null;
  let next: number | null = begin;
  while (next !== null && next < end) {
    signal?.throwIfAborted();
    const from: number = next;
    const page = await ask(() => ledger.request("read", { from, bytes: LOOK_THROUGH, containing }));
    if (!page.ok) {
      const resume: number | null = page.failure.kind === "ledger-damaged" ? (page.failure.resume ?? null) : null;
      if (resume === null || resume <= from) return null;
      next = resume;
      continue;
    }
    for (const { entry } of page.value.entries) {
      at = exchangeIn(entry, id, at);
      await pace();
    }
    next = page.value.next;
  }
  return at;
}

/** What an entry makes of the time; `before` where it is about something else. */
function exchangeIn(text: string, id: string, before: number | null): number | null {
  const json: unknown = JSON.parse(text);
  if (!isJsonObject(json)) return before;
  const { kind, at } = json;
  if (kind === "forgotten") return null;
  const rows: unknown = kind === "synced" ? json["rows"] : kind === "pulled" ? json["outcomes"] : undefined;
  if (!Array.isArray(rows)) return before;
  const isAbout = rows.some((row: unknown) => isJsonObject(row) && row["id"] === id);
  if (!isAbout) return before;
  return typeof at === "number" ? at : null;
}
