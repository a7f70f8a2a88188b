import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { RowTable } from "../../src-renderer/data/recordsCollection";
import { RecordStore } from "../../src-renderer/data/recordStore";
import type { Row } from "../../src-renderer/data/row";
import type { Sealer } from "../../src-renderer/data/sealer";
import { writeOf, type RecordState, type RecordWrite, type StoredRecord } from "../../src-renderer/data/storedRecord";
import { StillClock } from "../support/notebookDevice";
import { aContact, aRecord, changed } from "../support/recordBuilders";

const clean: Omit<RecordState, "content"> = { gone: false, rev: "1-a", dirty: false, base: undefined };

/** What the record store promises, on whatever table it stands. `open` gives an empty one each time. */
export function recordStoreContract(storage: string, sealer: Sealer, open: () => Promise<RowTable>): void {
  describe(`the record store on ${storage}`, () => {
    let table: RowTable;
    let store: RecordStore;
    let position = 0;
    const rowsWritten: string[][] = [];

    beforeEach(async () => {
      const opened = await open();
      table = {
        get: (ids) => opened.get(ids),
        write: (writes) => {
          rowsWritten.push(writes.map((write) => (write.kind === "put" ? write.row.id : `-${write.id}`)));
          return opened.write(writes);
        },
        ofType: (type) => opened.ofType(type),
        all: (limit, after) => opened.all(limit, after),
        close: () => opened.close(),
      };
      store = newStore();
      position = 0;
      rowsWritten.length = 0;
    });
    afterEach(() => store.close());

    function newStore(): RecordStore {
      return new RecordStore({ table, sealer, clock: new StillClock(), onTrouble: () => undefined });
    }

    async function write(...writes: RecordWrite[]): Promise<void> {
      position += 1;
      store.enqueue({ writes, states: new Map(), applied: { ledger: "l", position, notesFrom: position } });
      expect(await store.settled()).toBe(true);
    }

    /** What a new run of the app reads: nothing pending, nothing in memory. */
    async function stored(id: string): Promise<StoredRecord | undefined> {
      return (await newStore().load([id])).get(id);
    }

    it("gives a record back as it was written, an unknown one byte for byte", async () => {
      const known = aContact("a", { nameZh: "王岚", mood: [1, { deep: true }] });
      const text = '{"id":"hologram:1","type":"hologram","v":3,"number":1.50,"b":1,"a":2}';
      const opaque = { kind: "opaque" as const, id: "hologram:1", type: "hologram", v: 3, json: text };
      await write(
        writeOf(undefined, "contact:a", { ...clean, content: known }),
        writeOf(undefined, "hologram:1", { ...clean, content: opaque }),
      );
      expect((await stored("contact:a"))?.content).toEqual(known);
      expect((await stored("hologram:1"))?.content).toEqual(opaque);
      expect(await stored("contact:none")).toBeUndefined();
    });

    it("writes one row for a pulled record and no record when only its sync state changes", async () => {
      const content = aContact("a", { nameZh: "王岚" });
      await write(writeOf(undefined, "contact:a", { ...clean, content }));
      expect(rowsWritten).toEqual([["contact:a", "state:applied"]]);

      const edited = changed(content, { nameZh: "王兰" });
      const dirty = { ...clean, content: edited, dirty: true, base: content };
      await write(writeOf(await stored("contact:a"), "contact:a", dirty));
      expect(rowsWritten.at(-1)).toEqual(["contact:a", "sync:contact:a", "state:applied"]);
      expect(await stored("contact:a")).toMatchObject(dirty);

      const accepted = { ...clean, content: edited, rev: "2-b" };
      const before = await stored("contact:a");
      await write(writeOf(before, "contact:a", { ...accepted, content: before?.content ?? edited }));
      expect(rowsWritten.at(-1)).toEqual(["sync:contact:a", "state:applied"]);
      expect(await stored("contact:a")).toMatchObject(accepted);
    });

    it("has no side row any more once the record says it all", async () => {
      const content = aContact("a", { nameZh: "王岚" });
      await write(writeOf(undefined, "contact:a", { ...clean, content, dirty: true, rev: "" }));
      const taken = changed(content, { nameZh: "王兰" });
      await write(writeOf(await stored("contact:a"), "contact:a", { ...clean, content: taken, rev: "5-e" }));
      expect(rowsWritten.at(-1)).toContain("-sync:contact:a");
      expect(await stored("contact:a")).toMatchObject({ rev: "5-e", dirty: false, hasSide: false });
      await write(
        writeOf(await stored("contact:a"), "contact:a", { ...clean, content, dirty: true, base: taken, rev: "5-e" }),
      );
      expect(await stored("contact:a")).toMatchObject({ dirty: true, base: taken });
    });

    it("lists what waits, newest first, without private records", async () => {
      const waiting = (id: string, at: string, visibility: "project" | "private" = "project"): RecordWrite =>
        writeOf(undefined, `contact:${id}`, {
          ...clean,
          rev: "",
          dirty: true,
          content: aRecord(`contact:${id}`, { at, visibility }),
        });
      await write(
        waiting("old", "2026-01-01T00:00:00.000Z"),
        waiting("new", "2026-06-01T00:00:00.000Z"),
        waiting("mine", "2026-07-01T00:00:00.000Z", "private"),
      );
      expect((await newStore().waiting()).map(({ id }) => id)).toEqual(["contact:new", "contact:old"]);
    });

    it("answers from what is pending before it is stored", async () => {
      const content = aContact("a", { nameZh: "王岚" });
      store.enqueue({
        writes: [writeOf(undefined, "contact:a", { ...clean, content })],
        states: new Map([["servers", "{}"]]),
        applied: { ledger: "l", position: 1, notesFrom: 1 },
      });
      expect((await store.load(["contact:a"])).get("contact:a")?.content).toBe(content);
      expect((await store.states(["servers"])).get("servers")).toBe("{}");
      await store.settled();
      expect(await newStore().applied()).toEqual({ ledger: "l", position: 1, notesFrom: 1 });
    });

    it("stores several changes of one record in one go as the last of them", async () => {
      const first = writeOf(undefined, "contact:a", {
        ...clean,
        content: aContact("a", { nameZh: "一" }),
        dirty: true,
        rev: "",
      });
      const second = writeOf(first.record, "contact:a", {
        ...clean,
        content: aContact("a", { nameZh: "二" }),
        rev: "1-a",
      });
      const third = writeOf(second.record, "contact:a", { ...second.record, dirty: true, base: second.record.content });
      for (const [index, next] of [first, second, third].entries()) {
        store.enqueue({
          writes: [next],
          states: new Map(),
          applied: { ledger: "l", position: index + 1, notesFrom: index + 1 },
        });
      }
      await store.settled();
      expect(await stored("contact:a")).toMatchObject({ ...third.record, hasSide: true });
      expect(await newStore().applied()).toEqual({ ledger: "l", position: 3, notesFrom: 3 });
    });

    it("divides a large page and moves the position on with its last part only", async () => {
      const page = Array.from({ length: 950 }, (_unused, index) =>
        writeOf(undefined, `contact:${index}`, { ...clean, content: aContact(String(index), { nameZh: "多" }) }),
      );
      await write(...page);
      const reached = rowsWritten.map((rows) => rows.includes("state:applied"));
      expect(reached.length).toBeGreaterThan(2);
      expect(reached.indexOf(true)).toBe(reached.length - 1);
      let count = 0;
      for await (const part of newStore().scan()) count += part.length;
      expect(count).toBe(950);
    });

    it("reads on behind rows that were removed, however many", async () => {
      const rows = Array.from({ length: 9 }, (_unused, index): Row => {
        return { id: `contact:${index}`, type: "contact", v: 1, bin: 0, order: 0, rev: "", sealed: "x" };
      });
      await table.write(rows.map((row) => ({ kind: "put", fresh: true, row })));
      await table.write(rows.slice(1, 7).map(({ id }) => ({ kind: "remove", id })));
      const ids = async (limit: number, after: string): Promise<readonly string[]> =>
        (await table.all(limit, after)).map(({ id }) => id);
      expect(await ids(2, "")).toEqual(["contact:0", "contact:7"]);
      expect(await ids(2, "contact:0")).toEqual(["contact:7", "contact:8"]);
      expect(await ids(2, "contact:7")).toEqual(["contact:8"]);
      expect(await ids(2, "contact:8")).toEqual([]);
    });

    it("writes a page again that was stored in part, as after a kill", async () => {
      const content = aContact("a", { nameZh: "王岚" });
      const page = writeOf(undefined, "contact:a", { ...clean, content });
      await write(page);
      await write(page);
      expect(await stored("contact:a")).toMatchObject({ content, rev: "1-a", dirty: false });
    });
  });
}
