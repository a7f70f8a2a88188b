import { expect } from "@playwright/test";
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { RunningApp } from "./app";
import type { Expert } from "./expert";
import type { KillableNotebook } from "./killableNotebook";
import type { SavedWords } from "./savedWords";

/** What is under way when a process dies, typing and saving apart. */

/** Of one piece of work: from `begin` on a process may die at any moment; `check` runs once the app is usable again. */
export interface KilledWork {
  readonly prepare: () => Promise<void>;
  readonly begin: () => Promise<void>;
  /** What goes on meanwhile in the meeting; nothing where a dialog covers it. */
  readonly meanwhile: "typing" | "saving" | "nothing";
  readonly check: () => Promise<void>;
}

const root = resolve(import.meta.dirname, "..", "..");

export const nothingMore = (): Promise<void> => Promise.resolve();

/** What the person chooses in the system's own dialogs from now on. */
export async function chooseFile({ running }: KillableNotebook, path: string): Promise<void> {
  await running.app.evaluate(({ dialog }, chosen) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: chosen });
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] });
  }, path);
}

/** What lies in a folder under the name of a backup is one from end to end, as the stand-alone verifier reads it. */
function expectWholeBackups(folder: string, passphrases: ReadonlyMap<string, string>): void {
  for (const name of readdirSync(folder)) {
    if (!name.endsWith(".qiao")) continue;
    const passphrase = passphrases.get(name);
    if (passphrase === undefined) throw new Error(`${name} is a backup that nobody made`);
    const verifier = join(root, "scripts", "verify-ledger.mjs");
    const verified = spawnSync("node", [verifier, join(folder, name), "--passphrase", passphrase], {
      encoding: "utf8",
    });
    expect(verified.status, `${name}: ${verified.stdout}${verified.stderr}`).toBe(0);
  }
}

/** A backup is made while somebody types. `passphrases`: with what each backup in the folder opens. */
export function backingUp(
  notebook: KillableNotebook,
  stick: string,
  passphrase: string,
  passphrases: Map<string, string>,
): KilledWork {
  const name = `Backup ${String(passphrases.size)}.qiao`;
  return {
    async prepare() {
      await chooseFile(notebook, join(stick, name));
      await (await notebook.person()).goTo("settings");
      passphrases.set(name, passphrase);
    },
    async begin() {
      const person = await notebook.person();
      await person.button(person.words.backup.make.now).click();
    },
    meanwhile: "typing",
    check: () => {
      expectWholeBackups(stick, passphrases);
      return Promise.resolve();
    },
  };
}

/** Longest time until a list shows what is in it, in ms. */
const LISTED = 2_000;

/** Joining brings back what is in the bin: all of it or nothing. */
export function joining(
  notebook: KillableNotebook,
  backup: { readonly file: string; readonly passphrase: string; readonly contacts: readonly string[] },
): KilledWork {
  return {
    async prepare() {
      const person = await notebook.person();
      const { backup: words, common } = person.words;
      await person.goTo("contacts");
      for (const name of backup.contacts) {
        const isThere = person.entry(name).waitFor({ timeout: LISTED });
        if (
          !(await isThere.then(
            () => true,
            () => false,
          ))
        )
          continue;
        await person.entry(name).click();
        await person.button(common.delete).click();
        await expect(person.entry(name)).toHaveCount(0);
      }
      await chooseFile(notebook, backup.file);
      await person.goTo("settings");
      await person.button(words.restore.button).click();
      const dialog = person.page.getByRole("dialog", { name: words.restore.title });
      const secret = dialog.getByLabel(words.secret.label, { exact: true });
      const bringBack = dialog.getByRole("checkbox");
      await expect(secret.or(bringBack)).toBeVisible({ timeout: 30_000 });
      if (await secret.isVisible()) {
        await secret.fill(backup.passphrase);
        await secret.press("Enter");
      }
      await bringBack.check({ timeout: 30_000 });
    },
    async begin() {
      const person = await notebook.person();
      await person.button(person.words.backup.preview.join).click();
    },
    meanwhile: "nothing",
    async check() {
      const person = await notebook.person();
      await person.goTo("contacts");
      await person.filter("");
      await expect.poll(async () => [0, backup.contacts.length].includes(await back(person))).toBe(true);
    },
  };
  async function back(person: Expert): Promise<number> {
    let count = 0;
    for (const name of backup.contacts) count += await person.entry(name).count();
    return count;
  }
}

interface Keyring {
  readonly ledger: string;
  readonly rotation?: unknown;
}

/** Everything is sealed anew; begun once it is finished in the end, whoever died. */
export function rotating(notebook: KillableNotebook, passphrase: string): KilledWork {
  const folder = join(notebook.folder, "notebook");
  const keyring = (): Keyring => JSON.parse(readFileSync(join(folder, "keyring.json"), "utf8")) as Keyring;
  let before: { readonly ledger: string; readonly running: RunningApp } | undefined;
  return {
    async prepare() {
      const person = await notebook.person();
      await person.goTo("settings");
      await person.button(person.words.protection.rotate.change).click();
      await person.field(person.words.protection.currentPassphrase).fill(passphrase);
    },
    async begin() {
      const person = await notebook.person();
      before = { ledger: keyring().ledger, running: notebook.running };
      await person.button(person.words.protection.rotate.begin).click();
    },
    meanwhile: "typing",
    async check() {
      // Main lives and was asked; otherwise it may have ended before it had begun.
      if (notebook.running === before?.running) {
        const hasBegun = (): boolean => keyring().rotation !== undefined || keyring().ledger !== before?.ledger;
        await expect.poll(hasBegun, { timeout: 30_000 }).toBe(true);
      }
      await expect.poll(() => keyring().rotation, { timeout: 45_000 }).toBeUndefined();
      await notebook.isCalm();
      expect(existsSync(join(folder, keyring().ledger)), "the ledger that the keys name").toBe(true);
    },
  };
}

/** Milliseconds of the rest before a snapshot is made, and what it comes to here. */
const REST = { usual: 60_000, here: 50 };
/**
 * Characters of one text that makes the ledger grow: nearly as much as a note takes. In one line, since thousands of them
 * take Chromium's `insertText` minutes.
 */
const BALLAST = 400_000;

/** A snapshot is written and what came before it is packed, while somebody types. */
export function compacting(notebook: KillableNotebook, words: SavedWords, random: () => number): KilledWork {
  const ledger = (): readonly string[] => {
    const folder = join(notebook.folder, "notebook");
    const { ledger: name } = JSON.parse(readFileSync(join(folder, "keyring.json"), "utf8")) as Keyring;
    return readdirSync(join(folder, name));
  };
  const madeOf = (kind: string): readonly string[] =>
    ledger().filter((name) => new RegExp(`^${kind}-[0-9-]+$`).test(name));
  let before: readonly string[] = [];
  /** The worker's minute of rest is over at once. */
  const hurry = async (): Promise<void> => {
    const worker = await notebook.worker();
    await worker.evaluate(({ usual, here }) => {
      const wait = self.setTimeout.bind(self);
      const hurried = (task: () => void, ms?: number): unknown => wait(task, ms === usual ? here : ms);
      Reflect.set(self, "setTimeout", hurried);
    }, REST);
  };
  return {
    async prepare() {
      const person = await notebook.person();
      await notebook.newMeeting("Ballast");
      for (let round = 0; round < 3; round += 1) {
        await person.note.click();
        await person.page.keyboard.press("Control+a");
        await person.page.keyboard.insertText(hanzi(BALLAST, random));
        await person.isSaved();
      }
      before = madeOf("snapshot");
      await hurry();
      await notebook.openMeeting(words);
    },
    begin: () => notebook.goToNote(),
    meanwhile: "typing",
    async check() {
      await hurry();
      await notebook.openMeeting(words);
      await notebook.goesOn(words);
      await expect
        .poll(() => madeOf("snapshot").some((name) => !before.includes(name)), { timeout: 20_000 })
        .toBe(true);
      await expect.poll(() => madeOf("pack").length, { timeout: 20_000 }).toBeGreaterThan(0);
    },
  };
}

function hanzi(length: number, random: () => number): string {
  return Array.from({ length }, () => String.fromCharCode(0x4e00 + Math.floor(random() * 20_000))).join("");
}
