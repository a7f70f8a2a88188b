import { chromium, expect, type Browser, type Page, type Worker } from "@playwright/test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { startApp, type RunningApp } from "./app";
import { Expert } from "./expert";
import { look, SavedWords, type Seen } from "./savedWords";
import { kill, type Victim } from "./victims";

/** Longest time until the app is usable again after whatever died, in ms. */
const USABLE = 30_000;
/** Longest time for an answer of a window that lives, in ms. */
const ANSWERS = 3_000;
/** A window that stays for this long is not about to be replaced, in ms. */
const CALM = 400;
/** Longest time until a note is read, in ms. */
const READ = 5_000;

/** One installation whose processes are killed and which must be usable again, with all that was shown as saved. */
export class KillableNotebook {
  #running: RunningApp | null = null;
  readonly #crashed = new WeakSet<Page>();
  /** Reaches the window after its renderer died: Playwright's own page stays dead then. */
  #beside: Browser | null = null;
  readonly #problems: string[] = [];
  #deaths = 0;
  #words = 0;

  constructor(readonly folder: string) {}

  get running(): RunningApp {
    if (!this.#running) throw new Error("the app does not run");
    return this.#running;
  }

  /** Processes that died since the last start, main apart: Chromium and the app give up when there are many. */
  get deaths(): number {
    return this.#deaths;
  }

  get problems(): readonly string[] {
    return [...this.#problems, ...(this.#running?.problems() ?? [])];
  }

  async start(): Promise<Expert> {
    this.#deaths = 0;
    const running = await startApp({}, this.folder);
    this.#running = running;
    const watch = (page: Page): void => {
      page.on("crash", () => this.#crashed.add(page));
    };
    running.app.windows().forEach(watch);
    running.app.on("window", watch);
    return new Expert(running.page);
  }

  /** By SIGKILL or as a person does. */
  async stop(how: "kill" | "close"): Promise<void> {
    const running = this.#running;
    if (!running) return;
    await this.#forgetBeside();
    if (running.isRunning()) await running[how]();
    this.#problems.push(...running.problems());
    this.#running = null;
  }

  async kill(victim: Victim): Promise<void> {
    const { running } = this;
    this.#deaths += 1;
    await kill(victim, running, await this.page());
    if (victim === "main") await this.stop("kill");
    if (victim === "page") {
      // Playwright hears of the crash later than the system does.
      for (const page of running.app.windows()) this.#crashed.add(page);
    }
  }

  /** The window that is shown now. */
  async page(): Promise<Page> {
    const alive = this.running.app.windows().filter((page) => !page.isClosed() && !this.#crashed.has(page));
    return alive.at(-1) ?? (await this.#pageBeside());
  }

  async #pageBeside(): Promise<Page> {
    const port = readFileSync(join(this.folder, "DevToolsActivePort"), "utf8").split("\n")[0];
    this.#beside ??= await chromium.connectOverCDP(`http://127.0.0.1:${String(port)}`);
    const page = this.#beside.contexts().flatMap((context) => context.pages());
    const last = page.filter((each) => !each.isClosed()).at(-1);
    if (!last) throw new Error("there is no window");
    return last;
  }

  /** Who looks at a page that has just died sees it dead for ever. */
  async #forgetBeside(): Promise<void> {
    const beside = this.#beside;
    this.#beside = null;
    await beside?.close();
  }

  /** Whoever sits in front of the window that is shown now. */
  async person(): Promise<Expert> {
    return new Expert(await this.page());
  }

  /** Starts what main's death ended, and waits for the sections or for one of the app's other first screens. */
  async shows(what: (person: Expert) => Promise<boolean>): Promise<Expert> {
    if (!this.#running) await this.start();
    let person: Expert | undefined;
    let isThere = false;
    const ask = async (): Promise<boolean> => {
      isThere = false;
      person = await this.person();
      const shown = await what(person);
      isThere = true;
      return shown;
    };
    await expect
      .poll(
        async () => {
          try {
            return await Promise.race([ask(), delay(ANSWERS, false)]);
          } catch {
            // The window is just being replaced or loaded.
            return false;
          } finally {
            if (!isThere) await this.#forgetBeside();
          }
        },
        { timeout: USABLE, intervals: [100] },
      )
      .toBe(true);
    if (!person) throw new Error("nobody sits there");
    return person;
  }

  /** The notebook's worker. One that began just as Playwright came to the page is not seen: the page is loaded again. */
  async worker(): Promise<Worker> {
    const page = await this.page();
    const seen = page.workers()[0];
    if (seen) return seen;
    const comes = page.waitForEvent("worker");
    await page.reload();
    return comes;
  }

  /** Waits until the window is not being replaced any more. */
  async isCalm(): Promise<void> {
    let before: Page | undefined;
    await this.shows(async ({ page }) => {
      const isSame = page === before;
      before = page;
      await delay(CALM);
      return isSame && (await page.getByRole("navigation").isVisible());
    });
  }

  async newMeeting(title: string): Promise<SavedWords> {
    const person = await this.person();
    const { meetings } = person.words;
    await person.goTo("meetings");
    await person.button(meetings.newMeeting).first().click();
    await person.field(meetings.field.title).fill(title);
    await person.isSaved();
    await expect(person.note).toBeVisible();
    return new SavedWords(title);
  }

  async seen(): Promise<Seen> {
    const person = await this.person();
    const seen = await look(person.page, person.words.meetings.field.place);
    if (!seen) throw new Error("no meeting is shown");
    return seen;
  }

  /** The caret at the note's end. */
  async goToNote(): Promise<void> {
    const person = await this.person();
    await person.note.click();
    await person.page.keyboard.press("Control+End");
  }

  /** Types one word that never comes again into the note: in turn letter by letter, and as an input method hands it over. */
  async typeWord(words: SavedWords): Promise<void> {
    const { keyboard } = await this.page();
    this.#words += 1;
    const number = String(this.#words);
    if (this.#words % 2 === 0) {
      words.typesIntoNote(`第${number}词`);
      await keyboard.insertText(`第${number}词 `);
    } else {
      words.typesIntoNote(`word${number}`);
      await keyboard.type(`word${number} `, { delay: 8 });
    }
  }

  /** Writes another place into the meeting's form and leaves the field, which saves it. */
  async writePlace(words: SavedWords): Promise<void> {
    const person = await this.person();
    this.#words += 1;
    const place = `Room ${String(this.#words)} 第${String(this.#words)}室`;
    words.typesPlace(place);
    await person.field(person.words.meetings.field.place).fill(place);
    await this.goToNote();
  }

  async openMeeting({ title }: SavedWords): Promise<void> {
    const person = await this.person();
    await person.goTo("meetings");
    await person.filter(title);
    // While the list is still being filtered the click may meet the entry that stood there before.
    await expect(async () => {
      await person.entry(title).first().click();
      await expect(person.field(person.words.meetings.field.title)).toHaveValue(title, { timeout: 1_000 });
    }).toPass({ timeout: USABLE });
    await expect(person.note).toBeVisible();
    await person.filter("");
  }

  /** Opens a meeting and compares it with what was shown as saved; how many characters are lost. */
  async lostOf(words: SavedWords): Promise<number> {
    await this.openMeeting(words);
    await (await this.person()).isSaved();
    // A note is shown once it is read.
    const until = performance.now() + READ;
    for (;;) {
      const lost = words.lostIn(await this.seen());
      if (lost === 0 || performance.now() > until) return lost;
    }
  }

  /** The app can be used: one more word is typed and saved. */
  async goesOn(words: SavedWords): Promise<void> {
    words.goOnFrom(await this.seen());
    await this.goToNote();
    await this.typeWord(words);
    await (await this.person()).isSaved();
    words.noticed(await this.seen());
  }
}
