/** The system's keychain, as far as passwords need it. */
export interface Keychain {
  /** Whether what is protected here is really protected from other programs' eyes. */
  isAvailable(): boolean;
  /** The text, readable only through this keychain; base64. */
  protect(text: string): string;
  /** The protected text; null if the keychain cannot open it (another user, a copied folder, a reset keychain). */
  reveal(protectedText: string): string | null;
}
