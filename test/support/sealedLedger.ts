import type { Disk } from "../../src-main/ledger/format/disk";
import { SegmentedLedger, type SegmentedLedgerOptions } from "../../src-main/ledger/segmentedLedger";

export const ledgerKey = Buffer.alloc(32, 7);
export const ledgerNotebook = "018f4a5e-0000-7000-8000-0000000000aa";

/** A ledger in a folder under a key that all tests share, unless told otherwise. Rejects where it does not open. */
export async function openSealedLedger(
  folder: string,
  options: Partial<SegmentedLedgerOptions> & { readonly disk?: Disk } = {},
): Promise<SegmentedLedger> {
  const opened = await SegmentedLedger.open({
    folder,
    key: ledgerKey,
    notebook: ledgerNotebook,
    now: () => Date.now(),
    ...options,
  });
  if (!opened.ok) throw new Error(`ledger refused: ${JSON.stringify(opened.failure)}`);
  return opened.value;
}
