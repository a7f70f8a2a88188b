import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Gateway, type ConnectRequest } from "../../src-main/gateway/gateway";
import { ConnectionFile } from "../../src-main/keys/connectionFile";
import type { Keychain } from "../../src-main/keys/keychain";
import type { ConnectionInfo, GatewayAnswer, GatewayContract, GatewayFailure } from "../../src-main/shared/gateway";
import type { Result } from "../../src-main/shared/result";
import type { Args } from "../../src-main/shared/rpc";
import { testKeychain } from "./testKeychain";

export interface OpenGateway {
  readonly gateway: Gateway;
  /** Connections told, oldest first. */
  readonly told: (ConnectionInfo | null)[];
  /** Told of every connection from now on. */
  onConnection(listener: (connection: ConnectionInfo | null) => void): void;
  /** Lets the gateway's clock go on by so many ms. */
  pass(ms: number): void;
  send(
    request: Partial<Args<GatewayContract, "send">>,
    signal?: AbortSignal,
  ): Promise<Result<GatewayAnswer, GatewayFailure>>;
  connect(request: Partial<ConnectRequest> & { readonly address: string }): ReturnType<Gateway["connect"]>;
  /** The gateway as it is after the program was started again, perhaps with a keychain that opens nothing of before. */
  restart(keychain?: Keychain): Promise<OpenGateway>;
  dispose(): Promise<void>;
}

/** The app's gateway over Node's fetch, with a folder and a keychain of its own. */
export async function openGateway(folder?: string, keychain = testKeychain()): Promise<OpenGateway> {
  const own = folder ?? (await mkdtemp(path.join(tmpdir(), "qiao-gateway-")));
  const { connections } = await ConnectionFile.open(own, keychain, new Date());
  const told: (ConnectionInfo | null)[] = [];
  const listeners: ((connection: ConnectionInfo | null) => void)[] = [];
  let passed = 0;
  const gateway = new Gateway({
    fetch,
    connections,
    now: () => performance.now() + passed,
    onConnection: (connection) => {
      told.push(connection);
      for (const listener of listeners) listener(connection);
    },
  });
  return {
    gateway,
    told,
    onConnection: (listener) => listeners.push(listener),
    pass: (ms) => (passed += ms),
    send: (request, signal = new AbortController().signal) =>
      gateway.send({ method: "GET", path: "", idleTimeout: 2000, ...request }, signal),
    connect: (request) =>
      gateway.connect({ database: "notebook", user: "wei", password: "pw", passwordStorage: "keychain", ...request }),
    restart: (next) => openGateway(own, next),
    dispose: () => rm(own, { recursive: true, force: true }),
  };
}
