import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { atomicWrite } from "../files/atomicWrite";
import { errorCode } from "../files/errorCode";
import { moveAside } from "../files/moveAside";
import type { Notice, SettingsNotSaved } from "../shared/ipc";
import { failure, success, type Result } from "../shared/result";

/** Fields of a newer version are kept, though this one does not know them. */
const stored = z
  .object({
    folder: z.string().min(1).nullable().default(null),
    every: z.enum(["day", "week", "month"]).nullable().default(null),
    last: z
      .object({ at: z.iso.datetime(), path: z.string(), bytes: z.number().int().min(0) })
      .nullable()
      .default(null),
    /** The last one made in the folder, and of which notebook. */
    inFolder: z.object({ at: z.iso.datetime(), notebook: z.uuid() }).nullable().default(null),
    /** Of this installation alone, so that two computers with one notebook do not tidy up each other's files. */
    maker: z.uuid().default(() => randomUUID()),
    /** Of the last backup made here. Clocks go back, this does not. */
    number: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER).default(0),
    /** Files that were begun, noted before that, so that what a kill leaves of them is known to be ours. */
    unfinished: z.array(z.string()).max(100).default([]),
  })
  .loose();
type Stored = z.infer<typeof stored>;

/** What is known about backups on this computer, in `backup.json`: no content, but paths that a person chose. */
export class ScheduleFile {
  #last: Promise<unknown> = Promise.resolve();

  private constructor(
    private readonly file: string,
    private current: Stored,
  ) {}

  /** Opens the file; one that cannot be understood is put aside and reported, and nothing is known. */
  static async open(folder: string, now: Date): Promise<{ file: ScheduleFile; notices: readonly Notice[] }> {
    const file = path.join(folder, "backup.json");
    const text = await readFile(file, "utf8").catch((error: unknown) => {
      if (errorCode(error) === "ENOENT") return "{}";
      throw error;
    });
    const parsed = parse(text);
    if (parsed) return { file: new ScheduleFile(file, parsed), notices: [] };
    const keptAs = await moveAside(file, now);
    return { file: new ScheduleFile(file, stored.parse({})), notices: [{ kind: "settings-corrupt", keptAs }] };
  }

  get path(): string {
    return this.file;
  }

  read(): Readonly<Stored> {
    return this.current;
  }

  /**
   * Changes the given fields. Where the disk refuses, the change holds until the app closes, since a schedule that runs
   * today is better than none; the answer says so.
   */
  change(changes: Partial<Stored>): Promise<Result<null, SettingsNotSaved>> {
    const done = this.#last.then(() => this.#write({ ...this.current, ...changes }));
    this.#last = done;
    return done;
  }

  /** Waits for the changes under way. */
  async settled(): Promise<void> {
    await this.#last;
  }

  async #write(next: Stored): Promise<Result<null, SettingsNotSaved>> {
    this.current = next;
    try {
      await atomicWrite(this.file, `${JSON.stringify(next, null, 2)}\n`);
      return success(null);
    } catch (error) {
      return failure({ kind: "settings-not-saved", detail: errorCode(error) });
    }
  }
}

function parse(text: string): Stored | null {
  try {
    return stored.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
