import type { SealedFile } from "./format/sealedFile";
import { Pause } from "./pause";

/**
 * Where frames of one file begin, by the heads alone: quick, and proven only when a frame is opened. A head whose
 * position does not fit between its neighbours is left out, so that a changed one misleads nobody.
 */
export class FrameIndex {
  readonly #starts: number[] = [];
  readonly #places: number[] = [];
  #followed: number;
  /** Who follows adds to the same lists, so one waits for the other. */
  #turn: Promise<void> = Promise.resolve();

  constructor(framesAt: number) {
    this.#followed = framesAt;
  }

  /** Goes on to a position, or the end of the file, which may have grown since: what lies behind may yet be cut off. */
  follow(file: SealedFile, to: number): Promise<void> {
    const turn = this.#turn.then(() => this.#goOn(file, to));
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  async #goOn(file: SealedFile, to: number): Promise<void> {
    const pause = new Pause();
    while (this.#followed < file.size) {
      const head = await file.headFrom(this.#followed);
      if (!head) return;
      const isBehind = head.start >= to;
      if (isBehind && (await file.frameAt(head.at))) return;
      if (!isBehind && head.kind === "entries") this.#add(head.start, head.at);
      this.#followed = head.at + head.length;
      await pause.ifLong();
    }
  }

  /** The last frame that begins at or before a position, or else the first of all. */
  placeOf(position: number): number {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.#starts[middle] ?? 0) <= position) low = middle;
      else high = middle - 1;
    }
    return this.#places[low] ?? this.#followed;
  }

  #add(start: number, place: number): void {
    const last = this.#starts.at(-1);
    const beforeLast = this.#starts.at(-2) ?? 0;
    if (last !== undefined && start < last) {
      // Either this one is wrong or the one before it is: the one that fits what stands before both is right.
      if (start < beforeLast) return;
      this.#starts.pop();
      this.#places.pop();
    }
    this.#starts.push(start);
    this.#places.push(place);
  }
}
