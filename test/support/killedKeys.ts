import { expect } from "@playwright/test";
import type { Expert } from "./expert";
import { chooseFile, type KilledWork } from "./killedWork";
import type { KillableNotebook } from "./killableNotebook";
import type { SavedWords } from "./savedWords";

/** What is killed while passphrases decide what opens, and getting in again afterwards. */

/** Where a notebook stands that nobody has touched yet. */
export async function isOpen({ page }: Expert): Promise<boolean> {
  return page.getByRole("navigation").isVisible();
}

async function isLocked(person: Expert): Promise<boolean> {
  return person.button(person.words.protection.locked.unlock).isVisible();
}

/** Whether the passphrase opens the notebook that is locked on screen. */
async function opensBy(person: Expert, passphrase: string): Promise<boolean> {
  const { protection } = person.words;
  const unlock = person.button(protection.locked.unlock);
  // After a wrong one there is a pause.
  await expect(unlock).toBeEnabled({ timeout: 15_000 });
  const field = person.page.getByLabel(protection.passphrase, { exact: true });
  await field.fill(passphrase);
  await field.press("Enter");
  await person.page.waitForTimeout(150);
  await expect
    .poll(
      async () =>
        (await isOpen(person)) ||
        ((await isLocked(person)) && (await person.page.locator("button[data-loading]").count()) === 0),
      { timeout: 20_000 },
    )
    .toBe(true);
  const opens = await isOpen(person);
  if (!opens) await expect(person.page.getByText(protection.failure.wrongPassphrase)).toBeVisible();
  return opens;
}

type Front = "open" | "locked";

async function frontOf(person: Expert): Promise<Front | null> {
  if (await isOpen(person)) return "open";
  return (await isLocked(person)) ? "locked" : null;
}

async function getThrough(person: Expert, passphrases: readonly string[]): Promise<void> {
  for (const passphrase of passphrases) if (await opensBy(person, passphrase)) return;
  throw new Error("no passphrase opens the notebook");
}

/** Waits until the app is usable again and unlocks it, if need be, by the first of the passphrases that opens it. */
export async function getIn(notebook: KillableNotebook, passphrases: readonly string[]): Promise<void> {
  for (;;) {
    const fronts: Front[] = [];
    const person = await notebook.shows(async (each) => {
      const front = await frontOf(each);
      if (front) fronts.push(front);
      return front !== null;
    });
    if (fronts.at(-1) === "open") return;
    try {
      await getThrough(person, passphrases);
      return;
    } catch (error) {
      // A change of the key that goes on once the notebook is open puts another window in the place of this one.
      if (!person.page.isClosed()) throw error;
    }
  }
}

async function lock(notebook: KillableNotebook): Promise<Expert> {
  const { page } = await notebook.person();
  // The page goes while the key is still being pressed.
  await page.keyboard.press("Control+Shift+L").catch(() => undefined);
  return notebook.shows(isLocked);
}

/** `onOutcome` is told which of the two opens the notebook from now on. */
export function changingPassphrase(
  notebook: KillableNotebook,
  passphrases: { readonly old: string; readonly next: string },
  onOutcome: (passphrase: string) => void,
): KilledWork {
  const { old, next } = passphrases;
  return {
    async prepare() {
      const person = await notebook.person();
      const { protection } = person.words;
      await person.goTo("settings");
      await person.button(protection.change.change).click();
      await person.field(protection.currentPassphrase).fill(old);
      await person.field(protection.newPassphrase).fill(next);
      await person.field(protection.repeat).fill(next);
    },
    async begin() {
      const person = await notebook.person();
      await person.button(person.words.protection.change.save).click();
    },
    meanwhile: "typing",
    async check() {
      const opensByNext = await opensBy(await lock(notebook), next);
      if (opensByNext) {
        expect(await opensBy(await lock(notebook), old), "the former passphrase opens it too").toBe(false);
        expect(await opensBy(await notebook.person(), next)).toBe(true);
      } else expect(await opensBy(await notebook.person(), old), "neither passphrase opens it").toBe(true);
      onOutcome(opensByNext ? next : old);
    },
  };
}

/** A backup that becomes the notebook of an empty installation: afterwards it is still empty, or has all of it. */
export function restoring(
  notebook: KillableNotebook,
  backup: { readonly file: string; readonly passphrase: string; readonly words: SavedWords },
  onLost: (characters: number) => void,
): KilledWork {
  const openBackup = async (): Promise<void> => {
    await chooseFile(notebook, backup.file);
    const person = await notebook.person();
    const { backup: words } = person.words;
    await person.button(words.restore.button).click();
    const dialog = person.page.getByRole("dialog", { name: words.restore.title });
    await dialog.getByLabel(words.secret.label, { exact: true }).fill(backup.passphrase);
    await dialog.getByRole("button", { name: words.secret.open }).click();
    await expect(dialog.getByText(words.restore.ready)).toBeVisible({ timeout: 30_000 });
  };
  const use = async (): Promise<void> => {
    const person = await notebook.person();
    await person.button(person.words.backup.restore.use).click();
  };
  const isEmpty = async (person: Expert): Promise<boolean> =>
    (await person.field(person.words.firstRun.yourName).isVisible()) ||
    (await person.button(person.words.protection.first.without).isVisible());
  return {
    async prepare() {
      const person = await notebook.start();
      await person.answerFirstQuestions();
      await openBackup();
    },
    begin: use,
    meanwhile: "nothing",
    async check() {
      const settled = async (): Promise<"empty" | "restored"> => {
        const person = await notebook.shows(
          async (each) => (await isOpen(each)) || (await isLocked(each)) || (await isEmpty(each)),
        );
        return (await isEmpty(person)) ? "empty" : "restored";
      };
      // Where only the window's process died the restoring goes on without it.
      await expect
        .poll(
          async () => {
            const before = await settled();
            await (await notebook.person()).page.waitForTimeout(1_500);
            return before === (await settled());
          },
          { timeout: 30_000 },
        )
        .toBe(true);
      if ((await settled()) === "empty") {
        // Whoever finds it still empty can begin once more.
        await notebook.stop("kill");
        const person = await notebook.start();
        await person.answerFirstQuestions();
        await openBackup();
        await use();
        await notebook.shows(isOpen);
      }
      await getIn(notebook, [backup.passphrase]);
      onLost(await notebook.lostOf(backup.words));
      await notebook.goesOn(backup.words);
    },
  };
}
