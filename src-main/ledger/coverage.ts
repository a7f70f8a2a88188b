import type { HistoryFile } from "./ledgerFiles";

/** A stretch of history and the file that it is read from. */
export interface Piece {
  readonly file: HistoryFile;
  readonly from: number;
  readonly to: number;
}

/**
 * From which file each stretch behind `begin` is read, in order. Files may overlap, as a crash while packing leaves
 * them; a pack is preferred to what it took the place of. A stretch that no file has is in no piece.
 */
export function coverage(files: readonly HistoryFile[], begin: number): readonly Piece[] {
  const pieces: Piece[] = [];
  let position = begin;
  for (;;) {
    const here = files.filter(({ base, end }) => base <= position && position < end);
    const best = here.reduce<HistoryFile | null>(
      (chosen, file) => (chosen && !isBetter(file, chosen) ? chosen : file),
      null,
    );
    if (best) {
      pieces.push({ file: best, from: position, to: best.end });
      position = best.end;
      continue;
    }
    const next = files.filter(({ base, end }) => base > position && end > base).map(({ base }) => base);
    if (next.length === 0) return pieces;
    position = Math.min(...next);
  }
}

function isBetter(file: HistoryFile, than: HistoryFile): boolean {
  const isPack = file.header.kind === "pack";
  if (isPack !== (than.header.kind === "pack")) return isPack;
  return file.end > than.end;
}
