import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { expect } from "@playwright/test";
import { KillableNotebook } from "./killableNotebook";
import { changingPassphrase, getIn, isOpen, restoring } from "./killedKeys";
import { backingUp, chooseFile, compacting, joining, nothingMore, rotating, type KilledWork } from "./killedWork";
import { look, type SavedWords } from "./savedWords";
import { seededRandom } from "./seededRandom";
import { victims, type Victim } from "./victims";

/** Processes of the app killed at random moments of its work: whatever it has shown as saved must be there afterwards. */

const works = ["typing", "saving", "compaction", "backup", "restoring", "joining", "passphrase", "rotation"] as const;
type Work = (typeof works)[number];

export interface Killing {
  readonly work: Work;
  readonly victim: Victim;
  /** How long after the work began, in ms. */
  readonly after: number;
}

export interface Outcome extends Killing {
  /** Characters that had been shown as saved until then, and how many of them are not there. */
  readonly saved: number;
  readonly lost: number;
}

/** Runs of one series: each kind of work twice, the quickest ones more often, every victim as often as the others. */
export const RUNS = 20;
const LATEST = 1_500;
/** A process that dies too often is not started again; well before that the app is. */
const MOST_DEATHS = 2;
const CONTACTS = ["Back Eins", "Back Zwei", "Back Drei"];

export function describeKilling({ work, victim, after }: Killing): string {
  return `${work}, ${victim} killed after ${String(after)} ms`;
}

export function planOf(random: () => number): readonly Killing[] {
  const kinds = shuffled([...works, ...works, "typing", "saving", "compaction", "rotation"] as const, random);
  const dying = shuffled(
    Array.from({ length: RUNS }, (_, index) => victims[index % victims.length] ?? "main"),
    random,
  );
  return kinds.map((work, index) => ({
    work,
    victim: dying[index] ?? "main",
    after: Math.floor(random() * LATEST),
  }));
}

/** One series in a folder of its own. Rejects where anything but lost characters is wrong, and says at which run. */
export async function killInSeries(seed: number, folder: string, onOutcome: (outcome: Outcome) => void): Promise<void> {
  const random = seededRandom(seed);
  const series = await Series.begin(folder, random);
  try {
    for (const [index, killing] of planOf(random).entries()) {
      try {
        onOutcome(await series.run(index + 1, killing));
      } catch (error) {
        const run = `run ${String(index + 1)} of seed ${String(seed)}: ${describeKilling(killing)}`;
        throw new Error(`${run}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
      }
    }
    await series.end();
  } finally {
    await series.stop();
  }
}

interface BackedUp {
  readonly file: string;
  readonly passphrase: string;
  /** Names of contacts that it holds. */
  readonly contacts: readonly string[];
}

class Series {
  readonly #notebook: KillableNotebook;
  /** A second installation, empty at first, while a backup is restored into it. */
  #other: KillableNotebook | null = null;
  readonly #meetings: SavedWords[] = [];
  readonly #stick: string;
  readonly #backups = new Map<string, string>();
  #passphrase = "stapler lantern orchid 0";
  #backedUp: BackedUp | null = null;

  private constructor(
    private readonly folder: string,
    private readonly random: () => number,
  ) {
    this.#notebook = new KillableNotebook(join(folder, "beijing"));
    this.#stick = join(folder, "stick");
    mkdirSync(this.#stick);
  }

  /** A notebook with a passphrase, some records and a backup of them. */
  static async begin(folder: string, random: () => number): Promise<Series> {
    const series = new Series(folder, random);
    const notebook = series.#notebook;
    const anna = await notebook.start();
    const { backup, contacts, firstRun, protection } = anna.words;
    await anna.page.getByLabel(protection.passphrase, { exact: true }).fill(series.#passphrase);
    await anna.page.getByLabel(protection.repeat, { exact: true }).fill(series.#passphrase);
    await anna.button(protection.first.protect).click();
    await anna.field(firstRun.yourName).fill("Anna Weber");
    await anna.button(firstRun.start).click();
    await notebook.shows(isOpen);
    for (const name of CONTACTS) {
      await anna.goTo("contacts");
      await anna.button(contacts.newContact).click();
      await anna.field(contacts.field.nameLatin).fill(name);
      await anna.isSaved();
    }
    const words = await series.#newMeeting("Visit 0");
    await notebook.writePlace(words);
    for (let word = 0; word < 5; word += 1) await notebook.typeWord(words);
    await anna.isSaved();
    words.noticed(await notebook.seen());
    const file = join(series.#stick, "first.qiao");
    await chooseFile(notebook, file);
    await anna.goTo("settings");
    await anna.button(backup.make.now).click();
    await expect(anna.page.getByText(backup.make.done)).toBeVisible({ timeout: 30_000 });
    series.#backups.set("first.qiao", series.#passphrase);
    series.#backedUp = { file, passphrase: series.#passphrase, contacts: CONTACTS };
    return series;
  }

  async run(number: number, killing: Killing): Promise<Outcome> {
    if (killing.work === "restoring") return this.#restore(number, killing);
    const notebook = this.#notebook;
    await getIn(notebook, [this.#passphrase]);
    await notebook.worker();
    const words = await this.#newMeeting(`Visit ${String(number)}`);
    await notebook.goesOn(words);
    const work = this.#workOf(killing.work, words);
    await work.prepare();
    const next = this.#nextPassphrase;
    await this.#killDuring(work, words, killing);
    const passphrases = killing.work === "passphrase" ? [next, this.#passphrase] : [this.#passphrase];
    await getIn(notebook, passphrases);
    await this.#leaveDialog();
    if (killing.work === "rotation") await work.check();
    const { savedCharacters: saved } = words;
    const lost = await notebook.lostOf(words);
    await notebook.goesOn(words);
    // A page that died often is not loaded again at once.
    if (killing.victim === "page" || notebook.deaths >= MOST_DEATHS) {
      await notebook.stop("kill");
      await getIn(notebook, passphrases);
    }
    if (killing.work !== "rotation") await work.check();
    return { ...killing, saved, lost };
  }

  /** Everything that was ever shown as saved, once more, and the app closed as a person does. */
  async end(): Promise<void> {
    const notebook = this.#notebook;
    await notebook.stop("kill");
    await getIn(notebook, [this.#passphrase]);
    for (const words of this.#meetings) expect(await notebook.lostOf(words), `${words.title} at the end`).toBe(0);
    await notebook.stop("close");
    expect(notebook.problems, "no errors on any console").toEqual([]);
  }

  async stop(): Promise<void> {
    await this.#notebook.stop("kill");
    await this.#other?.stop("kill");
  }

  get #nextPassphrase(): string {
    return this.#passphrase.replace(/\d+$/, (count) => String(Number(count) + 1));
  }

  async #newMeeting(title: string): Promise<SavedWords> {
    const words = await this.#notebook.newMeeting(title);
    this.#meetings.push(words);
    return words;
  }

  #workOf(kind: Exclude<Work, "restoring">, words: SavedWords): KilledWork {
    const notebook = this.#notebook;
    switch (kind) {
      case "typing":
      case "saving":
        return { prepare: nothingMore, begin: () => notebook.goToNote(), meanwhile: kind, check: nothingMore };
      case "compaction":
        return compacting(notebook, words, this.random);
      case "backup":
        return backingUp(notebook, this.#stick, this.#passphrase, this.#backups);
      case "joining":
        return joining(notebook, this.#backup);
      case "rotation":
        return rotating(notebook, this.#passphrase);
      case "passphrase": {
        const passphrases = { old: this.#passphrase, next: this.#nextPassphrase };
        return changingPassphrase(notebook, passphrases, (opens) => {
          this.#passphrase = opens;
        });
      }
    }
  }

  get #backup(): BackedUp {
    if (!this.#backedUp) throw new Error("there is no backup");
    return this.#backedUp;
  }

  async #restore(number: number, killing: Killing): Promise<Outcome> {
    const other = new KillableNotebook(join(this.folder, `empty-${String(number)}`));
    this.#other = other;
    const [original] = this.#meetings;
    if (!original) throw new Error("nothing was backed up");
    const words = original.copy();
    let lost = 0;
    const work = restoring(other, { ...this.#backup, words }, (characters) => {
      lost = characters;
    });
    await work.prepare();
    await work.begin();
    await delay(killing.after);
    await other.kill(killing.victim);
    await work.check();
    await other.stop("close");
    expect(other.problems, "no errors on any console").toEqual([]);
    return { ...killing, saved: original.savedCharacters, lost };
  }

  async #killDuring(work: KilledWork, words: SavedWords, killing: Killing): Promise<void> {
    let isOver = false;
    await work.begin();
    const kills = async (): Promise<void> => {
      await delay(killing.after);
      isOver = true;
      await this.#notebook.kill(killing.victim);
    };
    const types = async (): Promise<void> => {
      try {
        await this.#type(work, words, () => isOver);
      } catch (error) {
        // The dead answer no more; and a change of the key puts another window in the place of this one.
        if (!isOver && killing.work !== "rotation") throw error;
      }
    };
    await Promise.all([kills(), work.meanwhile === "nothing" ? null : types()]);
  }

  /** Types into the meeting, and notes at every moment what is shown as saved. */
  async #type({ meanwhile }: KilledWork, words: SavedWords, isOver: () => boolean): Promise<void> {
    const notebook = this.#notebook;
    if (!(await (await notebook.person()).note.isVisible())) await notebook.openMeeting(words);
    await notebook.goToNote();
    const writes = async (): Promise<void> => {
      while (!isOver()) {
        if (meanwhile === "saving") await notebook.writePlace(words);
        await notebook.typeWord(words);
        if (meanwhile === "saving") await (await notebook.person()).isSaved();
      }
    };
    const looks = async (): Promise<void> => {
      while (!isOver()) {
        const { page, words: texts } = await notebook.person();
        const seen = await look(page, texts.meetings.field.place);
        if (seen && !isOver()) words.noticed(seen);
        await delay(10);
      }
    };
    await Promise.all([writes(), looks()]);
  }

  /** What a dialog was about is settled: it goes. */
  async #leaveDialog(): Promise<void> {
    await this.#notebook.shows(async ({ page }) => {
      const dialog = page.getByRole("dialog");
      if (!(await dialog.isVisible())) return true;
      await page.keyboard.press("Escape");
      return false;
    });
  }
}

function shuffled<Item>(items: readonly Item[], random: () => number): readonly Item[] {
  const rest = [...items];
  return items.map(() => rest.splice(Math.floor(random() * rest.length), 1)).flat();
}
