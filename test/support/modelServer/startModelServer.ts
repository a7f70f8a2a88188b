import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { BrokenOff, type ModelRequest, type ModelResponse } from "./exchange";
import type { Handle } from "./faults";
import { createModelServer, type ModelServer, type ModelServerOptions } from "./modelServer";
import { systemScheduler } from "./scheduler";

export interface RunningModelServer {
  /** Without a slash at the end, e.g. `http://127.0.0.1:40123`. */
  readonly address: string;
  readonly port: number;
  readonly model: ModelServer;
  close(): Promise<void>;
}

export interface StartOptions extends Partial<ModelServerOptions> {
  /** A layer between the network and the model, such as `withFaults`. */
  readonly layer?: (handle: Handle) => Handle;
}

/**
 * The model behind a real HTTP server on the loopback address, port 0. While the model is stopped, connections are
 * accepted and closed at once, since the port must stay ours.
 */
export async function startModelServer(options: StartOptions = {}): Promise<RunningModelServer> {
  const { layer = (handle: Handle) => handle, ...modelOptions } = options;
  const model = createModelServer({
    scheduler: systemScheduler,
    gzip: (bytes) => gzipSync(bytes),
    users: { wei: "pw", mei: "pw", admin: "pw" },
    database: { name: "notebook", members: ["wei"] },
    ...modelOptions,
  });
  const handle = layer((request) => model.handle(request));
  const server = createServer((incoming, outgoing) => {
    readRequest(incoming)
      .then(handle)
      .then((response) => writeResponse(outgoing, response))
      .catch((error: unknown) => {
        if (!(error instanceof BrokenOff)) console.error("the model server failed", error);
        incoming.socket.destroy();
      });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}`,
    port,
    model,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function readRequest(incoming: IncomingMessage): Promise<ModelRequest> {
  const pieces: Buffer[] = [];
  for await (const piece of incoming) pieces.push(piece as Buffer);
  const headers: Record<string, string | undefined> = {};
  for (const [name, value] of Object.entries(incoming.headers)) headers[name] = Array.isArray(value) ? value[0] : value;
  return {
    method: incoming.method ?? "GET",
    path: incoming.url ?? "/",
    headers,
    body: Buffer.concat(pieces),
    peer: incoming.socket.remoteAddress ?? "127.0.0.1",
  };
}

function writeResponse(outgoing: ServerResponse, { status, headers, body }: ModelResponse): void {
  outgoing.sendDate = false;
  outgoing.writeHead(status, headers);
  if (typeof body === "string") {
    outgoing.end(body);
    return;
  }
  outgoing.flushHeaders();
  const stop = body.read({
    chunk: (text) => outgoing.write(text),
    end: () => outgoing.end(),
    broken: () => outgoing.destroy(),
  });
  outgoing.once("close", stop);
}
