import type { UserContext } from "./database";
import { Refusal } from "./exchange";
import { md5Hex } from "./md5";
import type { Scheduler } from "./scheduler";
import { randomId, type ServerSettings } from "./serverState";

interface Account {
  readonly password: string;
  /** New with every password, and part of a cookie's signature: a changed password ends all sessions. */
  readonly salt: string;
  readonly roles: readonly string[];
}

/** What a cookie says. A session is nothing else: the server keeps no list, so signing out revokes nothing. */
export type CookieReading =
  | { readonly kind: "none" }
  | { readonly kind: "garbled" }
  /** Expired, or signed with another password. */
  | { readonly kind: "invalid" }
  | { readonly kind: "valid"; readonly user: UserContext; readonly isAging: boolean };

/** The accounts of a server, their cookies, and who was locked out. */
export class Users {
  private readonly accounts = new Map<string, Account>();
  private failures = new Map<string, { readonly since: number; readonly count: number }>();
  private readonly secret: string;
  /** Cookies found good before, with the account they were good for: a new password makes a new account. */
  private readonly verified = new Map<
    string,
    { readonly name: string; readonly account: Account; readonly started: number }
  >();

  constructor(
    private readonly scheduler: Scheduler,
    private readonly random: () => number,
    private readonly settings: ServerSettings,
  ) {
    this.secret = randomId(random);
  }

  set(name: string, password: string, roles: readonly string[] = []): void {
    this.accounts.set(name, { password, salt: randomId(this.random), roles });
  }

  delete(name: string): void {
    this.accounts.delete(name);
  }

  /** Forgets who was locked out, which is only in the server's memory. */
  restart(): void {
    this.failures = new Map();
  }

  /** The user of a name and password, or a refusal; wrong ones are counted by account and address. */
  check(name: string, password: string, peer: string): UserContext {
    const key = `${peer} ${name}`;
    const failed = this.failures.get(key);
    const now = this.scheduler.now();
    const counts = failed !== undefined && now - failed.since < this.settings.lockoutTime;
    if (counts && failed.count >= this.settings.lockoutThreshold) {
      throw new Refusal(403, "forbidden", "Account is temporarily locked due to multiple authentication failures");
    }
    const account = this.accounts.get(name);
    if (account?.password !== password) {
      this.failures.set(key, counts ? { since: failed.since, count: failed.count + 1 } : { since: now, count: 1 });
      throw new Refusal(401, "unauthorized", "Name or password is incorrect.");
    }
    this.failures.delete(key);
    return { name, roles: account.roles };
  }

  cookieFor(name: string): string {
    const time = Math.floor(this.scheduler.now() / 1000)
      .toString(16)
      .toUpperCase();
    return this.cookieAt(name, time);
  }

  read(cookieHeader: string): CookieReading {
    const cookie = /(?:^|;\s*)AuthSession=("?)([^;"]*)\1/.exec(cookieHeader)?.[2] ?? "";
    if (cookie === "") return { kind: "none" };
    const before = this.verified.get(cookie);
    if (before !== undefined && this.accounts.get(before.name) === before.account) return this.aged(before);
    const parts = /^([^:]*):([0-9A-F]+):(.+)$/s.exec(decoded(cookie));
    if (parts === null) return { kind: "garbled" };
    const [, encodedName = "", time = ""] = parts;
    const name = decodeURIComponent(encodedName);
    const account = this.accounts.get(name);
    if (account === undefined || cookie !== this.cookieAt(name, time)) return { kind: "invalid" };
    const session = { name, account, started: parseInt(time, 16) };
    if (this.verified.size > 1000) this.verified.clear();
    this.verified.set(cookie, session);
    return this.aged(session);
  }

  private aged(session: { readonly name: string; readonly account: Account; readonly started: number }): CookieReading {
    const timeout = this.settings.sessionTimeout / 1000;
    const left = session.started + timeout - Math.floor(this.scheduler.now() / 1000);
    if (left <= 0) return { kind: "invalid" };
    return { kind: "valid", user: { name: session.name, roles: session.account.roles }, isAging: left < timeout * 0.9 };
  }

  private cookieAt(name: string, time: string): string {
    const signed = `${encodeURIComponent(name)}:${time}:${this.signature(name, time)}`;
    // Filled to a multiple of three, so that every letter of the cookie counts.
    const filled = signed + "0".repeat((3 - (signed.length % 3)) % 3);
    return btoa(filled).replaceAll("+", "-").replaceAll("/", "_");
  }

  private signature(name: string, time: string): string {
    return md5Hex(`${this.secret}:${this.accounts.get(name)?.salt ?? ""}:${name}:${time}`);
  }
}

function decoded(cookie: string): string {
  try {
    return atob(cookie.replaceAll("-", "+").replaceAll("_", "/"));
  } catch {
    return "";
  }
}
