import type * as FsPromises from "node:fs/promises";
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Adoption, KeyHolder } from "../../../src-main/keys/keyHolder";
import type { NotebookKeys } from "../../../src-main/keys/notebookKeys";
import { dropOpened, openPortable, type OpenedPortable } from "../../../src-main/keys/portableWrap";
import { cheapHash } from "../../support/cheapHash";
import { failingDisk, type Fault } from "../../support/failingDisk";
import { keyHolderOf, keyOf, resetKeychain, withoutKeychain } from "../../support/keyHolderOf";

vi.mock("node:fs/promises", async (real) => {
  const { failingPromises } = await import("../../support/failingDisk");
  return failingPromises(await real<typeof FsPromises>());
});

const done = { ok: true, value: null };
const failed = (kind: string, more = {}): unknown => ({ ok: false, failure: { kind, ...more } });
const horse = "correct horse";
const battery = "battery staple";
const faults: readonly Fault[] = ["killed", "refused", "full"];

let folder: string;
let other: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "qiao-keys-"));
  other = await mkdtemp(path.join(tmpdir(), "qiao-keys-other-"));
});
afterEach(async () => {
  failingDisk.heal();
  await rm(folder, { recursive: true, force: true });
  await rm(other, { recursive: true, force: true });
});

/** Writes what stands for a ledger sealed by these keys. */
async function fill(keys: Pick<NotebookKeys, "ledgerFolder" | "derive">): Promise<void> {
  await mkdir(keys.ledgerFolder, { recursive: true });
  await writeFile(path.join(keys.ledgerFolder, "0.segment"), keys.derive("ledger").toString("hex"));
}
/** Whether the ledger that the open notebook names is one that its keys open. */
async function fits(holder: KeyHolder): Promise<boolean> {
  const keys = holder.keys();
  if (!keys) return false;
  const text = await readFile(path.join(keys.ledgerFolder, "0.segment"), "utf8");
  return text === keys.derive("ledger").toString("hex");
}
const present = (holder: KeyHolder): NotebookKeys => {
  const keys = holder.keys();
  if (!keys) throw new Error("not open");
  return keys;
};
const ledgers = async (): Promise<readonly string[]> =>
  (await readdir(path.join(folder, "notebook"))).filter((name) => name.startsWith("ledger-")).sort();

describe("changing the root key", () => {
  it("keeps both until the other one takes over", async () => {
    const holder = await keyHolderOf(folder);
    await holder.makeKit();
    await fill(present(holder));
    const former = keyOf(holder);
    expect(holder.rotation()).toBeNull();
    expect(await holder.beginRotation(null)).toEqual(done);
    expect(holder.state()).toMatchObject({ rotation: { done: 0, total: 0 }, kit: { rehearsedAt: null } });
    const { next } = holder.rotation() ?? {};
    if (!next) throw new Error("no rotation");
    expect([next.partition, path.basename(next.ledgerFolder)]).toEqual(["persist:store-2", "ledger-2"]);
    expect(next.derive("store").toString("hex")).not.toBe(former);
    expect(keyOf(holder)).toBe(former);
    holder.rotationProgress({ done: 3, total: 9 });
    expect(holder.state()).toMatchObject({ rotation: { done: 3, total: 9 } });
    await fill(next);
    expect(await holder.finishRotation()).toEqual(done);
    expect(holder.state()).toMatchObject({ kind: "open", kit: null, rotation: null });
    expect([await fits(holder), holder.rotation(), holder.partition()]).toEqual([true, null, "persist:store-2"]);
    expect(holder.keys()?.portable()).toEqual([]);
    expect(await ledgers()).toEqual(["ledger-1", "ledger-2"]);
    await holder.removeLeftovers();
    expect(await ledgers()).toEqual(["ledger-2"]);
    expect(await fits(await keyHolderOf(folder))).toBe(true);
  });

  it("goes on after a restart, with the same other key", async () => {
    const holder = await keyHolderOf(folder, { keychain: withoutKeychain });
    await holder.begin(horse);
    expect(await holder.beginRotation(null)).toEqual(failed("not-now"));
    expect(await holder.beginRotation("wrong guess")).toMatchObject(failed("wrong-passphrase") as object);
    const later = { now: () => new Date(Date.now() + 60_000) };
    const again = await keyHolderOf(folder, later);
    await again.unlock(horse);
    expect(await again.beginRotation(horse)).toEqual(done);
    const next = again.rotation()?.next.derive("store");
    const third = await keyHolderOf(folder, later);
    expect(third.rotation()).toBeNull();
    await third.unlock(horse);
    expect(third.rotation()?.next.derive("store")).toEqual(next);
    expect(await third.beginRotation(horse)).toEqual(done);
    expect(third.rotation()?.next.derive("store")).toEqual(next);
  });

  it("survives a change of passphrase under way, but makes no kit meanwhile", async () => {
    const holder = await keyHolderOf(folder);
    await holder.beginRotation(null);
    const next = holder.rotation()?.next.derive("store");
    expect(await holder.makeKit()).toEqual(failed("not-now"));
    expect(await holder.setPassphrase({ current: null, next: horse, unprotected: false })).toEqual(done);
    const again = await keyHolderOf(folder);
    await again.unlock(horse);
    expect(again.rotation()?.next.derive("store")).toEqual(next);
    expect(await again.finishRotation()).toEqual(done);
    const third = await keyHolderOf(folder);
    await third.unlock(horse);
    expect(third.keys()?.derive("store")).toEqual(next);
  });

  it("is given up with what was sealed so far, by choice or when the kit had to open the notebook", async () => {
    const holder = await keyHolderOf(folder);
    const kit = await holder.makeKit();
    if (!kit.ok) throw new Error(kit.failure.kind);
    await fill(present(holder));
    await holder.beginRotation(null);
    const { next } = holder.rotation() ?? {};
    if (next) await fill(next);
    expect(await ledgers()).toEqual(["ledger-1", "ledger-2"]);
    expect(await holder.abandonRotation()).toEqual(done);
    expect([holder.rotation(), await ledgers()]).toEqual([null, ["ledger-1"]]);
    await holder.beginRotation(null);
    const second = holder.rotation()?.next;
    if (second) await fill(second);
    const sealed = await keyHolderOf(folder, { keychain: resetKeychain });
    expect(await sealed.recover(kit.value.words, null)).toEqual(done);
    expect([await fits(sealed), sealed.rotation(), await ledgers()]).toEqual([true, null, ["ledger-1"]]);
  });

  it("has nothing to finish or give up where it was not begun", async () => {
    const holder = await keyHolderOf(folder);
    expect([await holder.finishRotation(), await holder.abandonRotation()]).toEqual([
      failed("not-now"),
      failed("not-now"),
    ]);
  });

  it.each(faults)("opens a ledger that fits, whatever step of taking over finds the disk %s", async (fault) => {
    const holder = await keyHolderOf(other);
    await fill(present(holder));
    await holder.beginRotation(null);
    const next = holder.rotation()?.next;
    if (next) await fill(next);
    for (let step = 1; ; step += 1) {
      await rm(folder, { recursive: true, force: true });
      await cp(other, folder, { recursive: true });
      const run = await keyHolderOf(folder);
      failingDisk.failFrom(step, fault);
      const finished = await run.finishRotation();
      await run.removeLeftovers();
      const wasReached = failingDisk.heal();
      const again = await keyHolderOf(folder);
      expect([step, await fits(again)]).toEqual([step, true]);
      if (finished.ok) expect(await ledgers()).toEqual(["ledger-2"]);
      else expect(await again.finishRotation().then(() => fits(again))).toBe(true);
      if (!wasReached) {
        expect(step).toBeGreaterThan(fault === "full" ? 1 : 8);
        return;
      }
    }
  });
});

describe("a backup’s notebook", () => {
  /** Another notebook, and what a backup of it carries, opened by a secret of it. */
  async function backup(secret: "passphrase" | "words"): Promise<{
    readonly holder: KeyHolder;
    readonly opened: OpenedPortable;
  }> {
    const holder = await keyHolderOf(other, { keychain: withoutKeychain });
    await holder.begin(battery);
    const kit = await holder.makeKit();
    if (!kit.ok) throw new Error(kit.failure.kind);
    const keys = present(holder);
    const typed = secret === "passphrase" ? battery : `1. ${kit.value.words.replaceAll(" ", "\n2. ")}`;
    const opened = await openPortable(cheapHash, keys.notebook, keys.portable(), typed);
    if (!opened) throw new Error("not opened");
    return { holder, opened };
  }
  async function adopted(holder: KeyHolder, from: KeyHolder, opened: OpenedPortable | null): Promise<Adoption> {
    const { notebook } = present(from);
    const adoption = await holder.adopt({ notebook, portable: present(from).portable(), opened });
    if (!adoption.ok) throw new Error(adoption.failure.kind);
    return adoption.value;
  }

  it("takes the place of an empty one, with its own keys, and is at home nowhere yet", async () => {
    const holder = await keyHolderOf(folder);
    await fill(present(holder));
    const { holder: from, opened } = await backup("words");
    const adoption = await adopted(holder, from, opened);
    dropOpened(opened);
    expect(adoption.keys.ledgerFolder).toBe(path.join(folder, "notebook", "ledger-2"));
    await fill(adoption.keys);
    await holder.removeLeftovers();
    expect(await adoption.finish()).toEqual(done);
    expect([keyOf(holder), present(holder).notebook]).toEqual([keyOf(from), present(from).notebook]);
    expect([await fits(holder), present(holder).copied]).toEqual([true, true]);
    const again = await keyHolderOf(folder);
    expect([await fits(again), present(again).copied, await ledgers()]).toEqual([true, true, ["ledger-2"]]);
  });

  it("is protected as this computer is, and by its own kit", async () => {
    const holder = await keyHolderOf(folder);
    const { holder: from, opened } = await backup("words");
    const { state } = { state: from.state() };
    await (await adopted(holder, from, opened)).finish();
    expect(holder.state()).toMatchObject({
      protection: "keychain",
      kit: { madeAt: state.kind === "open" ? state.kit?.madeAt : "", rehearsedAt: expect.any(String) as string },
    });
    const keys = present(holder);
    expect(keys.portable().map(({ kind }) => kind)).toEqual(["recovery"]);
    expect(await openPortable(cheapHash, keys.notebook, keys.portable(), battery)).toBeNull();
  });

  it("never ends up with less than the passphrase that opened it", async () => {
    const { holder: from, opened } = await backup("passphrase");
    const holder = await keyHolderOf(folder);
    await (await adopted(holder, from, opened)).finish();
    dropOpened(opened);
    expect(holder.state()).toMatchObject({ protection: "passphrase" });
    await holder.lock();
    expect(await holder.unlock(battery)).toEqual(done);
    expect(keyOf(holder)).toBe(keyOf(from));
  });

  it("is opened by the passphrase of this computer where there is one", async () => {
    const { holder: from, opened } = await backup("passphrase");
    const holder = await keyHolderOf(folder, { keychain: withoutKeychain });
    await holder.begin(horse);
    await (await adopted(holder, from, opened)).finish();
    await holder.lock();
    expect(await holder.unlock(horse)).toEqual(done);
    expect(keyOf(holder)).toBe(keyOf(from));
  });

  it("that is given up or cut short leaves the notebook as it was, and no ledger", async () => {
    const { holder: from, opened } = await backup("passphrase");
    const holder = await keyHolderOf(folder);
    await fill(present(holder));
    const abandoned = await adopted(holder, from, opened);
    await fill(abandoned.keys);
    await abandoned.abandon();
    expect([await fits(holder), await ledgers()]).toEqual([true, ["ledger-1"]]);
    await fill((await adopted(holder, from, opened)).keys);
    expect(await ledgers()).toEqual(["ledger-1", "ledger-2"]);
    const again = await keyHolderOf(folder);
    expect([keyOf(again), await fits(again), await ledgers()]).toEqual([keyOf(holder), true, ["ledger-1"]]);
  });

  it("is not taken once the notebook was sealed in another way meanwhile", async () => {
    const { holder: from, opened } = await backup("passphrase");
    const holder = await keyHolderOf(folder);
    const adoption = await adopted(holder, from, opened);
    await holder.setPassphrase({ current: null, next: horse, unprotected: false });
    expect(await adoption.finish()).toEqual(failed("not-now"));
  });

  it.each(faults)("opens a ledger that fits, whatever step of its taking over finds the disk %s", async (fault) => {
    const { holder: from, opened } = await backup("passphrase");
    for (let step = 1; ; step += 1) {
      await rm(folder, { recursive: true, force: true });
      const holder = await keyHolderOf(folder);
      await fill(present(holder));
      const adoption = await adopted(holder, from, opened);
      await fill(adoption.keys);
      failingDisk.failFrom(step, fault);
      const finished = await adoption.finish();
      const wasReached = failingDisk.heal();
      const again = await keyHolderOf(folder);
      if (again.state().kind === "locked") await again.unlock(battery);
      expect([step, await fits(again)]).toEqual([step, true]);
      if (finished.ok) expect(keyOf(again)).toBe(keyOf(from));
      if (!wasReached) return;
    }
  });
});
