import { decodePayload } from "./format/payload";
import type { SealedFile } from "./format/sealedFile";
import { Pause } from "./pause";

/** Entries of history in a file, as far as it is whole. Rejects with the file system's error. */
export async function countEntries(file: SealedFile): Promise<number> {
  const pause = new Pause();
  let count = 0;
  let at = file.framesAt;
  while (at < file.size) {
    const frame = (await file.frameAt(at)) ?? (await file.nextFrame(at + 1));
    if (!frame) break;
    if (frame.kind === "entries") count += decodePayload(frame.payload)?.entries.length ?? 0;
    at = frame.next;
    await pause.ifLong();
  }
  return count;
}
