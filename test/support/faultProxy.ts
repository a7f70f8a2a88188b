import { createServer, request, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";

/** What the line does to one request. */
export type Fault =
  /** Answered by somebody else; the server never sees it. */
  | { readonly kind: "answer"; readonly status: number; readonly body: string; readonly contentType?: string }
  /** Accepted and never answered. */
  | { readonly kind: "hang" }
  /** The connection ends at once. */
  | { readonly kind: "refuse" }
  /** The server does its work, and the connection ends after so many bytes of the answer's body. */
  | { readonly kind: "cut"; readonly after: number }
  | { readonly kind: "delay"; readonly ms: number };

export interface ProxiedRequest {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
}

/** A real HTTP proxy on the loopback address between a device and the server, that can be a bad line. */
export interface FaultProxy {
  readonly address: string;
  /** Asked for every request; null lets it pass. */
  fault: (request: ProxiedRequest) => Fault | null;
  readonly seen: ProxiedRequest[];
  /** Ends every open connection. */
  cutAll(): void;
  close(): Promise<void>;
}

/** The server's work is done, its answer never arrives. */
export const lostAnswer: Fault = { kind: "cut", after: 0 };

export const portalPage: Fault = {
  kind: "answer",
  status: 200,
  contentType: "text/html",
  body: "<html><body>Please accept the terms of this hotel</body></html>",
};

export async function startFaultProxy(target: string): Promise<FaultProxy> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  const server = createServer((incoming, outgoing) => {
    const seen = { method: incoming.method ?? "", url: incoming.url ?? "" };
    proxy.seen.push(seen);
    const fault = proxy.fault(seen);
    if (fault?.kind === "refuse") incoming.socket.destroy();
    else if (fault?.kind === "answer") {
      incoming.resume();
      outgoing.writeHead(fault.status, { "content-type": fault.contentType ?? "application/json" });
      outgoing.end(fault.body);
    } else if (fault?.kind === "delay") setTimeout(() => forward(incoming, outgoing, null), fault.ms);
    else if (fault?.kind === "hang") incoming.resume();
    else forward(incoming, outgoing, fault?.after ?? null);
  });

  function forward(incoming: IncomingMessage, outgoing: ServerResponse, cutAfter: number | null): void {
    const { method, url, headers } = incoming;
    const upstream = request({ hostname, port, method, path: url, headers, agent: false }, (answer) => {
      const cutIfDone = (passed: number): boolean => {
        if (cutAfter === null || passed < cutAfter) return false;
        answer.resume().once("close", () => incoming.socket.destroy());
        return true;
      };
      if (cutIfDone(0)) return;
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      outgoing.flushHeaders();
      let passed = 0;
      let cut = false;
      answer.on("data", (chunk: Buffer) => {
        if (cut) return;
        const part = cutAfter === null ? chunk : chunk.subarray(0, cutAfter - passed);
        passed += part.length;
        outgoing.write(part);
        cut = cutIfDone(passed);
      });
      answer.once("end", () => {
        if (!cut) outgoing.end();
      });
      answer.once("error", () => incoming.socket.destroy());
    });
    upstream.once("error", () => incoming.socket.destroy());
    outgoing.once("close", () => upstream.destroy());
    incoming.pipe(upstream);
  }

  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
    socket.on("error", () => undefined);
  });
  server.requestTimeout = 0;
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const proxy: FaultProxy = {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    fault: () => null,
    seen: [],
    cutAll: () => {
      for (const socket of sockets) socket.destroy();
    },
    close: async () => {
      proxy.cutAll();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return proxy;
}
