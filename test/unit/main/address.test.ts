import { describe, expect, it } from "vitest";
import { parseAddress } from "../../../src-main/gateway/address";
import { isLocalNetwork } from "../../../src-main/gateway/localNetwork";
import { requestUrl } from "../../../src-main/gateway/requestUrl";

const at = (address: string, database = "notebook"): unknown => ({ ok: true, value: { address, database } });

describe("the server address", () => {
  it.each([
    ["example.org", "https://example.org"],
    ["  example.org/  ", "https://example.org"],
    ["example.org:6984", "https://example.org:6984"],
    ["HTTPS://Example.ORG//", "https://example.org"],
    ["https://example.org/notebook", "https://example.org"],
    ["https://example.org/notebook/", "https://example.org"],
    ["https://example.org/couch/notebook", "https://example.org/couch"],
    ["https://example.org/couch/", "https://example.org/couch"],
    ["https://example.org/_utils/#database/notebook/_all_docs", "https://example.org"],
    ["https://example.org/couch/_utils/", "https://example.org/couch"],
    ["https://桥.example", "https://xn--6yv.example"],
    ["localhost:5984", "http://localhost:5984"],
    ["127.0.0.1:5984", "http://127.0.0.1:5984"],
    ["192.168.1.20:5984", "http://192.168.1.20:5984"],
    ["http://127.0.0.1:5984/", "http://127.0.0.1:5984"],
    ["http://[::1]:5984", "http://[::1]:5984"],
    ["https://127.0.0.1:6984", "https://127.0.0.1:6984"],
  ])("%s is %s", (typed, address) => {
    expect(parseAddress(typed, "notebook")).toEqual(at(address));
  });

  it("may carry the name of the database", () => {
    expect(parseAddress("https://example.org/couch/notebook/", "")).toEqual(at("https://example.org/couch"));
  });

  it.each([
    "",
    "   ",
    "https://",
    "ftp://example.org",
    "file:///etc/passwd",
    "javascript://example.org/%0aalert(1)",
    "https://wei:secret@example.org",
    "wei:secret@example.org",
    "https://example.org:port",
    "https://example.org/%zz",
    "not an address",
    `https://example.org/${"a".repeat(100_000)}`,
  ])("%j is refused", (typed) => {
    expect(parseAddress(typed, "notebook")).toEqual({ ok: false, failure: { kind: "bad-address" } });
  });

  it.each(["", "Notebook", "_users", "9lives", "a b", "a/b", "a?b", "笔记", "n".repeat(239)])(
    "with the database %j is refused for the database's name",
    (database) => {
      expect(parseAddress("example.org", database)).toEqual({ ok: false, failure: { kind: "bad-database-name" } });
    },
  );

  it.each(["http://example.org", "http://8.8.8.8:5984", "http://172.32.0.1", "http://10.example.org"])(
    "%s is refused, for it would send the password readable by all",
    (typed) => {
      expect(parseAddress(typed, "notebook")).toMatchObject({ ok: false, failure: { kind: "insecure-connection" } });
    },
  );
});

describe("the own network", () => {
  it.each(["127.8.9.1", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.0.1", "169.254.1.1", "localhost"])(
    "holds %s",
    (host) => expect(isLocalNetwork(host)).toBe(true),
  );
  it.each(["[::1]", "[fd00::1]", "[fe80::1]", "app.localhost"])("holds %s", (host) =>
    expect(isLocalNetwork(host)).toBe(true),
  );
  it.each(["172.15.0.1", "172.32.0.1", "192.169.0.1", "11.0.0.1", "[2001:db8::1]", "localhost.example.org", "server"])(
    "does not hold %s",
    (host) => expect(isLocalNetwork(host)).toBe(false),
  );
  it("knows loopback in whichever way it is written", () => {
    const hosts = ["http://2130706433", "http://0x7f.1", "http://0177.0.0.1"].map((url) => new URL(url).hostname);
    expect(hosts.map(isLocalNetwork)).toEqual([true, true, true]);
  });
});

describe("the address of a request", () => {
  const database = { address: "https://example.org/couch", database: "notebook" };
  const base = "https://example.org/couch/notebook";

  it.each([
    ["", base],
    ["_changes", `${base}/_changes`],
    ["_local/qiao", `${base}/_local/qiao`],
    ["contact:0190-7c4e", `${base}/contact:0190-7c4e`],
    ["meeting:桥 x%2Fy@z", `${base}/meeting:%E6%A1%A5%20x%252Fy%40z`],
  ])("for %j is %s", (path, url) => {
    expect(requestUrl(database, path)).toBe(url);
  });

  it("encodes the query so that it comes back as it was", () => {
    const url = new URL(requestUrl(database, "_changes", { since: "5-g1AA+/=&x", limit: 100, include_docs: true }));
    expect(Object.fromEntries(url.searchParams)).toEqual({ since: "5-g1AA+/=&x", limit: "100", include_docs: "true" });
  });

  it("stays inside the database for a database name with signs of its own", () => {
    expect(requestUrl({ address: "https://example.org", database: "a+b$(c)" }, "x")).toBe(
      "https://example.org/a%2Bb%24(c)/x",
    );
  });
});
