import { spawn, type ChildProcess } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/** A real PouchDB Server in a process of its own, as `npm run sync-server` starts it. */
export interface SyncServer {
  readonly address: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly password: string;
  /** The password of its administrator, whose name is `admin`. */
  readonly adminPassword: string;
  readonly pid: number;
  /** A request to the server by an administrator, past the app: to look, and to do what other clients do. */
  admin(method: string, resource: string, body?: unknown): Promise<{ status: number; body: unknown }>;
  /** Ends it as Ctrl-C does. */
  stop(): Promise<void>;
  /** kill -9. */
  kill(): Promise<void>;
  /** Starts it again on the same port with the same data. */
  restart(): Promise<void>;
  /** Deletes the database with all its documents and creates an empty one with the same name and members. */
  recreateDatabase(): Promise<void>;
  /** Ends the process and removes its data. */
  dispose(): Promise<void>;
}

export interface SyncServerOptions {
  /** Keeps the documents in memory: faster, and gone after a restart. */
  readonly memory?: boolean;
  readonly user?: string;
  readonly password?: string;
  readonly database?: string;
  readonly maxDocumentSize?: number;
}

interface Printed {
  readonly address: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly password: string;
  readonly admin: string;
  readonly adminPassword: string;
}

const script = fileURLToPath(new URL("../../scripts/sync-server.mjs", import.meta.url));

function optionArguments(options: SyncServerOptions): string[] {
  return [
    ...(options.memory ? ["--memory"] : []),
    ...(options.user ? ["--user", options.user] : []),
    ...(options.password ? ["--password", options.password] : []),
    ...(options.database ? ["--database", options.database] : []),
    ...(options.maxDocumentSize ? ["--max-document-size", String(options.maxDocumentSize)] : []),
  ];
}

async function launch(
  data: string,
  port: number,
  options: SyncServerOptions,
): Promise<{ child: ChildProcess; printed: Printed }> {
  const child = spawn(
    process.execPath,
    [script, "--json", "--port", String(port), "--data", data, ...optionArguments(options)],
    { stdio: ["ignore", "pipe", "pipe"] },
  );
  let complaints = "";
  child.stderr.on("data", (chunk: Buffer) => (complaints += chunk.toString()));
  // Ended by itself, so a test that fails now fails because of this.
  child.once("exit", (code) => {
    if (code) console.error(`the sync server ended with ${code}: ${complaints}`);
  });
  const printed = await new Promise<Printed>((resolve, reject) => {
    createInterface({ input: child.stdout }).once("line", (line) => resolve(JSON.parse(line) as Printed));
    child.once("exit", (code) => reject(new Error(`sync server ended with ${code}: ${complaints}`)));
    child.once("error", reject);
  });
  return { child, printed };
}

function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => child.once("exit", () => resolve()));
}

export async function startSyncServer(options: SyncServerOptions = {}): Promise<SyncServer> {
  const data = await mkdtemp(path.join(tmpdir(), "qiao-sync-server-"));
  const first = await launch(data, 0, options);
  const { printed } = first;
  let { child } = first;
  const authorization = `Basic ${Buffer.from(`${printed.admin}:${printed.adminPassword}`).toString("base64")}`;

  async function end(signal: NodeJS.Signals): Promise<void> {
    child.kill(signal);
    await ended(child);
  }

  const server: SyncServer = {
    ...printed,
    get pid() {
      return child.pid ?? -1;
    },
    admin: async (method, resource, body) => {
      const response = await fetch(`${printed.address}/${resource}`, {
        method,
        headers: { authorization, "content-type": "application/json", accept: "application/json" },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      return { status: response.status, body: await response.json() };
    },
    stop: () => end("SIGTERM"),
    kill: () => end("SIGKILL"),
    restart: async () => {
      if (child.exitCode === null && child.signalCode === null) await end("SIGTERM");
      ({ child } = await launch(data, printed.port, options));
    },
    recreateDatabase: async () => {
      const security = await server.admin("GET", `${printed.database}/_security`);
      await server.admin("DELETE", printed.database);
      await server.admin("PUT", printed.database);
      await server.admin("PUT", `${printed.database}/_security`, security.body);
    },
    dispose: async () => {
      await end("SIGKILL");
      await rm(data, { recursive: true, force: true });
    },
  };
  return server;
}
