/** Words of a recovery kit: 128 bits as BIP39 writes them. */
export const KIT_WORDS = 12;

/**
 * The words of a sheet as typed, scanned or copied from its list: in small letters, without numbers and punctuation.
 * Full-width letters of a Chinese input method count as the plain ones, and each Han character is a word, as main has it.
 */
export function readWords(typed: string): readonly string[] {
  return (
    typed
      .normalize("NFKC")
      .toLowerCase()
      .match(/\p{Script=Han}|(?:(?!\p{Script=Han})\p{L})+/gu) ?? []
  );
}
