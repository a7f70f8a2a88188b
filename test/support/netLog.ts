import { readFileSync } from "node:fs";
import { z } from "zod";

/**
 * Reads Chromium's own log of its network stack (`--log-net-log`), which covers every session and process of the app.
 * The log is whole once the app has closed; of a killed app, what had been written.
 */
export interface NetworkUse {
  readonly requests: readonly { readonly method: string; readonly url: string }[];
  /** Host names that were looked up, with or without a request following. */
  readonly lookups: readonly string[];
  /** Addresses that a TCP connection was tried to, as `address:port`. */
  readonly connections: readonly string[];
}

const constants = z.object({ constants: z.object({ logEventTypes: z.record(z.string(), z.number()) }) });
const event = z.object({ type: z.number(), params: z.record(z.string(), z.unknown()).optional() });

/** The log is one event per line; a line cut short by a kill is left out. */
function parseLine(line: string): unknown {
  try {
    return JSON.parse(line.replace(/,\s*$/, ""));
  } catch {
    return null;
  }
}

function text(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}

function hostOf(value: string): string {
  return value.includes("://") ? new URL(value).hostname : value.replace(/:\d+$/, "");
}

export function readNetLog(file: string): NetworkUse {
  const [first = "", ...lines] = readFileSync(file, "utf8").split("\n");
  const types = constants.parse(JSON.parse(first.replace(/,\s*$/, "}"))).constants.logEventTypes;
  const requests: { method: string; url: string }[] = [];
  const lookups = new Set<string>();
  const connections = new Set<string>();
  for (const line of lines) {
    const parsed = event.safeParse(parseLine(line));
    if (!parsed.success) continue;
    const params = parsed.data.params ?? {};
    const url = text(params["url"]);
    const host = text(params["host"]);
    const address = text(params["address"]);
    switch (parsed.data.type) {
      case types["URL_REQUEST_START_JOB"]:
        if (url !== null) requests.push({ method: text(params["method"]) ?? "", url });
        break;
      case types["HOST_RESOLVER_MANAGER_REQUEST"]:
        if (host !== null) lookups.add(hostOf(host));
        break;
      case types["TCP_CONNECT_ATTEMPT"]:
        if (address !== null) connections.add(address);
        break;
      default:
    }
  }
  return { requests, lookups: [...lookups], connections: [...connections] };
}

/** Schemes that never leave the computer. */
const local = new Set(["app:", "blob:", "data:", "devtools:", "chrome:", "about:"]);

/**
 * What reached out to anywhere else than the given origins, as readable lines; empty when nothing did. Names of the
 * loopback address are looked up without asking anyone.
 */
export function strangersIn(use: NetworkUse, allowedOrigins: readonly string[]): string[] {
  const allowed = allowedOrigins.map((origin) => new URL(origin));
  const allowedHosts = new Set(allowed.map((origin) => origin.hostname));
  const isAllowed = (url: string): boolean => {
    const { protocol, origin } = new URL(url);
    return local.has(protocol) || allowed.some((one) => one.origin === origin);
  };
  return [
    ...use.requests.filter(({ url }) => !isAllowed(url)).map(({ method, url }) => `request ${method} ${url}`),
    ...use.lookups.filter((host) => !allowedHosts.has(host)).map((host) => `lookup ${host}`),
    ...use.connections
      .filter((address) => !allowed.some((one) => isAddressOf(address, one)))
      .map((a) => `connection ${a}`),
  ];
}

/** Whether an `address:port` is that of an origin; names are compared by port alone, since they were looked up above. */
function isAddressOf(address: string, origin: URL): boolean {
  const port = origin.port || (origin.protocol === "https:" ? "443" : "80");
  const isNumeric = /^[\d.]+$|^\[/.test(origin.hostname);
  return isNumeric ? address === `${origin.hostname}:${port}` : address.endsWith(`:${port}`);
}
