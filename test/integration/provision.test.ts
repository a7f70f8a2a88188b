import { readFileSync } from "node:fs";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openGateway, type OpenGateway } from "../support/openGateway";
import { startProvisionedCouch, type ProvisionedCouch } from "../support/provisionedCouch";
import { runProvision, type Provisioning } from "../support/runProvision";
import { answerJson, startScriptedServer } from "../support/scriptedServer";
import { startSyncServer, type SyncServer } from "../support/syncServer";

describe("a PouchDB Server", () => {
  let server: SyncServer;
  let to: Provisioning;
  let gateway: OpenGateway;
  beforeAll(async () => {
    server = await startSyncServer({ memory: true });
    to = { address: server.address, user: "admin", password: server.adminPassword, database: "beijing" };
    gateway = await openGateway();
  });
  afterAll(async () => {
    await gateway.dispose();
    await server.dispose();
  });

  it("gets a database whose members connect with the app, and nobody else", async () => {
    const { code, stdout, passwords } = await runProvision(to, "--member", "lin", "--member", "单小桥");
    expect(stdout).toContain("database beijing: created");
    expect(stdout).toContain("tried: 单小桥 can sign in, read and write");
    expect(code).toBe(0);
    for (const user of ["lin", "单小桥"]) {
      const access = { address: server.address, database: "beijing", user, password: passwords[user] ?? "" };
      expect(await gateway.connect(access)).toMatchObject({ ok: true });
      const body = JSON.stringify({ docs: [{ _id: `contact:${user}`, type: "contact" }] });
      expect(await gateway.send({ method: "POST", path: "_bulk_docs", body })).toMatchObject({
        value: { status: 201 },
      });
      expect(await gateway.send({ path: `contact:${user}` })).toMatchObject({ value: { status: 200 } });
    }
    const stranger = { address: server.address, database: "beijing", user: server.user, password: server.password };
    expect(await gateway.connect(stranger)).toMatchObject({
      failure: { kind: "credentials-rejected", reason: "not-a-member" },
    });
  });

  it("stays as it is the second time", async () => {
    const before = await server.admin("GET", "_users/_all_docs");
    const { code, stdout } = await runProvision(to, "--member", "lin", "--member", "单小桥");
    expect(stdout).toContain("account of lin: is there, its password stays");
    expect(stdout).toContain("Nothing had to be changed.");
    expect(stdout).not.toContain("shown only now");
    expect(code).toBe(0);
    expect(await server.admin("GET", "_users/_all_docs")).toEqual(before);
  });

  it("passes the check", async () => {
    const { code, stdout } = await runProvision(to, "--check");
    expect(stdout).toContain("ok      open feed: signs of life come through at once");
    expect(stdout).toContain("ok      a request of 9 MB: goes through");
    expect(stdout).toContain("Nothing must be changed.");
    expect(code).toBe(0);
  });

  it("gives a member a new password on demand, and shuts a removed one out", async () => {
    const before = await runProvision(to, "--new-password", "lin");
    const after = await runProvision(to, "--new-password", "lin", "--remove-member", "单小桥");
    const access = { address: server.address, database: "beijing", user: "lin" };
    expect(await gateway.connect({ ...access, password: before.passwords["lin"] ?? "" })).toMatchObject({ ok: false });
    expect(await gateway.connect({ ...access, password: after.passwords["lin"] ?? "" })).toMatchObject({ ok: true });
    expect(await server.admin("GET", "beijing/_security")).toMatchObject({
      body: { members: { names: ["lin"], roles: ["_admin"] } },
    });
  });
});

describe("Apache CouchDB 3.5", () => {
  let couch: ProvisionedCouch;
  beforeEach(async () => {
    couch = await startProvisionedCouch();
  });
  afterEach(() => couch.dispose());

  it("as it comes gets everything that is missing, and the second time nothing", async () => {
    const first = await runProvision(couch, "--member", "wei", "-q", "2", "-n", "3");
    expect(first).toMatchObject({ code: 0, stderr: "" });
    expect(first.stdout).toContain("server: CouchDB 3.5.0");
    expect([...couch.state.databases.keys()]).toEqual(["_users", "_replicator", "notebook"]);
    expect(couch.state.databases.get("notebook")).toMatchObject({
      query: "q=2&n=3",
      security: { admins: { roles: ["_admin"] }, members: { names: ["wei"], roles: ["_admin"] } },
    });
    const written = couch.written().length;
    const second = await runProvision(couch, "--member", "wei", "--copies", "3");
    expect(second.stdout).toContain("Nothing had to be changed.");
    expect(second.stdout).toContain("keeps --copies 1");
    expect(couch.written()).toHaveLength(written);
  });

  it("is left alone by a dry run, which says what would be done", async () => {
    const { code, stdout } = await runProvision(couch, "--member", "wei", "--dry-run");
    expect(stdout).toContain("database notebook: would be created");
    expect(stdout).toContain("account of wei: would be created");
    expect(stdout).toContain("5 things would be done. Nothing was changed.");
    expect([code, couch.written()]).toEqual([0, []]);
  });

  it("keeps accounts and passwords that are there, and replaces one on demand with all its fields", async () => {
    await runProvision(couch, "--member", "wei");
    const account = couch.state.accounts.get("wei");
    if (!account) throw new Error("no account");
    account.document["full_name"] = "Wei";
    const { password } = account;
    await runProvision({ ...couch, database: "second" }, "--member", "wei");
    expect(couch.state.accounts.get("wei")?.password).toBe(password);
    const { passwords } = await runProvision(couch, "--new-password", "wei");
    expect(passwords["wei"]).not.toBe(password);
    expect(couch.state.accounts.get("wei")).toMatchObject({
      password: passwords["wei"],
      document: { full_name: "Wei" },
    });
  });

  it("takes passwords that are asked for, and never shows them", async () => {
    const input = "a password of mine\n";
    const { code, stdout, stderr } = await runProvision({ ...couch, input }, "--member", "wei", "--ask-passwords");
    expect(code).toBe(0);
    expect(couch.state.accounts.get("wei")?.password).toBe("a password of mine");
    expect(stdout + stderr).not.toContain("a password of mine");
  });

  it("asks for the administrator where the environment names none, and never shows the password", async () => {
    const input = `${couch.user}\n${couch.password}\n`;
    const environment = { COUCHDB_USER: "", COUCHDB_PASSWORD: "" };
    const { code, stdout, stderr } = await runProvision({ ...couch, input, environment }, "--member", "wei");
    expect(code).toBe(0);
    expect(stdout + stderr).not.toContain(couch.password);
  });

  it("gets no new password for who is no member, and no account for its administrator", async () => {
    expect(await runProvision(couch, "--new-password", "mei")).toMatchObject({ code: 2 });
    expect(await runProvision(couch, "--member", "admin")).toMatchObject({ code: 2 });
    expect(couch.written()).toEqual([]);
  });

  it("that takes nobody without a name is provisioned too", async () => {
    couch.state.requiresUser = true;
    expect(await runProvision(couch, "--member", "wei")).toMatchObject({ code: 0 });
  });

  it("refuses a wrong or locked administrator, and nothing is tried after that", async () => {
    const wrong = await runProvision({ ...couch, password: "wrong" }, "--member", "wei");
    expect(wrong).toMatchObject({ code: 4, stdout: "" });
    expect(wrong.stderr).toContain("does not take the administrator's name and password");
    couch.state.isLocked = true;
    const locked = await runProvision(couch, "--member", "wei");
    expect(locked).toMatchObject({ code: 4, stdout: "" });
    expect(locked.stderr).toContain("is locked");
    const signedIn = couch.asked.filter(({ url, method }) => url === "/_session" && method === "GET");
    expect(signedIn).toHaveLength(4);
    expect(couch.written()).toEqual([]);
  });

  it("that refuses a step is told with its reason, and the next run goes on from there", async () => {
    const reason = "Password does not conform to requirements. Min length is 30 chars.";
    couch.state.onWrite = (path) =>
      path.startsWith("/_users/") ? { status: 400, body: { error: "x", reason } } : null;
    const refused = await runProvision(couch, "--member", "wei");
    expect(refused.code).toBe(5);
    expect(refused.stderr).toContain("account of wei: the server refused, with status 400 (Password does not conform");
    expect(refused.stderr).toContain("--ask-passwords");
    expect(refused.stdout).not.toContain("shown only now");
    couch.state.onWrite = () => null;
    const again = await runProvision(couch, "--member", "wei");
    expect(again.stdout).toContain("database notebook: is there");
    expect(again.stdout).toContain("tried: wei can sign in, read and write");
  });

  it("whose answer to a new account is lost: the person is told how to get a password that is known", async () => {
    couch.state.onWrite = (path) => (path.startsWith("/_users/") ? "cut" : null);
    const lost = await runProvision(couch, "--member", "wei");
    expect(lost.code).toBe(3);
    expect(lost.stderr).toContain("--new-password wei");
    couch.state.onWrite = () => null;
    const again = await runProvision(couch, "--member", "wei", "--new-password", "wei");
    expect(again).toMatchObject({ code: 0, passwords: { wei: couch.state.accounts.get("wei")?.password } });
  });

  it("that stores members and forgets them is not taken for done", async () => {
    const path = "/notebook/_security";
    couch.state.onWrite = (written) => (written === path ? { status: 200, body: { ok: true } } : null);
    expect(await runProvision(couch, "--member", "wei")).toMatchObject({ code: 5 });
  });

  it("whose new member cannot write is told as not working", async () => {
    const body = { error: "forbidden", reason: "read only" };
    couch.state.onWrite = (path) => (path.includes("/_local/") ? { status: 403, body } : null);
    const { code, stderr } = await runProvision(couch, "--member", "wei");
    expect(stderr).toContain("wei cannot write: the server refused with status 403 (read only).");
    expect(code).toBe(1);
  });

  describe("checked", () => {
    beforeEach(() => runProvision(couch, "--member", "wei"));
    const changes = (stdout: string): string[] =>
      stdout.split("\n").flatMap((line) => /^CHANGE {2}(.*)$/.exec(line)?.[1] ?? []);

    it("is good as it is, and nothing is written", async () => {
      const written = couch.written().length;
      const { code, stdout } = await runProvision(couch, "--check");
      expect(changes(stdout)).toEqual([]);
      expect(stdout).toContain("ok      [couchdb] max_document_size: 8000000");
      expect([code, couch.written().length]).toEqual([0, written]);
    });

    it("tells each thing that must be changed", async () => {
      const { state } = couch;
      state.settings.set("couchdb/max_document_size", "1000000");
      state.databases.set("notebook", { security: {}, query: "", props: { partitioned: true } });
      state.databases.delete("_users");
      state.nodes.push("couchdb@second");
      Object.assign(state, { buffers: true, largestRequest: 1_000_000, ahead: 3_600_000 });
      const { code, stdout } = await runProvision(couch, "--check");
      expect(changes(stdout)).toEqual([
        "system database _users: missing",
        expect.stringMatching(/^clock: 3(599|600) s away/),
        "database notebook: partitioned",
        "members of notebook: somebody without a name can read it (status 200)",
        "a request of 9 MB: does not come through",
        "open feed: no sign of life within 5 s",
        "not connected: couchdb@second",
        "nonode@nohost: [couchdb] max_document_size: 1000000",
      ]);
      expect(stdout).toContain("8 things must be changed.");
      expect(code).toBe(1);
    });

    it("looks at every node of a cluster, and never tells its secrets", async () => {
      const { nodes, running, settings } = couch.state;
      for (const list of [nodes, running]) list.push("couchdb@second", "couchdb@third");
      settings.set("chttpd_auth/secret", "s3cret").set("couchdb@third chttpd_auth/secret", "an0ther");
      settings.set("couchdb@second couchdb/default_security", "everyone");
      const { stdout } = await runProvision(couch, "--check");
      expect(stdout).toContain("cluster: 3 nodes, all connected");
      expect(changes(stdout)).toEqual([
        "[chttpd_auth] secret of the nodes: not the same",
        "couchdb@second: [couchdb] default_security: everyone",
      ]);
      expect(stdout).not.toMatch(/s3cret|an0ther/);
    });

    it("without the database says how to make it", async () => {
      const { code, stdout } = await runProvision({ ...couch, database: "other" }, "--check");
      expect(changes(stdout)).toEqual(["database other: missing"]);
      expect(code).toBe(1);
    });
  });
});

describe("what is no CouchDB 3", () => {
  const access = { user: "admin", password: "an admin's password" };

  it.each<[string, number, unknown, number, string]>([
    ["CouchDB 2", 200, { couchdb: "Welcome", version: "2.3.1" }, 3, "upgrade it first"],
    ["a web page", 200, "<html>", 3, "is not CouchDB"],
    ["an error", 502, { error: "bad gateway" }, 3, "is not CouchDB"],
  ])("is named: %s", async (_name, status, body, code, words) => {
    const server = await startScriptedServer((_asked, response) => answerJson(response, status, body));
    const result = await runProvision({ ...access, address: server.address });
    await server.dispose();
    expect(result).toMatchObject({ code, stdout: "" });
    expect(result.stderr).toContain(words);
    expect(server.asked).toHaveLength(1);
  });

  it("is not given the administrator's password", async () => {
    const authorizations: (string | undefined)[] = [];
    const server = await startScriptedServer((_asked, response, request) => {
      authorizations.push(request.headers.authorization);
      answerJson(response, 302, {}, { location: "https://portal.example.org/login?x=1" });
    });
    const result = await runProvision({ ...access, address: server.address });
    await server.dispose();
    expect(result.stderr).toContain("sends on to another place (https://portal.example.org)");
    expect([result.code, authorizations]).toEqual([3, [undefined]]);
  });

  it("makes everybody an administrator: that is told before anything is done", async () => {
    const server = await startScriptedServer(({ url }, response) =>
      answerJson(
        response,
        200,
        url === "/" ? { couchdb: "Welcome", version: "3.5.0" } : { userCtx: { roles: ["_admin"] } },
      ),
    );
    const result = await runProvision({ ...access, address: server.address });
    await server.dispose();
    expect(result).toMatchObject({ code: 4, stdout: "" });
    expect(result.stderr).toContain("Everybody who reaches this server is its administrator");
  });

  it("does not answer, or listens nowhere", async () => {
    const server = await startScriptedServer(() => {});
    await server.dispose();
    const result = await runProvision({ ...access, address: server.address });
    expect(result).toMatchObject({ code: 3, stdout: "" });
    expect(result.stderr).toContain("nothing listens there");
  });

  it("shows a certificate that is not trusted, until its authority is named", async () => {
    const file = (name: string): string => fileURLToPath(new URL(`../fixtures/tls/${name}.pem`, import.meta.url));
    const server = createServer({ key: readFileSync(file("key")), cert: readFileSync(file("certificate")) });
    server.on("request", (_request, response) => answerJson(response, 200, { couchdb: "Welcome", version: "2.0.0" }));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const result = await runProvision({ ...access, address });
    const environment = { NODE_EXTRA_CA_CERTS: file("certificate") };
    const trusted = await runProvision({ ...access, address, environment });
    server.close();
    server.closeAllConnections();
    expect(result).toMatchObject({ code: 3, stdout: "" });
    expect(result.stderr).toContain("does not trust the server's certificate");
    expect(result.stderr).toContain("NODE_EXTRA_CA_CERTS");
    expect(trusted.stderr).toContain("upgrade it first");
  });
});
