import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { backupName, isBackupName, isUnfinishedPath, unfinishedPath } from "../../../src-main/backup/backupName";
import { isDue } from "../../../src-main/backup/dueTime";
import { Schedule } from "../../../src-main/backup/schedule";
import { ScheduleFile } from "../../../src-main/backup/scheduleFile";
import type { BackupFailure } from "../../../src-main/shared/backup";

const notebook = "0197d0c0-0000-7000-8000-000000000001";
const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const begun = new Date("2026-03-02T08:00:00.000Z");

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "qiao-schedule-"));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

describe("the name of a backup", () => {
  it("tells day and minute, and counts within a minute", () => {
    const at = new Date(2026, 2, 2, 8, 5);
    expect(backupName(at)).toBe("Qiao backup 2026-03-02 08-05.qiao");
    expect(backupName(at, 2)).toBe("Qiao backup 2026-03-02 08-05 (2).qiao");
  });

  it.each(["Qiao backup 2026-03-02 08-05.qiao", "Qiao backup 2026-03-02 08-05 (12).qiao"])("knows %j", (name) => {
    expect(isBackupName(name)).toBe(true);
  });

  it.each([
    "Qiao backup before the visit.qiao",
    "Copy of Qiao backup 2026-03-02 08-05.qiao",
    "../Qiao backup 2026-03-02 08-05.qiao",
    "Qiao backup 2026-03-02 08-05.qiao\n",
    "Qiao backup 2026-03-02 08-05.QIAO",
    "Qiao backup 2026-03-02 08-05.qiao.0123456789abcdef.part",
  ])("leaves %j to the person", (name) => {
    expect(isBackupName(name)).toBe(false);
  });

  it("is another one until the backup is whole", () => {
    const unfinished = unfinishedPath("/stick/mine.qiao", "0123456789abcdef");
    expect([isUnfinishedPath(unfinished), isUnfinishedPath("/stick/mine.qiao")]).toEqual([true, false]);
  });
});

describe("a backup is due", () => {
  const after = (ms: number): Date => new Date(begun.getTime() + ms);

  it("when there was none", () => {
    expect(isDue("month", null, begun)).toBe(true);
  });

  it.each([
    ["day", 19 * hour, 20 * hour],
    ["week", 6 * day, 7 * day],
    ["month", 29 * day, 30 * day],
  ] as const)("every %s", (every, notYet, due) => {
    expect([isDue(every, begun, after(notYet)), isDue(every, begun, after(due))]).toEqual([false, true]);
  });

  it("when the clock was set back a year, but not for some minutes", () => {
    expect([isDue("month", begun, after(-365 * day)), isDue("day", begun, after(-10 * minute))]).toEqual([true, false]);
  });
});

describe("the schedule", () => {
  let file: ScheduleFile;
  let clock: number;
  let steady: number;
  let idle: number;
  let open: string | null;
  let made: number;
  let failing: BackupFailure | null;
  let schedule: Schedule;

  const pass = async (ms: number): Promise<void> => {
    clock += ms;
    steady += ms;
    await schedule.look();
  };
  beforeEach(async () => {
    file = (await ScheduleFile.open(folder, begun)).file;
    [clock, steady, idle, open, made, failing] = [begun.getTime(), 0, 60, notebook, 0, null];
    schedule = new Schedule({
      file,
      notebook: () => open,
      make: async () => {
        if (failing) return failing;
        made++;
        await file.change({ inFolder: { at: new Date(clock).toISOString(), notebook } });
        return null;
      },
      now: () => new Date(clock),
      steady: () => steady,
      idleSeconds: () => idle,
    });
    await file.change({ folder: "/stick", every: "day" });
  });

  it("makes one at once, and the next when it is due", async () => {
    await pass(0);
    await pass(hour);
    expect(made).toBe(1);
    await pass(day);
    expect(made).toBe(2);
  });

  it("makes none without a folder, an interval or an open notebook", async () => {
    await file.change({ every: null });
    await pass(0);
    await file.change({ every: "day", folder: null });
    await pass(0);
    await file.change({ folder: "/stick" });
    open = null;
    await pass(0);
    expect(made).toBe(0);
  });

  it("waits while someone is at work, but not for ever", async () => {
    idle = 3;
    await pass(0);
    await pass(9 * minute);
    expect(made).toBe(0);
    await pass(minute);
    expect(made).toBe(1);
  });

  it("catches up with one after a week of sleep", async () => {
    await pass(0);
    await pass(7 * day);
    await pass(minute);
    expect(made).toBe(2);
  });

  it("makes one too many when the clock is set back and forth, and then goes on as before", async () => {
    await pass(0);
    clock -= 365 * day;
    await pass(minute);
    await pass(minute);
    expect(made).toBe(2);
    clock += 365 * day;
    await pass(minute);
    await pass(minute);
    expect(made).toBe(3);
  });

  it("tries again an hour after a failure, or when the computer wakes up", async () => {
    failing = { kind: "folder-missing", path: "/stick" };
    await pass(0);
    failing = null;
    await pass(59 * minute);
    expect(made).toBe(0);
    await pass(minute);
    expect(made).toBe(1);

    failing = { kind: "folder-missing", path: "/stick" };
    await pass(day);
    failing = null;
    await schedule.tryAgain();
    expect(made).toBe(2);
  });

  it("does not take another notebook's backup for its own", async () => {
    await pass(0);
    open = "0197d0c0-0000-7000-8000-000000000002";
    await pass(minute);
    expect(made).toBe(2);
  });

  it("makes one at a time", async () => {
    await Promise.all([pass(0), pass(0), schedule.tryAgain()]);
    expect(made).toBe(1);
  });
});

describe("what is known about backups", () => {
  it("is there at the next start, fields of a newer version too", async () => {
    await writeFile(path.join(folder, "backup.json"), '{"folder":"/stick","colour":"blue"}');
    const { file } = await ScheduleFile.open(folder, begun);
    expect(await file.change({ every: "week" })).toEqual({ ok: true, value: null });
    const again = (await ScheduleFile.open(folder, begun)).file.read();
    expect(again).toMatchObject({ folder: "/stick", every: "week", colour: "blue", maker: file.read().maker });
  });

  it.each(["{oops", "[]", '{"folder":7}', '{"number":-1}', '{"maker":"me"}'])(
    "and cannot be read is put aside: %s",
    async (text) => {
      await writeFile(path.join(folder, "backup.json"), text);
      const { file, notices } = await ScheduleFile.open(folder, begun);
      expect(file.read()).toMatchObject({ folder: null, every: null, last: null });
      const keptAs = notices[0]?.keptAs ?? "";
      expect(await readFile(path.join(folder, keptAs), "utf8")).toBe(text);
    },
  );

  it("holds until the end where the disk refuses it, and that is told", async () => {
    const { file } = await ScheduleFile.open(folder, begun);
    await mkdir(path.join(folder, "backup.json.new"));
    expect(await file.change({ every: "day" })).toMatchObject({ ok: false, failure: { detail: "EISDIR" } });
    expect(file.read().every).toBe("day");
  });
});
