/** A text that a list is filtered by. `pinyin` is a reading that is known (typed or shipped); it comes first. */
export interface SearchText {
  readonly text: string;
  readonly kind: "zh-name" | "zh" | "latin" | "abbreviation" | "plain";
  readonly pinyin?: string | undefined;
}
