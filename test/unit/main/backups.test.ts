import { randomBytes } from "node:crypto";
import { readdir, readFile, rename, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { BackupFile } from "../../../src-main/backup/backupFile";
import {
  backUp,
  choose,
  historyOf,
  passphrase,
  protect,
  snapshotOf,
  valueOf,
  write,
  type BackupComputer,
} from "../../support/backupComputer";
import { backupDesk, type BackupDesk } from "../../support/backupDesk";
import { mountSmallDisk } from "../../support/smallDisk";

const hour = 60 * 60_000;
const day = 24 * hour;
let desk: BackupDesk;

/** A computer in Beijing whose notebook holds something and can be opened by a passphrase. */
async function filled(name = "beijing", options?: Parameters<BackupDesk["start"]>[1]): Promise<BackupComputer> {
  const computer = await desk.start(name, options);
  await protect(computer);
  const middle = await write(computer, "one", "two 桥");
  await snapshotOf(computer, middle, ["row one", "row two"]);
  await write(computer, "half a pair \ud83d", "");
  return computer;
}

async function named(computer: BackupComputer): Promise<readonly string[]> {
  const { ledgerFolder } = computer.holder.keys() ?? {};
  return (await readdir(path.dirname(ledgerFolder ?? ""))).filter((name) => name.startsWith("ledger-"));
}

const onStick = async (): Promise<readonly string[]> => (await readdir(desk.stick)).sort();

beforeEach(async () => {
  desk = await backupDesk();
});
afterEach(() => desk.clear());

describe("making a backup", () => {
  it("is one file under the name that the person gave, and its facts are true", async () => {
    const computer = await filled();
    const target = path.join(desk.stick, "before the visit.qiao");
    const facts = await backUp(computer, target);
    expect(facts).toEqual({
      path: target,
      bytes: (await readFile(target)).length,
      madeAt: "2026-03-02T08:00:00.000Z",
      appVersion: "1.2.3",
      snapshotEntries: 2,
      entries: 4,
      ours: true,
    });
    expect(await onStick()).toEqual(["before the visit.qiao"]);
    expect(computer.backups.state().last).toEqual({ at: facts.madeAt, path: target, bytes: facts.bytes });
  });

  it("shows nothing of the notebook to who has no key", async () => {
    const computer = await filled();
    await write(computer, "marker-of-a-secret ".repeat(100));
    await backUp(computer, path.join(desk.stick, "a.qiao"));
    const bytes = await readFile(path.join(desk.stick, "a.qiao"));
    for (const marker of ["marker-of-a-secret", "row one", passphrase, desk.folder]) {
      expect(bytes.includes(marker), marker).toBe(false);
    }
  });

  it("needs a way to open it without this computer", async () => {
    const computer = await desk.start("beijing");
    await write(computer, "one");
    computer.answers.newFile = path.join(desk.stick, "a.qiao");
    expect(await computer.backups.make("ask")).toEqual({ ok: false, failure: { kind: "no-way-to-open" } });
    expect(await onStick()).toEqual([]);
  });

  it("holds what was there when it began, whatever is written meanwhile", async () => {
    const computer = await filled();
    computer.answers.newFile = path.join(desk.stick, "a.qiao");
    const making = computer.backups.make("ask");
    const during = Promise.all(Array.from({ length: 50 }, (_, index) => write(computer, `during ${index}`)));
    const facts = valueOf(await making);
    await during;
    expect(valueOf(await choose(computer, path.join(desk.stick, "a.qiao")))).toEqual(facts);
    const read = valueOf((await computer.backups.opened()?.read(0)) ?? { ok: false, failure: { kind: "closed" } });
    expect(read.entries.map(({ entry }) => entry)).toEqual((await historyOf(computer)).slice(0, facts?.entries));
  });

  it.each(["making", "verifying"] as const)("given up while %s it leaves the file that bore the name", async (work) => {
    const computer: BackupComputer = await filled("beijing", {
      onState: ({ progress }) => {
        if (progress?.work === work) computer.backups.cancel();
      },
    });
    const target = path.join(desk.stick, "a.qiao");
    await writeFile(target, "an older one");
    computer.answers.newFile = target;
    expect(await computer.backups.make("ask")).toEqual({ ok: false, failure: { kind: "cancelled" } });
    expect([await onStick(), await readFile(target, "utf8")]).toEqual([["a.qiao"], "an older one"]);
  });

  it("replaces the file that the person chose", async () => {
    const computer = await filled();
    const target = path.join(desk.stick, "a.qiao");
    await writeFile(target, "an older one");
    await backUp(computer, target);
    expect(await onStick()).toEqual(["a.qiao"]);
    expect((await readFile(target)).length).toBeGreaterThan(1000);
  });

  it("is told while it goes on, and then no more", async () => {
    const computer = await filled();
    await backUp(computer, path.join(desk.stick, "a.qiao"));
    const works = computer.states.map(({ progress }) => progress?.work ?? null);
    expect([...new Set(works)]).toEqual(["making", "verifying", null]);
    expect(works.at(-1)).toBeNull();
  });

  it("answers in words where the folder is gone, a folder bears the name, or the notebook is locked", async () => {
    const computer = await filled();
    const make = (target: string): ReturnType<BackupComputer["backups"]["make"]> => {
      computer.answers.newFile = target;
      return computer.backups.make("ask");
    };
    const gone = path.join(desk.stick, "gone");
    expect(await make(path.join(gone, "a.qiao"))).toEqual({
      ok: false,
      failure: { kind: "folder-missing", path: gone },
    });
    expect(await make(desk.stick)).toEqual({
      ok: false,
      failure: { kind: "not-written", path: desk.stick, detail: "EEXIST" },
    });
    expect(await make("/dev/null")).toMatchObject({ ok: false, failure: { kind: "not-written", detail: "EEXIST" } });
    await computer.backups.lock();
    await computer.holder.lock();
    expect(await make(path.join(desk.stick, "a.qiao"))).toEqual({ ok: false, failure: { kind: "not-now" } });
    expect(await onStick()).toEqual([]);
  });

  it("leaves nothing on a stick that is full, and works once there is room", async () => {
    const computer = await filled();
    for (let index = 0; index < 40; index++) {
      await write(computer, randomBytes(15_000).toString("base64"));
    }
    const disk = await mountSmallDisk(256);
    try {
      const target = path.join(disk.folder, "a.qiao");
      computer.answers.newFile = target;
      const full = await computer.backups.make("ask");
      expect(full).toMatchObject({ ok: false, failure: { kind: "disk-full" } });
      expect(await readdir(disk.folder)).toEqual([]);
      await disk.setWritable(false);
      expect(await computer.backups.make("ask")).toMatchObject({
        ok: false,
        failure: { kind: "not-written", detail: "EROFS" },
      });
      expect(computer.file.read().unfinished).toEqual([]);
    } finally {
      await disk.dispose();
    }
  });
});

describe("what a kill leaves of a backup", () => {
  it("is removed by the next run, and nothing else is", async () => {
    const computer = await filled();
    const left = path.join(desk.stick, "a.qiao.0123456789abcdef.part");
    const others = ["b.qiao.fedcba9876543210.part", "notes.part", "c.qiao.0123456789abcdef.part.new"];
    for (const name of others) await writeFile(path.join(desk.stick, name), "someone else's");
    await writeFile(`${left}.new`, "half");
    await computer.file.change({ unfinished: [left, path.join(desk.stick, "notes.part")] });
    await backUp(computer, path.join(desk.stick, "d.qiao"));
    expect(await onStick()).toEqual([...others, "d.qiao"].sort());
    expect(computer.file.read().unfinished).toEqual([]);
  });

  it("on a stick that is not there is remembered until it is", async () => {
    const computer = await filled();
    const away = path.join(desk.folder, "away");
    const left = path.join(desk.stick, "a.qiao.0123456789abcdef.part");
    await writeFile(left, "half");
    await rename(desk.stick, away);
    await computer.file.change({ unfinished: [left] });
    await backUp(computer, path.join(desk.folder, "b.qiao"));
    expect(computer.file.read().unfinished).toEqual([left]);
    await rename(away, desk.stick);
    await backUp(computer, path.join(desk.folder, "b.qiao"));
    expect([await onStick(), computer.file.read().unfinished]).toEqual([[], []]);
  });
});

describe("backups by themselves", () => {
  async function scheduled(): Promise<BackupComputer> {
    const computer = await filled();
    computer.answers.folder = desk.stick;
    await computer.backups.chooseFolder();
    await computer.backups.setInterval("day");
    await computer.backups.wake();
    return computer;
  }
  const nextDay = async (computer: BackupComputer, after = day): Promise<void> => {
    computer.time.clock += after;
    computer.time.steady += Math.abs(after);
    await computer.backups.wake();
  };

  it("begin as soon as folder and interval are chosen", async () => {
    const computer = await scheduled();
    const [name] = await onStick();
    expect(name).toMatch(/^Qiao backup 2026-03-02 \d\d-\d\d\.qiao$/);
    expect(computer.backups.state()).toMatchObject({
      folder: desk.stick,
      every: "day",
      last: { path: path.join(desk.stick, name ?? "") },
      failure: null,
      progress: null,
    });
  });

  it("keep the last eight of their own, and touch nothing else", async () => {
    const other = await filled("brussels");
    await backUp(other, path.join(desk.stick, "Qiao backup 2020-01-01 08-00.qiao"));
    const computer = await scheduled();
    const [byHand] = await onStick();
    valueOf(await computer.backups.make("folder"));
    const [own] = (await onStick()).filter((name) => name.includes("2026"));
    await rename(path.join(desk.stick, own ?? ""), path.join(desk.stick, "kept for the visit.qiao"));
    await writeFile(path.join(desk.stick, "Qiao backup 2020-01-02 08-00.qiao"), "not a backup");
    await symlink("/dev/zero", path.join(desk.stick, "Qiao backup 2020-01-03 08-00.qiao"));
    for (let index = 0; index < 10; index++) await nextDay(computer);
    const names = await onStick();
    expect(names).toEqual(
      expect.arrayContaining([
        byHand,
        "kept for the visit.qiao",
        "Qiao backup 2020-01-02 08-00.qiao",
        "Qiao backup 2020-01-03 08-00.qiao",
      ]),
    );
    const numbers: number[] = [];
    for (const name of names) {
      const file = await BackupFile.open(path.join(desk.stick, name)).catch(() => null);
      if (file?.clear.by === "itself" && name !== "kept for the visit.qiao") numbers.push(file.clear.number);
      await file?.close();
    }
    expect(numbers.sort((a, b) => a - b)).toEqual([5, 6, 7, 8, 9, 10, 11, 12]);
  });

  it("keep the newest also when the clock was set back a year", async () => {
    const computer = await scheduled();
    for (let index = 0; index < 8; index++) await nextDay(computer);
    await nextDay(computer, -365 * day);
    const names = await onStick();
    expect(names).toHaveLength(8);
    expect(names[0]).toMatch(/^Qiao backup 2025-/);
  });

  it("say that the stick is missing, and go on when it is back", async () => {
    const computer = await scheduled();
    await rename(desk.stick, path.join(desk.folder, "away"));
    await nextDay(computer);
    expect(computer.backups.state().failure).toEqual({ kind: "folder-missing", path: desk.stick });
    await rename(path.join(desk.folder, "away"), desk.stick);
    await computer.backups.wake();
    expect(computer.backups.state().failure).toBeNull();
    expect(await onStick()).toHaveLength(2);
  });

  it("say that nothing could open them", async () => {
    const computer = await desk.start("beijing");
    computer.answers.folder = desk.stick;
    await computer.backups.chooseFolder();
    await computer.backups.setInterval("week");
    await computer.backups.wake();
    expect(computer.backups.state().failure).toEqual({ kind: "no-way-to-open" });
  });

  it("are no failure when locking gives them up", async () => {
    const computer = await scheduled();
    computer.time.clock += day;
    const made = computer.backups.wake();
    await computer.backups.lock();
    await made;
    expect(computer.backups.state().failure).toBeNull();
  });
});

describe("opening a backup", () => {
  it("of this notebook needs no secret, and gives all of it with its positions", async () => {
    const computer = await filled();
    const target = path.join(desk.stick, "a.qiao");
    const facts = await backUp(computer, target);
    expect(await choose(computer, target)).toEqual({ ok: true, value: facts });
    const [backup, ledger] = [computer.backups.opened(), await computer.ledger()];
    expect(await backup?.start()).toEqual(await ledger.start());
    expect(await backup?.read(0)).toEqual(await ledger.read(0));
    const { snapshots } = valueOf(await ledger.start());
    const position = snapshots[0] ?? 0;
    expect(await backup?.readSnapshot(position, 0)).toEqual({
      ok: true,
      value: { entries: ["row one", "row two"], next: null },
    });
    expect(await backup?.readSnapshot(position, 0, ["two"])).toMatchObject({ value: { entries: ["row two"] } });
    await computer.backups.close();
    expect(computer.backups.opened()).toBeNull();
  });

  it("reads page by page, from any position, and only what contains a text", async () => {
    const computer = await filled();
    await write(computer, ...Array.from({ length: 300 }, (_, index) => `entry ${index} ${"x".repeat(index * 40)}`));
    await backUp(computer, path.join(desk.stick, "a.qiao"));
    await choose(computer, path.join(desk.stick, "a.qiao"));
    const [backup, ledger] = [computer.backups.opened(), await computer.ledger()];
    const all = valueOf(await ledger.read(0, 10_000_000)).entries;
    for (const from of [0, ...all.map(({ position }) => position)]) {
      const page = valueOf((await backup?.read(from, 5000)) ?? { ok: false, failure: { kind: "closed" } });
      const rest = all.filter(({ position }) => position > from);
      expect(page.entries, `from ${from}`).toEqual(rest.slice(0, page.entries.length));
      expect(page.next, `from ${from}`).toBe(page.entries.length < rest.length ? page.entries.at(-1)?.position : null);
      expect(page.entries.length > 0 || rest.length === 0, `from ${from}`).toBe(true);
    }
    expect(await backup?.read(0, 10_000_000, ["entry 29"])).toMatchObject({
      value: { entries: all.filter(({ entry }) => entry.includes("entry 29")), next: null },
    });
    const { end } = valueOf(await ledger.start());
    expect(await backup?.read(end + 1)).toEqual({
      ok: false,
      failure: { kind: "ledger-damaged", at: end, resume: end },
    });
  });

  it("of another notebook is refused, unless nothing was begun here", async () => {
    const brussels = await filled("brussels");
    const target = path.join(desk.stick, "a.qiao");
    await backUp(brussels, target);
    const computer = await filled();
    expect(await choose(computer, target)).toEqual({ ok: false, failure: { kind: "other-notebook", path: target } });
    const empty = await desk.start("empty");
    expect(await choose(empty, target)).toEqual({ ok: false, failure: { kind: "needs-secret" } });
  });

  it("made under other keys asks for the secret of then, and slows down after wrong ones", async () => {
    const target = path.join(desk.stick, "a.qiao");
    const facts = await backUp(await filled(), target);
    const empty = await desk.start("empty");
    await choose(empty, target);
    const wrong = { ok: false, failure: { kind: "wrong-secret", waitMs: 1000 } };
    expect(await empty.backups.open("wrong horse")).toEqual(wrong);
    expect(await empty.backups.open(passphrase)).toEqual(wrong);
    empty.time.steady += 1000;
    expect(await empty.backups.open(passphrase)).toEqual({ ok: true, value: facts });
  });

  it("opens by the words of its kit too", async () => {
    const computer = await filled();
    const { words } = valueOf(await computer.holder.makeKit());
    await backUp(computer, path.join(desk.stick, "a.qiao"));
    const empty = await desk.start("empty");
    await choose(empty, path.join(desk.stick, "a.qiao"));
    expect(await empty.backups.open(words.toUpperCase())).toMatchObject({ ok: true });
  });

  it("is let go when the notebook is locked", async () => {
    const computer = await filled();
    await backUp(computer, path.join(desk.stick, "a.qiao"));
    await choose(computer, path.join(desk.stick, "a.qiao"));
    await computer.backups.lock();
    await computer.holder.lock();
    expect(computer.backups.opened()).toBeNull();
    expect(await computer.backups.open(null)).toEqual({ ok: false, failure: { kind: "not-now" } });
  });

  it("answers null where the person thought better of it, and keeps the one that is open", async () => {
    const computer = await filled();
    await backUp(computer, path.join(desk.stick, "a.qiao"));
    await choose(computer, path.join(desk.stick, "a.qiao"));
    computer.answers.file = null;
    expect(await computer.backups.open(null)).toEqual({ ok: true, value: null });
    expect(await computer.backups.verify()).toEqual({ ok: true, value: null });
    expect(computer.backups.opened()).not.toBeNull();
  });

  it("that changes on its stick after it was verified is not believed", async () => {
    const computer = await filled();
    for (let index = 0; index < 40; index++) await write(computer, randomBytes(75_000).toString("base64"));
    const target = path.join(desk.stick, "a.qiao");
    await backUp(computer, target);
    await choose(computer, target);
    const bytes = await readFile(target);
    bytes.fill(7, 10_000);
    await writeFile(target, bytes);
    expect(await computer.backups.opened()?.read(0)).toMatchObject({ failure: { kind: "ledger-damaged" } });
  });
});

describe("restoring into an empty app", () => {
  async function restored(options?: Parameters<BackupDesk["start"]>[1]): Promise<BackupComputer> {
    await backUp(await filled("source"), path.join(desk.stick, "a.qiao"));
    const empty = await desk.start("empty", options);
    await choose(empty, path.join(desk.stick, "a.qiao"));
    valueOf(await empty.backups.open(passphrase));
    return empty;
  }

  it("brings the whole notebook, with its uuid and history, as a ledger of its own", async () => {
    const empty = await restored();
    const [source] = desk.computers;
    const before = source && valueOf(await (await source.ledger()).start());
    valueOf(await empty.backups.restore());
    expect(empty.holder.keys()?.notebook).toBe(source?.holder.keys()?.notebook);
    expect(empty.holder.keys()?.copied).toBe(true);
    const start = valueOf(await (await empty.ledger()).start());
    expect({ ...start, ledger: before?.ledger }).toEqual(before);
    expect(start.ledger).not.toBe(before?.ledger);
    expect(source && (await historyOf(empty))).toEqual(source && (await historyOf(source)));
    expect(await (await empty.ledger()).readSnapshot(start.snapshots[0] ?? 0, 0)).toMatchObject({
      value: { entries: ["row one", "row two"] },
    });
    expect([empty.windows(), empty.backups.opened(), await named(empty)]).toEqual([1, null, ["ledger-2"]]);
  });

  it("goes on after it: what is written then is there at the next start, and opens a later backup", async () => {
    const empty = await restored();
    valueOf(await empty.backups.restore());
    await write(empty, "after");
    await empty.end();
    const again = await desk.start("empty");
    valueOf(await again.holder.unlock(passphrase));
    expect(await historyOf(again)).toEqual(["one", "two 桥", "half a pair \ud83d", "", "after"]);
    const facts = await backUp(again, path.join(desk.stick, "b.qiao"));
    expect(facts.entries).toBe(5);
    const [source] = desk.computers;
    if (!source) throw new Error("no source");
    expect(await choose(source, path.join(desk.stick, "b.qiao"))).toMatchObject({ ok: true, value: { ours: true } });
  });

  it("is refused where something was begun, also while the backup was being written down", async () => {
    const target = path.join(desk.stick, "a.qiao");
    const computer = await filled();
    await backUp(computer, target);
    await choose(computer, target);
    expect(await computer.backups.restore()).toEqual({ ok: false, failure: { kind: "not-empty" } });

    const late: BackupComputer = await restored({
      beforeSwitch: async () => {
        await write(late, "begun");
      },
    });
    const notebook = late.holder.keys()?.notebook;
    expect(await late.backups.restore()).toEqual({ ok: false, failure: { kind: "not-empty" } });
    expect([late.holder.keys()?.notebook, await historyOf(late)]).toEqual([notebook, ["begun"]]);
    expect(await named(late)).toEqual(["ledger-1"]);
  });

  it("given up leaves the app empty, and can be begun again", async () => {
    const empty = await restored();
    const restoring = empty.backups.restore();
    empty.backups.cancel();
    expect(await restoring).toEqual({ ok: false, failure: { kind: "cancelled" } });
    expect([await historyOf(empty), await named(empty)]).toEqual([[], ["ledger-1"]]);
    expect(await empty.backups.restore()).toEqual({ ok: true, value: null });
  });

  it("of a notebook that has no snapshot brings its history", async () => {
    const computer = await desk.start("small");
    await protect(computer);
    await write(computer, "only");
    await backUp(computer, path.join(desk.stick, "s.qiao"));
    const empty = await desk.start("empty");
    await choose(empty, path.join(desk.stick, "s.qiao"));
    valueOf(await empty.backups.open(passphrase));
    valueOf(await empty.backups.restore());
    expect(await historyOf(empty)).toEqual(["only"]);
  });
});
