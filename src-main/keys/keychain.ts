/** The system's keychain, as far as passwords need it. Any call may wait for a person to unlock it. */
export interface Keychain {
  /** Whether what is protected here is really protected from other programs' eyes. */
  isAvailable(): Promise<boolean>;
  /** The text, readable only through this keychain; base64. */
  protect(text: string): Promise<string>;
  /** The protected text; null if the keychain cannot open it (another user, a copied folder, a reset keychain). */
  reveal(protectedText: string): Promise<string | null>;
}
