import { createServer, request, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { seededRandom } from "../support/seededRandom";
import { SEED } from "./app/records";

export interface Line {
  /** From asking to the first byte of the answer, in ms, beyond what the server takes. */
  readonly roundTrip: number;
  /** Of each direction, shared by all requests. */
  readonly bitsPerSecond: number;
  /** The share of requests whose connection breaks off somewhere in the answer. */
  readonly cuts: number;
}

export const goodLine: Line = { roundTrip: 0, bitsPerSecond: Number.POSITIVE_INFINITY, cuts: 0 };

/** An HTTP proxy on the loopback address that makes a line of a server's; it counts what passes. */
export interface SlowLine {
  readonly address: string;
  /** Method and path of every request so far. */
  readonly asked: readonly string[];
  readonly cuts: () => number;
  /** Bytes of answers that passed. */
  readonly bytes: () => number;
  close(): Promise<void>;
}

export async function startLine(target: string, line: Line): Promise<SlowLine> {
  const { hostname, port } = new URL(target);
  const random = seededRandom(SEED);
  const sockets = new Set<Socket>();
  const asked: string[] = [];
  const down = new Channel(line.bitsPerSecond);
  const up = new Channel(line.bitsPerSecond);
  let cuts = 0;

  async function pass(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const { method, url, headers } = incoming;
    asked.push(`${method ?? ""} ${url ?? ""}`);
    // Breaks off within the first 64 KB, so that a short answer is hit as often as a long one.
    const cutAfter = random() < line.cuts ? Math.floor(random() ** 2 * 65_536) : null;
    const body: Buffer[] = [];
    for await (const chunk of incoming) body.push(chunk as Buffer);
    await up.carry(body.reduce((sum, { length }) => sum + length, 0));
    await wait(line.roundTrip);
    const upstream = request({ hostname, port, method, path: url, headers, agent: false }, (answer) => {
      void giveBack(answer, outgoing, cutAfter);
    });
    upstream.once("error", () => incoming.socket.destroy());
    outgoing.once("close", () => upstream.destroy());
    upstream.end(Buffer.concat(body));
  }

  async function giveBack(answer: IncomingMessage, outgoing: ServerResponse, cutAfter: number | null): Promise<void> {
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    outgoing.flushHeaders();
    let passed = 0;
    try {
      for await (const chunk of answer) {
        for (const part of partsOf(chunk as Buffer)) {
          await down.carry(part.length);
          outgoing.write(part);
          passed += part.length;
          if (cutAfter !== null && passed >= cutAfter) {
            cuts += 1;
            outgoing.socket?.destroy();
            return;
          }
        }
      }
      if (cutAfter === null) outgoing.end();
      else {
        cuts += 1;
        outgoing.socket?.destroy();
      }
    } catch {
      outgoing.socket?.destroy();
    }
  }

  const server = createServer((incoming, outgoing) => {
    pass(incoming, outgoing).catch(() => incoming.socket.destroy());
  });
  server.on("connection", (socket) => {
    socket.setNoDelay(true);
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
    socket.on("error", () => undefined);
  });
  server.requestTimeout = 0;
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    cuts: () => cuts,
    bytes: () => down.carried,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Bytes pass one after the other, each in its time. */
class Channel {
  carried = 0;
  private freeAt = 0;

  constructor(private readonly bitsPerSecond: number) {}

  async carry(bytes: number): Promise<void> {
    this.carried += bytes;
    const now = performance.now();
    this.freeAt = Math.max(now, this.freeAt) + (bytes * 8_000) / this.bitsPerSecond;
    await wait(this.freeAt - now);
  }
}

const PART = 8_192;

function partsOf(chunk: Buffer): readonly Buffer[] {
  const count = Math.ceil(chunk.length / PART);
  return Array.from({ length: count }, (_, index) => chunk.subarray(index * PART, (index + 1) * PART));
}

/** Shorter than a timer can be is no wait. */
function wait(ms: number): Promise<void> {
  return ms < 1 ? Promise.resolve() : new Promise((resolve) => setTimeout(resolve, ms));
}
