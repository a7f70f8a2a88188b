/**
 * A CouchDB-compatible server on the loopback address, for trying the sync and for its tests: PouchDB Server with one
 * database, one member who may use it, and nobody else.
 *
 *   npm run sync-server -- [--port 5984] [--data .sync-server] [--memory] [--user NAME] [--password WORD]
 *                          [--database NAME] [--max-document-size BYTES] [--json]
 *
 * The data folder keeps the documents and the password, so a restart changes nothing. `--memory` keeps nothing.
 */
import { randomBytes } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { devNull } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";

const require = createRequire(import.meta.url);
/** Loads a package that comes without types. @param {string} name @returns {any} */
const load = (name) => require(name);
const HOST = "127.0.0.1";
const ADMIN = "admin";

/** @typedef {{ port: number, data: string, memory: boolean, json: boolean, user?: string | undefined,
 *   password?: string | undefined, database?: string | undefined, "max-document-size"?: string | undefined }} Options */
/** @typedef {{ database: string, user: string, password: string, adminPassword: string, secret: string }} Access */

/** @typedef {{ status: number, body: any }} Answer */

/** @param {unknown} error */
function codeOf(error) {
  return error instanceof Error && "code" in error ? error.code : undefined;
}

/** @returns {Options} */
function readOptions() {
  const { values } = parseArgs({
    options: {
      port: { type: "string", default: "5984" },
      data: { type: "string", default: ".sync-server" },
      memory: { type: "boolean", default: false },
      user: { type: "string" },
      password: { type: "string" },
      database: { type: "string" },
      "max-document-size": { type: "string" },
      json: { type: "boolean", default: false },
    },
  });
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65535) throw new Error(`--port ${values.port} is not a port`);
  if (values.database !== undefined && !/^[a-z][a-z0-9_-]*$/.test(values.database)) {
    throw new Error(`--database ${values.database}: lower-case letters, digits, "-" and "_", a letter first`);
  }
  return { ...values, port, data: path.resolve(values.data) };
}

/** Who may sign in. Options win over what the data folder remembers; what is new is remembered.
 * @param {Options} options @returns {Promise<Access>} */
async function readAccess(options) {
  const file = path.join(options.data, "access.json");
  /** @type {Partial<Access>} */
  let remembered = {};
  if (!options.memory) {
    try {
      remembered = JSON.parse(await readFile(file, "utf8"));
    } catch (error) {
      if (codeOf(error) !== "ENOENT") throw error;
    }
  }
  const access = {
    database: options.database ?? remembered.database ?? "notebook",
    user: options.user ?? remembered.user ?? "wei",
    password: options.password ?? remembered.password ?? randomBytes(9).toString("base64url"),
    adminPassword: remembered.adminPassword ?? randomBytes(18).toString("base64url"),
    // Signs the session cookies: they stay valid over a restart, as CouchDB's do.
    secret: remembered.secret ?? randomBytes(16).toString("hex"),
  };
  if (!options.memory) {
    const draft = `${file}.new`;
    await writeFile(draft, `${JSON.stringify(access, null, 2)}\n`, { mode: 0o600 });
    await rename(draft, file);
  }
  return access;
}

/** @param {any} app @param {string} section @param {string} key @param {unknown} value @returns {Promise<void>} */
function setConfig(app, section, key, value) {
  return new Promise((resolve, reject) => {
    app.couchConfig.set(section, key, value, (/** @type {Error | null} */ error) => {
      if (error) reject(error);
      else resolve();
    });
  });
}

/** @param {Options} options @param {Access} access */
async function buildApp(options, access) {
  const PouchDB = load("pouchdb");
  if (options.memory) PouchDB.plugin(load("pouchdb-adapter-memory"));
  const prefix = options.memory ? "" : path.join(options.data, "databases") + path.sep;
  const LocalPouch = PouchDB.defaults({ prefix, adapter: options.memory ? "memory" : "leveldb" });

  const app = load("express-pouchdb")(LocalPouch, {
    inMemoryConfig: true,
    logPath: devNull,
    // Compression holds back the line breaks that a long-poll sends as signs of life.
    overrideMode: { exclude: ["compression", "routes/fauxton"] },
  });
  await setConfig(app, "couch_httpd_auth", "secret", access.secret);
  await setConfig(app, "admins", ADMIN, access.adminPassword);
  if (options["max-document-size"]) {
    await setConfig(app, "couchdb", "max_document_size", Number(options["max-document-size"]));
  }
  return app;
}

/** Everything is set up through the server's own door, so what a client meets is exactly what was asked for.
 * @param {string} address @param {Access} access */
function admin(address, access) {
  const authorization = `Basic ${Buffer.from(`${ADMIN}:${access.adminPassword}`).toString("base64")}`;
  /** @param {string} method @param {string} resource @param {unknown} [body] @returns {Promise<Answer>} */
  return async (method, resource, body) => {
    const response = await fetch(`${address}/${resource}`, {
      method,
      headers: { authorization, "content-type": "application/json", accept: "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: await response.json().catch(() => null) };
  };
}

/** @param {Answer} answer @param {string} what @param {number[]} allowed */
function expectStatus(answer, what, ...allowed) {
  if (!allowed.includes(answer.status)) {
    throw new Error(`${what}: ${answer.status} ${JSON.stringify(answer.body)}`);
  }
}

/** @param {string} address @param {Access} access */
async function setUp(address, access) {
  const request = admin(address, access);
  const userDocument = `_users/${encodeURIComponent(`org.couchdb.user:${access.user}`)}`;
  const known = await request("GET", userDocument);
  const signIn = await fetch(`${address}/_session`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ name: access.user, password: access.password }),
  });
  if (!signIn.ok) {
    expectStatus(
      await request("PUT", userDocument, {
        ...(known.status === 200 ? { _rev: known.body._rev } : {}),
        type: "user",
        name: access.user,
        password: access.password,
        roles: [],
      }),
      "user",
      201,
    );
  }
  const database = await request("GET", access.database);
  if (database.status === 404) expectStatus(await request("PUT", access.database), "database", 201, 412);
  expectStatus(
    await request("PUT", `${access.database}/_security`, {
      admins: { names: [ADMIN], roles: [] },
      members: { names: [access.user], roles: [] },
    }),
    "members",
    200,
    201,
  );
}

/** @param {import("node:http").RequestListener} app @param {number} port @returns {Promise<import("node:http").Server>} */
function listen(app, port) {
  const server = createServer(app);
  // A long-poll may be silent for longer than Node's defaults allow.
  server.requestTimeout = 0;
  server.keepAliveTimeout = 60_000;
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, HOST, () => resolve(server));
  });
}

async function main() {
  const options = readOptions();
  if (!options.memory) await mkdir(path.join(options.data, "databases"), { recursive: true });
  const access = await readAccess(options);
  const app = await buildApp(options, access);
  const server = await listen(app, options.port);
  const bound = server.address();
  const port = bound !== null && typeof bound === "object" ? bound.port : options.port;
  const address = `http://${HOST}:${port}`;
  await setUp(address, access);

  const lines = [
    `Server address  ${address}`,
    `Database        ${access.database}`,
    `User name       ${access.user}`,
    `Password        ${access.password}`,
  ];
  const { secret: _secret, ...credentials } = access;
  const machine = { address, port, ...credentials, admin: ADMIN };
  process.stdout.write(options.json ? `${JSON.stringify(machine)}\n` : `${lines.join("\n")}\n`);

  const stop = () => {
    server.close(() => process.exit(0));
    server.closeAllConnections();
  };
  // express-pouchdb lets a long-poll throw when its database is deleted under it; the other requests go on.
  process.on("unhandledRejection", (error) => {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  });
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
}

main().catch((/** @type {unknown} */ error) => {
  process.stderr.write(
    codeOf(error) === "EADDRINUSE"
      ? "The port is taken: another server runs there already. Choose one with --port.\n"
      : `${error instanceof Error ? error.stack : String(error)}\n`,
  );
  process.exit(1);
});
