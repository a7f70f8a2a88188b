import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import {
  documentText,
  readChanges,
  readLeaves,
  readLeavesOfChanges,
  readLookups,
  sameContent,
} from "../../../src-renderer/sync/wire";
import { aContact, wireDocument } from "../../support/recordBuilders";

const at = "2026-11-22T00:00:00.000Z";
const rev = `1-${"a".repeat(32)}`;

function changes(...rows: unknown[]) {
  const text = JSON.stringify({ results: rows, last_seq: "9-xyz", pending: 4 });
  return readChanges(JSON.parse(text), text, at);
}
function row(doc: Record<string, unknown>, more: object = {}) {
  return { seq: "1-x", id: doc["_id"], changes: [{ rev }], doc: { _rev: rev, ...doc }, ...more };
}

interface Recorded {
  readonly exchanges: readonly {
    readonly note?: string;
    readonly request: { readonly path?: string; readonly url?: string };
    readonly response: { readonly body: unknown; readonly json?: unknown };
  }[];
}
function recorded(name: string): Recorded {
  return JSON.parse(
    readFileSync(new URL(`../../fixtures/couchdb-3.5/${name}.json`, import.meta.url), "utf8"),
  ) as Recorded;
}

describe("a page of changes", () => {
  test("what was sent from here is not looked at again, unless there are other leaves", () => {
    const echo = row(wireDocument(aContact("1", {})));
    const forked = row(wireDocument(aContact("2", {})), {
      doc: { ...wireDocument(aContact("2", {})), _rev: rev, _conflicts: [`1-${"b".repeat(32)}`] },
    });
    const text = JSON.stringify({ results: [echo, forked], last_seq: "2-y" });
    const page = readChanges(JSON.parse(text), text, at, () => true);
    expect(page?.rows).toBe(2);
    expect(page?.arrivals.map(({ id }) => id)).toEqual(["contact:2"]);
    expect(page?.forks.map(({ id }) => id)).toEqual(["contact:2"]);
  });

  test("without documents it names every leaf, and hostile rows name nothing", () => {
    const leaves = [{ rev }, { rev: `2-${"b".repeat(32)}` }];
    const results = [
      { seq: "1", id: "contact:1", changes: leaves },
      { seq: "2", id: "_design/app", changes: [{ rev }] },
      { seq: "3", id: "contact:2", changes: [{ rev: "../" }, null, 7] },
      { seq: "4", id: "contact:3", changes: "many" },
      null,
      { id: 5 },
    ];
    expect(readLeavesOfChanges({ results, last_seq: 6 })).toEqual({
      rows: 6,
      lastSeq: "6",
      changes: [
        { id: "contact:1", leaves: leaves.map((leaf) => leaf.rev) },
        { id: "contact:2", leaves: [] },
        { id: "contact:3", leaves: [] },
      ],
    });
    expect(readLeavesOfChanges({ results })).toBeNull();
    expect(readLeavesOfChanges([])).toBeNull();
  });

  test("documents, tombstones and forks; design documents are none of ours", () => {
    const contact = aContact("1", { nameLatin: "Anna" });
    const loser = `1-${"b".repeat(32)}`;
    const page = changes(
      row(wireDocument(contact), { doc: { ...wireDocument(contact), _rev: rev, _conflicts: [loser] } }),
      {
        seq: "2",
        id: "contact:2",
        changes: [{ rev }],
        deleted: true,
        doc: { _id: "contact:2", _rev: rev, _deleted: true },
      },
      { seq: "3", id: "contact:3", changes: [{ rev }], deleted: true, doc: null },
      row({ _id: "_design/app", views: {} }),
      { seq: "5", id: "contact:4", changes: [{ rev }], doc: null },
    );
    expect(page).toEqual({
      rows: 5,
      lastSeq: "9-xyz",
      pending: 4,
      arrivals: [
        { kind: "document", id: "contact:1", rev, content: contact },
        { kind: "tombstone", id: "contact:2", rev },
        { kind: "tombstone", id: "contact:3", rev },
      ],
      quarantined: [],
      forks: [{ id: "contact:1", rev, losers: [loser] }],
    });
  });

  test("an id that comes twice counts once, as it was last: a page is one write", () => {
    const newer = aContact("1", { nameLatin: "Newer" });
    const page = changes(row(wireDocument(aContact("1", { nameLatin: "Older" }))), row(wireDocument(newer)));
    expect(page?.arrivals).toEqual([{ kind: "document", id: "contact:1", rev, content: newer }]);
  });

  test("sequences go back as they came, whatever they are", () => {
    const lastSeq = (seq: unknown): unknown => readChanges({ results: [], last_seq: seq }, "", at)?.lastSeq;
    expect(lastSeq("28-g1AAAACb_-x")).toBe("28-g1AAAACb_-x");
    expect(lastSeq(17)).toBe("17");
    expect(lastSeq([5, "g1AAA"])).toBe(`[5,"g1AAA"]`);
  });

  test.each([null, [], {}, { results: [] }, { results: {}, last_seq: 1 }, "text"])("%j is no page", (json) => {
    expect(readChanges(json, JSON.stringify(json), at)).toBeNull();
  });

  test("every answer of _changes that Apache CouchDB 3.5 was recorded with is read", () => {
    const answers = recorded("04-changes").exchanges.filter(({ response }) => {
      const json = response.json ?? response.body;
      return typeof json === "object" && json !== null && "results" in json;
    });
    expect(answers.length).toBeGreaterThan(30);
    for (const { response } of answers) {
      const json = response.json ?? response.body;
      expect(readChanges(json, JSON.stringify(json), at)).not.toBeNull();
    }
  });
});

describe("hostile documents are set aside and stop no others", () => {
  const good = aContact("good", { nameLatin: "Good" });
  const deep: unknown = JSON.parse(`${"[".repeat(1_000)}${"]".repeat(1_000)}`);
  const bad: readonly (readonly [string, Record<string, unknown>])[] = [
    ["no envelope", { _id: "contact:x", hello: 1 }],
    ["data of the wrong kind", { ...wireDocument(good), _id: "contact:x", data: [] }],
    ["another type than its id says", { ...wireDocument(good), _id: "meeting:x" }],
    ["a revision that is none", { ...wireDocument(good), _id: "contact:x", _rev: "latest" }],
    ["1,000 levels", { ...wireDocument(good), _id: "contact:x", data: { deep } }],
    ["a huge text", { ...wireDocument(good), _id: "contact:x", data: { nameLatin: "x".repeat(17_000_000) } }],
    ["a field named id", { ...wireDocument(good), _id: "contact:x", id: "contact:y" }],
    ["an id that is none of ours", { ...wireDocument(good), _id: "readme" }],
    ["an endless id", { ...wireDocument(good), _id: `contact:${"x".repeat(5_000)}` }],
  ];
  test.each(bad)("%s", (_name, document) => {
    const page = changes(row(document), row(wireDocument(good)), 7, null, { id: 5 }, {});
    expect(page?.arrivals).toEqual([{ kind: "document", id: "contact:good", rev, content: good }]);
    expect(page?.quarantined).toHaveLength(1);
    expect(page?.quarantined[0]).toMatchObject({ direction: "pull", since: at });
    expect(page?.quarantined[0]?.id.length).toBeLessThanOrEqual(240);
  });

  test("__proto__ changes no object", () => {
    const text = `{"results":[{"seq":1,"id":"contact:x","changes":[],"doc":{"_id":"contact:x","_rev":"${rev}","type":"contact","v":1,"__proto__":{"polluted":true},"data":{"__proto__":{"polluted":true}}}}],"last_seq":1}`;
    const page = readChanges(JSON.parse(text), text, at);
    expect(page?.arrivals).toEqual([]);
    expect(page?.quarantined).toHaveLength(1);
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  });
});

describe("a document of a newer version", () => {
  const own = `"type":"contact","v":99,"big":12345678901234567890123,"one":1.0,"s":"\\u6865","data":{"z":1,"a":[1e2]}`;
  const text = `{"results":[{"seq":1,"id":"contact:n","changes":[{"rev":"${rev}"}],"doc":{"_id":"contact:n","_rev":"${rev}",${own}}}],"last_seq":1}`;

  test("keeps its own text, and goes out with it again", () => {
    const arrival = readChanges(JSON.parse(text), text, at)?.arrivals[0];
    if (arrival?.kind !== "document") throw new Error("not read");
    expect(arrival.content).toEqual({
      kind: "opaque",
      id: "contact:n",
      type: "contact",
      v: 99,
      json: `{"id":"contact:n",${own}}`,
    });
    expect(documentText(arrival.content, "3-c")).toBe(`{"_id":"contact:n","_rev":"3-c",${own}}`);
  });
});

describe("a document to send", () => {
  test("has CouchDB's own names, and the revision only where there is one", () => {
    const contact = aContact("1", { nameLatin: "Anna" });
    expect(JSON.parse(documentText(contact, undefined))).toEqual(wireDocument(contact));
    expect(JSON.parse(documentText(contact, rev))).toEqual({ ...wireDocument(contact), _rev: rev });
    expect(JSON.parse(documentText(contact, rev))).not.toHaveProperty("id");
  });

  test("(k) carries the attachments of others as the stubs they came as", () => {
    const stubs = { "card.jpg": { content_type: "image/jpeg", revpos: 1, digest: "md5-x", length: 6, stub: true } };
    const page = changes(row({ ...wireDocument(aContact("1", {})), _attachments: stubs }));
    const arrival = page?.arrivals[0];
    if (arrival?.kind !== "document") throw new Error("not read");
    expect(JSON.parse(documentText(arrival.content, rev))).toMatchObject({ _attachments: stubs });
  });

  test("reads back as the same content", () => {
    const contact = aContact("1", { nameLatin: "Anna", phones: [{ id: "p", value: "1" }] });
    const again = changes(row(JSON.parse(documentText(contact, rev)) as Record<string, unknown>))?.arrivals[0];
    expect(again?.kind === "document" && sameContent(again.content, contact)).toBe(true);
  });
});

test("_all_docs by key: found, deleted in both servers' ways, and missing", () => {
  const contact = aContact("1", {});
  const answer = {
    rows: [
      { id: "contact:1", key: "contact:1", value: { rev }, doc: { ...wireDocument(contact), _rev: rev } },
      { id: "contact:2", key: "contact:2", value: { rev, deleted: true }, doc: null },
      { id: "contact:3", key: "contact:3", value: { rev, deleted: true } },
      { key: "contact:4", error: "not_found" },
    ],
  };
  const none = { quarantined: [], forks: [] };
  expect(readLookups(answer, JSON.stringify(answer), at)).toEqual([
    {
      kind: "found",
      id: "contact:1",
      documents: { ...none, arrivals: [{ kind: "document", id: "contact:1", rev, content: contact }] },
    },
    { kind: "found", id: "contact:2", documents: { ...none, arrivals: [{ kind: "tombstone", id: "contact:2", rev }] } },
    { kind: "found", id: "contact:3", documents: { ...none, arrivals: [{ kind: "tombstone", id: "contact:3", rev }] } },
    { kind: "missing", id: "contact:4" },
  ]);
});

test("leaves come with their ancestors; deleted and missing ones are left out", () => {
  const answer = [
    { ok: { ...wireDocument(aContact("1", {})), _rev: "3-ccc", _revisions: { start: 3, ids: ["ccc", "bbb", "aaa"] } } },
    { ok: { _id: "contact:1", _rev: "2-ddd", _deleted: true } },
    { missing: "1-eee" },
  ];
  const leaves = readLeaves(answer, JSON.stringify(answer));
  expect(leaves).toEqual([{ rev: "3-ccc", content: aContact("1", {}), ancestors: ["3-ccc", "2-bbb", "1-aaa"] }]);
});
