import type { ModelResponse } from "./exchange";

/** Documents as `multipart/mixed`, each a JSON part; `around` stands before the first boundary and after the last. */
export function multipart(parts: readonly string[], boundary: string, around: string): ModelResponse {
  const text = parts.map((part) => `--${boundary}\r\nContent-Type: application/json\r\n\r\n${part}\r\n`).join("");
  return {
    status: 200,
    headers: { "content-type": `multipart/mixed; boundary="${boundary}"` },
    body: `${around}${text}--${boundary}--${around}`,
  };
}
