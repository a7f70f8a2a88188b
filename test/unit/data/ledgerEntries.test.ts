import { describe, expect, it } from "vitest";
import { entryText, type LedgerEntry } from "../../../src-renderer/data/ledgerEntries";
import { readEntry } from "../../../src-renderer/data/readEntry";
import { aContact, aRecord } from "../../support/recordBuilders";

const content = aContact("a", { nameZh: "王岚", odd: { 'quote"d': [1, null] } });
const text = '{"id":"hologram:1","type":"hologram","v":3,"number":1.50,"big":12345678901234567890}';
const opaque = { kind: "opaque" as const, id: "hologram:1", type: "hologram", v: 3, json: text };
const since = "2026-11-22T08:00:00.000Z";
const by = { author: "author:wei", device: "laptop" } as const;
const aside = { id: "x", direction: "pull", reason: "unreadable", detail: "\n", since } as const;

const entries: readonly LedgerEntry[] = [
  { kind: "put", content, gone: false },
  {
    kind: "noteUpdate",
    note: "note:contact:a",
    update: new Uint8Array([0, 1, 255]),
    at: since,
    by,
    visibility: "private",
  },
  {
    kind: "pulled",
    notebook: "https://server/n",
    outcomes: [
      { kind: "take", id: "contact:a", rev: "1-a", content },
      { kind: "merged", id: "hologram:1", rev: "2-b", content: opaque, base: opaque },
      { kind: "gone", id: "contact:c", rev: "3-c" },
    ],
    checkpoint: "12-abc",
    quarantined: [aside],
  },
  { kind: "pulled", notebook: "n", outcomes: [], checkpoint: undefined, quarantined: [] },
  {
    kind: "synced",
    rows: [
      { id: "a", rev: "1-a", base: undefined },
      { id: "b", rev: "2-b", base: content },
    ],
  },
  { kind: "server", notebook: "n", state: { serverId: "s", checkpoint: null, counter: 3 } },
  { kind: "forgotten", notebook: "n" },
  { kind: "setAside", entries: [aside] },
  { kind: "released", ids: ["a"] },
  { kind: "identity", identity: { author: "author:wei", name: "Wei", device: "laptop" } },
  {
    kind: "kept",
    records: [
      { content, gone: false, rev: "1-a", dirty: true, base: content },
      { content: opaque, gone: true, rev: "", dirty: false, base: undefined },
    ],
    erasures: [{ id: "contact:e", rev: "4-d", order: 7 }],
  },
  { kind: "notebook", states: { identity: null, exchanged: true, servers: { n: { counter: 3 } } }, records: 2 },
];

describe("a ledger entry", () => {
  it.each(entries.map((entry) => [entry.kind, entry] as const))("comes back as it was: %s", async (_, entry) => {
    expect(await readEntry(await entryText(entry))).toEqual({ kind: "entry", entry });
  });

  it("of a newer version is recognised as such", async () => {
    expect(await readEntry('{"f":2,"kind":"put"}')).toEqual({ kind: "newer" });
    expect(await readEntry('{"f":1,"kind":"hologram"}')).toEqual({ kind: "newer" });
  });

  it("that is damaged says so and throws nothing", async () => {
    for (const damaged of ["", "null", "[]", "{}", '{"f":1,"kind":"put","content":7,"gone":false}']) {
      expect((await readEntry(damaged)).kind).toBe("unreadable");
    }
  });

  it("keeps a record that stricter rules would not read any more as its text", async () => {
    const record = aRecord("contact:a", { data: { nameZh: "王岚" } });
    const stricter = (await entryText({ kind: "put", content: record, gone: false })).replace('"王岚"', "7");
    const read = await readEntry(stricter);
    const kept = read.kind === "entry" && read.entry.kind === "put" ? read.entry.content : undefined;
    expect(kept).toMatchObject({ kind: "opaque", id: "contact:a" });
    expect(kept?.kind === "opaque" && kept.json).toContain('"nameZh":7');
  });
});
