import { readFile } from "node:fs/promises";
import path from "node:path";
import type { z } from "zod";
import { atomicWrite } from "../files/atomicWrite";
import { errorCode } from "../files/errorCode";
import { moveAside } from "../files/moveAside";
import type { Notice, SettingsNotSaved } from "../shared/ipc";
import { failure, success, type Result } from "../shared/result";
import { settings as settingsSchema, type Settings } from "../shared/settings";

/** Fields of a newer version are kept, though this one does not know them. */
const kept = settingsSchema.loose();
type Kept = z.infer<typeof kept>;

/** The settings of this computer, in `settings.json`. */
export class SettingsFile {
  #last: Promise<unknown> = Promise.resolve();

  private constructor(
    private readonly file: string,
    private current: Kept,
  ) {}

  /** Opens the settings; a file that cannot be understood is put aside and reported, and the defaults hold. */
  static async open(folder: string, now: Date): Promise<{ settings: SettingsFile; notices: readonly Notice[] }> {
    const file = path.join(folder, "settings.json");
    const text = await readFile(file, "utf8").catch((error: unknown) => {
      if (errorCode(error) === "ENOENT") return null;
      throw error;
    });
    if (text === null) return { settings: new SettingsFile(file, {}), notices: [] };
    const parsed = parseSettings(text);
    if (parsed) return { settings: new SettingsFile(file, parsed), notices: [] };
    const keptAs = await moveAside(file, now);
    return { settings: new SettingsFile(file, {}), notices: [{ kind: "settings-corrupt", keptAs }] };
  }

  read(): Settings {
    return this.current;
  }

  /** Changes the given settings, keeps the others, and answers once the file is on the disk. */
  change(changes: Partial<Settings>): Promise<Result<Settings, SettingsNotSaved>> {
    const done = this.#last.then(() => this.#write({ ...this.current, ...changes }));
    this.#last = done;
    return done;
  }

  /** Waits for the changes under way. */
  async settled(): Promise<void> {
    await this.#last;
  }

  async #write(next: Kept): Promise<Result<Settings, SettingsNotSaved>> {
    try {
      await atomicWrite(this.file, `${JSON.stringify(next, null, 2)}\n`);
      this.current = next;
      return success(next);
    } catch (error) {
      return failure({ kind: "settings-not-saved", detail: errorCode(error) });
    }
  }
}

function parseSettings(text: string): Kept | null {
  try {
    return kept.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
