import { exitCodes, Trouble } from "./trouble.mjs";

/** @typedef {{ status: number, body: any, headers: Headers }} Answer `body`: parsed JSON, undefined if it is none */
/** @typedef {{ name: string, password: string }} Admin */
/** @typedef {{ body?: unknown, text?: string, as?: Admin | null, cookie?: string, timeout?: number,
 *   signal?: AbortSignal }} Asked `as` null: nobody */

const usualTimeout = 30_000;

/** A certificate that this computer does not trust, in Node's words. */
const notTrusted = /^(CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|ERR_TLS_CERT_)/;
const noTls = /^(EPROTO|ERR_SSL_)/;

/** One server, asked by its administrator unless told. */
export class Couch {
  /** @param {string} address @param {Admin | null} admin */
  constructor(address, admin) {
    this.address = address;
    this.admin = admin;
  }

  /** One request and its whole answer. @param {string} method @param {string} path @param {Asked} [asked]
   * @returns {Promise<Answer>} */
  async ask(method, path, asked = {}) {
    const { response, text } = await this.#exchange(method, path, asked);
    if (response.status >= 300 && response.status < 400) {
      throw new Trouble(
        exitCodes.noCouch,
        `${this.address} sends on to another place (${originOf(response.headers.get("location"), this.address)}). ` +
          "Give the address that answers itself as --server.",
      );
    }
    return { status: response.status, body: parse(text), headers: response.headers };
  }

  /** As `ask`, for a step that must work. @param {string} what the step, for people @param {string} method
   * @param {string} path @param {number[]} allowed @param {Asked} [asked] */
  async must(what, method, path, allowed, asked) {
    const answer = await this.ask(method, path, asked);
    if (!allowed.includes(answer.status)) throw refusal(what, answer);
    return answer;
  }

  /** The answer as it begins, for a feed. @param {string} path @param {AbortSignal} signal */
  async open(path, signal) {
    try {
      return await fetch(`${this.address}/${path}`, { headers: this.#headers({}), redirect: "manual", signal });
    } catch (error) {
      throw this.#unreachable(error);
    }
  }

  /** @param {string} method @param {string} path @param {Asked} asked */
  async #exchange(method, path, asked) {
    const { body, timeout = usualTimeout } = asked;
    const text = asked.text ?? (body === undefined ? undefined : JSON.stringify(body));
    try {
      const response = await fetch(`${this.address}/${path}`, {
        method,
        headers: { ...this.#headers(asked), ...(text === undefined ? {} : { "content-type": "application/json" }) },
        ...(text === undefined ? {} : { body: text }),
        redirect: "manual",
        signal: AbortSignal.timeout(timeout),
      });
      return { response, text: await response.text() };
    } catch (error) {
      throw this.#unreachable(error, timeout);
    }
  }

  /** @param {Asked} asked @returns {Record<string, string>} */
  #headers({ as = this.admin, cookie }) {
    return {
      accept: "application/json",
      ...(as === null || cookie !== undefined
        ? {}
        : { authorization: `Basic ${Buffer.from(`${as.name}:${as.password}`).toString("base64")}` }),
      ...(cookie === undefined ? {} : { cookie }),
    };
  }

  /** @param {unknown} error @param {number} [timeout] */
  #unreachable(error, timeout = usualTimeout) {
    if (error instanceof Error && error.name === "TimeoutError") {
      return new Trouble(exitCodes.noCouch, `${this.address} did not answer within ${timeout / 1000} seconds.`);
    }
    const code = codeOf(error);
    return new Trouble(exitCodes.noCouch, `${this.address}: ${reasonFor(code)}`);
  }
}

/** @param {string} code */
function reasonFor(code) {
  if (notTrusted.test(code)) {
    return (
      `this computer does not trust the server's certificate (${code}). If your organisation signs its own ` +
      "certificates, name the file of its authority: NODE_EXTRA_CA_CERTS=/path/to/authority.pem npm run provision …"
    );
  }
  if (noTls.test(code)) return `no encrypted connection could be made (${code}). Is this port really the one of https?`;
  if (code === "ECONNREFUSED") return "nothing listens there. Is the server running, and is the port right?";
  if (code === "ENOTFOUND" || code === "EAI_AGAIN") return "this name is not known. Is it spelled right?";
  return `the server cannot be reached (${code}).`;
}

/** @param {unknown} error @returns {string} */
function codeOf(error) {
  if (!(error instanceof Error)) return "unknown";
  // Node tries IPv4 and IPv6 and tells of all attempts together.
  if (error instanceof AggregateError && error.errors.length > 0) return codeOf(error.errors[0]);
  if ("code" in error && typeof error.code === "string") return error.code;
  return error.cause === undefined ? error.name : codeOf(error.cause);
}

/** @param {string} what @param {Answer} answer */
export function refusal(what, answer) {
  return new Trouble(exitCodes.refused, `${what}: the server refused, ${told(answer)}`);
}

/** An answer in words, with what helps for the known ones. @param {Answer} answer */
export function told({ status, body }) {
  const reason = typeof body?.reason === "string" ? body.reason : null;
  const words = reason === null ? `with status ${status}.` : `with status ${status} (${reason.slice(0, 300)}).`;
  if (reason === "no_majority") return `${words} Are most nodes of the cluster running?`;
  if (reason?.startsWith("Password does not conform")) {
    return `${words} The server has rules for passwords: choose one with --ask-passwords.`;
  }
  return words;
}

/** @param {string} text @returns {any} */
function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** @param {string | null} location @param {string} base */
function originOf(location, base) {
  return location !== null && URL.canParse(location, base) ? new URL(location, base).origin : "not said where";
}
