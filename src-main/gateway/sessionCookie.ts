/** CouchDB's session: one cookie, AuthSession. `lifetime` in ms, null where the server does not say. */
export interface SessionCookie {
  readonly value: string;
  readonly lifetime: number | null;
}

/**
 * The session cookie an answer sets; `value` is empty where the server takes it away; null where the answer says
 * nothing. Several cookies may come joined by commas. `Expires` is not looked at: this computer's clock may be wrong.
 */
export function sessionCookieOf(headers: Headers): SessionCookie | null {
  const found = /(?:^|,\s*)AuthSession=([^;,]*)(.*)/.exec(headers.getSetCookie().join(", "));
  if (!found) return null;
  const attributes = (found[2] ?? "").split(/,\s*[^;,=\s]+=/)[0] ?? "";
  const maxAge = /;\s*max-age=(\d+)/i.exec(attributes)?.[1];
  return { value: found[1] ?? "", lifetime: maxAge === undefined ? null : Number(maxAge) * 1000 };
}
