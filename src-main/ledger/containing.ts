import { textOf, type Payload, type RawEntry } from "./format/payload";

/** Tells which entries hold at least one of some texts, by their bytes: most are never made into texts. */
export class Containing {
  readonly #utf8: readonly Buffer[];

  constructor(private readonly texts: readonly string[]) {
    // What UTF-8 cannot hold is in no text that UTF-8 holds.
    this.#utf8 = texts.filter((text) => !/\p{Surrogate}/u.test(text)).map((text) => Buffer.from(text, "utf8"));
  }

  /** Whether any entry may match, found by one pass over the content of a frame. */
  mayBeIn(content: Buffer, { entries }: Payload): boolean {
    return this.#utf8.some((text) => content.includes(text)) || entries.some(({ utf16 }) => utf16);
  }

  matches(entry: RawEntry): boolean {
    if (!entry.utf16) return this.#utf8.some((text) => entry.bytes.includes(text));
    const whole = textOf(entry);
    return this.texts.some((text) => whole.includes(text));
  }
}
