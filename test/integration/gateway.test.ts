import { readFileSync } from "node:fs";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openGateway, type OpenGateway } from "../support/openGateway";
import { answerJson, startScriptedServer, type Asked, type ScriptedServer } from "../support/scriptedServer";
import { startSyncServer, type SyncServer } from "../support/syncServer";
import { testKeychain } from "../support/testKeychain";
import type { ServerResponse } from "node:http";

let gateway: OpenGateway;
beforeEach(async () => {
  gateway = await openGateway();
});
afterEach(() => gateway.dispose());

const refused = (failure: unknown): unknown => ({ ok: false, failure });
const rejected = (reason: string): unknown => refused({ kind: "credentials-rejected", reason });

describe("a PouchDB Server", () => {
  let server: SyncServer;
  beforeAll(async () => {
    server = await startSyncServer({ memory: true });
  });
  afterAll(() => server.dispose());
  const access = (): { address: string; database: string; user: string; password: string } => server;

  it("is connected to, and the connection is told and kept", async () => {
    const { address, database, user } = server;
    expect(await gateway.connect(access())).toEqual({ ok: true, value: { address, database, user } });
    expect(gateway.told).toEqual([{ address, database, user }]);
    const again = await gateway.restart();
    expect(again.gateway.connection).toEqual({ address, database, user });
    expect(await again.send({})).toMatchObject({ ok: true, value: { status: 200 } });
  });

  it("takes and gives back a record", async () => {
    await gateway.connect(access());
    const body = JSON.stringify({ docs: [{ _id: "contact:0190-1", name: "单小桥" }] });
    expect(await gateway.send({ method: "POST", path: "_bulk_docs", body })).toMatchObject({ value: { status: 201 } });
    const read = await gateway.send({ path: "contact:0190-1" });
    expect(read.ok && JSON.parse(read.value.body)).toMatchObject({ _id: "contact:0190-1", name: "单小桥" });
    expect(read.ok && Math.abs((read.value.serverTime ?? 0) - Date.now())).toBeLessThan(60_000);
    const local = await gateway.send({ method: "PUT", path: "_local/qiao", body: '{"uuid":"x"}' });
    expect(local).toMatchObject({ value: { status: 201 } });
    const changes = await gateway.send({ path: "_changes", query: { since: 0, include_docs: true } });
    expect(changes.ok && changes.value.body).toContain("单小桥");
  });

  it("passes its refusals on as they are", async () => {
    await gateway.connect(access());
    expect(await gateway.send({ path: "contact:none" })).toMatchObject({ ok: true, value: { status: 404 } });
    const conflict = { method: "PUT" as const, path: "contact:twice", body: "{}" };
    await gateway.send(conflict);
    expect(await gateway.send(conflict)).toMatchObject({ ok: true, value: { status: 409 } });
  });

  it("is not connected to with a wrong password, a wrong database or a closed one, and nothing is kept", async () => {
    expect(await gateway.connect({ ...access(), password: "wrong" })).toEqual(rejected("password"));
    expect(await gateway.connect({ ...access(), database: "none" })).toEqual(refused({ kind: "no-such-database" }));
    await server.admin("PUT", "closed");
    await server.admin("PUT", "closed/_security", { members: { names: ["mei"], roles: [] } });
    expect(await gateway.connect({ ...access(), database: "closed" })).toEqual(rejected("not-a-member"));
    expect([gateway.gateway.connection, gateway.told]).toEqual([null, []]);
    expect((await gateway.restart()).gateway.connection).toBeNull();
  });

  it("stays the connection when another one fails", async () => {
    await gateway.connect(access());
    await gateway.connect({ ...access(), password: "wrong" });
    expect(await gateway.send({})).toMatchObject({ ok: true, value: { status: 200 } });
  });

  it("is left for good by disconnecting", async () => {
    await gateway.connect(access());
    await gateway.gateway.disconnect();
    expect(await gateway.send({})).toEqual(refused({ kind: "not-connected" }));
    expect(gateway.told.at(-1)).toBeNull();
    expect((await gateway.restart()).gateway.connection).toBeNull();
  });

  it("that is stopped is offline, and answers again once it is back", async () => {
    const own = await startSyncServer();
    await gateway.connect(own);
    await own.stop();
    expect(await gateway.send({})).toMatchObject(refused({ kind: "offline" }) as object);
    await own.restart();
    expect(await gateway.send({})).toMatchObject({ ok: true, value: { status: 200 } });
    await own.dispose();
  });
});

interface Recorded {
  readonly note?: string;
  readonly request: { readonly method: string; readonly path: string };
  readonly response: { readonly status: number; readonly body: unknown };
}
const recordings = ["01-session", "02-database"].flatMap((name) => {
  const url = new URL(`../fixtures/couchdb-3.5/${name}.json`, import.meta.url);
  return (JSON.parse(readFileSync(url, "utf8")) as { exchanges: Recorded[] }).exchanges;
});

/** What Apache CouchDB 3.5 answered where the recording says so. */
function recorded(note: string): (response: ServerResponse) => void {
  const found = recordings.find((exchange) => exchange.note === note);
  if (!found) throw new Error(`nothing recorded as "${note}"`);
  return (response) => answerJson(response, found.response.status, found.response.body);
}

describe("Apache CouchDB's sessions", () => {
  let server: ScriptedServer;
  let cookies: number;
  let onDatabase: (asked: Asked, response: ServerResponse) => void;
  let onLogin: (asked: Asked, response: ServerResponse) => void;
  const logins = (): number => server.asked.filter(({ url }) => url === "/_session").length;
  const open = (_asked: Asked, response: ServerResponse): void => answerJson(response, 200, { db_name: "notebook" });
  const giveCookie = (_asked: Asked, response: ServerResponse): void =>
    answerJson(
      response,
      200,
      { ok: true, name: "wei", roles: [] },
      {
        "set-cookie": `AuthSession=c${++cookies}; Version=1; Expires=Sun, 22-Nov-2026 12:26:36 GMT; Max-Age=600; Path=/; HttpOnly`,
      },
    );

  beforeEach(async () => {
    cookies = 0;
    onDatabase = open;
    onLogin = giveCookie;
    server = await startScriptedServer((asked, response) =>
      (asked.url === "/_session" ? onLogin : onDatabase)(asked, response),
    );
    expect(await gateway.connect({ address: server.address })).toMatchObject({ ok: true });
  });
  afterEach(() => server.dispose());

  it("are signed in to once for many requests at a time", async () => {
    await Promise.all(Array.from({ length: 10 }, () => gateway.send({})));
    expect(logins()).toBe(1);
    expect(server.asked.slice(1).map(({ cookie }) => cookie)).toEqual(Array(11).fill("AuthSession=c1"));
  });

  it("that have expired are renewed once for all requests that met it, and the requests repeated", async () => {
    onDatabase = (asked, response) =>
      asked.cookie === "AuthSession=c1" ? recorded("expired cookie on a database")(response) : open(asked, response);
    const answers = await Promise.all(Array.from({ length: 5 }, () => gateway.send({})));
    expect(answers.map((answer) => answer.ok && answer.value.status)).toEqual([200, 200, 200, 200, 200]);
    expect(logins()).toBe(2);
  });

  it("are renewed before their end", async () => {
    gateway.pass(569_000);
    await gateway.send({});
    expect(logins()).toBe(1);
    gateway.pass(2_000);
    await gateway.send({});
    expect(logins()).toBe(2);
    expect(server.asked.at(-1)?.cookie).toBe("AuthSession=c2");
  });

  it("go on with a fresh cookie that any answer brings", async () => {
    onDatabase = (_asked, response) =>
      answerJson(response, 200, {}, { "set-cookie": "AuthSession=fresh; Version=1; Max-Age=600; Path=/; HttpOnly" });
    await gateway.send({});
    await gateway.send({});
    expect(server.asked.at(-1)?.cookie).toBe("AuthSession=fresh");
    expect(logins()).toBe(1);
  });

  it("whose cookie got garbled are begun anew, with a login that carries no cookie", async () => {
    onDatabase = (asked, response) =>
      asked.cookie === "AuthSession=c1" ? recorded("garbled cookie on a database")(response) : open(asked, response);
    onLogin = (asked, response) =>
      asked.cookie === undefined
        ? giveCookie(asked, response)
        : recorded("login while holding a garbled cookie")(response);
    expect(await gateway.send({})).toMatchObject({ ok: true, value: { status: 200 } });
    expect(logins()).toBe(2);
  });

  it("with a password that is rejected are not tried again, so that the account is not locked", async () => {
    onDatabase = (_asked, response) => recorded("after the password was changed by an administrator")(response);
    onLogin = (_asked, response) => recorded("wrong password")(response);
    const answers = [];
    for (let round = 0; round < 8; round++) answers.push(await gateway.send({}));
    expect(answers).toEqual(Array(8).fill(rejected("password")));
    expect(logins()).toBe(2);
  });

  it("with a rejected password recover by themselves when the server takes it again a quarter of an hour later", async () => {
    onDatabase = (asked, response) =>
      asked.cookie === "AuthSession=c1" ? recorded("expired cookie on a database")(response) : open(asked, response);
    onLogin = (_asked, response) => recorded("wrong password")(response);
    await gateway.send({});
    onLogin = giveCookie;
    gateway.pass(14 * 60_000);
    expect(await gateway.send({})).toEqual(rejected("password"));
    gateway.pass(2 * 60_000);
    expect(await gateway.send({})).toMatchObject({ ok: true, value: { status: 200 } });
  });

  it("are signed in to again at once when a person wants it, but not so often that the account gets locked", async () => {
    onDatabase = (asked, response) =>
      asked.cookie === "AuthSession=c1" ? recorded("expired cookie on a database")(response) : open(asked, response);
    onLogin = (_asked, response) => recorded("wrong password")(response);
    const { tryAgain } = gateway.gateway.handlers();
    const context = { signal: new AbortController().signal };
    await gateway.send({});
    for (let round = 0; round < 8; round++) {
      await tryAgain({}, context);
      expect(await gateway.send({})).toEqual(rejected("password"));
    }
    expect(logins()).toBe(1 + 3);
    onLogin = giveCookie;
    gateway.pass(5 * 60_000);
    await tryAgain({}, context);
    expect(await gateway.send({})).toMatchObject({ ok: true, value: { status: 200 } });
  });

  it("begin at once after a rejected password when the right one is typed", async () => {
    onDatabase = (asked, response) =>
      asked.cookie === "AuthSession=c1" ? recorded("expired cookie on a database")(response) : open(asked, response);
    onLogin = (asked, response) =>
      asked.body.includes("right") ? giveCookie(asked, response) : recorded("wrong password")(response);
    expect(await gateway.send({})).toEqual(rejected("password"));
    expect(await gateway.connect({ address: server.address, password: "wrong" })).toEqual(rejected("password"));
    expect(await gateway.send({})).toEqual(rejected("password"));
    expect(await gateway.connect({ address: server.address, password: "right" })).toMatchObject({ ok: true });
    expect(await gateway.send({})).toMatchObject({ ok: true, value: { status: 200 } });
  });

  it("are not asked for without a password: it is missing, not wrong, and no request is made", async () => {
    await gateway.connect({ address: server.address, passwordStorage: "memory" });
    const asked = server.asked.length;
    const again = await gateway.restart();
    expect(again.gateway.connection).toMatchObject({ address: server.address, user: "wei" });
    for (let round = 0; round < 3; round++) {
      expect(await again.send({})).toEqual(rejected("missing"));
      await again.gateway.handlers().tryAgain({}, { signal: new AbortController().signal });
    }
    expect(server.asked).toHaveLength(asked);
    expect(await again.connect({ address: server.address, passwordStorage: "memory" })).toMatchObject({ ok: true });
    expect(await again.send({})).toMatchObject({ ok: true });
  });

  it("are not asked for with a password that the keychain does not open any more", async () => {
    const again = await gateway.restart(testKeychain({ key: "another" }));
    expect(await again.send({})).toEqual(rejected("missing"));
  });

  it("are not needed after a restart either where there is no user", async () => {
    await gateway.connect({ address: server.address, user: "", password: "", passwordStorage: "memory" });
    expect(await (await gateway.restart()).send({})).toMatchObject({ ok: true, value: { status: 200 } });
  });

  it("of a locked account say so", async () => {
    onDatabase = (_asked, response) => recorded("expired cookie on a database")(response);
    onLogin = (_asked, response) => recorded("lin, now with the right password")(response);
    expect(await gateway.send({})).toEqual(rejected("locked"));
  });

  it("of somebody who is no member say so, without signing in again", async () => {
    onDatabase = (_asked, response) => recorded("signed in, not a member")(response);
    expect(await gateway.send({})).toEqual(rejected("not-a-member"));
    expect(logins()).toBe(1);
  });

  it("pass on a 401 and a 403 that are about one document", async () => {
    onDatabase = (_asked, response) => answerJson(response, 401, { error: "unauthorized", reason: "sign in again" });
    expect(await gateway.send({})).toMatchObject({ ok: true, value: { status: 401 } });
    onDatabase = (_asked, response) => answerJson(response, 403, { error: "forbidden", reason: "v must be positive" });
    expect(await gateway.send({})).toMatchObject({ ok: true, value: { status: 403 } });
  });

  it("pass on the trouble of a server that cannot sign anybody in", async () => {
    gateway.pass(600_000);
    onLogin = (_asked, response) => answerJson(response, 500, { error: "broken", reason: "later" });
    expect(await gateway.send({})).toMatchObject({ ok: true, value: { status: 500 } });
  });

  it("tell how long a busy server, or the proxy before it, asks to wait", async () => {
    const busy = (status: number, retryAfter?: string) => (_asked: unknown, response: ServerResponse) => {
      const headers = retryAfter === undefined ? {} : { "retry-after": retryAfter };
      response.writeHead(status, { "content-type": "text/html", ...headers }).end("<html>Too many requests</html>");
    };
    const told = async (): Promise<unknown> => gateway.send({});
    onDatabase = busy(429, "120");
    expect(await told()).toEqual({ ok: false, failure: { kind: "busy", status: 429, retryAfter: 120_000 } });
    onDatabase = busy(503);
    expect(await told()).toEqual({ ok: false, failure: { kind: "busy", status: 503, retryAfter: null } });
    onDatabase = busy(503, new Date(Date.now() + 60_000).toUTCString());
    expect(await told()).toMatchObject({ failure: { retryAfter: expect.closeTo(60_000, -4) as number } });
    onDatabase = busy(503, "soon");
    expect(await told()).toMatchObject({ failure: { retryAfter: null } });
  });

  it("are not needed where the server knows none", async () => {
    const other = await openGateway();
    onLogin = (_asked, response) => answerJson(response, 404, { error: "not_found", reason: "missing" });
    expect(await other.connect({ address: server.address })).toMatchObject({ ok: true });
    expect(server.asked.at(-1)?.cookie).toBeUndefined();
    await other.dispose();
  });

  it("are not asked for without a user name", async () => {
    const other = await openGateway();
    expect(await other.connect({ address: server.address, user: "", password: "" })).toMatchObject({ ok: true });
    expect(logins()).toBe(1);
    await other.dispose();
  });
});

describe("an attempt to connect that is given up", () => {
  let server: ScriptedServer;
  let hangsAt: "/_session" | "/notebook";
  let reached: Promise<void>;
  let closed: Promise<void>;
  beforeEach(async () => {
    let onReached: () => void;
    let onClosed: () => void;
    reached = new Promise((resolve) => (onReached = resolve));
    closed = new Promise((resolve) => (onClosed = resolve));
    server = await startScriptedServer((asked, response) => {
      if (asked.url === hangsAt) {
        response.on("close", () => onClosed());
        onReached();
      } else if (asked.url === "/_session") answerJson(response, 200, { ok: true }, { "set-cookie": "AuthSession=c1" });
      else answerJson(response, 200, { db_name: "notebook" });
    });
  });
  afterEach(() => server.dispose());

  it.each(["/_session", "/notebook"] as const)("at %s ends there too, and nothing is kept", async (place) => {
    hangsAt = place;
    const attempt = gateway.connect({ address: server.address });
    await reached;
    gateway.gateway.cancelConnect();
    expect(await attempt).toEqual(refused({ kind: "aborted" }));
    await closed;
    expect([gateway.gateway.connection, gateway.told]).toEqual([null, []]);
    expect((await gateway.restart()).gateway.connection).toBeNull();
  });

  it("leaves the connection that stood before as it is", async () => {
    hangsAt = "/notebook";
    const before = await startScriptedServer((asked, response) =>
      asked.url === "/_session"
        ? answerJson(response, 200, { ok: true }, { "set-cookie": "AuthSession=c1" })
        : answerJson(response, 200, { db_name: "notebook" }),
    );
    await gateway.connect({ address: before.address });
    const attempt = gateway.connect({ address: server.address });
    await reached;
    gateway.gateway.cancelConnect();
    await attempt;
    expect(gateway.gateway.connection).toMatchObject({ address: before.address });
    expect(await gateway.send({})).toMatchObject({ ok: true, value: { status: 200 } });
    await before.dispose();
  });

  it("by another attempt or by disconnecting is given up as well", async () => {
    hangsAt = "/notebook";
    const first = gateway.connect({ address: server.address });
    await reached;
    const second = gateway.connect({ address: "not an address" });
    expect([await first, await second]).toEqual([refused({ kind: "aborted" }), refused({ kind: "bad-address" })]);
    const third = gateway.connect({ address: server.address });
    await gateway.gateway.disconnect();
    expect(await third).toEqual(refused({ kind: "aborted" }));
    expect(gateway.gateway.connection).toBeNull();
  });
});

describe("on a bad line", () => {
  let server: ScriptedServer;
  let onDatabase: (asked: Asked, response: ServerResponse) => void;
  let isPortal: boolean;
  const portal = (response: ServerResponse): void => {
    response.writeHead(200, { "content-type": "text/html; charset=utf-8" });
    response.end("<!doctype html><title>Welcome to the hotel</title>");
  };

  beforeEach(async () => {
    isPortal = false;
    onDatabase = (_asked, response) => answerJson(response, 200, { db_name: "notebook" });
    server = await startScriptedServer((asked, response) => {
      if (isPortal) portal(response);
      else if (asked.url === "/_session") answerJson(response, 200, { ok: true }, { "set-cookie": "AuthSession=c1" });
      else onDatabase(asked, response);
    });
    await gateway.connect({ address: server.address });
  });
  afterEach(() => server.dispose());

  it("a captive portal is not taken for the server, neither when connecting nor later", async () => {
    isPortal = true;
    expect(await gateway.send({})).toEqual(refused({ kind: "not-couchdb", status: 200 }));
    const other = await openGateway();
    expect(await other.connect({ address: server.address })).toEqual(refused({ kind: "not-couchdb", status: 200 }));
    await other.dispose();
    isPortal = false;
    expect(await gateway.send({})).toMatchObject({ ok: true });
  });

  it("JSON of something else is not taken for a database", async () => {
    onDatabase = (_asked, response) => answerJson(response, 200, { hello: "world" });
    const other = await openGateway();
    expect(await other.connect({ address: server.address })).toEqual(refused({ kind: "not-couchdb", status: 200 }));
    await other.dispose();
  });

  it("a redirect is not followed", async () => {
    onDatabase = (_asked, response) => {
      response.writeHead(302, { location: "/elsewhere", "content-type": "application/json" });
      response.end("{}");
    };
    expect(await gateway.send({})).toEqual(refused({ kind: "not-couchdb", status: 302 }));
    expect(server.asked.filter(({ url }) => url === "/elsewhere")).toEqual([]);
  });

  it("a body cut short is no answer, however it was announced", async () => {
    const cut = (headers: Record<string, string>) => (_asked: Asked, response: ServerResponse) => {
      response.writeHead(200, { "content-type": "application/json", ...headers });
      response.write('{"results":[{"seq":1},');
      setTimeout(() => response.destroy(), 20);
    };
    for (const headers of [{ "content-length": "1000" }, {}]) {
      onDatabase = cut(headers);
      expect(await gateway.send({})).toMatchObject(refused({ kind: "offline" }) as object);
    }
    onDatabase = (_asked, response) => {
      response.writeHead(200, { "content-type": "application/json" });
      response.end('{"results":[{"seq":1},');
    };
    expect(await gateway.send({})).toEqual(refused({ kind: "offline", detail: "answer cut short" }));
  });

  it("a server that accepts and never answers is given up", async () => {
    onDatabase = () => undefined;
    expect(await gateway.send({ idleTimeout: 100 })).toEqual(refused({ kind: "timeout" }));
  });

  it("a server that falls silent midway is given up, one that keeps sending heartbeats is not", async () => {
    onDatabase = (_asked, response) => {
      response.writeHead(200, { "content-type": "application/json" });
      response.write('{"results":[');
    };
    expect(await gateway.send({ idleTimeout: 150 })).toEqual(refused({ kind: "timeout" }));
    onDatabase = (_asked, response) => {
      response.writeHead(200, { "content-type": "application/json" });
      const heartbeat = setInterval(() => response.write("\n"), 50);
      setTimeout(() => {
        clearInterval(heartbeat);
        response.end('{"results":[]}');
      }, 600);
    };
    expect(await gateway.send({ idleTimeout: 250 })).toMatchObject({ ok: true, value: { status: 200 } });
  });

  it("a request that its caller gives up ends at once, at the server too", async () => {
    const closed = new Promise<void>((resolve) => {
      onDatabase = (_asked, response) => void response.on("close", resolve);
    });
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 50);
    expect(await gateway.send({}, controller.signal)).toEqual(refused({ kind: "aborted" }));
    await closed;
  });

  it("a request under way ends when its connection is removed", async () => {
    onDatabase = () => undefined;
    const sent = gateway.send({});
    await new Promise((resolve) => setTimeout(resolve, 50));
    await gateway.gateway.disconnect();
    expect(await sent).toEqual(refused({ kind: "aborted" }));
  });

  it("an answer without end is not taken in", async () => {
    onDatabase = (_asked, response) => {
      response.writeHead(200, { "content-type": "application/json" });
      const chunk = Buffer.alloc(4 * 1024 * 1024, " ");
      const more = (): void => {
        while (!response.destroyed && response.write(chunk));
      };
      response.on("drain", more);
      more();
    };
    expect(await gateway.send({})).toEqual(refused({ kind: "not-couchdb", status: 200 }));
  });

  it("nobody there is offline", async () => {
    await server.dispose();
    expect(await gateway.send({})).toMatchObject(refused({ kind: "offline" }) as object);
  });

  it("a password is not sent readable over the internet", async () => {
    expect(await gateway.connect({ address: "http://example.org" })).toEqual(
      refused({ kind: "insecure-connection", detail: "example.org" }),
    );
  });
});
