import { PassThrough } from "node:stream";
import { describe, expect, it } from "vitest";
import { createAsker, type Input } from "../../../scripts/provision/asking.mjs";
import { readOptions, type Options } from "../../../scripts/provision/options.mjs";
import { askPassword, makePassword, readAdmin } from "../../../scripts/provision/passwords.mjs";
import { changedSecurity, isOpenToAll, readSecurity } from "../../../scripts/provision/security.mjs";
import { judgeSettings, type Finding } from "../../../scripts/provision/settings.mjs";
import { parseAddress } from "../../../src-main/gateway/address";

const server = ["--server", "https://couch.example.org"];

function read(...args: string[]): Options | null {
  return readOptions([...server, "--database", "notebook", ...args]);
}

describe("what is typed after npm run provision", () => {
  it("is read, and names that come twice count once", () => {
    expect(read("--member", "wei", "--member", "单小桥", "--member", "wei", "-q", "2", "-n", "3")).toEqual({
      server: "https://couch.example.org",
      database: "notebook",
      members: ["wei", "单小桥"],
      removed: [],
      newPasswords: [],
      shards: 2,
      copies: 3,
      asksPasswords: false,
      isDryRun: false,
      isCheck: false,
    });
  });

  it("asks for help without anything else", () => {
    expect(readOptions(["--help"])).toBeNull();
  });

  it.each([
    ["http://couch.example.org", "Over http://"],
    ["http://192.168.1.5:5984", "Over http://"],
    ["http://127.0.0.1.example.org", "Over http://"],
    ["couch.example.org", "whole address"],
    ["ftp://couch.example.org", "whole address"],
    ["https://admin:secret@couch.example.org", "must not hold a name or password"],
    ["https://couch.example.org/_utils/#/setup", "address of the server alone"],
  ])("refuses the server %s", (address, reason) => {
    expect(() => readOptions(["--server", address, "--database", "x"])).toThrow(reason);
  });

  it.each(["http://127.0.0.1:5984", "http://localhost:5984", "http://[::1]:5984", "https://h/couch/"])(
    "takes the server %s",
    (address) => {
      expect(readOptions(["--server", address, "--database", "x"])?.server).toBe(address.replace(/\/$/, ""));
    },
  );

  it("takes plain HTTP for another computer only when told", () => {
    const args = ["--server", "http://192.168.1.5:5984", "--database", "x", "--allow-plain-http"];
    expect(readOptions(args)?.server).toBe("http://192.168.1.5:5984");
  });

  it.each([
    "notebook",
    "a_1$()+-",
    "Notebook",
    "1st",
    "_users",
    "with space",
    "a/b",
    "桥",
    "a".repeat(238),
    "a".repeat(239),
  ])("has the app's rule for the database's name: %s", (name) => {
    const taken = parseAddress("https://couch.example.org", name).ok;
    const reading = (): unknown => readOptions([...server, "--database", name]);
    if (taken) expect(reading()).toMatchObject({ database: name });
    else expect(reading).toThrow("is no name that CouchDB takes");
  });

  it.each([
    ["", "is empty"],
    [" wei", "a space"],
    ["_wei", "underscore"],
    ["we:i", "colon"],
    ["w\u0007i", "control character"],
  ])("refuses the member %j", (name, reason) => {
    expect(() => read("--member", name)).toThrow(reason);
  });

  it("refuses what contradicts itself", () => {
    expect(() => read("--member", "wei", "--remove-member", "wei")).toThrow("added and removed");
    expect(() => read("--new-password", "wei", "--remove-member", "wei")).toThrow("removed and get");
    expect(() => read("--check", "--member", "wei")).toThrow("--check");
    expect(() => read("-q", "0")).toThrow("--shards");
    expect(() => read("--copies", "two")).toThrow("--copies");
  });

  it("never repeats what stands in the place of an option: it may be a password", () => {
    for (const args of [["hunter2"], ["--password=hunter2"], ["--check=hunter2"]]) {
      expect(() => read(...args)).toThrow(/cannot be read/);
      expect(() => read(...args)).not.toThrow(/hunter2/);
    }
  });
});

describe("who may use a database", () => {
  const fresh = { admins: { roles: ["_admin"] }, members: { roles: ["_admin"] } };

  it("are the members named, beside what was there", () => {
    const before = { ...fresh, cloudant: { x: ["_reader"] }, members: { names: ["lin"], roles: ["_admin", "team"] } };
    expect(changedSecurity(before, ["wei", "lin"], [])).toEqual({
      admins: { names: [], roles: ["_admin"] },
      members: { names: ["lin", "wei"], roles: ["_admin", "team"] },
      cloudant: { x: ["_reader"] },
    });
  });

  it("is the same object where nothing changes", () => {
    const once: unknown = changedSecurity(fresh, ["wei"], []);
    expect(changedSecurity(once, ["wei"], ["mei"])).toBe(once);
    expect(changedSecurity(fresh, [], [])).toBe(fresh);
  });

  it("is never everybody, not even when the last member goes", () => {
    const open = { members: { names: ["wei"], roles: [] } };
    expect(isOpenToAll(readSecurity({}))).toBe(true);
    expect(isOpenToAll(readSecurity({ members: { names: [] } }))).toBe(true);
    for (const before of [open, {}, fresh]) {
      expect(isOpenToAll(readSecurity(changedSecurity(before, [], ["wei"])))).toBe(false);
    }
  });

  it("loses who is removed among the administrators too, and keeps the others", () => {
    const before = { admins: { names: ["wei", "lin"], roles: [] }, members: { names: ["wei"], roles: ["_admin"] } };
    expect(changedSecurity(before, [], ["wei"])).toMatchObject({
      admins: { names: ["lin"], roles: [] },
      members: { names: [] },
    });
  });
});

describe("passwords", () => {
  it("are made of five groups that nobody misreads, and differ", () => {
    const made = Array.from({ length: 200 }, makePassword);
    for (const password of made) expect(password).toMatch(/^[a-km-np-z2-9]{4}(-[a-km-np-z2-9]{4}){4}$/);
    expect(new Set(made).size).toBe(200);
  });

  /** A terminal whose keys the test presses. */
  function terminal(): { input: Input; press: (keys: string) => void; raw: boolean[] } {
    const keys = new PassThrough();
    const raw: boolean[] = [];
    const input: Input = Object.assign(keys, { isTTY: true, setRawMode: (on: boolean) => raw.push(on) });
    return { input, press: (pressed) => keys.write(pressed), raw };
  }

  it("are typed at a terminal without being shown, and twice", async () => {
    const screen = terminal();
    const output = new PassThrough();
    let shown = "";
    output.on("data", (chunk: Buffer) => (shown += chunk.toString()));
    const answer = askPassword(createAsker(screen.input, output), "wei");
    screen.press("wrong\u0015a-long-pass桥x\u007f\u001b[A");
    screen.press("\r");
    await new Promise((resolve) => setTimeout(resolve, 20));
    screen.press("a-long-pass桥\r");
    expect(await answer).toBe("a-long-pass桥");
    expect(shown).toBe("Password for wei: \nThe same again for wei: \n");
    expect(screen.raw).toEqual([true, false, true, false]);
  });

  it("that differ the second time, are short, or are given up are not taken", async () => {
    const asking = (...answers: string[]): Promise<string> =>
      askPassword(
        {
          isTerminal: true,
          text: () => Promise.resolve(""),
          secret: async () => answers.shift() ?? "",
          close: () => {},
        },
        "wei",
      );
    await expect(asking("a-long-password", "a-long-passwort")).rejects.toThrow("not the same");
    await expect(asking("short")).rejects.toThrow("shorter");
    const screen = terminal();
    const given = createAsker(screen.input, new PassThrough()).secret("Password");
    screen.press("half\u0003");
    await expect(given).rejects.toMatchObject({ exitCode: 130 });
    expect(screen.raw).toEqual([true, false]);
  });

  it("come line by line where there is no terminal, and their end is told", async () => {
    const input = new PassThrough();
    input.end("admin\nsecret\r\n");
    const asker = createAsker(input, new PassThrough());
    expect(await readAdmin({}, asker)).toEqual({ name: "admin", password: "secret" });
    await expect(asker.secret("One more")).rejects.toThrow("the input has ended");
  });

  it("of the administrator come from the environment first", async () => {
    const asker = createAsker(new PassThrough(), new PassThrough());
    const environment = { COUCHDB_USER: "root", COUCHDB_PASSWORD: "x" };
    expect(await readAdmin(environment, asker)).toEqual({ name: "root", password: "x" });
  });
});

describe("settings of a node", () => {
  const judge = (settings: Record<string, string>, isHttps = true): Finding[] =>
    judgeSettings((section, key) => settings[`${section}/${key}`], isHttps).filter(({ kind }) => kind !== "good");

  it("are good as CouchDB 3.5 comes", () => {
    expect(judge({})).toEqual([]);
    expect(judge({ "couchdb/max_document_size": "8000000", "chttpd/bind_address": "127.0.0.1" })).toEqual([]);
    expect(judge({ "chttpd/max_http_request_size": "infinity", "chttpd_auth/timeout": "600 ; seconds" })).toEqual([]);
  });

  it.each([
    ["couchdb/max_document_size", "1000000", "set aside"],
    ["chttpd/max_http_request_size", "1000000", "largest record"],
    ["httpd/max_http_request_size", "1000000", "largest record"],
    ["couchdb/max_bulk_docs_count", "100", "500"],
    ["couchdb/default_security", "everyone", "open to everybody"],
    ["chttpd/buffer_response", "true", "line for dead"],
  ])("must be changed where %s is %s", (name, value, reason) => {
    expect(judge({ [name]: value })).toEqual([
      {
        kind: "change",
        what: expect.stringContaining(value) as string,
        todo: expect.stringContaining(reason) as string,
      },
    ]);
  });

  it.each([
    ["chttpd_auth_lockout/mode", "off"],
    ["chttpd_auth_lockout/threshold", "2"],
    ["chttpd_auth/timeout", "10"],
    ["couch_peruser/enable", "true"],
    ["chttpd/enable_cors", "true"],
    ["smoosh/db_channels", "upgrade_dbs"],
  ])("are worth a look where %s is %s", (name, value) => {
    expect(judge({ [name]: value }).map(({ kind }) => kind)).toEqual(["look"]);
  });

  it("must not leave an unencrypted port open to the network when members come without HTTPS", () => {
    const open = { "chttpd/bind_address": "0.0.0.0" };
    expect(judge(open).map(({ kind }) => kind)).toEqual(["look"]);
    expect(judge(open, false).map(({ kind }) => kind)).toEqual(["change"]);
  });
});
