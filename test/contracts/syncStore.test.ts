import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Decision, ErasedState, LocalState, PulledPage, SyncStore } from "../../src-renderer/data/syncStore";
import { applyEdit } from "../../src-renderer/domain/applyEdit";
import type { RecordId } from "../../src-renderer/domain/ids";
import type { Content } from "../../src-renderer/domain/record";
import { createFakeSyncStore } from "../support/fakeSyncStore";
import { begunDevice, closeTables } from "../support/notebookDevice";
import { aContact, changed } from "../support/recordBuilders";

interface Subject {
  readonly store: SyncStore;
  /** A person's edit on this computer. */
  edit(id: string, nameLatin: string, visibility?: "private"): Promise<void>;
  /** A person deletes the record and empties the bin. */
  erase(id: string): Promise<void>;
}

const subjects: Record<string, () => Promise<Subject>> = {
  "the write door": async () => {
    const { notebook, clock } = await begunDevice();
    const [author] = await notebook.syncStore.waiting(1);
    if (author) await notebook.syncStore.accept([{ ...author, rev: "1-author" }]);
    return {
      store: notebook.syncStore,
      edit: async (id, nameLatin, visibility) => {
        clock.advance(1);
        const saved = await notebook.edit({
          kind: "create",
          id,
          type: "contact",
          visibility: visibility ?? "project",
          changes: [{ op: "set", field: "nameLatin", value: nameLatin }],
        });
        expect(saved.ok).toBe(true);
      },
      erase: async (id) => {
        clock.advance(1);
        expect((await notebook.edit({ kind: "delete", id })).ok).toBe(true);
        expect(await notebook.emptyBin([id as RecordId])).toEqual({ ok: true, value: { erased: 1 } });
      },
    };
  },
  "the fake": () => {
    const store = createFakeSyncStore("laptop");
    return Promise.resolve({
      store,
      edit: (id, nameLatin, visibility) => {
        const content = store.local(id)?.content;
        const edited = applyEdit(
          content?.kind === "known" ? content.record : undefined,
          {
            kind: "create",
            id,
            type: "contact",
            visibility: visibility ?? "project",
            changes: [{ op: "set", field: "nameLatin", value: nameLatin }],
          },
          { now: new Date().toISOString(), by: { author: "author:wei", device: "laptop" } },
        );
        if (!edited.ok) throw new Error(edited.failure.kind);
        store.edit({ kind: "known", record: edited.value });
        return Promise.resolve();
      },
      erase: (id) => {
        store.erase(id);
        return Promise.resolve();
      },
    });
  },
};

const notebook = "https://server/notebook";
const id = "contact:a";
const theirs = aContact("a", { nameLatin: "From afar" });
const saved = { ok: true, value: null };

describe.each(Object.entries(subjects))("a sync store: %s", (_, create) => {
  let store: SyncStore;
  let subject: Subject;
  const edit: Subject["edit"] = (...args) => subject.edit(...args);

  beforeEach(async () => {
    subject = await create();
    ({ store } = subject);
  });
  afterEach(closeTables);

  function pull(decision: Decision, parts: Partial<PulledPage> = {}) {
    const rev = "rev" in decision ? decision.rev : "9-z";
    const page: PulledPage = { arrivals: [{ kind: "document", id, rev, content: theirs }], ...parts };
    return store.writePulled(notebook, page, () => decision);
  }

  async function local(of = id): Promise<LocalState | undefined> {
    let seen: LocalState | undefined;
    await store.writePulled(notebook, { arrivals: [{ kind: "tombstone", id: of, rev: "0-x" }] }, (__, found) => {
      seen = found;
      return { kind: "keep" };
    });
    return seen;
  }

  async function firstWaiting(): Promise<LocalState> {
    const [row] = await store.waiting(1);
    if (!row) throw new Error("nothing waits");
    return row;
  }

  function nameOf(content: Content | undefined): unknown {
    return content?.kind === "known" && content.record.type === "contact" ? content.record.data.nameLatin : undefined;
  }

  it("takes a record as the server has it: clean, and not offered back", async () => {
    expect(await pull({ kind: "take", content: theirs, rev: "1-a" })).toEqual(saved);
    expect(await local()).toMatchObject({ content: theirs, rev: "1-a", dirty: false, base: undefined });
    expect(await store.waiting(10)).toEqual([]);
  });

  it("offers an edit with the revision and the content it began from", async () => {
    await pull({ kind: "take", content: theirs, rev: "1-a" });
    await edit(id, "Changed here");
    await edit(id, "Changed twice");
    const row = await firstWaiting();
    expect(row).toMatchObject({ id, rev: "1-a", dirty: true, base: theirs });
    expect(nameOf(row.content)).toBe("Changed twice");
    expect(store.waitingCount()).toBe(1);
  });

  it("offers a record the server never had without revision and base", async () => {
    await edit(id, "New");
    expect(await firstWaiting()).toMatchObject({ rev: undefined, base: undefined });
  });

  it("is clean once the server has accepted it", async () => {
    await edit(id, "New");
    const row = await firstWaiting();
    expect(await store.accept([{ id, rev: "1-a", version: row.version, content: row.content }])).toEqual(saved);
    expect(store.waitingCount()).toBe(0);
    expect(await local()).toMatchObject({ rev: "1-a", dirty: false, base: undefined });
  });

  it("still offers what was changed while the server accepted it, based on what was sent", async () => {
    await edit(id, "Sent");
    const row = await firstWaiting();
    await edit(id, "Changed meanwhile");
    await store.accept([{ id, rev: "1-a", version: row.version, content: row.content }]);
    const again = await firstWaiting();
    expect(again).toMatchObject({ rev: "1-a", dirty: true });
    expect(nameOf(again.base)).toBe("Sent");
    expect(nameOf(again.content)).toBe("Changed meanwhile");
  });

  it("gives a new version to every write", async () => {
    await edit(id, "One");
    const first = (await firstWaiting()).version;
    await edit(id, "Two");
    const second = (await firstWaiting()).version;
    await pull({ kind: "merged", content: changed(theirs, { nameLatin: "Three" }), rev: "2-b", base: theirs });
    expect(new Set([first, second, (await firstWaiting()).version]).size).toBe(3);
  });

  it("offers a merge with what the server has as its base", async () => {
    await edit(id, "Here");
    const merged = changed(theirs, { nameLatin: "Both" });
    await pull({ kind: "merged", content: merged, rev: "3-c", base: theirs });
    expect(await firstWaiting()).toMatchObject({ content: merged, rev: "3-c", dirty: true, base: theirs });
  });

  it("shows the decision what is here, and what the same page decided before", async () => {
    await edit(id, "Here");
    const names: unknown[] = [];
    const arrival = { kind: "document" as const, id, rev: "1-a", content: theirs };
    await store.writePulled(notebook, { arrivals: [arrival, { ...arrival, rev: "2-b" }] }, (__, found) => {
      names.push(nameOf(found?.content));
      return { kind: "take", content: theirs, rev: "1-a" };
    });
    expect(names).toEqual(["Here", "From afar"]);
  });

  it("marks what another client removed, keeps it, and never offers it", async () => {
    await pull({ kind: "take", content: theirs, rev: "1-a" });
    expect(await pull({ kind: "gone", rev: "2-b" })).toEqual(saved);
    expect(await local()).toMatchObject({ content: theirs, rev: "2-b", dirty: false });
    await store.forgetServer(notebook);
    expect((await store.waiting(10)).map((row) => row.id)).not.toContain(id);
    expect(await pull({ kind: "gone", rev: "1-x" })).toEqual(saved);
  });

  it("ignores the removal of what it never had", async () => {
    expect(
      await store.writePulled(notebook, { arrivals: [{ kind: "tombstone", id: "contact:none", rev: "2-b" }] }, () => ({
        kind: "gone",
        rev: "2-b",
      })),
    ).toEqual(saved);
    expect(await local("contact:none")).toBeUndefined();
  });

  describe("a record made private", () => {
    it("is withdrawn where the server has it, and is then one that it never had", async () => {
      await pull({ kind: "take", content: theirs, rev: "1-a" });
      expect(await store.withdrawals(10)).toEqual([]);
      await pull({ kind: "merged", content: changed(theirs, {}, { visibility: "private" }), rev: "2-b", base: theirs });
      expect(await store.waiting(10)).toEqual([]);
      expect(store.waitingCount()).toBe(1);
      const rows = await store.withdrawals(10);
      expect(rows).toMatchObject([{ id, rev: "2-b" }]);
      expect(await store.accept(rows.map((row) => ({ ...row, rev: "3-c", content: null })))).toEqual(saved);
      expect(await store.withdrawals(10)).toEqual([]);
      expect(await local()).toMatchObject({ rev: undefined, base: undefined, dirty: true });
    });

    it("is not withdrawn again and again where the server refuses", async () => {
      await edit(id, "Private from the start", "private");
      expect(await store.withdrawals(10)).toEqual([]);
      await pull({ kind: "erase", rev: "4-x" });
      expect(await store.withdrawals(10)).toMatchObject([{ id, rev: "4-x" }]);
      const since = "2026-11-22T08:00:00.000Z";
      await store.setAside([{ id, direction: "push", reason: "refused", detail: "", since }]);
      expect(await store.withdrawals(10)).toEqual([]);
      expect(store.waitingCount()).toBe(0);
      await store.release([id], "push");
      expect(await store.withdrawals(10)).toHaveLength(1);
    });
  });

  describe("after the bin was emptied", () => {
    async function pulledAndErased(): Promise<ErasedState> {
      await pull({ kind: "take", content: theirs, rev: "1-a" });
      await subject.erase(id);
      const [erased] = await store.erased(10);
      if (!erased) throw new Error("nothing is to be deleted");
      return erased;
    }

    it("offers the deletion of what the server has, and nothing of the record", async () => {
      expect(await pulledAndErased()).toMatchObject({ id, rev: "1-a" });
      expect(await store.waiting(10)).toEqual([]);
      expect(await local()).toBeUndefined();
      expect(store.waitingCount()).toBe(1);
    });

    it("has nothing to say about a record that the server never had", async () => {
      await edit(id, "Only here");
      await subject.erase(id);
      expect(await store.erased(10)).toEqual([]);
      expect(store.waitingCount()).toBe(0);
      expect(await local()).toBeUndefined();
    });

    it("is done once the server has deleted it", async () => {
      const erased = await pulledAndErased();
      expect(await store.accept([{ ...erased, rev: "2-d", content: null }])).toEqual(saved);
      expect(await store.erased(10)).toEqual([]);
      expect(store.waitingCount()).toBe(0);
    });

    it("deletes what the server accepted while it was erased", async () => {
      await edit(id, "On its way");
      const row = await firstWaiting();
      await subject.erase(id);
      await store.accept([{ id, rev: "1-a", version: row.version, content: row.content }]);
      expect(await store.erased(10)).toMatchObject([{ id, rev: "1-a" }]);
    });

    it("shows the decision what was erased, and takes back what somebody has changed", async () => {
      const erased = await pulledAndErased();
      const changedThere = changed(theirs, { nameLatin: "Changed there" });
      let seen: unknown;
      const arrival = { kind: "document" as const, id, rev: "2-b", content: changedThere };
      await store.writePulled(notebook, { arrivals: [arrival] }, (_, found, gone) => {
        seen = [found, gone];
        return { kind: "take", content: changedThere, rev: "2-b" };
      });
      expect(seen).toEqual([undefined, erased]);
      expect(await store.erased(10)).toEqual([]);
      expect(await local()).toMatchObject({ content: changedThere, rev: "2-b", dirty: false });
    });

    it("goes on from a later revision, and ends where the server has deleted it already", async () => {
      await pulledAndErased();
      await pull({ kind: "erase", rev: "2-b" });
      expect(await store.erased(10)).toMatchObject([{ id, rev: "2-b" }]);
      await pull({ kind: "gone", rev: "3-c" });
      expect(await store.erased(10)).toEqual([]);
      expect(await local()).toBeUndefined();
    });

    it("lets a record of the same id take the place of the erased one", async () => {
      await pulledAndErased();
      await edit(id, "Made again");
      expect(await store.erased(10)).toEqual([]);
      expect(await firstWaiting()).toMatchObject({ id, rev: "1-a", base: undefined });
      expect(store.waitingCount()).toBe(1);
    });

    it("offers a record made again while its deletion was on its way as new", async () => {
      const erased = await pulledAndErased();
      await edit(id, "Made again");
      await store.accept([{ ...erased, rev: "2-d", content: null }]);
      expect(await firstWaiting()).toMatchObject({ id, rev: undefined, base: undefined });
    });

    it("leaves out a deletion that the server refused until it is released", async () => {
      await pulledAndErased();
      await store.setAside([
        { id, direction: "push", reason: "refused", detail: "", since: "2026-11-22T08:00:00.000Z" },
      ]);
      expect(await store.erased(10)).toEqual([]);
      expect(store.waitingCount()).toBe(0);
      await store.release([id], "push");
      expect(await store.erased(10)).toHaveLength(1);
    });

    it("deletes nothing on a server that was made anew", async () => {
      await pulledAndErased();
      await store.forgetServer(notebook);
      expect(await store.erased(10)).toEqual([]);
    });

    it("says nothing about what another client had deleted already", async () => {
      await pull({ kind: "take", content: theirs, rev: "1-a" });
      await pull({ kind: "gone", rev: "2-b" });
      await subject.erase(id);
      expect(await store.erased(10)).toEqual([]);
      expect(await local()).toBeUndefined();
    });
  });

  it("offers the newest first and no more than asked for", async () => {
    await edit("contact:1", "first");
    await edit("contact:2", "second");
    await edit("contact:3", "third");
    expect((await store.waiting(2)).map((row) => row.id)).toEqual(["contact:3", "contact:2"]);
    expect(store.waitingCount()).toBe(3);
  });

  it("never offers or counts a private record", async () => {
    await edit(id, "Between us", "private");
    expect(await store.waiting(10)).toEqual([]);
    expect(store.waitingCount()).toBe(0);
  });

  it("remembers the server's state and the place in its feed, per notebook", async () => {
    expect(await store.serverState(notebook)).toEqual({ serverId: null, checkpoint: null, counter: 0 });
    await store.setServerState(notebook, { serverId: "s", checkpoint: null, counter: 2 });
    await pull({ kind: "take", content: theirs, rev: "1-a" }, { checkpoint: "12-abc" });
    expect(await store.serverState(notebook)).toEqual({ serverId: "s", checkpoint: "12-abc", counter: 2 });
    expect(await store.serverState("https://other/notebook")).toEqual({ serverId: null, checkpoint: null, counter: 0 });
  });

  it("keeps all records when the server was made anew, and offers them without revision", async () => {
    await pull({ kind: "take", content: theirs, rev: "1-a" }, { checkpoint: "12-abc" });
    expect(await store.forgetServer(notebook)).toEqual(saved);
    expect(await store.serverState(notebook)).toMatchObject({ serverId: null, checkpoint: null });
    const row = (await store.waiting(10)).find((waiting) => waiting.id === id);
    expect(row).toMatchObject({ content: theirs, rev: undefined, base: undefined });
  });

  it("forgets with one server all others, since revisions are of one alone, and what any of them refused", async () => {
    const other = "https://elsewhere.example.org/team";
    await store.setServerState(other, { serverId: "u-1", checkpoint: "7-x", counter: 3 });
    await edit(id, "Refused");
    const since = "2026-11-22T08:00:00.000Z";
    await store.setAside([
      { id, direction: "push", reason: "too-large", detail: "", since },
      { id: "contact:odd", direction: "pull", reason: "unreadable", detail: "", since },
    ]);
    expect(await store.forgetServer(notebook)).toEqual(saved);
    expect(await store.serverState(other)).toEqual({ serverId: null, checkpoint: null, counter: 0 });
    expect(await store.quarantine()).toEqual([]);
    expect((await store.waiting(10)).map((row) => row.id)).toContain(id);
  });

  it("leaves out what the server refused until it is edited or released", async () => {
    await edit(id, "Refused");
    const entry = {
      id,
      direction: "push",
      reason: "refused",
      detail: "forbidden",
      since: "2026-11-22T08:00:00.000Z",
    } as const;
    expect(await store.setAside([entry])).toEqual(saved);
    expect(await store.quarantine()).toEqual([entry]);
    expect(await store.waiting(10)).toEqual([]);
    expect(store.waitingCount()).toBe(0);
    await edit(id, "Edited");
    expect((await store.waiting(10)).map((row) => row.id)).toEqual([id]);
    await store.setAside([entry]);
    await store.release([id], "push");
    expect(await store.quarantine()).toEqual([]);
    expect(store.waitingCount()).toBe(1);
  });

  it("keeps what it could not read in quarantine until it can", async () => {
    const entry = {
      id,
      direction: "pull",
      reason: "unreadable",
      detail: "data",
      since: "2026-11-22T08:00:00.000Z",
    } as const;
    await store.writePulled(notebook, { arrivals: [], quarantined: [entry] }, () => ({ kind: "keep" }));
    expect(await store.quarantine()).toEqual([entry]);
    await pull({ kind: "take", content: theirs, rev: "1-a" });
    expect(await store.quarantine()).toEqual([]);
  });

  it("tells when something waits, until told not to", async () => {
    let told = 0;
    const leave = store.onWaiting(() => (told += 1));
    await edit(id, "One");
    expect(told).toBeGreaterThan(0);
    leave();
    const before = told;
    await edit(id, "Two");
    expect(told).toBe(before);
  });
});
