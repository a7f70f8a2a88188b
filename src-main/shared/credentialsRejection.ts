/**
 * Why nobody is let in. `missing`: there is no password here any more (it was kept until quitting, or the keychain does
 * not open it), so nothing was sent; the others are the server's word.
 */
export type CredentialsRejection = "missing" | "password" | "locked" | "not-a-member";
