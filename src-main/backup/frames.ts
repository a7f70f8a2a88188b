import { frameTarget } from "../ledger/format/frame";
import { decodePayload, stepOf, textOf, type RawEntry } from "../ledger/format/payload";
import type { OpenedFrame } from "../ledger/format/sealedFile";

/** Of more than one entry in a frame, header of the payload included: what the writer of the format never exceeds. */
const longestOfMany = 2 * frameTarget;
const firstEntry = 8;
const entryHead = 5;

export interface Placed {
  readonly text: string;
  /** Right after it: of history a position of the ledger, of a snapshot the like from its own beginning. */
  readonly position: number;
}

/**
 * The texts of a frame of history or of a snapshot; null where it holds anything else. A large frame must be one large
 * text: small ones by the million would take twenty times their room in memory.
 */
export function textsOf(frame: OpenedFrame): readonly Placed[] | null {
  const raw = rawOf(frame.payload);
  if (!raw) return null;
  let position = frame.start;
  const placed = raw.map((entry) => ({ text: textOf(entry), position: (position += stepOf(entry)) }));
  return Number.isSafeInteger(position) ? placed : null;
}

function rawOf(payload: Buffer): readonly RawEntry[] | null {
  if (payload.length > longestOfMany) {
    const length = payload.readUInt32LE(firstEntry + 1);
    if (firstEntry + entryHead + length !== payload.length) return null;
  }
  return decodePayload(payload)?.entries ?? null;
}
