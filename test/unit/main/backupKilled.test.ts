import { randomBytes, randomUUID } from "node:crypto";
import { cp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { buildLedger } from "../../../src-main/backup/buildLedger";
import { BackupFile } from "../../../src-main/backup/backupFile";
import { OpenBackup } from "../../../src-main/backup/openBackup";
import { verifyBackup } from "../../../src-main/backup/verifyBackup";
import { writeBackup } from "../../../src-main/backup/writeBackup";
import type { ReadableLedger } from "../../../src-main/ledger/ledger";
import { failure } from "../../../src-main/shared/result";
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
import { dyingDisk, Killed } from "../../support/dyingDisk";

let desk: BackupDesk;

async function filled(): Promise<BackupComputer> {
  const computer = await desk.start("beijing");
  await protect(computer);
  await snapshotOf(computer, await write(computer, "one", "two"), ["row"]);
  // Several frames, so that there is something between the steps.
  for (let index = 0; index < 3; index++) await write(computer, randomBytes(400_000).toString("base64"));
  return computer;
}

const job = { signal: new AbortController().signal, onProgress: () => undefined };

beforeEach(async () => {
  desk = await backupDesk();
});
afterEach(() => desk.clear());

describe("killed while a backup is made, after whichever step", () => {
  it("the program leaves no file that looks like a backup, and the next run leaves none but its own", async () => {
    const computer = await filled();
    const ledger = await computer.ledger();
    const keys = computer.holder.keys();
    if (!keys) throw new Error("locked");
    const clear = { wraps: [...keys.portable()], maker: randomUUID(), number: 1, by: "hand" as const };
    const { notebook } = keys;
    const content = { ledger, notebook, key: keys.derive("backup"), clear, app: "1", now: () => new Date() };
    const target = path.join(desk.stick, "a.qiao");
    const unfinished = `${target}.0123456789abcdef.part`;
    let wasKilled = true;
    for (let steps = 0; wasKilled; steps++) {
      const disk = dyingDisk(steps);
      await computer.file.change({ unfinished: [unfinished] });
      wasKilled = await writeBackup(unfinished, content, job, disk).then(
        () => false,
        (error: unknown) => {
          if (error instanceof Killed) return true;
          throw error;
        },
      );
      expect((await readdir(desk.stick)).filter((name) => name.endsWith(".qiao"))).toEqual([]);
      await backUp(computer, target);
      expect(await readdir(desk.stick), `after ${steps} steps`).toEqual(["a.qiao"]);
      await rm(target);
    }
  });
});

describe("killed while a backup is restored, after whichever step", () => {
  it("the program starts empty again until the keyring names the new ledger, and complete from then on", async () => {
    const source = await filled();
    const target = path.join(desk.stick, "a.qiao");
    await backUp(source, target);
    const history = await historyOf(source);
    const empty = await desk.start("empty");
    await empty.end();
    const pristine = path.join(desk.folder, "empty");
    let wasKilled = true;
    for (let steps = 0; wasKilled; steps++) {
      const profile = `empty-${steps}`;
      await cp(pristine, path.join(desk.folder, profile), { recursive: true });
      const computer = await desk.start(profile, { keychain: pristine });
      await choose(computer, target);
      valueOf(await computer.backups.open(passphrase));
      const { adoption, backup } = await adopting(computer, target, source);
      const { ledgerFolder, notebook } = adoption.keys;
      const place = { folder: ledgerFolder, key: adoption.keys.derive("ledger"), notebook, now: () => new Date() };
      wasKilled = await buildLedger(place, backup, job, dyingDisk(steps)).then(
        () => false,
        (error: unknown) => {
          if (error instanceof Killed) return true;
          throw error;
        },
      );
      await backup.close();
      const killed = await desk.start(profile, { keychain: pristine });
      expect(await historyOf(killed), `after ${steps} steps`).toEqual([]);
      const beside = await readdir(path.join(desk.folder, profile, "notebook"));
      expect(
        beside.filter((name) => name.startsWith("ledger-")),
        `after ${steps} steps`,
      ).toEqual(["ledger-1"]);
    }
    const last = await desk.start("empty");
    await choose(last, target);
    valueOf(await last.backups.open(passphrase));
    valueOf(await last.backups.restore());
    const after = await desk.start("empty");
    valueOf(await after.holder.unlock(passphrase));
    expect(await historyOf(after)).toEqual(history);
  }, 60_000);
});

/** What `restoreBackup` does before it writes. */
async function adopting(
  computer: BackupComputer,
  target: string,
  source: BackupComputer,
): Promise<{ readonly adoption: Awaited<ReturnType<typeof adoptionOf>>; readonly backup: OpenBackup }> {
  const file = await BackupFile.open(target);
  const sealed = await file.unlock(source.holder.keys()?.derive("backup") ?? Buffer.alloc(32));
  if (!sealed) throw new Error("another key");
  const verified = await verifyBackup(sealed, target, job);
  return { adoption: await adoptionOf(computer, file), backup: new OpenBackup(file, sealed, verified) };
}

async function adoptionOf(
  computer: BackupComputer,
  file: BackupFile,
): Promise<Extract<Awaited<ReturnType<BackupComputer["holder"]["adopt"]>>, { ok: true }>["value"]> {
  const { notebook } = file.header;
  return valueOf(await computer.holder.adopt({ notebook, portable: file.clear.wraps, opened: null }));
}

describe("a ledger that changes or fails while a backup is made of it", () => {
  /** The ledger as it is, except for what is given. */
  const instead = (ledger: ReadableLedger, other: Partial<ReadableLedger>): ReadableLedger => ({
    start: () => ledger.start(),
    read: (...args) => ledger.read(...args),
    readSnapshot: (...args) => ledger.readSnapshot(...args),
    ...other,
  });
  async function written(computer: BackupComputer, ledger: ReadableLedger): Promise<{ readonly whole: boolean }> {
    const keys = computer.holder.keys();
    if (!keys) throw new Error("locked");
    const clear = { wraps: [...keys.portable()], maker: randomUUID(), number: 1, by: "hand" as const };
    const { notebook } = keys;
    const content = { ledger, notebook, key: keys.derive("backup"), clear, app: "1", now: () => new Date() };
    return writeBackup(path.join(desk.stick, "a.qiao"), content, job);
  }
  async function snapshotsRead(computer: BackupComputer): Promise<readonly string[]> {
    await choose(computer, path.join(desk.stick, "a.qiao"));
    const backup = computer.backups.opened();
    const { snapshots } = valueOf((await backup?.start()) ?? failure({ kind: "closed" }));
    const [position] = snapshots;
    if (position === undefined) return [];
    return valueOf((await backup?.readSnapshot(position, 0)) ?? failure({ kind: "closed" })).entries;
  }

  it("is read again where its snapshot was replaced meanwhile", async () => {
    const computer = await filled();
    const ledger = await computer.ledger();
    let replaced = false;
    const changing = instead(ledger, {
      readSnapshot: async (position, from) => {
        if (replaced) return ledger.readSnapshot(position, from);
        replaced = true;
        await snapshotOf(computer, await write(computer, "more"), ["newer row"]);
        return failure({ kind: "ledger-unavailable", detail: "no such snapshot" });
      },
    });
    expect(await written(computer, changing)).toEqual({ whole: true });
    expect(await snapshotsRead(computer)).toEqual(["newer row"]);
  });

  it("gives an older snapshot, or history alone, where the newest is damaged; that one replaces no other", async () => {
    const computer = await filled();
    const ledger = await computer.ledger();
    const damaged = instead(ledger, {
      readSnapshot: () => Promise.resolve(failure({ kind: "ledger-damaged", at: 0 })),
    });
    expect(await written(computer, damaged)).toEqual({ whole: false });
    expect(await snapshotsRead(computer)).toEqual([]);
    expect(computer.backups.opened()).not.toBeNull();
  });

  it("gives what is around its damage, with its positions, and a restored one has the same", async () => {
    const computer = await filled();
    await write(computer, "behind the damage");
    const { ledgerFolder = "" } = computer.holder.keys() ?? {};
    const name = (await readdir(ledgerFolder)).filter((file) => file.startsWith("segment-")).at(-1) ?? "";
    const file = path.join(ledgerFolder, name);
    const bytes = await readFile(file);
    bytes.fill(0, 700_000, 700_100);
    await writeFile(file, bytes);
    await computer.end();
    const again = await desk.start("beijing");
    valueOf(await again.holder.unlock(passphrase));
    expect(await written(again, await again.ledger())).toEqual({ whole: false });

    const empty = await desk.start("empty");
    await choose(empty, path.join(desk.stick, "a.qiao"));
    valueOf(await empty.backups.open(passphrase));
    valueOf(await empty.backups.restore());
    const [one, other] = [await readable(await again.ledger()), await readable(await empty.ledger())];
    expect(other).toEqual(one);
    expect(one.at(-1)?.entry).toBe("behind the damage");
    expect(one).toHaveLength(5);
  });
});

/** All entries that can be read, with their positions. */
async function readable(ledger: ReadableLedger): Promise<readonly { readonly entry: string; position: number }[]> {
  const found: { readonly entry: string; position: number }[] = [];
  for (let from: number | null = 0; from !== null;) {
    const page: Awaited<ReturnType<ReadableLedger["read"]>> = await ledger.read(from);
    if (page.ok) {
      found.push(...page.value.entries);
      from = page.value.next;
    } else {
      const resume = page.failure.kind === "ledger-damaged" ? page.failure.resume : undefined;
      from = resume !== undefined && resume > from ? resume : null;
    }
  }
  return found;
}
