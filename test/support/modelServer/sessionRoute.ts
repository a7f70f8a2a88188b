import type { UserContext } from "./database";
import { field } from "./exactJson";
import { jsonAnswer, Refusal, type ModelResponse } from "./exchange";
import type { IncomingRequest } from "./incomingRequest";
import type { ServerState } from "./serverState";

export interface Authenticated {
  readonly user: UserContext;
  readonly by: "cookie" | "default" | null;
  /** A fresh cookie is due: any answer may carry one once a tenth of the session is over. */
  readonly renews: boolean;
}

/** Who asks: by cookie, else by Basic authentication, else nobody. A garbled cookie refuses every request. */
export function authenticate(state: ServerState, request: IncomingRequest): Authenticated {
  const cookie = state.users.read(request.header("cookie"));
  if (cookie.kind === "garbled") {
    throw new Refusal(400, "bad_request", "Malformed AuthSession cookie. Please clear your cookies.");
  }
  if (cookie.kind === "valid") return { user: cookie.user, by: "cookie", renews: cookie.isAging };
  const basic = /^Basic (.+)$/i.exec(request.header("authorization"))?.[1];
  if (basic !== undefined) {
    const [, name = "", password = ""] = /^([^:]*):(.*)$/s.exec(utf8Of(basic)) ?? [];
    return { user: state.users.check(name, password, request.peer), by: "default", renews: false };
  }
  return { user: { name: null, roles: [] }, by: null, renews: false };
}

export function answerSession(state: ServerState, request: IncomingRequest, asker: Authenticated): ModelResponse {
  if (request.method === "POST") return signIn(state, request);
  if (request.method === "DELETE") return jsonAnswer(200, { ok: true }, { "set-cookie": setCookie(state, "") });
  request.allow("GET", "HEAD", "POST", "DELETE");
  return jsonAnswer(200, {
    ok: true,
    userCtx: { name: asker.user.name, roles: asker.user.roles },
    info: {
      authentication_handlers: ["cookie", "default"],
      ...(asker.by !== null && { authenticated: asker.by }),
    },
  });
}

function signIn(state: ServerState, request: IncomingRequest): ModelResponse {
  const { name, password } = credentials(request);
  if (name === "") throw new Refusal(400, "bad_request", "request body must contain a username");
  try {
    const user = state.users.check(name, password, request.peer);
    const body = { ok: true, name: user.name, roles: user.roles };
    return jsonAnswer(200, body, { "set-cookie": renewal(state, name) });
  } catch (error) {
    if (!(error instanceof Refusal) || error.status !== 401) throw error;
    return jsonAnswer(401, { error: error.error, reason: error.reason }, { "set-cookie": setCookie(state, "") });
  }
}

function credentials(request: IncomingRequest): { name: string; password: string } {
  if (request.header("content-type").startsWith("application/x-www-form-urlencoded")) {
    const form = new URLSearchParams(request.text());
    return { name: form.get("name") ?? "", password: form.get("password") ?? "" };
  }
  const body = request.object();
  const text = (name: string): string => {
    const value = field(body, name);
    return typeof value === "string" ? value : "";
  };
  return { name: text("name") || text("username"), password: text("password") };
}

export function renewal(state: ServerState, name: string): string {
  return setCookie(state, state.users.cookieFor(name));
}

function setCookie(state: ServerState, value: string): string {
  const { sessionTimeout } = state.settings;
  const expires = new Date(state.scheduler.now() + sessionTimeout).toUTCString();
  const date = expires.replace(/^(\w+, \d+) (\w+) (\d+)/, "$1-$2-$3");
  return `AuthSession=${value}; Version=1; Expires=${date}; Max-Age=${sessionTimeout / 1000}; Path=/; HttpOnly`;
}

function utf8Of(base64: string): string {
  try {
    return new TextDecoder().decode(Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0)));
  } catch {
    return "";
  }
}
