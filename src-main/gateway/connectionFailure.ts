import type { GatewayFailure } from "../shared/gateway";

/** Codes of a connection that would not be safe: certificates and the handshake, in Chromium's words and in Node's. */
const insecure = /^(ERR_CERT_|ERR_SSL_|ERR_TLS_|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_)/;

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  const fromChromium = /net::(ERR_[A-Z0-9_]+)/.exec(error.message)?.[1];
  if (fromChromium !== undefined) return fromChromium;
  if ("code" in error && typeof error.code === "string") return error.code;
  return error.cause === undefined ? error.name : codeOf(error.cause);
}

/** Why no answer came. `detail` is the network's own code, without addresses. */
export function connectionFailure(error: unknown): GatewayFailure {
  const detail = codeOf(error);
  return insecure.test(detail) ? { kind: "insecure-connection", detail } : { kind: "offline", detail };
}
