/** Of everything that was saved and sent in a history, in order: two runs with the same are the same run. FNV-1a twice. */
export class TraceHash {
  #a = 0x811c9dc5;
  #b = 0x01000193;

  add(text: string): void {
    let [a, b] = [this.#a, this.#b];
    for (let index = 0; index < text.length; index++) {
      const unit = text.charCodeAt(index);
      a = Math.imul(a ^ unit, 0x01000193);
      b = Math.imul(b ^ unit, 0x85ebca6b);
    }
    this.#a = a;
    this.#b = b;
  }

  toString(): string {
    return [this.#a, this.#b].map((half) => (half >>> 0).toString(16).padStart(8, "0")).join("");
  }
}
